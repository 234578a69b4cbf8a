import {MAX_COMPRESSED_PAGES, PAGE_SIZE_BYTES, PageCodec} from '@sterna/protocol';
import {type Codec, type Compressor, copyMemory, createCompressor} from '@sterna/system';
import type {CompressionOptions} from '../data-link.ts';
import {type CompressionOrder, CompressionPolicy} from './compression-policy.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import type {PageSource} from './page-source.ts';

/** A piece that does not become this much smaller goes as it is: the receiver would only work for nothing. */
const WORTHWHILE_SHARE = 0.9;

/** Pages that lie together and out of the guest, which may change them meanwhile: what is compressed must hold still. */
export type GatheredPages = {readonly address: number; readonly byteLength: number};

/** Compresses pieces of a batch, of 1 MiB at most, as its policy says. Owns native memory: 1 MiB, and what the codecs need. */
export class BatchCompressor implements Disposable {
	readonly policy: CompressionPolicy;
	readonly #gathered: NativeBuffer = createNativeBuffer(MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES);
	readonly #compressors = new Map<Codec, Compressor>();

	constructor({mode, codecs}: CompressionOptions) {
		this.policy = new CompressionPolicy(mode, codecs);
	}

	/** Copies pages together, unless they lie so already: pairs of pfn and page count, 256 pages at most. Valid until the next call. */
	gather(runs: Uint32Array, source: PageSource): GatheredPages {
		const together = source.holdsStill ? togetherAt(runs, source) : undefined;
		if (together !== undefined) return together;
		const {address} = this.#gathered;
		let byteLength = 0;
		for (let index = 0; index < runs.length; index += 2) {
			const runBytes = (runs[index + 1] ?? 0) * PAGE_SIZE_BYTES;
			copyMemory(address + byteLength, source.addressOf(runs[index] ?? 0), runBytes);
			byteLength += runBytes;
		}

		return {address, byteLength};
	}

	/** Compresses gathered pages to `target`, which has room for as many bytes. Returns how many they became; undefined where that is not worth it. */
	compress({address, byteLength}: GatheredPages, {codec, level}: CompressionOrder, target: number): number | undefined {
		const startedMs = performance.now();
		const capacity = Math.floor(byteLength * WORTHWHILE_SHARE);
		const length = this.#compressor(codec).compress(target, capacity, address, byteLength, level);
		this.policy.compressed({codec, level}, byteLength, length ?? byteLength, (performance.now() - startedMs) * 1e6);
		return length;
	}

	[Symbol.dispose](): void {
		for (const compressor of this.#compressors.values()) compressor[Symbol.dispose]();
		this.#compressors.clear();
	}

	#compressor(codec: Codec): Compressor {
		const known = this.#compressors.get(codec);
		if (known !== undefined) return known;
		const compressor = createCompressor(codec);
		this.#compressors.set(codec, compressor);
		return compressor;
	}
}

/** Where pages lie one behind another in the order of their runs; undefined where they do not. */
function togetherAt(runs: Uint32Array, source: PageSource): GatheredPages | undefined {
	const address = source.addressOf(runs[0] ?? 0);
	let byteLength = 0;
	for (let index = 0; index < runs.length; index += 2) {
		if (source.addressOf(runs[index] ?? 0) !== address + byteLength) return undefined;
		byteLength += (runs[index + 1] ?? 0) * PAGE_SIZE_BYTES;
	}

	return {address, byteLength};
}

/** The number of a codec on the wire. */
export function pageCodecOf(codec: Codec): PageCodec {
	return PageCodec[codec];
}
