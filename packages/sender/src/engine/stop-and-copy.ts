import type {DeviceState, DirtyLog, PageBitmap, SourceDomain} from '@sterna/domain';
import type {SendChannels} from '@sterna/transport';
import {removeBatch} from './batcher.ts';
import {Pass} from './pass.ts';
import type {StatsRecorder} from './stats.ts';
import {writeTail} from './stream-frame.ts';
import type {BatchWriter} from './writer.ts';

/** Milliseconds of the pause by what they were spent on; the later parts are measured by the handover. */
export type PauseParts = {pause: number; scan: number; copy: number; deviceState: number};

export type StopAndCopyDependencies = {
	readonly domain: Pick<SourceDomain, 'pause' | 'saveDeviceState'>;
	readonly dirtyLog: DirtyLog;
	readonly channels: SendChannels;
	readonly writer: BatchWriter;
	readonly stats: StatsRecorder;
	readonly nowMs: () => number;
	/** With the guest paused and the last scan done: adds further pages that must be sent. */
	readonly lookAgain: (due: PageBitmap) => Promise<void>;
	/** For so many milliseconds of the pause no limit of bandwidth holds. */
	readonly downtimeBudgetMs: number;
};

export type PausedGuest = {readonly lastStepNs: bigint; readonly parts: PauseParts};

/**
 * The last pass: pauses the guest, adds what it dirtied since the last scan to the deferred pages, sends them, the device state and
 * the ends of both layers. On return the guest is paused and every byte is with the kernel. Where it throws the guest may be paused, and
 * nothing is asked of it any more; `deferred` holds what was not sent. Spec section 5.5.
 */
export async function stopAndCopy(
	{domain, dirtyLog, channels, writer, stats, nowMs, lookAgain, downtimeBudgetMs}: StopAndCopyDependencies,
	deferred: PageBitmap,
	signal: AbortSignal,
): Promise<PausedGuest> {
	// What is on its way arrives while the guest still runs: a page of it that is dirtied meanwhile is found by the last scan.
	await writer.applied();
	signal.throwIfAborted();

	const started = nowMs();
	const pausing = domain.pause();
	// In one breath: the guest saves its state as soon as it stands still, and while its pages are found and sent.
	const saving = timed(nowMs, () => domain.saveDeviceState());
	saving.catch(() => undefined); // Awaited below; what fails before must not leave it unhandled.
	try {
		const {lastStepNs} = await pausing;
		const paused = nowMs();
		channels.ignoreLimitsFor(downtimeBudgetMs);
		signal.throwIfAborted();
		const dirtyPages = await dirtyLog.take(deferred);
		await lookAgain(deferred);
		stats.scanned(paused, dirtyPages, deferred.count);
		const scanned = nowMs();
		await sendAll({channels, writer, stats}, deferred, signal);
		const copied = nowMs();
		const {value: deviceState, endedMs} = await saving;
		signal.throwIfAborted();
		channels.stopHeartbeats();
		await writeTail(channels.primary, deviceState);
		return {
			lastStepNs,
			parts: {pause: paused - started, scan: scanned - paused, copy: copied - scanned, deviceState: Math.max(0, endedMs - copied)},
		};
	} catch (error) {
		await Promise.allSettled([pausing, saving]);
		throw error;
	}
}

/** Sends every page of the set once, as the last that are sent, and takes it off the set. On return the kernel has all of them. */
export async function sendAll(
	{channels, writer, stats}: Pick<StopAndCopyDependencies, 'channels' | 'writer' | 'stats'>,
	pages: PageBitmap,
	signal: AbortSignal,
): Promise<void> {
	const pass = new Pass(pages, channels.count);
	for (let batch = await writer.sendNext(pass); batch; batch = await writer.sendNext(pass)) {
		removeBatch(pages, batch);
		signal.throwIfAborted();
		stats.batchWritten(batch.pageCount);
	}

	await writer.drain();
	channels.endPages();
}

async function timed(
	nowMs: () => number,
	work: () => Promise<DeviceState>,
): Promise<{readonly value: DeviceState; readonly endedMs: number}> {
	const value = await work();
	return {value, endedMs: nowMs()};
}
