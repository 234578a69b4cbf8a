import {PageBitmap} from '@sterna/domain';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {CommittedCheckpoint} from '@sterna/transport';
import {CheckpointStats, type CheckpointSummary} from './checkpoint-stats.ts';
import type {EpochController} from './epoch-controller.ts';
import {EpochLedger} from './epoch-ledger.ts';
import type {ObjectiveName} from './epoch-objectives.ts';
import {EpochSchedule} from './epoch-schedule.ts';
import {OutputRelease} from './output-release.ts';
import type {StagingArena} from './staging-arena.ts';
import {takeCheckpoint, type TakeCheckpointDependencies, type TakeCheckpointOptions, type TakenCheckpoint} from './take-checkpoint.ts';
import {Wake} from './wake.ts';
import {writeCheckpoint} from './write-checkpoint.ts';

/** How often at least the controller is told that time passes, and the disks' logs are looked at, in milliseconds. */
const LOOK_MS = 100;
const DISK_LOOK_MS = 5;

/** A timer may come this much before its time, in milliseconds: to wait on would make it later by as much. */
const TIMER_STEP_MS = 0.5;

export type CheckpointerDependencies = TakeCheckpointDependencies & {
	/** One for each checkpoint that may be on its way while another is cut, 1 or more. The caller's: freed once the link has let go of memory. */
	readonly arenas: readonly StagingArena[];
	readonly controller: EpochController;
	/** The lease's deadline, CLOCK_BOOTTIME in nanoseconds, behind which no output goes out; undefined: there is no lease. */
	readonly untilBootNs: () => bigint | undefined;
	/** Milliseconds since the Unix epoch. */
	readonly wallMs: () => number;
	/** A checkpoint was taken, and the guest goes on. */
	readonly onCheckpoint?: ((taken: TakenCheckpoint) => void) | undefined;
	/** The controller's alarm has come, has other figures, or is over. */
	readonly onAlarm?: ((alarm: string | undefined) => void) | undefined;
};

export type CheckpointerOptions = {
	/** Most checkpoints that are cut and not committed; the gate may allow fewer. */
	readonly inFlight: number;
	/** The last epoch that the standby has; 0 = none. */
	readonly committedEpoch: number;
	/** An epoch ends early when the guest has written so many bytes to one of its disks. */
	readonly diskLogBytes: number;
};

export type CheckpointerStatus = CheckpointSummary & {
	/** The last one that was cut. */
	readonly epoch: number;
	readonly committedEpoch: number;
	/** Cut and not committed. */
	readonly lagEpochs: number;
	readonly intervalMs: number;
	readonly bindingObjective: ObjectiveName;
	readonly alarm: string | undefined;
	/** Of arenas that are being sent from. */
	readonly stagingBytes: number;
};

/** The checkpoint that ends a protection as planned: the standby has committed it, and the guest stands still here. */
export type LastCheckpoint = {readonly taken: TakenCheckpoint; readonly committed: CommittedCheckpoint};

/**
 * Keeps a standby in step over one link: `first`, then `run` for as long as it goes well, and `last` where the guest is to go on there. Whatever is thrown, the guest goes on
 * here, with its output held. Between two checkpoints an abort leaves nothing half done, and `run` and `last` may follow; a checkpoint that failed ends the link's use.
 */
export class Checkpointer {
	readonly #dependencies: CheckpointerDependencies;
	readonly #options: CheckpointerOptions;
	readonly #ledger: EpochLedger;
	readonly #stats = new CheckpointStats();
	readonly #schedule: EpochSchedule;
	readonly #output: OutputRelease | undefined;
	readonly #wake = new Wake();
	readonly #freeArenas: StagingArena[];
	/** In arenas that are being sent from. */
	#stagedPages = 0;
	/** What `take` fills and a checkpoint empties. */
	readonly #due: PageBitmap;
	/** Stream offset behind the last checkpoint that the kernel has. */
	#sentOffset = 0;
	#lastCommitted: CommittedCheckpoint | undefined;
	#lastCommittedCutMs: number;
	#lastCutMs: number | undefined;
	/** Until then output went out as it came. */
	#heldSinceMs = Infinity;
	#failure: {readonly error: unknown} | undefined;
	#running: Promise<void> | undefined;
	#isStopping = false;
	#alarm: string | undefined;

	constructor(dependencies: CheckpointerDependencies, options: CheckpointerOptions) {
		const {gate, domain, arenas, untilBootNs} = dependencies;
		const nowMs = dependencies.nowMs();
		const inFlight = Math.min(options.inFlight, gate?.maxEpochs ?? Infinity);
		this.#dependencies = dependencies;
		this.#options = options;
		this.#ledger = new EpochLedger({inFlight, committedEpoch: options.committedEpoch, nowMs});
		this.#schedule = new EpochSchedule(nowMs);
		this.#freeArenas = [...arenas];
		this.#due = new PageBitmap(domain.memory.pageLimit);
		this.#lastCommittedCutMs = nowMs;
		this.#output =
			gate &&
			new OutputRelease({
				gate,
				untilBootNs,
				onReleased: ({beganMs, cutMs}) => {
					const outMs = dependencies.nowMs();
					this.#stats.released(outMs - Math.min(cutMs, Math.max(beganMs, this.#heldSinceMs)));
					dependencies.controller.released(outMs, outMs - cutMs);
				},
				onFailed: error => this.#fail(error),
			});
	}

	/** What an operator is shown. Sorts some hundred figures: not for every checkpoint. */
	get status(): CheckpointerStatus {
		const {controller} = this.#dependencies;
		return {
			...this.#stats.summary(),
			epoch: this.#ledger.cutEpoch,
			committedEpoch: this.#ledger.committedEpoch,
			lagEpochs: this.#ledger.pendingEpochs,
			intervalMs: controller.intervalMs,
			bindingObjective: controller.binding,
			alarm: controller.alarm,
			stagingBytes: this.#stagedPages * PAGE_SIZE_BYTES,
		};
	}

	/**
	 * The checkpoint that the precopy ends with: `due` has what it left, and is empty on return. From its pause on the guest's output is held. Resolves when the guest goes on and
	 * all of it is with the link.
	 */
	async first(due: PageBitmap, signal: AbortSignal): Promise<void> {
		await this.#alone(async () => {
			await this.#until(() => this.#mayCut, signal);
			await this.#checkpoint({due, beginsToHold: true, staysPaused: false}, signal);
		});
	}

	/** One checkpoint after another, as the controller has it. Resolves when `last` wants its turn. Rejects with the signal's reason, or what ended it. */
	async run(signal: AbortSignal): Promise<void> {
		await this.#alone(async () => {
			for (;;) {
				await this.#until(() => this.#isStopping || (this.#mayCut && this.#isDue), signal);
				if (this.#isStopping) return;
				await this.#checkpoint({due: this.#due, beginsToHold: false, staysPaused: false}, signal);
			}
		});
	}

	/**
	 * Ends `run`, takes one more checkpoint, and waits until the standby has committed it and the guest's output is out: on return the guest stands still, and the standby knows
	 * everything that it ever did. Rejects ERR_LEASE_LOST where the output may not go out any more, or as `run`; the guest goes on then.
	 */
	async last(signal: AbortSignal): Promise<LastCheckpoint> {
		this.#isStopping = true;
		this.#wake.wake();
		try {
			await this.#running;
			return await this.#alone(async () => this.#takeLast(signal));
		} finally {
			this.#isStopping = false;
		}
	}

	/** The receiver has committed a checkpoint: to be told of each, in order. One that cannot be ends `run`, ERR_STREAM. */
	readonly committed = (checkpoint: CommittedCheckpoint): void => {
		if (this.#failure !== undefined) return;
		const {controller, wallMs} = this.#dependencies;
		const nowMs = this.#dependencies.nowMs();
		try {
			const committed = this.#ledger.committed(checkpoint, nowMs);
			this.#lastCommitted = checkpoint;
			this.#lastCommittedCutMs = committed.cutMs;
			controller.acknowledged(nowMs, committed.ackLagMs);
			this.#stats.committed(checkpoint, committed.ackLagMs, wallMs());
			this.#output?.release(committed);
		} catch (error) {
			this.#fail(error);
		}

		this.#wake.wake();
	};

	async #alone<T>(work: () => Promise<T>): Promise<T> {
		if (this.#running !== undefined) throw new TypeError('a checkpointer does one thing at a time');
		const running = work();
		// Whoever waits for its turn does not care how it went.
		this.#running = running.then(
			() => undefined,
			() => undefined,
		);
		try {
			return await running;
		} finally {
			this.#running = undefined;
		}
	}

	async #takeLast(signal: AbortSignal): Promise<LastCheckpoint> {
		try {
			await this.#until(() => this.#mayCut, signal);
			const taken = await this.#checkpoint({due: this.#due, beginsToHold: false, staysPaused: true}, signal);
			await this.#until(() => this.#ledger.committedEpoch >= taken.epoch, signal);
			await this.#output?.settled();
			if (this.#lastCommitted === undefined) throw new TypeError('an epoch was committed, and nobody said so');
			return {taken, committed: this.#lastCommitted};
		} catch (error) {
			// The first failure is told: a guest that cannot go on has ended, and says so by itself.
			await this.#dependencies.domain.resume().catch(() => undefined);
			throw error;
		}
	}

	/** Whether another checkpoint may be on its way. */
	get #mayCut(): boolean {
		return this.#ledger.hasRoom && this.#freeArenas.length > 0;
	}

	get #isDue(): boolean {
		const {disks, nowMs} = this.#dependencies;
		if (nowMs() >= this.#schedule.dueMs - TIMER_STEP_MS) return true;
		return disks.some(disk => disk.loggedBytes >= this.#options.diskLogBytes);
	}

	/** Resolves when the condition holds, which is asked whenever something has happened, and when the epoch is due. Rejects with the signal's reason, or what has failed. */
	async #until(condition: () => boolean, signal: AbortSignal): Promise<void> {
		signal.addEventListener('abort', this.#wake.wake);
		try {
			for (;;) {
				if (this.#failure !== undefined) throw this.#failure.error;
				signal.throwIfAborted();
				if (condition()) return;
				this.#look();
				await this.#wake.wait(this.#patienceMs);
			}
		} finally {
			signal.removeEventListener('abort', this.#wake.wake);
		}
	}

	/** How long nothing needs to be looked at. */
	get #patienceMs(): number {
		const {disks, nowMs} = this.#dependencies;
		const untilDueMs = this.#schedule.dueMs - nowMs();
		// One that is due, and waits for room, is woken.
		if (untilDueMs <= 0) return LOOK_MS;
		return Math.min(untilDueMs, disks.length > 0 ? DISK_LOOK_MS : LOOK_MS);
	}

	#look(): void {
		// Before the standby has anything there is nothing that it lags.
		if (this.#lastCommitted === undefined) return;
		const {controller, nowMs} = this.#dependencies;
		const lookedMs = nowMs();
		controller.look(lookedMs, lookedMs - this.#lastCommittedCutMs);
		this.#tellAlarm();
	}

	#tellAlarm(): void {
		const {controller, onAlarm} = this.#dependencies;
		if (controller.alarm === this.#alarm) return;
		this.#alarm = controller.alarm;
		onAlarm?.(this.#alarm);
	}

	/** Takes a checkpoint and gives all of it to the link. */
	async #checkpoint(options: Omit<TakeCheckpointOptions, 'epoch' | 'arena'>, signal: AbortSignal): Promise<TakenCheckpoint> {
		const {link, pages, nowMs, onCheckpoint} = this.#dependencies;
		const arena = this.#freeArenas.pop();
		if (arena === undefined) throw new TypeError('a checkpoint without an arena');
		const startedMs = nowMs();
		const epoch = this.#ledger.cut(startedMs);
		if (options.beginsToHold) this.#heldSinceMs = startedMs;
		try {
			const taken = await takeCheckpoint(this.#dependencies, {epoch, arena, ...options}, signal);
			this.#note(taken, startedMs);
			onCheckpoint?.(taken);
			const {sent, diskBytes} = await writeCheckpoint(link, taken, pages, signal);
			this.#ledger.written(epoch);
			void this.#followSent(taken, sent, diskBytes);
			return taken;
		} catch (error) {
			throw this.#fail(error);
		}
	}

	#note({epoch, stagedPages, overflowPages, faults, standstillMs, parts}: TakenCheckpoint, startedMs: number): void {
		const {controller, nowMs} = this.#dependencies;
		const resumedMs = nowMs();
		const pages = stagedPages + overflowPages;
		const periodMs = this.#lastCutMs === undefined ? undefined : startedMs - this.#lastCutMs;
		this.#lastCutMs = startedMs;
		this.#stats.taken({epoch, pages, overflowPages, faults, standstillMs, periodMs, parts});
		if (periodMs !== undefined) controller.taken({nowMs: resumedMs, periodMs, standstillMs, pages, faults});
		this.#schedule.taken({startedMs, resumedMs, standstillMs, intervalMs: controller.intervalMs});
		this.#tellAlarm();
	}

	/** Until the kernel has a checkpoint: its arena is free then. */
	async #followSent({epoch, arena, stagedPages}: TakenCheckpoint, sent: Promise<number>, diskBytes: number): Promise<void> {
		this.#stagedPages += stagedPages;
		try {
			const offset = await sent;
			this.#stats.sent(epoch, offset - this.#sentOffset, diskBytes);
			this.#sentOffset = offset;
			this.#freeArenas.push(arena);
			this.#wake.wake();
		} catch (error) {
			this.#fail(error);
		} finally {
			this.#stagedPages -= stagedPages;
		}
	}

	/** Returns the first failure. */
	#fail(error: unknown): unknown {
		this.#failure ??= {error};
		this.#wake.wake();
		return this.#failure.error;
	}
}
