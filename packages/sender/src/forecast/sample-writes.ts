import {setTimeout as sleep} from 'node:timers/promises';
import {PageBitmap, type DirtyLog} from '@sterna/domain';

/** One look at the dirty log. */
export type WriteScan = {
	/** Milliseconds since the scan before. */
	readonly sinceMs: number;
	/** Pages that the guest wrote meanwhile, each once. */
	readonly dirtyPages: number;
	/** Of those, pages that no scan of the sample had found before. */
	readonly newPages: number;
	/** What the scan itself took. */
	readonly scanMs: number;
};

/** What a guest wrote while it was watched. */
export type WriteSample = {
	readonly scans: readonly WriteScan[];
	readonly sampledMs: number;
	/** Every page that it wrote, once. */
	readonly written: PageBitmap;
};

/** Milliseconds between two scans, in turn: a precopy's passes are of all these lengths, and what is written again within one counts once. */
export const SCAN_INTERVALS_MS: readonly number[] = [20, 50, 100, 200, 500, 1000];

/** While the link is measured: several scans in the little time that it takes. */
export const SHORT_INTERVALS_MS: readonly number[] = [40, 80, 160];

export type SampleOptions = {
	readonly intervalsMs: readonly number[];
	/** Exclusive upper bound of the pfns. */
	readonly pageLimit: number;
	/** Milliseconds of a monotonic clock. */
	readonly nowMs: () => number;
	readonly signal: AbortSignal;
};

/** Looks at the log for `sampleMs`, at intervals of all the lengths in turn. At least one scan; the last interval may be cut short. Rejects with the signal's reason. */
export async function sampleWrites(log: DirtyLog, sampleMs: number, options: SampleOptions): Promise<WriteSample> {
	const {signal, nowMs} = options;
	const endMs = nowMs() + sampleMs;
	return sample(log, options, waitMs => {
		const leftMs = endMs - nowMs();
		return {ms: Math.min(waitMs, Math.max(1, leftMs)), isLast: leftMs <= waitMs, signal};
	});
}

/** The same for as long as `work` takes. What is under way of an interval when it ends is not looked at. Rejects as `work` does. */
export async function sampleWhile<T>(
	log: DirtyLog,
	work: Promise<T>,
	options: SampleOptions,
): Promise<{readonly sample: WriteSample; readonly result: T}> {
	const over = new AbortController();
	const ended = work.finally(() => {
		over.abort();
	});
	ended.catch(() => undefined); // Told below.
	const signal = AbortSignal.any([options.signal, over.signal]);
	const sampled = await sample(log, options, waitMs => ({ms: waitMs, isLast: over.signal.aborted, signal}));
	return {sample: sampled, result: await ended};
}

type NextWait = (waitMs: number) => {readonly ms: number; readonly isLast: boolean; readonly signal: AbortSignal};

async function sample(log: DirtyLog, {intervalsMs, pageLimit, nowMs, signal}: SampleOptions, next: NextWait): Promise<WriteSample> {
	const written = new PageBitmap(pageLimit);
	const found = new PageBitmap(pageLimit);
	const scans: WriteScan[] = [];
	// What was written until now belongs to no interval.
	await log.take(found);
	const startedMs = nowMs();
	let lastMs = startedMs;
	for (let turn = 0; ; turn++) {
		const wait = next(intervalsMs[turn % intervalsMs.length] ?? 1);
		const isWhole = await waited(wait.ms, wait.signal);
		signal.throwIfAborted();
		if (!isWhole) break;
		const scannedMs = nowMs();
		found.clear();
		await log.take(found);
		const before = written.count;
		written.addAll(found);
		scans.push({sinceMs: scannedMs - lastMs, dirtyPages: found.count, newPages: written.count - before, scanMs: nowMs() - scannedMs});
		lastMs = scannedMs;
		if (wait.isLast) break;
	}

	return {scans, sampledMs: lastMs - startedMs, written};
}

/** Whether the time has passed, and nothing has ended it. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
	return sleep(ms, true, {signal}).catch(() => false);
}
