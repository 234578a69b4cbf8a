import {needLibrary, sizeOrUndefined, type Library, type NativeFunction} from './codecs.ts';
import type {Address} from './libc.ts';

/** Compresses pages as differences to others, with zstd. Owns native memory until it is disposed of. */
export interface DeltaCompressor extends Disposable {
	/** As `Compressor.compress`, given `prefixLength` bytes at `prefix` that the decompressor has too. Together 2 MiB at most. */
	compress(
		target: Address,
		capacity: number,
		source: Address,
		byteLength: number,
		prefix: Address,
		prefixLength: number,
	): number | undefined;
}

/** The other side of it. */
export interface DeltaDecompressor extends Disposable {
	/** As `Decompressor.decompress`, given the bytes that the compressor was given. */
	decompress(
		target: Address,
		capacity: number,
		source: Address,
		byteLength: number,
		prefix: Address,
		prefixLength: number,
	): number | undefined;
}

/** Numbers of zstd.h, all of its stable part. */
const ZstdParameter = {compressionLevel: 100, windowLog: 101, hashLog: 102} as const;
/** 2 MiB: prefix and pages. */
const DELTA_WINDOW_LOG = 21;
/** Level 1 would remember a 64th of a prefix of 1 MiB; with this many entries it finds every page again, at 2 GB/s. */
const DELTA_HASH_LOG = 18;

/** Throws TypeError where there is no zstd. */
export function createDeltaCompressor(): DeltaCompressor {
	return new ZstdDeltaCompressor(needLibrary('zstd'));
}

/** Throws TypeError where there is no zstd. */
export function createDeltaDecompressor(): DeltaDecompressor {
	return new ZstdDeltaDecompressor(needLibrary('zstd'));
}

class ZstdDeltaCompressor implements DeltaCompressor {
	readonly #context: Address;
	readonly #reference: NativeFunction;
	readonly #compress: NativeFunction;
	readonly #free: NativeFunction;

	constructor(library: Library) {
		this.#context = library.func('uintptr_t ZSTD_createCCtx()')() as Address;
		const setParameter = library.func('int64_t ZSTD_CCtx_setParameter(uintptr_t context, int parameter, int value)');
		setParameter(this.#context, ZstdParameter.compressionLevel, 1);
		setParameter(this.#context, ZstdParameter.windowLog, DELTA_WINDOW_LOG);
		setParameter(this.#context, ZstdParameter.hashLog, DELTA_HASH_LOG);
		this.#reference = library.func('int64_t ZSTD_CCtx_refPrefix(uintptr_t context, uintptr_t prefix, size_t length)');
		this.#compress = library.func(
			'int64_t ZSTD_compress2(uintptr_t context, uintptr_t target, size_t capacity, uintptr_t source, size_t length)',
		);
		this.#free = library.func('size_t ZSTD_freeCCtx(uintptr_t context)');
	}

	compress(
		target: Address,
		capacity: number,
		source: Address,
		byteLength: number,
		prefix: Address,
		prefixLength: number,
	): number | undefined {
		this.#reference(this.#context, prefix, prefixLength);
		return sizeOrUndefined(this.#compress(this.#context, target, capacity, source, byteLength) as number);
	}

	[Symbol.dispose](): void {
		this.#free(this.#context);
	}
}

class ZstdDeltaDecompressor implements DeltaDecompressor {
	readonly #context: Address;
	readonly #reference: NativeFunction;
	readonly #decompress: NativeFunction;
	readonly #free: NativeFunction;

	constructor(library: Library) {
		this.#context = library.func('uintptr_t ZSTD_createDCtx()')() as Address;
		this.#reference = library.func('int64_t ZSTD_DCtx_refPrefix(uintptr_t context, uintptr_t prefix, size_t length)');
		this.#decompress = library.func(
			'int64_t ZSTD_decompressDCtx(uintptr_t context, uintptr_t target, size_t capacity, uintptr_t source, size_t length)',
		);
		this.#free = library.func('size_t ZSTD_freeDCtx(uintptr_t context)');
	}

	decompress(
		target: Address,
		capacity: number,
		source: Address,
		byteLength: number,
		prefix: Address,
		prefixLength: number,
	): number | undefined {
		this.#reference(this.#context, prefix, prefixLength);
		return sizeOrUndefined(this.#decompress(this.#context, target, capacity, source, byteLength) as number);
	}

	[Symbol.dispose](): void {
		this.#free(this.#context);
	}
}
