import type {IovecArray} from './iovec-array.ts';
import {type Address, libc} from './libc.ts';
import {orNegativeErrno} from './system-error.ts';

const readvCall = libc.func('int64_t readv(int fd, uintptr_t vector, int count)');
const writevCall = libc.func('int64_t writev(int fd, uintptr_t vector, int count)');
const preadvCall = libc.func('int64_t preadv(int fd, uintptr_t vector, int count, int64_t offset)');
const pwritevCall = libc.func('int64_t pwritev(int fd, uintptr_t vector, int count, int64_t offset)');
const readCall = libc.func('int64_t read(int fd, uintptr_t address, size_t length)');
const writeCall = libc.func('int64_t write(int fd, uintptr_t address, size_t length)');
const preadCall = libc.func('int64_t pread(int fd, uintptr_t address, size_t length, int64_t offset)');
const pwriteCall = libc.func('int64_t pwrite(int fd, uintptr_t address, size_t length, int64_t offset)');

const ENTRY_BYTES = 16;

/**
 * All calls here return the number of bytes moved, which may be fewer than asked for, or −errno (`-Errno.EAGAIN` on a
 * non-blocking descriptor that is not ready): they throw for a wrong range of entries only. A read of 0 bytes is the end.
 */
function entriesAddress(entries: IovecArray, first: number, count: number): number {
	if (first < 0 || count < 0 || first + count > entries.capacity)
		throw new RangeError(`entries ${first} to ${first + count} of an iovec array of ${entries.capacity}`);
	return entries.address + first * ENTRY_BYTES;
}

/** readv into `count` entries from `first` on. Bytes read, 0 at the end, or −errno. */
export function readVector(fd: number, entries: IovecArray, first: number, count: number): number {
	return orNegativeErrno(readvCall(fd, entriesAddress(entries, first, count), count));
}

/** writev of `count` entries from `first` on. Bytes written, or −errno. SIGPIPE is ignored by Node: a closed peer is −EPIPE. */
export function writeVector(fd: number, entries: IovecArray, first: number, count: number): number {
	return orNegativeErrno(writevCall(fd, entriesAddress(entries, first, count), count));
}

/** preadv: as `readVector`, from a file offset, which stays where it was. */
export function readVectorAt(fd: number, entries: IovecArray, first: number, count: number, offset: number): number {
	return orNegativeErrno(preadvCall(fd, entriesAddress(entries, first, count), count, offset));
}

/** pwritev: as `writeVector`, to a file offset. */
export function writeVectorAt(fd: number, entries: IovecArray, first: number, count: number, offset: number): number {
	return orNegativeErrno(pwritevCall(fd, entriesAddress(entries, first, count), count, offset));
}

/** read into memory. Bytes read, 0 at the end, or −errno. */
export function readMemory(fd: number, address: Address, length: number): number {
	return orNegativeErrno(readCall(fd, address, length));
}

/** write from memory. Bytes written, or −errno. */
export function writeMemory(fd: number, address: Address, length: number): number {
	return orNegativeErrno(writeCall(fd, address, length));
}

/** pread into memory. Bytes read, 0 at the end, or −errno. A hole reads as zeros without being allocated. */
export function readMemoryAt(fd: number, address: Address, length: number, offset: number): number {
	return orNegativeErrno(preadCall(fd, address, length, offset));
}

/** pwrite from memory. Bytes written, or −errno. */
export function writeMemoryAt(fd: number, address: Address, length: number, offset: number): number {
	return orNegativeErrno(pwriteCall(fd, address, length, offset));
}
