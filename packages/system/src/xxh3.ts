import koffi from 'koffi';
import type {Library, NativeFunction} from './codecs.ts';
import type {Address} from './libc.ts';

/** xxHash 0.8.0, as `XXH_versionNumber` has it: from there on XXH3 gives the same hashes for ever. */
const OLDEST_VERSION = 800;

type Functions = {
	readonly hash: NativeFunction;
	readonly createState: NativeFunction;
	readonly freeState: NativeFunction;
	readonly reset: NativeFunction;
	readonly update: NativeFunction;
	readonly digest: NativeFunction;
};

let found: Functions | undefined;
let searched = false;

/** xxHash's own names, in the library that Debian calls libxxhash0, which apt needs. */
function find(): Functions | undefined {
	try {
		const library = koffi.load('libxxhash.so.0');
		if ((library.func('unsigned int XXH_versionNumber()')() as number) < OLDEST_VERSION) return undefined;
		return {
			hash: hashOf(library),
			createState: library.func('uintptr_t XXH3_createState()'),
			freeState: library.func('int XXH3_freeState(uintptr_t state)'),
			reset: library.func('int XXH3_64bits_reset_withSeed(uintptr_t state, uint64_t seed)'),
			update: library.func('int XXH3_64bits_update(uintptr_t state, uintptr_t data, size_t length)'),
			digest: library.func('uint64_t XXH3_64bits_digest(uintptr_t state)'),
		};
	} catch {
		return undefined;
	}
}

/**
 * The library itself is built for any x86-64; where it was built with them it has variants for wider registers too, of which this function takes the best that the processor has: a third of the
 * time, the same hashes.
 */
function hashOf(library: Library): NativeFunction {
	const signature = '(uintptr_t data, size_t length, uint64_t seed)';
	try {
		return library.func(`uint64_t XXH3_64bits_withSeed_dispatch${signature}`);
	} catch {
		return library.func(`uint64_t XXH3_64bits_withSeed${signature}`);
	}
}

function functions(): Functions | undefined {
	if (!searched) found = find();
	searched = true;
	return found;
}

function needFunctions(): Functions {
	const known = functions();
	if (known === undefined) throw new TypeError('there is no library for XXH3');
	return known;
}

/** Whether this machine has the library that the functions below need. */
export function hasXxh3(): boolean {
	return functions() !== undefined;
}

/** What hashes one stretch of memory: `address`, `byteLength`, `seed` (an integer below 2^53); a number where the hash is below 2^53. */
export type Xxh3 = (address: Address, byteLength: number, seed: number) => bigint | number;

/**
 * XXH3, 64 bits, for the hot path: the native call itself, so that a hash costs one bigint and nothing else. A wrong address is a SIGSEGV,
 * not an error. Throws TypeError where `hasXxh3` says no.
 */
export function xxh3(): Xxh3 {
	return needFunctions().hash as Xxh3;
}

/** XXH3 of bytes that come one part after another: the same however they are cut. Owns native memory until it is disposed of. */
export class Xxh3Stream implements Disposable {
	readonly #functions = needFunctions();
	readonly #state: number | bigint;

	/** `seed`: an integer below 2^53. Throws TypeError where `hasXxh3` says no. */
	constructor(seed: number) {
		const state: number | bigint = this.#functions.createState();
		if (Number(state) === 0) throw new TypeError('there is no memory for a state of XXH3');
		this.#state = state;
		this.#functions.reset(state, seed);
	}

	update(address: Address, byteLength: number): void {
		if (byteLength > 0) this.#functions.update(this.#state, address, byteLength);
	}

	/** The hash of what has come so far; more may follow. */
	digest(): bigint {
		return BigInt(this.#functions.digest(this.#state) as bigint | number);
	}

	[Symbol.dispose](): void {
		this.#functions.freeState(this.#state);
	}
}
