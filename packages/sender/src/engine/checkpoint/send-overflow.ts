import type {PageBitmap} from '@sterna/domain';
import {type Pfn, SINGLE_CHANNEL} from '@sterna/protocol';
import type {WritePagesOptions} from '@sterna/transport';
import {nextBatch, removeBatch} from '../batcher.ts';
import type {CheckpointLink} from './checkpoint-link.ts';

/** 16 MiB of pages: the link is never idle between two of them. */
const BATCHES_IN_FLIGHT = 4;

/**
 * Sends what a staging arena had no room for straight from the guest's memory, and takes it off the set. Resolves with the number of pages when the kernel has all of
 * them: until then the guest must stand still. Rejects with the link's failure, or the signal's reason.
 */
export async function sendOverflow(
	link: Pick<CheckpointLink, 'writePages'>,
	pages: PageBitmap,
	options: WritePagesOptions,
	signal: AbortSignal,
): Promise<number> {
	const aborted = Promise.withResolvers<never>();
	aborted.promise.catch(() => undefined);
	const onAbort = (): void => {
		aborted.reject(signal.reason);
	};
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		const inFlight: Array<Promise<number>> = [];
		let sentPages = 0;
		let next: Pfn = 0;
		for (let batch = nextBatch(pages, next, SINGLE_CHANNEL); batch; batch = nextBatch(pages, next, SINGLE_CHANNEL)) {
			signal.throwIfAborted();
			const written = link.writePages(batch.runs, options);
			written.catch(() => undefined);
			inFlight.push(written);
			removeBatch(pages, batch);
			sentPages += batch.pageCount;
			next = batch.nextPfn;
			if (inFlight.length >= BATCHES_IN_FLIGHT) await Promise.race([inFlight.shift(), aborted.promise]);
		}

		await Promise.race([Promise.all(inFlight), aborted.promise]);
		return sentPages;
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
