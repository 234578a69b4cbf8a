import fs from 'node:fs';
import {
	allocateFile,
	closeDescriptor,
	isSystemError,
	mapShared,
	resizeFile,
	tryLockFile,
	unlockFile,
	unmapMemoryAsync,
} from '@sterna/system';
import {fileError, LinkError, memoryError} from '../link-error.ts';
import {CheckpointStoreLayout, type CheckpointStoreSize, readStoreSize, STORE_HEAD_BYTES, writeStoreHeader} from './layout.ts';

/** A disk of a standby, opened. */
export type OpenDisk = {readonly fd: number; readonly sizeBytes: number};

/** A disk that DISK_WRITE records are for. */
export type DiskFile = {readonly file: string; readonly sizeBytes: number};

/** A mapped store, and the disks, as data workers have them: mappings and descriptors belong to the process. */
export type SharedCheckpointStore = {
	readonly address: number;
	readonly fd: number;
	readonly size: CheckpointStoreSize;
	readonly disks: readonly OpenDisk[];
};

/** Makes a store that holds nothing, in place of one that is there. It takes next to no memory until it is used. Throws LinkError ERR_FILE, ERR_MEMORY_INSUFFICIENT. */
export function writeStoreFile(file: string, size: CheckpointStoreSize): void {
	const head = new BigUint64Array(STORE_HEAD_BYTES / BigUint64Array.BYTES_PER_ELEMENT);
	writeStoreHeader(head, size);
	withErrors(`making the checkpoint store ${file}`, () => {
		// Whoever has the old file mapped must not lose what is behind its mapping.
		fs.rmSync(file, {force: true});
		const fd = fs.openSync(file, 'wx', 0o600);
		try {
			resizeFile(fd, new CheckpointStoreLayout(size).fileBytes);
			fs.writeSync(fd, new Uint8Array(head.buffer), 0, head.byteLength, 0);
		} finally {
			closeDescriptor(fd);
		}
	});
}

/** What a store was made for, of its open file. Throws LinkError ERR_FILE where that is none. */
export function readHead(fd: number, file: string): {readonly words: BigUint64Array; readonly size: CheckpointStoreSize} {
	const words = new BigUint64Array(STORE_HEAD_BYTES / BigUint64Array.BYTES_PER_ELEMENT);
	const got = withErrors(`reading ${file}`, () => fs.readSync(fd, new Uint8Array(words.buffer), 0, STORE_HEAD_BYTES, 0));
	const size = got === STORE_HEAD_BYTES ? readStoreSize(words) : undefined;
	if (size === undefined || fs.fstatSync(fd).size !== new CheckpointStoreLayout(size).fileBytes)
		throw new LinkError({code: 'ERR_FILE', message: `${file} is no checkpoint store`});
	return {words, size};
}

/**
 * A store's file, mapped whole into this process, locked against a second one, and the disks that belong to it. Its header and bitmap have memory from here on: what
 * is written there cannot fail.
 */
export class CheckpointStoreFile implements Disposable {
	readonly shared: SharedCheckpointStore;
	readonly #fileBytes: number;
	#disposed = false;

	/** Throws LinkError ERR_FILE, ERR_DOMAIN_BUSY where another one has it open, ERR_MEMORY_INSUFFICIENT. */
	constructor(file: string, disks: readonly DiskFile[]) {
		const opened: number[] = [];
		try {
			const fd = withErrors(`opening the checkpoint store ${file}`, () => fs.openSync(file, 'r+'));
			opened.push(fd);
			if (!tryLockFile(fd)) throw new LinkError({code: 'ERR_DOMAIN_BUSY', message: `the checkpoint store ${file} is in use`});
			const {size} = readHead(fd, file);
			const {metadataBytes, fileBytes} = new CheckpointStoreLayout(size);
			withErrors(`making room in the checkpoint store ${file}`, () => allocateFile(fd, 0, metadataBytes));
			const openDisks = disks.map(disk => {
				const diskFd = withErrors(`opening the disk ${disk.file}`, () => fs.openSync(disk.file, 'r+'));
				opened.push(diskFd);
				return {fd: diskFd, sizeBytes: disk.sizeBytes};
			});
			const address = Number(mapShared({fd, length: fileBytes, writable: true}));
			this.shared = {address, fd, size, disks: openDisks};
			this.#fileBytes = fileBytes;
		} catch (error) {
			for (const fd of opened) closeDescriptor(fd);
			throw error;
		}
	}

	/** Nobody may touch the mapping any more, and another one may open the file. Idempotent. */
	[Symbol.dispose](): void {
		if (this.#disposed) return;
		this.#disposed = true;
		const {address, fd, disks} = this.shared;
		// A mapping keeps the open file, and with it the lock.
		unlockFile(fd);
		// Of some hundred MiB it takes milliseconds, and a guest that is to run may wait for the link that this was of. It cannot fail: the range is that of the mapping.
		void unmapMemoryAsync(address, this.#fileBytes);
		for (const disk of disks) closeDescriptor(disk.fd);
		closeDescriptor(fd);
	}
}

/** Runs what touches files; a system's error becomes a LinkError with its code: no room left on a file system in memory is memory that is missing. */
export function withErrors<T>(doing: string, run: () => T): T {
	try {
		return run();
	} catch (error) {
		if (isSystemError(error, 'ENOSPC') || isSystemError(error, 'ENOMEM')) throw memoryError(doing, errnoOf(error));
		if (error instanceof Error && 'errno' in error) throw fileError(doing, errnoOf(error));
		throw error;
	}
}

/** Positive; of Node's errors, and of `SystemError`s. */
function errnoOf(error: unknown): number {
	return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? Math.abs(error.errno) : 5;
}
