import path from 'node:path';
import {GuestGuard, type Logger} from '@sterna/host';
import {bootTimeNs} from '@sterna/system';
import type {SenderServices} from '../services.ts';
import type {ProtectionJournal} from './protection-journal.ts';

/** In the guest's run directory. */
const FILE_NAME = 'guard';

/**
 * The guard of a guest that runs by a lease: a process of its own, which stops it when its time is over, whatever becomes of this daemon. It is in the journal, for the next one.
 */
export class LeaseGuard {
	readonly #services: SenderServices;
	readonly #journal: ProtectionJournal;
	readonly #log: Logger;
	#guard: GuestGuard | undefined;
	#untilBootNs = 0n;

	constructor(services: SenderServices, journal: ProtectionJournal, log: Logger) {
		this.#services = services;
		this.#journal = journal;
		this.#log = log;
	}

	/** Sees to it that a guard watches. To be called before the guest runs by a lease. Idempotent. Rejects ERR_INTERNAL where none can be started, ERR_GUEST_EXITED where there is no guest. */
	async watch(): Promise<void> {
		const {handle, definition} = this.#journal.record;
		if (handle.kind !== 'process') return;
		const {runDir} = this.#services.directories.guestPlace(definition.name);
		this.#guard ??= await GuestGuard.open({
			guest: handle,
			file: path.join(runDir, FILE_NAME),
			known: this.#journal.protection.guard,
			untilBootNs: this.#untilBootNs,
			side: 'sender',
		});
		const {pid, startTicks} = await this.#guard.watch();
		const known = this.#journal.protection.guard;
		if (known?.pid === pid && known.startTicks === startTicks) return;
		await this.#journal.noteGuard({pid, startTicks});
	}

	/** With each term of the lease: the guest may run until this time, in nanoseconds of CLOCK_BOOTTIME. Never throws: what fails is a reason for the guest to stand still. */
	extend(untilBootNs: bigint): void {
		this.#untilBootNs = untilBootNs;
		const guard = this.#guard;
		if (guard === undefined) return;
		guard.extend(untilBootNs);
		void this.#mend(guard);
	}

	/** Lets a guest that was stopped run again, on a lease that is held. Rejects ERR_INTERNAL where no guard looks. */
	async letRun(): Promise<void> {
		await this.watch();
		await this.#guard?.letRun(this.#untilBootNs);
	}

	/** The guest stands still when this resolves, or is gone. */
	async stop(): Promise<void> {
		this.#untilBootNs = 0n;
		await this.#guard?.stop();
	}

	/** The guest needs none any more, and stays as it is. Idempotent; never rejects. */
	async dismiss(): Promise<void> {
		try {
			// One that an earlier daemon has started must hear of it as well.
			if (this.#journal.protection.guard !== undefined) await this.watch();
		} catch (error) {
			this.#log.debug({error}, 'a guard that is not needed any more was not found');
		}

		const guard = this.#guard;
		this.#guard = undefined;
		guard?.dismiss();
		guard?.[Symbol.dispose]();
		this.#journal.forgetGuard();
	}

	/** A guard that is gone is replaced; one that was faster than the renewal, by a moment, has stopped a guest that may run. */
	async #mend(guard: GuestGuard): Promise<void> {
		try {
			await this.watch();
			// The answer to a renewal may have waited for this daemon longer than it lasts.
			if (guard.stoppedAtBootNs !== undefined && bootTimeNs() < this.#untilBootNs) await guard.letRun(this.#untilBootNs);
		} catch (error) {
			this.#log.error({error}, 'the guest has no guard: it stands still when its lease ends, if this daemon is there to stop it');
		}
	}
}
