import {callAsync} from './async-call.ts';
import {allocateFixed, lastErrno, libc} from './libc.ts';
import {checked, Errno, SystemError} from './system-error.ts';

const FALLOC_FL_KEEP_SIZE = 0x01;
const FALLOC_FL_PUNCH_HOLE = 0x02;
const SEEK_DATA = 3;
const SEEK_HOLE = 4;
const ENXIO = 6;
const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;
const MFD_CLOEXEC = 0x1;
const MFD_ALLOW_SEALING = 0x2;
const F_ADD_SEALS = 1033;
const F_SEAL_SHRINK = 0x2;
const F_SEAL_GROW = 0x4;
const F_OFD_SETLK = 37;
const F_WRLCK = 1;

const flockCall = libc.func('int flock(int fd, int operation)');
const fallocateCall = libc.func('int fallocate(int fd, int mode, int64_t offset, int64_t length)');
const lseekCall = libc.func('int64_t lseek(int fd, int64_t offset, int whence)');
const memfdCreateCall = libc.func('int memfd_create(const char *name, unsigned int flags)');
const ftruncateCall = libc.func('int ftruncate(int fd, int64_t length)');
const fsyncCall = libc.func('int fsync(int fd)');
const fdatasyncCall = libc.func('int fdatasync(int fd)');
const fcntlCall = libc.func('int fcntl(int fd, int command, int64_t argument)');

/** struct flock of asm-generic/fcntl.h: type and whence (u16 each), then at 8 start, length, pid (64 bits each). Used up before a call returns. */
const RANGE = allocateFixed(32);
const RANGE_WORDS = new BigInt64Array(RANGE.bytes.buffer);

/** Takes the exclusive flock of a file without waiting. False when another open file has it. The kernel releases it with the last duplicate of the descriptor, so also when the process dies. */
export function tryLockFile(fd: number): boolean {
	if (flockCall(fd, LOCK_EX | LOCK_NB) === 0) return true;
	const errno = lastErrno();
	if (errno === Errno.EAGAIN) return false;
	throw new SystemError('flock', errno);
}

export function unlockFile(fd: number): void {
	checked('flock', flockCall(fd, LOCK_UN));
}

/**
 * Takes the exclusive lock of a range of bytes of a file that is open for writing, without waiting. False when another open file has any lock in it: these are
 * locks of open files (F_OFD_SETLK), as QEMU has them on its images. Released with the last duplicate of the descriptor. Throws `SystemError`.
 */
export function tryLockRange(fd: number, offset: number, length: number): boolean {
	RANGE_WORDS.set([BigInt(F_WRLCK), BigInt(offset), BigInt(length), 0n]);
	if (fcntlCall(fd, F_OFD_SETLK, RANGE.address) === 0) return true;
	const errno = lastErrno();
	if (errno === Errno.EAGAIN) return false;
	throw new SystemError('fcntl(F_OFD_SETLK)', errno);
}

/**
 * Allocates a range of a file: afterwards writing there, through a mapping too, cannot run out of space. Extends the file.
 * In a memory file the pages do not count as data (`seekData`) before they are touched. Throws `SystemError` (ENOSPC, ENOMEM, ENOTSUP).
 */
export function allocateFile(fd: number, offset: number, length: number): void {
	checked('fallocate', fallocateCall(fd, 0, offset, length));
}

/** The same on libuv's thread pool. Rejects with `SystemError`. */
export async function allocateFileAsync(fd: number, offset: number, length: number): Promise<void> {
	await callAsync('fallocate', callback => {
		fallocateCall.async(fd, 0, offset, length, callback);
	});
}

/** Frees a range of a file, which then reads as zeros; its size stays. A dirty log does not see this. Throws `SystemError`. */
export function punchHole(fd: number, offset: number, length: number): void {
	checked('fallocate(PUNCH_HOLE)', fallocateCall(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length));
}

/** Offset of the first data at or after `offset`, undefined when none follows. Moves the file position. Throws `SystemError`. */
export function seekData(fd: number, offset: number): number | undefined {
	const found: number = lseekCall(fd, offset, SEEK_DATA);
	if (found >= 0) return found;
	const errno = lastErrno();
	if (errno === ENXIO) return undefined;
	throw new SystemError('lseek(SEEK_DATA)', errno);
}

/** Offset of the first hole at or after `offset`: the file's size when there is none before it. Moves the file position. Throws `SystemError`. */
export function seekHole(fd: number, offset: number): number {
	return checked('lseek(SEEK_HOLE)', lseekCall(fd, offset, SEEK_HOLE));
}

/** An empty file in memory, close-on-exec, gone with its last descriptor and mapping. `name` is seen in /proc only. Throws `SystemError`. */
export function createMemoryFile(name: string): number {
	return checked('memfd_create', memfdCreateCall(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
}

/** Fixes the size of a memory file for good: nobody who maps it can be hit by SIGBUS because another shrank it. Throws `SystemError`. */
export function sealFileSize(fd: number): void {
	checked('fcntl(F_ADD_SEALS)', fcntlCall(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW));
}

/** Sets a file's size. Growing makes a hole. Throws `SystemError`. */
export function resizeFile(fd: number, length: number): void {
	checked('ftruncate', ftruncateCall(fd, length));
}

/** fsync in this thread. Throws `SystemError` (EIO, ENOSPC, EINVAL for a pipe or socket). */
export function syncFile(fd: number): void {
	checked('fsync', fsyncCall(fd));
}

/** fdatasync in this thread. Throws `SystemError`. */
export function syncFileData(fd: number): void {
	checked('fdatasync', fdatasyncCall(fd));
}
