import type {DirtyLog, PageBitmap} from '@sterna/domain';
import {hostError} from '@sterna/host/host-error';
import type {SendChannels} from '@sterna/transport';
import {type Audit, missedBy} from './audit.ts';
import {removeBatch} from './batcher.ts';
import {Pass} from './pass.ts';
import type {PolicyDecision, PrecopyPolicy} from './policy/decision.ts';
import type {PrecopyObserver} from './precopy-observer.ts';
import type {StatsRecorder} from './stats.ts';
import type {Wait} from './wait.ts';
import type {BatchWriter} from './writer.ts';

/** Wait before looking again when a scan found nothing and the policy still wants to go on. */
const NOTHING_DIRTY_PAUSE_MS = 10;

/** How long a precopy waits for the link, or is held, before the policy is asked again: what it says must be heard also where nothing moves. */
const ASK_AGAIN_MS = 50;

export type PrecopyDependencies = {
	readonly dirtyLog: DirtyLog;
	readonly channels: SendChannels;
	readonly writer: BatchWriter;
	readonly policy: PrecopyPolicy;
	readonly stats: StatsRecorder;
	readonly observer: PrecopyObserver;
	/** Looks behind each pass whether what is believed clean is what was sent; undefined = nobody does. */
	readonly audit: Audit | undefined;
	/** Stream bytes that the receiver has taken, in all. */
	readonly creditedBytes: () => number;
	/** Milliseconds of a monotonic clock. */
	readonly nowMs: () => number;
	readonly wait: Wait;
};

/**
 * Sends pages while the guest runs until the policy ends it. `pages` holds the pass to begin or to go on with on entry and, on return or where it
 * throws, what was not sent of the last one: the deferred set of the final pass. Throws ERR_TRACKER where the audit finds a write that the
 * dirty log did not name. Spec section 5.2, but the policy is asked after every batch, and every 50 ms for as long as none can be sent.
 */
export async function precopy(
	{dirtyLog, channels, writer, policy, stats, observer, audit, creditedBytes, nowMs, wait}: PrecopyDependencies,
	pages: PageBitmap,
	signal: AbortSignal,
): Promise<Exclude<PolicyDecision, {action: 'continue'}>> {
	const ask = (): PolicyDecision => {
		signal.throwIfAborted();
		stats.acknowledged(nowMs(), creditedBytes());
		const snapshot = stats.snapshot(nowMs());
		const answer = policy(snapshot);
		observer.asked(snapshot, answer);
		return answer;
	};
	/** As `ask`; what is held is asked about again until it is not. */
	const decide = async (): Promise<PolicyDecision> => {
		let decision = ask();
		while (decision.action === 'continue' && decision.isHeld === true) {
			await wait(ASK_AGAIN_MS, signal);
			decision = ask();
		}

		return decision;
	};

	let decision = await decide();
	for (;;) {
		const pass = new Pass(pages, channels.count);
		while (decision.action === 'continue' && pages.count > 0) {
			signal.throwIfAborted();
			const batch = writer.sendNow(pass);
			if (batch === 'done') throw new TypeError(`a pass left ${pages.count} pages behind`);
			if (batch === 'full') {
				if (!(await isPlaceInTime(writer, wait))) decision = await decide();
				continue;
			}

			removeBatch(pages, batch);
			stats.batchWritten(batch.pageCount);
			if (pages.count === 0) {
				writer.barrier();
				stats.passEnded(nowMs());
			}

			decision = await decide();
		}

		// A pass that is over is looked at also where it is the last.
		const changed = pages.count === 0 && audit !== undefined ? await look(audit, writer) : undefined;
		if (decision.action !== 'continue' && changed === undefined) return decision;
		const dirtyPages = await dirtyLog.take(pages);
		if (changed !== undefined) assertTracked(pages, changed);
		observer.scanned({dirtyPages, sinceMs: stats.scanned(nowMs(), dirtyPages, pages.count), pages});
		if (decision.action !== 'continue') return decision;
		decision = await decide();
		if (decision.action !== 'continue') return decision;
		if (dirtyPages === 0) {
			await wait(NOTHING_DIRTY_PAUSE_MS, signal);
			stats.passEnded(nowMs());
			decision = await decide();
		}
	}
}

/** Waits for a place with a connection, until it is time to ask again. Returns whether there may be one. */
async function isPlaceInTime(writer: BatchWriter, wait: Wait): Promise<boolean> {
	const isOver = new AbortController();
	try {
		return await Promise.race([writer.batchGone(isOver.signal).then(() => true), wait(ASK_AGAIN_MS, isOver.signal).then(() => false)]);
	} finally {
		isOver.abort();
	}
}

/** Behind everything that was sent: an entry of the table that a batch on its way is about to change would look like a write. */
async function look(audit: Audit, writer: BatchWriter): Promise<Uint32Array> {
	await writer.drain();
	return audit.look();
}

function assertTracked(dirty: PageBitmap, changed: Uint32Array): void {
	const missed = missedBy(dirty, changed);
	if (missed === undefined) return;
	throw hostError('ERR_TRACKER', `page 0x${missed.toString(16)} was written and the dirty log does not name it`, {side: 'sender'});
}
