import type {Pfn} from '@sterna/protocol';

/**
 * A guest's memory as this process has it mapped: pfn 0 … pageLimit − 1 at consecutive addresses.
 * Pages never touched are holes of the file behind the mapping.
 * The numbers below are all that a worker thread needs: mappings belong to the process, not to a thread.
 */
export type MemoryMapping = {
	/** Address of pfn 0 in this process. */
	readonly address: bigint;
	/** Exclusive upper bound of the pfns: the agreed highest pfn + 1. */
	readonly pageLimit: number;
	/** Descriptor of the memfd or file behind the mapping, open in this process. Offset = pfn × 4096. */
	readonly fd: number;
};

/** Guest memory mapped shared into this process. Who made it unmaps it. */
export interface GuestMemory extends MemoryMapping, Disposable {
	/** Bytes that the guest may have populated at most: its memory size. */
	readonly memoryBytes: number;
	/** Runs of pages that are populated in the file (SEEK_DATA / SEEK_HOLE), ascending. */
	populatedRuns(): Iterable<{readonly pfn: Pfn; readonly pageCount: number}>;
	/** Allocates a run of pages and this process's page tables for it (fallocate + MADV_POPULATE_WRITE). Rejects with ENOSPC / ENOMEM, never SIGBUS. */
	populate(pfn: Pfn, pageCount: number): Promise<void>;
	/** Fills this process's page tables for reading, for a run that has pages. */
	populateForReading(pfn: Pfn, pageCount: number): Promise<void>;
}
