import koffi from 'koffi';
import type {Address} from './libc.ts';

/** Compressors that this machine may have. */
export type Codec = 'zstd' | 'lz4';

/** Compresses blocks of memory, in this thread. Owns native memory until it is disposed of. */
export interface Compressor extends Disposable {
	/**
	 * Compresses `byteLength` bytes into at most `capacity` bytes at `target`, and returns how many they became; undefined when they do not
	 * fit. The source must not change meanwhile. `level`: of zstd, 1 to 19; lz4 has one.
	 */
	compress(target: Address, capacity: number, source: Address, byteLength: number, level: number): number | undefined;
}

/** Decompresses blocks of memory, in this thread. Owns native memory until it is disposed of. */
export interface Decompressor extends Disposable {
	/** Decompresses into at most `capacity` bytes at `target`, and returns how many they became; undefined for what cannot be decompressed into so many. */
	decompress(target: Address, capacity: number, source: Address, byteLength: number): number | undefined;
}

/** A loaded library. */
export type Library = ReturnType<typeof koffi.load>;
/** One of its functions. */
export type NativeFunction = ReturnType<Library['func']>;

/** The libraries by their names in Debian: zstd is in Node's own binary as well, which exports it. */
const LIBRARIES: Readonly<Record<Codec, ReadonlyArray<string | null>>> = {zstd: [null, 'libzstd.so.1'], lz4: ['liblz4.so.1']};
const VERSION_FUNCTIONS: Readonly<Record<Codec, string>> = {zstd: 'ZSTD_versionNumber', lz4: 'LZ4_versionNumber'};

const found = new Map<Codec, Library | undefined>();

function findLibrary(codec: Codec): Library | undefined {
	for (const name of LIBRARIES[codec]) {
		try {
			const library = koffi.load(name);
			library.func(`unsigned int ${VERSION_FUNCTIONS[codec]}()`);
			return library;
		} catch {
			// Not there, or without the functions: the next one may do.
		}
	}

	return undefined;
}

function libraryOf(codec: Codec): Library | undefined {
	if (!found.has(codec)) found.set(codec, findLibrary(codec));
	return found.get(codec);
}

/** The codecs that this machine has the libraries of. */
export function availableCodecs(): readonly Codec[] {
	return (['zstd', 'lz4'] as const).filter(codec => libraryOf(codec) !== undefined);
}

/** Throws TypeError for a codec that is not among `availableCodecs`. */
export function createCompressor(codec: Codec): Compressor {
	return codec === 'zstd' ? new ZstdCompressor(needLibrary(codec)) : new Lz4Compressor(needLibrary(codec));
}

/** Throws TypeError for a codec that is not among `availableCodecs`. */
export function createDecompressor(codec: Codec): Decompressor {
	return codec === 'zstd' ? new ZstdDecompressor(needLibrary(codec)) : new Lz4Decompressor(needLibrary(codec));
}

/** Throws TypeError where it is not there. */
export function needLibrary(codec: Codec): Library {
	const library = libraryOf(codec);
	if (library === undefined) throw new TypeError(`there is no library for ${codec}`);
	return library;
}

/** Results of zstd are sizes; errors are negative when they are read as signed numbers. */
export function sizeOrUndefined(result: number): number | undefined {
	return result < 0 ? undefined : result;
}

class ZstdCompressor implements Compressor {
	readonly #context: Address;
	readonly #compress: NativeFunction;
	readonly #free: NativeFunction;

	constructor(library: Library) {
		this.#context = library.func('uintptr_t ZSTD_createCCtx()')() as Address;
		this.#compress = library.func(
			'int64_t ZSTD_compressCCtx(uintptr_t context, uintptr_t target, size_t capacity, uintptr_t source, size_t length, int level)',
		);
		this.#free = library.func('size_t ZSTD_freeCCtx(uintptr_t context)');
	}

	compress(target: Address, capacity: number, source: Address, byteLength: number, level: number): number | undefined {
		return sizeOrUndefined(this.#compress(this.#context, target, capacity, source, byteLength, level) as number);
	}

	[Symbol.dispose](): void {
		this.#free(this.#context);
	}
}

class ZstdDecompressor implements Decompressor {
	readonly #context: Address;
	readonly #decompress: NativeFunction;
	readonly #free: NativeFunction;

	constructor(library: Library) {
		this.#context = library.func('uintptr_t ZSTD_createDCtx()')() as Address;
		// In one call, into its final place: no window is allocated, however large a one the frame claims.
		this.#decompress = library.func(
			'int64_t ZSTD_decompressDCtx(uintptr_t context, uintptr_t target, size_t capacity, uintptr_t source, size_t length)',
		);
		this.#free = library.func('size_t ZSTD_freeDCtx(uintptr_t context)');
	}

	decompress(target: Address, capacity: number, source: Address, byteLength: number): number | undefined {
		return sizeOrUndefined(this.#decompress(this.#context, target, capacity, source, byteLength) as number);
	}

	[Symbol.dispose](): void {
		this.#free(this.#context);
	}
}

class Lz4Compressor implements Compressor {
	readonly #compress: NativeFunction;

	constructor(library: Library) {
		this.#compress = library.func('int LZ4_compress_default(uintptr_t source, uintptr_t target, int length, int capacity)');
	}

	compress(target: Address, capacity: number, source: Address, byteLength: number): number | undefined {
		const length = this.#compress(source, target, byteLength, capacity) as number;
		return length > 0 ? length : undefined;
	}

	[Symbol.dispose](): void {
		// Its state is on the stack of each call.
	}
}

class Lz4Decompressor implements Decompressor {
	readonly #decompress: NativeFunction;

	constructor(library: Library) {
		this.#decompress = library.func('int LZ4_decompress_safe(uintptr_t source, uintptr_t target, int length, int capacity)');
	}

	decompress(target: Address, capacity: number, source: Address, byteLength: number): number | undefined {
		return sizeOrUndefined(this.#decompress(source, target, byteLength, capacity) as number);
	}

	[Symbol.dispose](): void {
		// It has no state.
	}
}
