import {
	PAGE_SIZE_BYTES,
	pageTypeHasData,
	StreamDecoder,
	StreamError,
	type PageBatch,
	PageCodec,
	type StreamDecoderOptions,
	type StreamHandler,
} from '@sterna/protocol';
import {decompressPages} from './decompress.ts';
import type {StreamSource} from './stream-source.ts';

/** Takes the contents of pages, where it wants any; what nobody wants is stepped over. */
export interface PageVisitor {
	/** Whether the contents of a page with this type and pfn are wanted. */
	wantsPage(pfn: number, type: number): boolean;
	/** One wanted page, in stream order; `page` is a view of a buffer that is used again. `offset` is the page's in the stream, or that of the compressed bytes it is in. */
	onPage(page: Uint8Array, pfn: number, type: number, offset: number): void;
}

/** How a stream ended. */
export type WalkEnd = {
	/** Undefined: whole and right as far as the decoder sees. */
	readonly fault: StreamError | undefined;
	readonly wholeCheckpoints: number;
	/** Bytes of the stream. */
	readonly offset: number;
};

export type WalkOptions = {
	readonly decoder: StreamDecoderOptions;
	readonly handler: StreamHandler;
	readonly pages?: PageVisitor | undefined;
	/** Stops at this stream offset, as if nothing followed; a record must begin there. */
	readonly until?: number | undefined;
	/** Called between two chunks: the place to write out what has come together. */
	readonly breathe?: (() => Promise<void>) | undefined;
};

/** Reads a stream from a source to its end or its first fault. Memory does not depend on the stream's size. */
export async function walkStream(source: StreamSource, options: WalkOptions): Promise<WalkEnd> {
	const {pages, handler, breathe} = options;
	const until = options.until ?? Infinity;
	let batch: PageBatch | undefined;
	const decoder = new StreamDecoder(options.decoder, {
		onHeader: header => handler.onHeader(header),
		onRecord: record => handler.onRecord(record),
		onPageData(next) {
			batch = next;
			handler.onPageData(next);
		},
		onSkippedRecord: record => handler.onSkippedRecord?.(record),
		onDeviation: deviation => handler.onDeviation?.(deviation),
		onGoMessage: offset => handler.onGoMessage?.(offset),
	});
	const pageReader = pages === undefined ? undefined : new PageReader(source, pages);
	try {
		while (decoder.offset < until) {
			const wanted = decoder.pageBytesWanted;
			if (wanted > 0) {
				const taken = pageReader === undefined || batch === undefined ? source.skip(wanted) : pageReader.read(batch);
				decoder.pageBytesTaken(taken);
				if (taken < wanted) break;
				continue;
			}

			const chunk = source.peek();
			if (chunk.length === 0) break;
			const used = decoder.push(chunk.subarray(0, until - decoder.offset));
			// Behind the end, and the decoder was told to leave it alone.
			if (used === 0) break;
			source.consume(used);
			await breathe?.();
		}

		if (options.until === undefined) decoder.end();
		return {fault: undefined, wholeCheckpoints: decoder.wholeCheckpoints, offset: decoder.offset};
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		return {fault: error, wholeCheckpoints: decoder.wholeCheckpoints, offset: decoder.offset};
	}
}

/** Pages that are read at once. */
const PAGES_AT_ONCE = 256;

/** Reads the wanted pages of a batch into one buffer and steps over the others. */
class PageReader {
	readonly #source: StreamSource;
	readonly #visitor: PageVisitor;
	readonly #buffer = new Uint8Array(PAGES_AT_ONCE * PAGE_SIZE_BYTES);
	/** A view of each page of the buffer, made once. */
	readonly #slots = Array.from({length: PAGES_AT_ONCE}, (_, index) =>
		this.#buffer.subarray(index * PAGE_SIZE_BYTES, (index + 1) * PAGE_SIZE_BYTES),
	);
	/** Indexes in the batch of the pages that the buffer will hold. */
	readonly #run = new Uint32Array(PAGES_AT_ONCE);
	#runLength = 0;

	constructor(source: StreamSource, visitor: PageVisitor) {
		this.#source = source;
		this.#visitor = visitor;
	}

	/** Moves the pages of a batch, all that the source has of them, and returns how many bytes that were. */
	read(batch: PageBatch): number {
		// What a difference makes depends on what the target had: nobody knows it here.
		if (batch.codec === PageCodec.delta) return this.#source.skip(batch.dataBytes);
		if (batch.codec !== undefined) return this.#readCompressed(batch, batch.codec);
		const {count, pfns, types, pagesOffset} = batch;
		let taken = 0;
		let unwanted = 0;
		this.#runLength = 0;
		for (let index = 0; index < count; index++) {
			const type = types[index] ?? 0;
			if (!pageTypeHasData(type)) continue;
			const wanted = this.#visitor.wantsPage(pfns[index] ?? 0, type);
			if (wanted ? unwanted > 0 : this.#runLength > 0) {
				// The other kind ends here.
				const moved = this.#move(batch, unwanted, pagesOffset + taken);
				taken += moved.bytes;
				unwanted = 0;
				if (moved.ended) return taken;
			}

			if (!wanted) {
				unwanted += 1;
				continue;
			}

			this.#run[this.#runLength] = index;
			this.#runLength += 1;
			if (this.#runLength < PAGES_AT_ONCE) continue;
			const moved = this.#move(batch, 0, pagesOffset + taken);
			taken += moved.bytes;
			if (moved.ended) return taken;
		}

		return taken + this.#move(batch, unwanted, pagesOffset + taken).bytes;
	}

	/** Throws StreamError for what does not decompress to the pages of the list. */
	#readCompressed({count, pfns, types, pagesOffset, dataBytes}: PageBatch, codec: PageCodec): number {
		const bytes = new Uint8Array(dataBytes);
		const taken = this.#source.readInto(bytes);
		if (taken < dataBytes) return taken;
		const pages = decompressPages(codec, bytes, count * PAGE_SIZE_BYTES);
		if (pages === undefined) {
			throw new StreamError({
				code: 'ERR_RECORD_FIELD',
				offset: pagesOffset,
				record: 'COMPRESSED_PAGES',
				field: 'what the pages were compressed to',
				value: 'something else',
				expected: `what makes ${count} pages`,
			});
		}

		for (let index = 0; index < count; index++) {
			const pfn = pfns[index] ?? 0;
			const type = types[index] ?? 0;
			if (!this.#visitor.wantsPage(pfn, type)) continue;
			this.#visitor.onPage(pages.subarray(index * PAGE_SIZE_BYTES, (index + 1) * PAGE_SIZE_BYTES), pfn, type, pagesOffset);
		}

		return taken;
	}

	/** Moves the run of wanted pages, or `unwanted` others; never both are there. */
	#move({pfns, types}: PageBatch, unwanted: number, offset: number): {bytes: number; ended: boolean} {
		if (unwanted > 0) {
			const bytes = unwanted * PAGE_SIZE_BYTES;
			const skipped = this.#source.skip(bytes);
			return {bytes: skipped, ended: skipped < bytes};
		}

		const bytes = this.#runLength * PAGE_SIZE_BYTES;
		const read = this.#source.readInto(this.#buffer.subarray(0, bytes));
		const whole = Math.floor(read / PAGE_SIZE_BYTES);
		for (let index = 0; index < whole; index++) {
			const entry = this.#run[index] ?? 0;
			const slot = this.#slots[index];
			if (slot !== undefined) this.#visitor.onPage(slot, pfns[entry] ?? 0, types[entry] ?? 0, offset + index * PAGE_SIZE_BYTES);
		}

		this.#runLength = 0;
		return {bytes: read, ended: read < bytes};
	}
}
