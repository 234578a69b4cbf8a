import {availableParallelism} from 'node:os';
import type {TargetDomain} from '@sterna/domain';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';

/** Pages of one step: 16 MiB, some milliseconds of the kernel's work. */
const STEP_PAGES = 4096;

/** A guest that fills less than this part of its memory with content is filled as its pages arrive: its holes should stay holes. */
const DENSE = 0.5;

/** More threads than this wait for the kernel's locks rather than for memory. */
const MAX_THREADS = 4;

/**
 * Populates a dense guest's memory before its stream begins, side by side on the machine's cores. The stream then takes no page fault,
 * which makes precopy shorter and the dirty set smaller; done beside it, the two would wait for each other.
 * Returns whether everything is populated: what this cannot do, the arrival of the pages will meet. Rejects with the signal's reason.
 */
export async function populateFirst({memory}: Pick<TargetDomain, 'memory'>, contentPages: number, signal: AbortSignal): Promise<boolean> {
	const {pageLimit} = memory;
	if (pageLimit * PAGE_SIZE_BYTES !== memory.memoryBytes || contentPages < pageLimit * DENSE) return false;
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < pageLimit) {
			signal.throwIfAborted();
			const pfn = next;
			next += STEP_PAGES;
			await memory.populate(pfn, Math.min(STEP_PAGES, pageLimit - pfn));
		}
	};
	const threads = Array.from({length: Math.min(MAX_THREADS, availableParallelism())}, work);
	const failed = (await Promise.allSettled(threads)).some(({status}) => status === 'rejected');
	signal.throwIfAborted();
	return !failed;
}
