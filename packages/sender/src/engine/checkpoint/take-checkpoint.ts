import type {DirtyLog, OutputGate, PageBitmap, ReplicatedDisk, SourceDomain} from '@sterna/domain';
import type {WritePagesOptions} from '@sterna/transport';
import type {CheckpointLink} from './checkpoint-link.ts';
import {sendOverflow} from './send-overflow.ts';
import type {StagingArena} from './staging-arena.ts';
import type {CheckpointContent} from './write-checkpoint.ts';

/** Milliseconds of a checkpoint's pause by what they were spent on, one behind another. */
export type CheckpointPauseParts = {
	/** From the command to the guest that stands still. */
	readonly pause: number;
	readonly scan: number;
	/** To the staging arena. */
	readonly copy: number;
	/** What the arena had no room for, until the kernel had it. */
	readonly overflow: number;
	/** What it took beyond all of that. */
	readonly deviceState: number;
	/** From then until the guest said that it goes on. */
	readonly resume: number;
};

export type TakeCheckpointDependencies = {
	readonly domain: Pick<SourceDomain, 'memory' | 'pause' | 'resume' | 'saveDeviceState'>;
	readonly dirtyLog: DirtyLog;
	readonly link: CheckpointLink;
	/** Undefined: what the guest says is not held. */
	readonly gate: OutputGate | undefined;
	readonly disks: readonly ReplicatedDisk[];
	readonly pages: WritePagesOptions;
	/** Milliseconds of CLOCK_MONOTONIC. */
	readonly nowMs: () => number;
};

export type TakeCheckpointOptions = {
	readonly epoch: number;
	/** Free: nobody is sending from it. */
	readonly arena: StagingArena;
	/** Pages that are due besides what the dirty log has; empty on return. */
	readonly due: PageBitmap;
	/** The first one: from its pause on the guest's output is held. */
	readonly beginsToHold: boolean;
	/** The last one: the guest goes on elsewhere. */
	readonly staysPaused: boolean;
};

export type TakenCheckpoint = CheckpointContent & {
	readonly epoch: number;
	/** In the arena. */
	readonly stagedPages: number;
	/** Sent already. */
	readonly overflowPages: number;
	/** Pages whose first write since the checkpoint before was a fault. */
	readonly faults: number;
	/** CLOCK_MONOTONIC of the guest's last step. */
	readonly lastStepNs: bigint;
	/** From that step until the guest went on, an upper bound: its word takes time to come. Of one that stays paused: until it could have. */
	readonly standstillMs: number;
	readonly parts: CheckpointPauseParts;
};

/** What there is of it when the guest may go on. */
type WhilePaused = Pick<TakenCheckpoint, 'lastStepNs' | 'stagedPages' | 'overflowPages' | 'faults' | 'disks'> & {
	readonly parts: Omit<CheckpointPauseParts, 'deviceState' | 'resume'>;
};

/**
 * Takes one checkpoint: the guest stands still, its output is cut, its dirty pages go to the arena, its CPU and device state are saved, and it goes on. On return
 * everything of it is in this process, or with the kernel.
 *
 * Whatever fails, the guest goes on, also where it was to stay paused; only one that cannot be resumed stands still. The stream may have part of the checkpoint's pages then, and
 * the arena and the dirty log do not tell any more what is due: the link is to be given up. The signal is heard only while the kernel takes pages that the arena has no room for:
 * all else takes no longer than to undo it.
 */
export async function takeCheckpoint(
	{domain, dirtyLog, link, gate, disks, pages, nowMs}: TakeCheckpointDependencies,
	{epoch, arena, due, beginsToHold, staysPaused}: TakeCheckpointOptions,
	signal: AbortSignal,
): Promise<TakenCheckpoint> {
	const startedMs = nowMs();
	let savedMs = startedMs;
	const pausing = domain.pause();
	// In one breath: the guest obeys them in their order, while its pages are found and copied.
	const cutting = beginsToHold ? Promise.all([gate?.hold(), gate?.cut(epoch)]) : gate?.cut(epoch);
	const saving = domain.saveDeviceState('checkpoint').finally(() => {
		savedMs = nowMs();
	});
	// Each is awaited below; what fails before must not leave them unhandled.
	for (const promise of [pausing, cutting, saving]) promise?.catch(() => undefined);

	let paused: WhilePaused;
	try {
		paused = await whilePaused();
	} catch (error) {
		// The first failure is told; a guest that cannot go on has ended, and says so by itself.
		await domain.resume().catch(() => undefined);
		await Promise.allSettled([pausing, cutting, saving]);
		throw error;
	}

	const readyMs = nowMs();
	try {
		if (!staysPaused) await domain.resume();
		const resumedMs = nowMs();
		await cutting;
		const deviceState = await saving;
		const {lastStepNs, parts, ...content} = paused;
		const standstillMs = (staysPaused ? savedMs : resumedMs) - Number(lastStepNs) / 1e6;
		const behindMs = Math.max(readyMs, savedMs);
		return {
			epoch,
			arena,
			deviceState,
			...content,
			lastStepNs,
			standstillMs,
			parts: {...parts, deviceState: behindMs - readyMs, resume: Math.max(0, resumedMs - behindMs)},
		};
	} catch (error) {
		if (staysPaused) await domain.resume().catch(() => undefined);
		throw error;
	}

	async function whilePaused(): Promise<WhilePaused> {
		const {lastStepNs} = await pausing;
		const pausedMs = nowMs();
		const logs = Promise.all(disks.map(disk => disk.cut()));
		logs.catch(() => undefined);
		const found = await dirtyLog.take(due, {mayGuess: true});
		const scannedMs = nowMs();
		const stagedPages = arena.fill(domain.memory, due);
		const copiedMs = nowMs();
		const overflowPages = due.count > 0 ? await sendOverflow(link, due, pages, signal) : 0;
		const diskLogs = await logs;
		const parts = {pause: pausedMs - startedMs, scan: scannedMs - pausedMs, copy: copiedMs - scannedMs, overflow: nowMs() - copiedMs};
		const faults = dirtyLog.kind === 'pagemap-scan' ? found : 0;
		return {lastStepNs, stagedPages, overflowPages, faults, disks: diskLogs, parts};
	}
}
