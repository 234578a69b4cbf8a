import {setTimeout as sleep} from 'node:timers/promises';
import {type HostSettings, Lab, type LabHost, type LabOptions} from '@sterna/test-e2e';
import {cpuSecondsOf} from './measure/cpu-time.ts';
import {growthBetween, Sampler} from './measure/sampler.ts';
import {type Move, parseMove} from './move.ts';
import {mustCtl, runCtl} from './run-ctl.ts';

/** How long a guest runs undisturbed before it is moved again, in milliseconds: its load is steady by then. */
const SETTLE_MS = 300;
/** The kernel counts in ticks of 10 ms. */
const CPU_INTERVAL_MS = 10;
const HOSTS = ['host-a', 'host-b'] as const;

/** CPU seconds of the two daemons that a migration is between; guests' own processes are not among them. */
export type DaemonCpu = {readonly send: number; readonly receive: number};

/** A migration, and what its daemons used. */
export type MeasuredMove = Move & {
	/** While the memory was under way. */
	readonly transferCpu: DaemonCpu;
	/** From the request to the end of the migration: preparation, handover and clearing up, too. */
	readonly wholeCpu: DaemonCpu;
};

export type HostPairOptions = Omit<LabOptions, 'hosts' | 'settings'> & {
	/** Additions to both hosts' configuration. */
	readonly settings?: HostSettings;
};

/** Two hosts of a lab, and guests that go back and forth between them. */
export class HostPair implements AsyncDisposable {
	readonly lab: Lab;
	/** Index in HOSTS by guest. */
	readonly #placeOf = new Map<string, 0 | 1>();

	private constructor(lab: Lab) {
		this.lab = lab;
	}

	static async start({settings = {}, ...options}: HostPairOptions = {}): Promise<HostPair> {
		return new HostPair(await Lab.start({...options, hosts: HOSTS, settings: Object.fromEntries(HOSTS.map(name => [name, settings]))}));
	}

	/** Where a guest is, and where it would go. Throws for one that was not created here. */
	route(guest: string): {readonly from: LabHost; readonly to: LabHost} {
		const place = this.#placeOf.get(guest);
		if (place === undefined) throw new Error(`there is no guest ${guest}`);
		return {from: this.lab.host(HOSTS[place]), to: this.lab.host(HOSTS[place === 0 ? 1 : 0])};
	}

	/** Makes a guest on the first host; `args` are those of `migrate-ctl domain create NAME`. */
	async create(guest: string, args: readonly string[]): Promise<void> {
		await mustCtl(this.lab.host(HOSTS[0]), ['domain', 'create', guest, ...args]);
		this.adopt(guest);
	}

	/** Takes note of a guest that was made on the first host by somebody else. */
	adopt(guest: string): void {
		this.#placeOf.set(guest, 0);
	}

	async pause(guest: string): Promise<void> {
		await mustCtl(this.route(guest).from, ['domain', 'pause', guest]);
	}

	async resume(guest: string): Promise<void> {
		await mustCtl(this.route(guest).from, ['domain', 'resume', guest]);
	}

	/** Moves a guest to the host where it is not; `args` are further ones of `migrate-ctl start`. Rejects unless that completes. */
	async move(guest: string, args: readonly string[] = []): Promise<MeasuredMove> {
		const {from, to} = this.route(guest);
		await sleep(SETTLE_MS);
		const sender = cpuSamplerOf(daemonPid(from, 'sender'));
		const receiver = cpuSamplerOf(daemonPid(to, 'receiver'));
		let move: Move;
		try {
			move = parseMove(await runCtl(from, ['start', guest, to.name, '--json', ...args]));
		} finally {
			sender[Symbol.dispose]();
			receiver[Symbol.dispose]();
		}

		this.arrived(guest);
		const cpuBetween = (fromMs: number, toMs: number): DaemonCpu => ({
			send: growthBetween(sender.samples, fromMs, toMs),
			receive: growthBetween(receiver.samples, fromMs, toMs),
		});
		return {...move, transferCpu: cpuBetween(move.streamBeganMs, move.appliedMs), wholeCpu: cpuBetween(-Infinity, Infinity)};
	}

	/** Moves a guest there and back: the daemons of both hosts have done once then what is slow the first time. */
	async warmUp(guest: string, args: readonly string[] = []): Promise<void> {
		await this.move(guest, args);
		await this.move(guest, args);
	}

	/** Takes note of a migration that completed and was not made by `move`. */
	arrived(guest: string): void {
		const {to} = this.route(guest);
		this.#placeOf.set(guest, to.name === HOSTS[0] ? 0 : 1);
	}

	/** The guest's own sweep of its memory; rejects when a page is wrong. */
	async check(guest: string): Promise<void> {
		await mustCtl(this.route(guest).from, ['domain', 'check', guest]);
	}

	async destroy(guest: string): Promise<void> {
		await mustCtl(this.route(guest).from, ['domain', 'destroy', guest]);
		this.#placeOf.delete(guest);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.lab[Symbol.asyncDispose]();
	}
}

/** Throws when the daemon is not up. */
export function daemonPid(host: LabHost, name: 'sender' | 'receiver'): number {
	const id = host.daemon(name).id;
	if (id === undefined) throw new Error(`the ${name} of ${host.name} is not up:\n${host.daemon(name).log.slice(-1000)}`);
	return id.pid;
}

function cpuSamplerOf(pid: number): Sampler<number> {
	return new Sampler(() => cpuSecondsOf(pid), {intervalMs: CPU_INTERVAL_MS});
}
