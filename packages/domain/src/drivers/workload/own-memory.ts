import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol/model';
import {
	Advice,
	adviseMemory,
	adviseMemoryAsync,
	closeDescriptor,
	createMemoryFile,
	mapShared,
	openWriteTracking,
	resizeFile,
	sealFileSize,
	SystemError,
	trackWrites,
	unmapMemory,
	viewMemory,
	type WriteTracking,
} from '@sterna/system';
import {PAGE_WORDS} from './page-header.ts';

/** Pages of one view of the memory, 256 MiB: indexes into it are small integers, the fastest kind. */
const WINDOW_PAGES_SHIFT = 16;
const WINDOW_PAGES = 2 ** WINDOW_PAGES_SHIFT;
/** Bytes of page tables filled by one call of the thread pool. */
const POPULATE_PIECE_BYTES = 8 * 2 ** 20;

/** Name of a guest's memory file, by which it is found among the descriptors of a process. */
export function memoryNameOf(uuid: string): string {
	return `sterna-guest-${uuid}`;
}

export type OwnMemoryOptions = {
	/** For /proc: `memoryNameOf` for a guest that is one. */
	readonly name: string;
	/** Whether to ask the kernel for write tracking. */
	readonly tracking: boolean;
};

/** A workload guest's memory in its own process: a memfd of fixed size, mapped until it is disposed of or the process ends. */
export class OwnMemory implements Disposable {
	readonly fd: number;
	readonly address: bigint;
	readonly pageCount: number;
	/** Undefined where the kernel cannot track writes. Open as long as the memory is mapped: tracking ends with it. */
	readonly tracking: WriteTracking | undefined;
	readonly #windows: ReadonlyArray<Int32Array<ArrayBuffer>>;

	/** Throws `SystemError` where memory cannot be had. */
	constructor(pageCount: number, {name, tracking}: OwnMemoryOptions) {
		const length = pageCount * PAGE_SIZE_BYTES;
		this.pageCount = pageCount;
		this.fd = createMemoryFile(name);
		resizeFile(this.fd, length);
		sealFileSize(this.fd);
		this.address = mapShared({fd: this.fd, length, writable: true});
		// A core dump of a guest would be as large as its memory.
		adviseMemory(this.address, length, Advice.dontDump);
		this.tracking = tracking ? startTracking(this.address, length) : undefined;
		const windows: Array<Int32Array<ArrayBuffer>> = [];
		for (let first = 0; first < pageCount; first += WINDOW_PAGES) {
			const bytes = viewMemory(this.address + BigInt(first * PAGE_SIZE_BYTES), Math.min(WINDOW_PAGES, pageCount - first) * PAGE_SIZE_BYTES);
			windows.push(new Int32Array(bytes.buffer));
		}

		this.#windows = windows;
	}

	/** The view that holds a page; the page begins at word `baseOf(pfn)` of it. */
	windowOf(pfn: Pfn): Int32Array<ArrayBuffer> {
		const window = this.#windows[pfn >>> WINDOW_PAGES_SHIFT];
		if (window === undefined) throw new RangeError(`pfn ${pfn} of a memory of ${this.pageCount} pages`);
		return window;
	}

	/** Fills page tables, and allocates with `populateWrite`, for these bytes, rounded up to whole pages. Rejects `SystemError` where memory cannot be had. */
	async populate(from: number, to: number, advice: Advice): Promise<void> {
		const end = Math.ceil(to / PAGE_SIZE_BYTES) * PAGE_SIZE_BYTES;
		for (let at = from; at < end; at += POPULATE_PIECE_BYTES) {
			await adviseMemoryAsync(this.address + BigInt(at), Math.min(POPULATE_PIECE_BYTES, end - at), advice);
		}
	}

	/** Unmaps the memory: its windows must not be used any more. Once only. */
	[Symbol.dispose](): void {
		if (this.tracking !== undefined) closeDescriptor(this.tracking.fd);
		unmapMemory(this.address, this.pageCount * PAGE_SIZE_BYTES);
		closeDescriptor(this.fd);
	}

	/** Index of a page's first word in its window. */
	baseOf(pfn: Pfn): number {
		return (pfn & (WINDOW_PAGES - 1)) * PAGE_WORDS;
	}
}

/** Registers the memory for asynchronous write-protect tracking; undefined where the kernel has it not (before 6.7) or does not allow it. */
function startTracking(address: bigint, length: number): WriteTracking | undefined {
	try {
		const tracking = openWriteTracking();
		trackWrites(tracking, address, length);
		return tracking;
	} catch (error) {
		if (error instanceof SystemError) return undefined;
		throw error;
	}
}
