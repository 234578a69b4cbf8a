import koffi from 'koffi';

/**
 * The C library of this process. Declarations are kept beside the one wrapper that uses them.
 * `uintptr_t` arguments take numbers and bigints alike: user addresses are below 2^47 and so exact as numbers.
 * Results of `ssize_t` are declared `int64_t`, which koffi hands over as a number up to 2^53.
 */
export const libc = koffi.load('libc.so.6');

/** errno of the last call of this thread: read it before any other call. Async calls restore theirs inside the callback. */
export function lastErrno(): number {
	return koffi.errno();
}

/** An address in this process: a bigint where it names a mapping, a number on hot paths. */
export type Address = bigint | number;

/**
 * Memory for arguments of system calls, off the JavaScript heap, so that it never moves.
 * Whoever keeps the address must keep the array too.
 */
export function allocateFixed(byteLength: number): {readonly bytes: Uint8Array<ArrayBuffer>; readonly address: number} {
	const bytes = new Uint8Array(new ArrayBuffer(byteLength));
	return {bytes, address: Number(koffi.address(bytes))};
}

/**
 * Address of the first byte of a typed array or Buffer. Valid while the array is referenced and its buffer not transferred:
 * the bytes of an ArrayBuffer are off the JavaScript heap and never move.
 */
export function addressOf(view: NodeJS.ArrayBufferView): number {
	return Number(koffi.address(view));
}

/** Bytes of this process's memory as an array, without a copy. The caller sees to it that the mapping outlives the view. */
export function viewMemory(address: Address, byteLength: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(koffi.view(address, byteLength));
}
