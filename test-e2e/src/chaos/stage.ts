import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {Daemon} from '@sterna/migrate-ctl/daemon';
import type {FaultProxy} from '@sterna/test-network';
import {DAEMON_NAMES, type DaemonName, type HostSettings} from '../lab/host-files.ts';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {RelayedLab} from '../lab/relayed-lab.ts';
import type {Connection, Role} from './schedule.ts';
import {DOMAIN, SMALL_GUEST} from '../small-guest.ts';

/** Silence is noticed in a run's time. */
const SETTINGS: HostSettings = {log: {level: 'debug'}, peer: {'heartbeat-interval': '300ms', 'silence-timeout': '2s'}};
const NEW_LINES = 20;
const LINES_TIMEOUT_MS = 30_000;

/** Both hosts, by the part that each has in the migration at hand. */
export type Roles = Readonly<Record<Role, LabHost>>;

/** What a host's record of the guest says, read past its daemons. */
export type GuestRecord = {readonly state: string; readonly migration?: {readonly step: string}; readonly handle: {readonly pid: number}};

/** Two hosts with a proxy each way between them, and one guest that goes back and forth. */
export class Stage implements AsyncDisposable {
	readonly lab: Lab;
	readonly #relayed: RelayedLab;

	private constructor(relayed: RelayedLab) {
		this.#relayed = relayed;
		this.lab = relayed.lab;
	}

	/** Everything is up, and the guest runs on host-a, when it resolves. */
	static async open({tls}: {readonly tls: boolean}): Promise<Stage> {
		const relayed = await RelayedLab.start({tls, settings: SETTINGS});
		try {
			await relayed.lab.host('host-a').mustCtl(['domain', 'create', DOMAIN, ...SMALL_GUEST]);
		} catch (error) {
			await relayed[Symbol.asyncDispose]();
			throw error;
		}

		return new Stage(relayed);
	}

	/** The roles of a migration of the guest from where it is. Throws when it is not on exactly one host. */
	roles(): Roles {
		const [source, ...more] = this.lab.hosts.filter(host => readGuestRecord(host) !== undefined);
		const target = this.lab.hosts.find(host => host !== source);
		if (source === undefined || target === undefined || more.length > 0) throw new Error('the guest is not on exactly one host');
		return {source, target};
	}

	/** The proxy in front of a host. */
	proxy(host: LabHost): FaultProxy {
		return this.#relayed.proxy(host);
	}

	/** Ends all faults of the network, between both hosts. */
	heal(): void {
		this.#relayed.heal();
	}

	/** Resolves when the guest has written some more lines on this host; false when it does not. */
	async writesLines(host: LabHost): Promise<boolean> {
		const count = (): number => host.output(DOMAIN).split('\n').length;
		const wanted = count() + NEW_LINES;
		const deadline = performance.now() + LINES_TIMEOUT_MS;
		while (count() < wanted) {
			if (performance.now() > deadline) return false;
			await sleep(20);
		}

		return true;
	}

	/** What the daemons have logged. */
	logs(): string {
		return this.lab.hosts.flatMap(host => DAEMON_NAMES.map(name => `=== ${host.name} ${name}\n${host.daemon(name).log}`)).join('\n');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#relayed[Symbol.asyncDispose]();
	}
}

/** The port of a host that a kind of connection goes to. */
export function portOf(host: LabHost, connection: Connection): number {
	return connection === 'control' ? host.controlPort : host.dataPort;
}

/** Undefined when the host has none, or it is being written. */
export function readGuestRecord(host: LabHost): GuestRecord | undefined {
	const file = path.join(host.files.state, 'domains', DOMAIN, 'domain.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as GuestRecord) : undefined;
}

/** Asks a daemon of a host, as its operator. Rejects with an OperationError. */
export async function askDaemon<Answer>(host: LabHost, name: DaemonName, question: (daemon: Daemon) => Promise<Answer>): Promise<Answer> {
	await using daemon = await Daemon.connect({unix: host.files.socket(name)}, {host: host.name});
	return await question(daemon);
}
