import {callAsync} from './async-call.ts';
import {type Address, lastErrno, libc} from './libc.ts';
import {checked, SystemError} from './system-error.ts';

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 0x01;
const MAP_PRIVATE = 0x02;
const MAP_ANONYMOUS = 0x20;
const MAP_NORESERVE = 0x4000;
/** (void *)-1, which koffi hands over as a bigint. */
const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

const mmapCall = libc.func('uintptr_t mmap(uintptr_t address, size_t length, int protection, int flags, int fd, int64_t offset)');
const munmapCall = libc.func('int munmap(uintptr_t address, size_t length)');

export type MapOptions = {
	readonly fd: number;
	/** Bytes; rounded up to whole pages by the kernel. */
	readonly length: number;
	/** Offset in the file, a multiple of 4096. */
	readonly offset?: number;
	/** Read-only unless true. */
	readonly writable: boolean;
};

function map(length: number, protection: number, flags: number, fd: number, offset: number): bigint {
	const address: bigint | number = mmapCall(0, length, protection, flags, fd, offset);
	if (address === MAP_FAILED) throw new SystemError('mmap', lastErrno());
	return BigInt(address);
}

/**
 * Maps a file or memfd shared, without reserving swap for it. Undo with `unmapMemory`. Throws `SystemError`.
 * Touching a page beyond the end of the file, or one that cannot be allocated, is a SIGBUS: size the file first, allocate before writing.
 */
export function mapShared({fd, length, offset = 0, writable}: MapOptions): bigint {
	return map(length, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED | MAP_NORESERVE, fd, offset);
}

/** Maps private zeroed memory of this process. Undo with `unmapMemory`. Throws `SystemError`. */
export function mapAnonymous(length: number): bigint {
	return map(length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

/** Removes a mapping. Views of it must not be used any more: touching one is a SIGSEGV. Throws `SystemError`. */
export function unmapMemory(address: Address, length: number): void {
	checked('munmap', munmapCall(address, length));
}

/** The same on libuv's thread pool: some 60 ms for each GiB of page tables. Rejects with `SystemError`. */
export async function unmapMemoryAsync(address: Address, length: number): Promise<void> {
	await callAsync('munmap', callback => {
		munmapCall.async(address, length, callback);
	});
}
