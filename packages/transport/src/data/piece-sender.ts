import {
	MAX_COMPRESSED_PAGES,
	PAGE_SIZE_BYTES,
	PageCodec,
	pageDataHeadBytes,
	paddingOf,
	writeCompressedPagesHead,
	writePageDataHead,
} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {CompressionOptions} from '../data-link.ts';
import {BatchCompressor, type GatheredPages, pageCodecOf} from './batch-compressor.ts';
import {DeltaSender} from './delta-sender.ts';
import type {LinkProof} from './link-proof.ts';
import type {NativeBuffer} from './native-buffer.ts';
import type {PageSource} from './page-source.ts';
import {RunCutter} from './run-cutter.ts';
import type {VectorWindow} from './vector-window.ts';

/** What the largest piece needs, with its head and padding. */
export const PIECE_STAGE_BYTES = pageDataHeadBytes(MAX_COMPRESSED_PAGES) + MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES + 8;

/** Pages that go in pieces: as differences to what the target has of them, or compressed. */
export type PiecePart = {
	readonly kind: 'pieces';
	readonly how: 'compress' | 'delta';
	readonly pieces: RunCutter;
	/** The pages may be sent again, so that it is worth keeping them as they are sent. */
	readonly keeps: boolean;
};

/** Makes records of pieces of a batch in one stretch of memory. Owns what compression and differences need. */
export class PieceSender implements Disposable {
	readonly #compressor: BatchCompressor;
	readonly #delta: DeltaSender | undefined;
	readonly #stage: NativeBuffer;
	readonly #proof: LinkProof | undefined;
	#savedBytes = 0;

	/** `stage`: the records are written there; its owner fills it otherwise only when nothing of it waits to be sent. `proof`: the owner's. */
	constructor(options: CompressionOptions, stage: NativeBuffer, proof: LinkProof | undefined) {
		this.#compressor = new BatchCompressor(options);
		const cacheBytes = options.deltaCacheBytes ?? 0;
		this.#delta = cacheBytes > 0 ? new DeltaSender(cacheBytes) : undefined;
		this.#stage = stage;
		this.#proof = proof;
	}

	get savedBytes(): number {
		return this.#savedBytes;
	}

	set linkBytesPerSecond(value: number | undefined) {
		this.#compressor.policy.linkBytesPerSecond = value;
	}

	/** Plans for ordinary pages with content. `resent`: they were sent before, and so may be again. */
	plan(runs: Uint32Array, resent: boolean): PiecePart[] {
		const delta = this.#delta;
		if (delta === undefined || !resent || !delta.active)
			return [{kind: 'pieces', how: 'compress', pieces: new RunCutter(runs), keeps: false}];
		const {known, others} = delta.split(runs);
		// Those that are known first: keeping the others may take their place.
		return [
			...(known.length > 0 ? [{kind: 'pieces', how: 'delta', pieces: new RunCutter(known), keeps: true} as const] : []),
			...(others.length > 0 ? [{kind: 'pieces', how: 'compress', pieces: new RunCutter(others), keeps: true} as const] : []),
		];
	}

	/** Pages go out without this class. */
	passed(runs: Uint32Array): void {
		if (this.#delta?.active === true) this.#delta.forget(runs);
	}

	/** Fills the window with the record of the next piece. Undefined: all that is left goes as it is, and leaves the part with `take`. */
	fill({how, pieces, keeps}: PiecePart, source: PageSource, window: VectorWindow): 'filled' | undefined {
		const delta = this.#delta;
		if (how === 'delta' && delta?.active === true) {
			const runs = pieces.take(MAX_COMPRESSED_PAGES);
			const pages = this.#compressor.gather(runs, source);
			this.#write(window, runs, pages, PageCodec.delta, delta.compress(runs, pages, this.#stage.address + headBytesOf(pages)));
			return 'filled';
		}

		const order = this.#compressor.policy.next();
		const isKept = keeps && delta?.active === true;
		if (order === undefined && !isKept) {
			const leftBytes = pieces.pagesLeft * PAGE_SIZE_BYTES;
			this.#compressor.policy.passed(leftBytes);
			delta?.passed(leftBytes);
			return undefined;
		}

		const runs = pieces.take(order?.maxPages ?? MAX_COMPRESSED_PAGES);
		const pages = this.#compressor.gather(runs, source);
		if (order === undefined) {
			this.#compressor.policy.passed(pages.byteLength);
			this.#write(window, runs, pages, PageCodec.zstd, undefined);
		} else {
			const length = this.#compressor.compress(pages, order, this.#stage.address + headBytesOf(pages));
			this.#write(window, runs, pages, pageCodecOf(order.codec), length);
		}

		if (isKept) delta.keep(runs, pages.address);
		else if (delta?.active === true) delta.forget(runs);
		else delta?.passed(pages.byteLength);
		return 'filled';
	}

	[Symbol.dispose](): void {
		this.#compressor[Symbol.dispose]();
		this.#delta?.[Symbol.dispose]();
	}

	/** `length`: of what the pages became, where it stands already; undefined = they go as they are. */
	#write(window: VectorWindow, runs: Uint32Array, pages: GatheredPages, codec: PageCodec, length: number | undefined): void {
		const {bytes, address} = this.#stage;
		const headBytes = headBytesOf(pages);
		this.#proof?.pages.enterCopies(runs, pages.address);
		if (length === undefined) {
			writePageDataHead(bytes, runs, undefined);
			this.#proof?.addBytes(address, headBytes);
			copyMemory(address + headBytes, pages.address, pages.byteLength);
			window.add(address, headBytes + pages.byteLength);
			return;
		}

		writeCompressedPagesHead(bytes, runs, codec, length);
		const end = headBytes + length;
		const padding = paddingOf(end);
		bytes.fill(0, end, end + padding);
		this.#proof?.addBytes(address, headBytes);
		this.#proof?.addBytes(address + end, padding);
		window.add(address, end + padding);
		this.#savedBytes += pages.byteLength - length;
	}
}

function headBytesOf({byteLength}: GatheredPages): number {
	return pageDataHeadBytes(byteLength / PAGE_SIZE_BYTES);
}
