import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol';
import {isSystemError, openPagemap, PagemapScanner} from '@sterna/system';
import type {DirtyLog, TakeOptions} from '../dirty-log.ts';
import {DomainError} from '../domain-error.ts';
import type {PageBitmap, PageRun} from '../page-bitmap.ts';
import {HotBlocks} from './hot-blocks.ts';
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
 * Throws ERR_TRACKER where the range is not registered, or the process not ours to look at, ERR_GUEST_EXITED where it has ended; so do its scans.
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
	/** Undefined until somebody lets guess. */
	#hot: HotBlocks | undefined;

	constructor(mapping: GuestMapping, pagemap: number) {
		this.#mapping = mapping;
		this.#populated = new PopulatedSpans(mapping);
		this.#scanner = new PagemapScanner(pagemap);
	}

	/** The first scan reports every page and arms it: its result says nothing. */
	arm(): void {
		this.#populated.update(MAX_HOLE_PAGES);
		this.#scanning(() => {
			for (const span of this.#populated.spans) this.#scan(span, () => {});
		});
	}

	async take(into: PageBitmap, {mayGuess = false}: TakeOptions = {}): Promise<number> {
		// No hole is joined any more: it was not armed, and would be reported page by page.
		this.#populated.update(0);
		if (mayGuess) this.#hot ??= new HotBlocks(this.#mapping.pageLimit);
		else this.#hot?.forget();
		return this.#scanning(() => this.#takeSpans(into, mayGuess ? this.#hot : undefined));
	}

	close(): void {
		this.#scanner[Symbol.dispose]();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	/** Of a hot run nothing is asked: all of it counts as written, and is not armed again, so that it stays as good as written until it is scanned. */
	#takeSpans(into: PageBitmap, hot: HotBlocks | undefined): number {
		let found = 0;
		const onRun = (pfn: Pfn, pageCount: number): void => {
			into.addRun(pfn, pageCount);
			hot?.found(pfn, pageCount);
			found += pageCount;
		};
		hot?.beginScan();
		for (const {pfn, pageCount} of this.#populated.spans) {
			const end = pfn + pageCount;
			for (let at = pfn; at < end;) {
				const guessed = hot?.nextHot(at, end) ?? {pfn: end, pageCount: 0};
				if (guessed.pfn > at) this.#scan({pfn: at, pageCount: guessed.pfn - at}, onRun);
				into.addRun(guessed.pfn, guessed.pageCount);
				at = guessed.pfn + guessed.pageCount;
			}
		}

		return found;
	}

	#scan({pfn, pageCount}: PageRun, onRun: (pfn: Pfn, pageCount: number) => void): void {
		const {address} = this.#mapping;
		this.#scanner.scan(address + pfn * PAGE_SIZE_BYTES, address + (pfn + pageCount) * PAGE_SIZE_BYTES, (start, end) =>
			onRun((start - address) / PAGE_SIZE_BYTES, (end - start) / PAGE_SIZE_BYTES),
		);
	}

	#scanning<T>(scan: () => T): T {
		let result: T;
		try {
			result = scan();
		} catch (error) {
			throw trackerLost(this.#mapping, error);
		}

		// Of a process that has ended a scan finds nothing, which must not pass for a guest that wrote nothing.
		if (!isProcessIntact(this.#mapping.process)) throw trackerLost(this.#mapping);
		return result;
	}
}

function openPagemapOf(mapping: GuestMapping): number {
	try {
		return openPagemap(mapping.process.pid);
	} catch (error) {
		throw trackerLost(mapping, error);
	}
}

/** A scan may find that the guest has ended before anybody is told so. */
function trackerLost({process}: GuestMapping, cause?: unknown): DomainError {
	const {pid} = process;
	if (!isProcessIntact(process)) return new DomainError('ERR_GUEST_EXITED', `the guest's process ${pid} ended`, {cause});
	return new DomainError('ERR_TRACKER', `writes of the guest's process ${pid} are not tracked by the kernel, or not any more`, {cause});
}
