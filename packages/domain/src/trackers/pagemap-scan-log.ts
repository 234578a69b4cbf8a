import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {isSystemError, openPagemap, PagemapScanner} from '@sterna/system';
import type {DirtyLog} from '../dirty-log.ts';
import {DomainError} from '../domain-error.ts';
import type {PageBitmap} from '../page-bitmap.ts';
import {PopulatedSpans} from './populated-spans.ts';
import {isProcessIntact, type ProcessIdentity} from '../process-identity.ts';

/** Where a guest's memory is mapped in the process that runs it. */
export type GuestMapping = {
	readonly process: ProcessIdentity;
	/** Address of pfn 0 in that process. The range is registered there for asynchronous write-protect tracking. */
	readonly address: number;
	readonly pageLimit: number;
	/** The memory file, open in this process. */
	readonly fd: number;
};

/**
 * Holes of at most 2 MiB, which is what one page table of the other process covers, are scanned with the pages around them: fewer calls,
 * however scattered the pages are.
 */
const MAX_HOLE_PAGES = 512;

/** Whether the kernel tracks writes of this guest, and we may ask it. Takes nothing from a log that is armed already. */
export function canScanPagemap({process, address}: Pick<GuestMapping, 'process' | 'address'>): boolean {
	try {
		using scanner = new PagemapScanner(openPagemap(process.pid), 1);
		scanner.probe(address, address + PAGE_SIZE_BYTES);
		return true;
	} catch (error) {
		// EPERM: not registered. EACCES: not our process. ENOTTY, EINVAL: a kernel before 6.7.
		if (['EPERM', 'EACCES', 'ENOTTY', 'EINVAL', 'ENOENT', 'ESRCH'].some(code => isSystemError(error, code))) return false;
		throw error;
	}
}

/**
 * The kernel's own log of written pages: PAGEMAP_SCAN from this process on the guest's. Armed on return.
 * Only what has pages is scanned, as a scan costs 0.6 ms a GiB of holes too, and page tables for them in the guest: a page that comes
 * into being later was never armed, so that the scan which first covers it reports it as written.
 * What it cannot see: writes through another mapping of the memory, and holes punched into it; no guest of ours does either.
 * `pagemap`: a descriptor of the process's pagemap where this process may not open it itself; owned from here, closed with the log.
 * Throws ERR_TRACKER where the range is not registered, or the process not ours to look at.
 */
export function startPagemapScanLog(mapping: GuestMapping, pagemap?: number): DirtyLog {
	const log = new PagemapScanLog(mapping, pagemap ?? openPagemapOf(mapping));
	try {
		log.arm();
		return log;
	} catch (error) {
		log.close();
		throw error;
	}
}

class PagemapScanLog implements DirtyLog {
	readonly kind = 'pagemap-scan';
	readonly #mapping: GuestMapping;
	readonly #scanner: PagemapScanner;
	readonly #populated: PopulatedSpans;

	constructor(mapping: GuestMapping, pagemap: number) {
		this.#mapping = mapping;
		this.#populated = new PopulatedSpans(mapping);
		this.#scanner = new PagemapScanner(pagemap);
	}

	/** The first scan reports every page and arms it: its result says nothing. */
	arm(): void {
		this.#populated.update(MAX_HOLE_PAGES);
		this.#scan(() => {});
	}

	async take(into: PageBitmap): Promise<number> {
		const {address} = this.#mapping;
		let found = 0;
		// No hole is joined any more: it was not armed, and would be reported page by page.
		this.#populated.update(0);
		this.#scan((start, end) => {
			const pageCount = (end - start) / PAGE_SIZE_BYTES;
			into.addRun((start - address) / PAGE_SIZE_BYTES, pageCount);
			found += pageCount;
		});
		return found;
	}

	close(): void {
		this.#scanner[Symbol.dispose]();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	#scan(onRange: (start: number, end: number) => void): void {
		const {address} = this.#mapping;
		try {
			for (const {pfn, pageCount} of this.#populated.spans)
				this.#scanner.scan(address + pfn * PAGE_SIZE_BYTES, address + (pfn + pageCount) * PAGE_SIZE_BYTES, onRange);
		} catch (error) {
			throw trackerLost(this.#mapping, error);
		}

		// Of a process that has ended a scan finds nothing, which must not pass for a guest that wrote nothing.
		if (!isProcessIntact(this.#mapping.process)) throw trackerLost(this.#mapping);
	}
}

function openPagemapOf(mapping: GuestMapping): number {
	try {
		return openPagemap(mapping.process.pid);
	} catch (error) {
		throw trackerLost(mapping, error);
	}
}

function trackerLost({process: {pid}}: GuestMapping, cause?: unknown): DomainError {
	return new DomainError('ERR_TRACKER', `writes of the guest's process ${pid} are not tracked by the kernel, or not any more`, {cause});
}
