import {setImmediate as nextTurn} from 'node:timers/promises';
import {driverFor, type GuestMemory, type TargetDomain} from '@sterna/domain';
import type {DomainRecord, Logger} from '@sterna/host';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';

/** Pages of one copy, 8 MiB: some milliseconds in which the daemon does nothing else. */
const PIECE_PAGES = 2048;

/** The memory of a guest that was protected here and runs elsewhere now; undefined where it is gone. The caller disposes of it. */
export async function openStaleMemory({definition, handle}: DomainRecord, log: Logger): Promise<GuestMemory | undefined> {
	try {
		return await driverFor(definition.kind).openMemory?.(definition, handle);
	} catch (error) {
		log.warn({error, domain: definition.name}, 'the memory of the out-of-date guest is gone: all of it is sent');
		return undefined;
	}
}

/** Fills a new target's memory from that of an earlier copy of the guest, where both have the same size. Rejects with the signal's reason, or where there is no memory left. */
export async function fillFrom(base: GuestMemory, {memory}: TargetDomain, signal: AbortSignal): Promise<boolean> {
	if (base.pageLimit !== memory.pageLimit) return false;
	for (const {pfn, pageCount} of base.populatedRuns()) {
		for (let done = 0; done < pageCount; done += PIECE_PAGES) {
			signal.throwIfAborted();
			const pages = Math.min(PIECE_PAGES, pageCount - done);
			await memory.populate(pfn + done, pages);
			const offset = (pfn + done) * PAGE_SIZE_BYTES;
			copyMemory(Number(memory.address) + offset, Number(base.address) + offset, pages * PAGE_SIZE_BYTES);
			await nextTurn();
		}
	}

	return true;
}
