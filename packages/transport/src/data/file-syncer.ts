import {fsync} from 'node:fs';
import {promisify} from 'node:util';
import {closeDescriptor, duplicateDescriptor, isSystemError} from '@sterna/system';
import {fileError, LinkError} from './link-error.ts';

const fsyncAsync = promisify(fsync);

/**
 * fsync of files that a data worker writes, off that worker: a disk that takes seconds holds up no other link. Has duplicates of
 * the descriptors, as the worker may close its own at any time.
 */
export class FileSyncer {
	readonly #descriptors: readonly number[];
	#underWay: Promise<unknown> = Promise.resolve();
	#closed = false;

	/** `descriptors` stay the caller's. */
	constructor(descriptors: readonly number[]) {
		this.#descriptors = descriptors.map(duplicateDescriptor);
	}

	/** Resolves when all bytes written so far are durable. Rejects with LinkError ERR_DISK_FULL or ERR_FILE. */
	async sync(): Promise<void> {
		if (this.#closed) throw new LinkError({code: 'ERR_FILE', message: 'the file was closed before it was made durable'});
		const syncing = Promise.all(this.#descriptors.map(async fd => syncOne(fd)));
		this.#underWay = Promise.allSettled([this.#underWay, syncing]);
		await syncing;
	}

	/** Closes the duplicates once nothing is under way. Idempotent. */
	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#underWay;
		for (const fd of this.#descriptors) closeDescriptor(fd);
	}
}

async function syncOne(fd: number): Promise<void> {
	try {
		await fsyncAsync(fd);
	} catch (error) {
		// EINVAL: a device without anything to sync, like /dev/null.
		if (isSystemError(error, 'EINVAL')) return;
		const errno = error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? -error.errno : 5;
		throw fileError('making the file durable', errno);
	}
}
