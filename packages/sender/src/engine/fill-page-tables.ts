import type {GuestMemory} from '@sterna/domain';

/** Pages of one step: 64 MiB, some milliseconds of the kernel's work. */
const STEP_PAGES = 16_384;

/**
 * Fills this process's page tables for the pages that the guest has, so that the first pass reads them without faults. Best effort:
 * what fails, or is stopped by the signal, the first pass meets itself.
 */
export async function fillPageTables(memory: GuestMemory, signal: AbortSignal): Promise<void> {
	for (const {pfn, pageCount} of memory.populatedRuns()) {
		for (let done = 0; done < pageCount; done += STEP_PAGES) {
			if (signal.aborted) return;
			try {
				await memory.populateForReading(pfn + done, Math.min(STEP_PAGES, pageCount - done));
			} catch {
				return;
			}
		}
	}
}
