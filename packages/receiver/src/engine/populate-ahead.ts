import type {TargetDomain} from '@sterna/domain';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {ReceiveLink} from '@sterna/transport';

/** Pages of one step: 16 MiB, some milliseconds of the kernel's work. */
const STEP_PAGES = 4096;

/** A guest that has populated less than this part of its memory is filled as its pages arrive: its holes should stay holes. */
const DENSE = 0.5;

/**
 * Fills a dense guest's memory ahead of its pages, so that receiving them takes no page faults, and tells the link how far it has come.
 * Ends early by the signal; what it cannot do, the arrival of the pages will meet.
 */
export async function populateAhead({memory}: TargetDomain, populatedPages: number, link: ReceiveLink, signal: AbortSignal): Promise<void> {
	if (memory.pageLimit * PAGE_SIZE_BYTES !== memory.memoryBytes || populatedPages < memory.pageLimit * DENSE) return;
	for (let pfn = 0; pfn < memory.pageLimit && !signal.aborted; pfn += STEP_PAGES) {
		const pageCount = Math.min(STEP_PAGES, memory.pageLimit - pfn);
		try {
			await memory.populate(pfn, pageCount);
		} catch {
			return; // Out of memory, say: the pages that need it fail with the reason.
		}

		if (!signal.aborted) link.markPopulated(pfn, pageCount);
	}
}
