import {setTimeout as sleep} from 'node:timers/promises';
import type {DaemonStartOptions} from '../lab/daemon-process.ts';
import {DAEMON_NAMES, type DaemonName} from '../lab/host-files.ts';
import type {LabHost} from '../lab/lab-host.ts';

const POLL_INTERVAL_MS = 20;
/** A daemon that was told to end is gone after this, or does not end. */
const END_TIMEOUT_MS = 60_000;

type Ward = {
	readonly host: LabHost;
	readonly name: DaemonName;
	/** It may end, and is started again so much later; undefined: it may not. */
	restartAfterMs: number | undefined;
	/** It was told to end and not started again since, or is being started. */
	isEnding: boolean;
	isFrozen: boolean;
	/** It was started with something that is not to outlast the run. */
	isArmed: boolean;
	downSinceMs: number | undefined;
};

/** Starts daemons again that end, as an init system would, and notices those that end without having been told to. */
export class Supervisor implements AsyncDisposable {
	/** What went wrong with daemons, in sentences. */
	readonly complaints: string[] = [];
	/** Daemons that ended by what they were armed with. */
	crashes = 0;
	readonly #wards: readonly Ward[];
	readonly #stopping = new AbortController();
	readonly #running: Promise<void>;
	#isHealing = false;

	constructor(hosts: readonly LabHost[]) {
		this.#wards = hosts.flatMap(host =>
			DAEMON_NAMES.map(name => ({
				host,
				name,
				restartAfterMs: undefined,
				isEnding: false,
				isFrozen: false,
				isArmed: false,
				downSinceMs: undefined,
			})),
		);
		this.#running = this.#watch();
	}

	/** Starts a daemon anew with something in its environment, until `heal`. `restartAfterMs`: it is meant to end by that. */
	async arm(
		host: LabHost,
		name: DaemonName,
		{restartAfterMs, ...options}: DaemonStartOptions & {readonly restartAfterMs?: number},
	): Promise<void> {
		const ward = this.#ward(host, name);
		// Not to be started by the watch in between.
		ward.isEnding = true;
		ward.restartAfterMs = Infinity;
		await host.restart(name, options);
		Object.assign(ward, {isEnding: false, isArmed: true, restartAfterMs, downSinceMs: undefined});
	}

	/** Sends a daemon the signal that ends it, and has it started again so many milliseconds after its end. One that is down stays so. */
	kill(host: LabHost, name: DaemonName, signal: NodeJS.Signals, restartAfterMs: number): void {
		const ward = this.#ward(host, name);
		const {id} = host.daemon(name);
		ward.restartAfterMs = restartAfterMs;
		ward.isEnding = true;
		if (id !== undefined) process.kill(id.pid, signal);
	}

	/** Stops a daemon in its tracks, or lets it go on. */
	freeze(host: LabHost, name: DaemonName, isFrozen: boolean): void {
		const {id} = host.daemon(name);
		this.#ward(host, name).isFrozen = isFrozen;
		if (id !== undefined) process.kill(id.pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
	}

	/** Has all daemons up, running and unarmed when it resolves. */
	async heal(): Promise<void> {
		this.#isHealing = true;
		for (const {host, name, isFrozen} of this.#wards) if (isFrozen) this.freeze(host, name, false);
		for (const ward of this.#wards) {
			if (ward.isArmed && !ward.isEnding) this.kill(ward.host, ward.name, 'SIGTERM', 0);
		}

		const deadline = performance.now() + END_TIMEOUT_MS;
		for (const ward of this.#wards) {
			while (ward.isEnding || ward.host.daemon(ward.name).id === undefined) {
				if (performance.now() > deadline) {
					this.complaints.push(`${ward.host.name}'s ${ward.name} is not up again ${END_TIMEOUT_MS} ms after it was told to end`);
					return;
				}

				await sleep(POLL_INTERVAL_MS);
			}
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#stopping.abort();
		await this.#running;
	}

	#ward(host: LabHost, name: DaemonName): Ward {
		const ward = this.#wards.find(candidate => candidate.host === host && candidate.name === name);
		if (ward === undefined) throw new TypeError(`${host.name} is not of this lab`);
		return ward;
	}

	async #watch(): Promise<void> {
		while (!this.#stopping.signal.aborted) {
			await Promise.all(this.#wards.map(async ward => this.#look(ward)));
			await sleep(POLL_INTERVAL_MS);
		}
	}

	async #look(ward: Ward): Promise<void> {
		const {host, name} = ward;
		if (host.daemon(name).id !== undefined) return;
		if (ward.downSinceMs === undefined) {
			ward.downSinceMs = performance.now();
			if (ward.isArmed && !ward.isEnding && ward.restartAfterMs !== undefined) this.crashes += 1;
			if (ward.restartAfterMs === undefined) {
				this.complaints.push(`${host.name}'s ${name} ended by itself`);
				ward.restartAfterMs = 0;
			}
		}

		const waitMs = this.#isHealing && ward.restartAfterMs !== Infinity ? 0 : (ward.restartAfterMs ?? 0);
		if (performance.now() < ward.downSinceMs + waitMs) return;
		Object.assign(ward, {restartAfterMs: undefined, isEnding: true, isFrozen: false, isArmed: false, downSinceMs: undefined});
		try {
			await host.daemon(name).start();
		} catch (error) {
			this.complaints.push(`${host.name}'s ${name} does not start again: ${error instanceof Error ? error.message : String(error)}`);
		}

		// Unless it was told to end again meanwhile.
		if (ward.restartAfterMs === undefined) ward.isEnding = false;
	}
}
