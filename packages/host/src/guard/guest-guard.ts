import {rmSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {isProcessAlive, killProcess, type ProcessIdentity} from '@sterna/domain/processes';
import type {Side} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system/watching';
import {hostError} from '../host-error.ts';
import {GuardFile} from './guard-file.ts';
import {spawnGuard} from './spawn-guard.ts';
import {WatchedGuest} from './watched-guest.ts';

export type GuestGuardOptions = {
	readonly guest: ProcessIdentity;
	/** Path of the `GuardFile`, in the guest's run directory. */
	readonly file: string;
	/** As journaled by the daemon before this one. */
	readonly known: ProcessIdentity | undefined;
	/** CLOCK_BOOTTIME in nanoseconds: the deadline, where no guard is known that watches. */
	readonly untilBootNs: bigint;
	readonly side: Side;
};

/** A guard looks four times a second: one that has not for so long is frozen, or starved. */
const SILENCE_NS = 2_000_000_000n;
/** For a guard's look behind the writing of a deadline: it comes within 20 ms where the guest stands still. */
const LOOK_TIMEOUT_MS = 5000;
const KILL_TIMEOUT_MS = 5000;

/**
 * The daemon's end of the guard of one guest: says up to when the guest may run, sees to it that a guard watches over that, and alone lets a stopped guest run again. Disposal leaves the guard as it is; `dismiss` ends it.
 */
export class GuestGuard implements Disposable {
	readonly #options: GuestGuardOptions;
	readonly #guest: WatchedGuest;
	readonly #file: GuardFile;
	#id: ProcessIdentity | undefined;
	#starting: Promise<ProcessIdentity> | undefined;

	private constructor(options: GuestGuardOptions, guest: WatchedGuest, file: GuardFile, id: ProcessIdentity | undefined) {
		this.#options = options;
		this.#guest = guest;
		this.#file = file;
		this.#id = id;
	}

	/**
	 * Takes up what the daemon before has left, or begins anew; nothing watches yet where that has left no guard: see `watch`. Rejects ERR_GUEST_EXITED where the guest is
	 * not there, ERR_FILE where the file cannot be made.
	 */
	static async open(options: GuestGuardOptions): Promise<GuestGuard> {
		const {guest, file, known, untilBootNs, side} = options;
		let watched: WatchedGuest;
		try {
			watched = new WatchedGuest(guest);
		} catch (error) {
			throw hostError('ERR_GUEST_EXITED', `process ${guest.pid}, which was the guest's, is not there`, {side, cause: error});
		}

		try {
			const left = tryOpen(file);
			const isWatched = known !== undefined && isProcessAlive(known);
			if (left === undefined) {
				// Nobody can tell it any more that the deadline has moved: it would stop the guest for good.
				if (isWatched) await killProcess(known, KILL_TIMEOUT_MS);
				return new GuestGuard(options, watched, GuardFile.create(file, untilBootNs), undefined);
			}

			// A file that is there is gone on with: a guard that was started and not journaled reads it, too.
			if (!isWatched) left.deadlineBootNs = untilBootNs;
			return new GuestGuard(options, watched, left, isWatched ? known : undefined);
		} catch (error) {
			watched[Symbol.dispose]();
			throw hostError('ERR_FILE', `the file ${file} of the guard cannot be made`, {side, cause: error});
		}
	}

	/** The guard's own process, for the journal; undefined: none has been started. */
	get id(): ProcessIdentity | undefined {
		return this.#id;
	}

	/** `silent`: it is there and does not look, as one that is frozen; `gone`: there is none. Nothing but the daemon stops the guest in time then. */
	get state(): 'watching' | 'silent' | 'gone' {
		if (this.#id === undefined || !isProcessAlive(this.#id)) return 'gone';
		return bootTimeNs() - this.#file.lookedAtBootNs > SILENCE_NS ? 'silent' : 'watching';
	}

	/**
	 * CLOCK_BOOTTIME in nanoseconds at which a guard began to stop the guest; undefined: none has since it was last let run. To be looked at behind each `extend`: a guard may
	 * have been faster by a moment, and the guest stands still then although its deadline has moved.
	 */
	get stoppedAtBootNs(): bigint | undefined {
		return this.#file.stoppedAtBootNs;
	}

	get isGuestStopped(): boolean {
		return this.#guest.isStopped;
	}

	/**
	 * Sees to it that a guard watches, and resolves with it: starts one where there is none, or another one beside one that is silent, which does no harm when it wakes. To be called
	 * with each renewal. Rejects ERR_INTERNAL where none can be started.
	 */
	async watch(): Promise<ProcessIdentity> {
		if (this.#id !== undefined && this.state === 'watching') return this.#id;
		const {guest, file, side} = this.#options;
		this.#starting ??= spawnGuard({guest, file, side}).finally(() => {
			this.#starting = undefined;
		});
		this.#id = await this.#starting;
		return this.#id;
	}

	/** The guest may run until then. Does not let one run that was stopped: see `letRun`. */
	extend(untilBootNs: bigint): void {
		this.#file.deadlineBootNs = untilBootNs;
	}

	/** The guest may run no more. It stands still when the promise resolves, or is gone. Rejects `SystemError` EPERM for a guest of another user's. */
	async stop(): Promise<void> {
		this.#file.deadlineBootNs = 0n;
		while (!this.#guest.isStopped && this.#guest.stop()) await sleep(1);
	}

	/**
	 * Extends and lets a stopped guest run. Only while the lease is held again and nobody has had the domain since. Resolves when no guard can stop it any more
	 * for the deadline before: each has seen the new one. Rejects ERR_INTERNAL where no guard looks, ERR_LEASE_LOST where the deadline has passed by then: a daemon that was
	 * frozen takes up what it was at.
	 */
	async letRun(untilBootNs: bigint): Promise<void> {
		this.extend(untilBootNs);
		const extendedBootNs = bootTimeNs();
		const giveUpMs = performance.now() + LOOK_TIMEOUT_MS;
		// A look that began before may still stop the guest; the next one sees the new deadline.
		while (this.#file.lookedAtBootNs <= extendedBootNs) {
			if (performance.now() > giveUpMs)
				throw hostError('ERR_INTERNAL', 'no guard looks at the deadline: the guest is not let run', {side: this.#options.side});
			await sleep(5);
		}

		if (bootTimeNs() >= untilBootNs)
			throw hostError('ERR_LEASE_LOST', 'the guest is not let run: its time is over', {side: this.#options.side});
		this.#file.stoppedAtBootNs = undefined;
		this.#guest.letRun();
	}

	/** The guest is watched no more: its guards end within a quarter of a second. Removes the file. The guest stays as it is, stopped or not. */
	dismiss(): void {
		this.#file.dismiss();
		rmSync(this.#options.file, {force: true});
	}

	[Symbol.dispose](): void {
		this.#file[Symbol.dispose]();
		this.#guest[Symbol.dispose]();
	}
}

function tryOpen(file: string): GuardFile | undefined {
	try {
		return GuardFile.open(file);
	} catch {
		return undefined;
	}
}
