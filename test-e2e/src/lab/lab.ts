import {randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type GuestOutput, mergeGuestOutput} from '../guest-lines.ts';
import {TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {freePorts} from '@sterna/test-network';
import {type HostRecord, type HostSettings, writeHostConfig} from './host-files.ts';
import {LabHost} from './lab-host.ts';
import {makeQemuLab, type QemuLab, qemuTable} from './qemu-lab.ts';
import {LAB_DIRECTORY_VARIABLE, LAB_VARIABLE, type Reaper, startReaper} from './reaper.ts';

/** The address at which `from` finds `to`. */
export type Route = (from: string, to: string) => string;

export type LabOptions = {
	/** Names of the hosts; each knows all others. */
	readonly hosts: readonly string[];
	/** Additions to a host's configuration file, by its name. */
	readonly settings?: Readonly<Record<string, HostSettings>>;
	/** For hosts with something between them; the ports stay the same. 127.0.0.1 by default. */
	readonly route?: Route;
	/** An authority, and a certificate for each host: TLS between them. Off by default. */
	readonly tls?: boolean;
	/** Where to; a directory of its own by default. Removed at the end, with everything in it. */
	readonly directory?: string;
	/** Hosts that run QEMU guests: see `QemuLab`. Off by default. */
	readonly qemu?: boolean;
	/** Start the daemons; true by default. */
	readonly startDaemons?: boolean;
};

type LabRecord = {readonly id: string; readonly hosts: readonly HostRecord[]; readonly qemu?: QemuLab};

const RECORD = 'lab.json';
const LOOPBACK = '127.0.0.1';

/**
 * Named hosts on loopback, each with its own directories, sockets and ports: `await using lab = await Lab.start({hosts: ['host-a', 'host-b']})`.
 * Nothing of it is left when it is disposed of, nor when the process that started it dies.
 */
export class Lab implements AsyncDisposable {
	readonly id: string;
	readonly directory: string;
	/** What its hosts have in common for QEMU guests; undefined in a lab without. */
	readonly qemu: QemuLab | undefined;
	readonly #hosts: ReadonlyMap<string, LabHost>;
	readonly #records: readonly HostRecord[];
	#reaper: Reaper | undefined;

	private constructor(directory: string, {id, hosts, qemu}: LabRecord, reaper: Reaper | undefined) {
		this.id = id;
		this.directory = directory;
		this.qemu = qemu;
		this.#records = hosts;
		this.#hosts = new Map(
			hosts.map(record => [record.name, new LabHost(record, {[LAB_VARIABLE]: id, [LAB_DIRECTORY_VARIABLE]: directory})]),
		);
		this.#reaper = reaper;
	}

	/** Makes the hosts and starts their daemons; resolves when all answer. What was made is gone again when that fails. */
	static async start(options: LabOptions): Promise<Lab> {
		const lab = await Lab.#create(options, {isOwned: true});
		if (options.startDaemons === false) return lab;
		try {
			await lab.#startAll();
		} catch (error) {
			await lab[Symbol.asyncDispose]();
			throw error;
		}

		return lab;
	}

	/** Like `start`, in a given directory, for a lab that outlives this process: `attach` finds it again. */
	static async startDetached(options: LabOptions & {readonly directory: string}): Promise<Lab> {
		const lab = await Lab.#create(options, {isOwned: false});
		try {
			await lab.#startAll();
		} catch (error) {
			await lab.destroy();
			throw error;
		}

		return lab;
	}

	/** A lab that another process started in `directory`; undefined when there is none. Disposing of it leaves it as it is: see `destroy`. */
	static attach(directory: string): Lab | undefined {
		const file = path.join(directory, RECORD);
		return existsSync(file) ? new Lab(directory, JSON.parse(readFileSync(file, 'utf8')) as LabRecord, undefined) : undefined;
	}

	static async #create(
		{hosts, settings = {}, route = () => LOOPBACK, tls = false, qemu = false, directory}: LabOptions,
		{isOwned}: {readonly isOwned: boolean},
	): Promise<Lab> {
		const base = directory ?? mkdtempSync(path.join(tmpdir(), 'sterna-lab-'));
		mkdirSync(base, {recursive: true, mode: 0o700});
		const ports = await freePorts(hosts.length * 2);
		const certificates = tls ? await makeCertificates(base, hosts) : undefined;
		const records = hosts.map((name, index) => ({
			name,
			directory: path.join(base, name),
			controlPort: ports[index * 2] ?? 0,
			dataPort: ports[index * 2 + 1] ?? 0,
			guestAddress: `127.0.0.${index + 1}`,
			...(certificates === undefined ? {} : {tls: certificates[index]}),
		}));
		const record: LabRecord = {id: randomUUID(), hosts: records, ...(qemu ? {qemu: makeQemuLab(base)} : {})};
		writeFileSync(path.join(base, RECORD), JSON.stringify(record));
		const lab = new Lab(base, record, isOwned ? startReaper(record.id, base) : undefined);
		for (const name of hosts) lab.configure(name, {settings: settings[name] ?? {}, route});
		return lab;
	}

	/** The hosts, in the order in which they were named. */
	get hosts(): readonly LabHost[] {
		return [...this.#hosts.values()];
	}

	/** Throws for a name that the lab does not have. */
	host(name: string): LabHost {
		const host = this.#hosts.get(name);
		if (host === undefined) throw new Error(`the lab has no ${name}, only ${[...this.#hosts.keys()].join(', ')}`);
		return host;
	}

	/** The output of a guest on all hosts, put together. */
	guestOutput(domain: string): GuestOutput {
		return mergeGuestOutput(Object.fromEntries(this.hosts.map(host => [host.name, host.output(domain)])));
	}

	/** Writes a host's configuration anew; its daemons see it at their next start. */
	configure(name: string, {settings = {}, route = () => LOOPBACK}: {readonly settings?: HostSettings; readonly route?: Route}): void {
		const own = this.#records.find(record => record.name === name);
		if (own === undefined) throw new Error(`the lab has no ${name}`);
		const others = this.#records.filter(record => record !== own);
		writeHostConfig(own, {
			peers: others.map(peer => ({name: peer.name, address: route(name, peer.name), controlPort: peer.controlPort})),
			qemu: this.qemu === undefined ? undefined : qemuTable(this.qemu),
			settings,
		});
	}

	/** Ends everything of the lab, whoever started it, and removes its directory. */
	async destroy(): Promise<void> {
		this.#reaper ??= startReaper(this.id, this.directory);
		// In order first: a daemon that is asked to end cleans up behind itself. One that does not is killed below.
		await Promise.allSettled(this.hosts.map(async host => host.stop()));
		await this.#reaper.reap();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#reaper !== undefined) await this.destroy();
	}

	async #startAll(): Promise<void> {
		await Promise.all(this.hosts.map(async host => host.start()));
	}
}

/** For each host a certificate for its name and for 127.0.0.1, of an authority that is forgotten afterwards. */
async function makeCertificates(directory: string, hosts: readonly string[]): Promise<TlsFiles[]> {
	const authority = await TestAuthority.create('Sterna lab');
	return Promise.all(
		hosts.map(async name =>
			writeTlsFiles(path.join(directory, name, 'tls'), await authority.issue({name, addresses: [LOOPBACK]}), authority.certificate),
		),
	);
}
