import {setTimeout as sleep} from 'node:timers/promises';
import type {DirtyLog, PageBitmap} from '@sterna/domain';
import type {SendChannels} from '@sterna/transport';
import {removeBatch} from './batcher.ts';
import {Pass} from './pass.ts';
import type {PolicyDecision, PrecopyPolicy} from './policy.ts';
import type {StatsRecorder} from './stats.ts';
import type {BatchWriter} from './writer.ts';

/** Wait before looking again when a scan found nothing and the policy still wants to go on. */
const NOTHING_DIRTY_PAUSE_MS = 10;

export type PrecopyDependencies = {
	readonly dirtyLog: DirtyLog;
	readonly channels: SendChannels;
	readonly writer: BatchWriter;
	readonly policy: PrecopyPolicy;
	readonly stats: StatsRecorder;
	/** Stream bytes that the receiver has taken, in all. */
	readonly creditedBytes: () => number;
	/** Milliseconds of a monotonic clock. */
	readonly nowMs: () => number;
};

/**
 * Sends pages while the guest runs until the policy ends it. `pages` holds the pass to begin or to go on with on entry and, on return or where it
 * throws, what was not sent of the last one: the deferred set of the final pass. Spec section 5.2, but the policy is asked after every batch.
 */
export async function precopy(
	{dirtyLog, channels, writer, policy, stats, creditedBytes, nowMs}: PrecopyDependencies,
	pages: PageBitmap,
	signal: AbortSignal,
): Promise<Exclude<PolicyDecision, {action: 'continue'}>> {
	const ask = (): PolicyDecision => {
		signal.throwIfAborted();
		stats.acknowledged(nowMs(), creditedBytes());
		return policy(stats.snapshot(nowMs()));
	};

	let decision = ask();
	for (;;) {
		const pass = new Pass(pages, channels.count);
		while (decision.action === 'continue' && pages.count > 0) {
			const batch = await writer.sendNext(pass);
			if (!batch) throw new TypeError(`a pass left ${pages.count} pages behind`);
			removeBatch(pages, batch);
			stats.batchWritten(batch.pageCount);
			if (pages.count === 0) {
				writer.barrier();
				stats.passEnded();
			}

			decision = ask();
		}

		if (decision.action !== 'continue') return decision;
		const dirtyPages = await dirtyLog.take(pages);
		stats.scanned(nowMs(), dirtyPages, pages.count);
		decision = ask();
		if (decision.action !== 'continue') return decision;
		if (dirtyPages === 0) {
			await sleep(NOTHING_DIRTY_PAUSE_MS, undefined, {signal});
			stats.passEnded();
			decision = ask();
		}
	}
}
