import {closeSync, constants, fdatasync, fstatSync, ftruncate, openSync, read, readSync, writeSync} from 'node:fs';
import {promisify} from 'node:util';
import {seekData, seekHole, tryLockRange} from '@sterna/system/files';
import {DomainError} from '../../../../domain-error.ts';
import type {BlockRun} from './block-log.ts';
import {BLOCK_BYTES, MAX_PIECE_BYTES} from './blocks.ts';
import {WriteLog} from './write-log.ts';

/** Bytes of an image that QEMU takes locks at: 100 and on for what it does, 200 and on for what it allows no other to. */
const QEMU_LOCKS = {offset: 100, length: 200} as const;

/** Disks are in sectors of these; QEMU rounds others up, and would write behind the end. */
const SECTOR_BYTES = 512;

const ZEROS = new Uint8Array(MAX_PIECE_BYTES);

const readAsync = promisify(read);
const syncAsync = promisify(fdatasync);
const truncateAsync = promisify(ftruncate);

export type DiskImageOptions = {readonly node: string; readonly file: string; /** Of an epoch. */ readonly logLimitBytes: number};

/**
 * The raw image of one disk, which nobody else has open for writing: locked against other servers and against QEMU. Writes are made one behind the
 * other, into the system's cache, in the order of the calls: the log has them in the same one.
 */
export class DiskImage {
	readonly node: string;
	readonly sizeBytes: number;
	readonly log: WriteLog;
	readonly #fd: number;
	/** The system tells it once: what was written is not all there, for good. */
	#flushFailure: Error | undefined;

	/** Throws ERR_TARGET_REFUSED for an image that another has, and for what is no image; ERR_FILE where it cannot be opened. */
	constructor({node, file, logLimitBytes}: DiskImageOptions) {
		this.node = node;
		this.#fd = openImage(node, file);
		this.sizeBytes = fstatSync(this.#fd).size;
		this.log = new WriteLog({
			sizeBytes: this.sizeBytes,
			limitBytes: logLimitBytes,
			readBlock: (block, into) => this.#readBlock(block, into),
		});
	}

	/** Whether the disk has all of these bytes. */
	hasRange(offset: number, length: number): boolean {
		return offset + length <= this.sizeBytes;
	}

	/** Fills `into`. Rejects with the system's error. */
	async read(into: Uint8Array<ArrayBuffer>, offset: number): Promise<void> {
		for (let at = 0; at < into.byteLength;) {
			const {bytesRead} = await readAsync(this.#fd, into, at, into.byteLength - at, offset + at);
			if (bytesRead === 0) throw new Error(`the image of ${this.node} ends at ${offset + at}: it was cut short`);
			at += bytesRead;
		}
	}

	/** Throws the system's error. The bytes are used up when it returns. */
	write(bytes: Uint8Array, offset: number): void {
		try {
			for (let at = 0; at < bytes.byteLength;) at += writeSync(this.#fd, bytes, at, bytes.byteLength - at, offset + at);
		} catch (error) {
			this.log.addUnsure(offset, bytes.byteLength);
			throw error;
		}

		this.log.add(offset, bytes);
	}

	/** Has these bytes be zero, one piece at most. What was never written stays so: a hole of this image is one of its copy, too. */
	writeZeros(offset: number, length: number): void {
		for (let at = offset; at < offset + length;) {
			const data = seekData(this.#fd, at);
			if (data === undefined || data >= offset + length) return;
			const end = Math.min(seekHole(this.#fd, data), offset + length);
			this.write(ZEROS.subarray(0, end - data), data);
			at = end;
		}
	}

	/**
	 * Resolves when everything that was written is on the storage. Between the word that an epoch is about to be cut and the cut, at once: QEMU flushes as it stops, and
	 * the guest would stand still for as long as the storage takes. It is on its way then, and what comes of it the next flush tells; what the guest says of it to the
	 * world is held until the standby has the epoch. Rejects with the system's error.
	 */
	async flush(): Promise<void> {
		const flushed = this.#sync();
		if (this.log.isAboutToCut) flushed.catch(() => undefined);
		else await flushed;
	}

	/** Throws everything away that the disk has: it reads as zeros. Not while a guest has it. Rejects with the system's error. */
	async empty(): Promise<void> {
		await truncateAsync(this.#fd, 0);
		await truncateAsync(this.#fd, this.sizeBytes);
	}

	/** Where there is data, in blocks; all else reads as zeros. */
	*dataRuns(): Generator<BlockRun> {
		for (let at = 0; at < this.sizeBytes;) {
			const start = seekData(this.#fd, at);
			if (start === undefined) return;
			const end = seekHole(this.#fd, start);
			const block = Math.floor(start / BLOCK_BYTES);
			yield {block, blocks: Math.ceil(end / BLOCK_BYTES) - block};
			at = end;
		}
	}

	/** The lock is free from here on. */
	close(): void {
		closeSync(this.#fd);
	}

	async #sync(): Promise<void> {
		if (this.#flushFailure !== undefined) throw this.#flushFailure;
		try {
			await syncAsync(this.#fd);
		} catch (error) {
			this.#flushFailure = new Error(`what was written to ${this.node} is not on its storage`, {cause: error});
			throw this.#flushFailure;
		}
	}

	#readBlock(block: number, into: Uint8Array): void {
		let at = 0;
		for (let got = -1; got !== 0 && at < BLOCK_BYTES; at += got) {
			got = readSync(this.#fd, into, at, BLOCK_BYTES - at, block * BLOCK_BYTES + at);
		}

		into.fill(0, at);
	}
}

function openImage(node: string, file: string): number {
	let fd: number;
	try {
		fd = openSync(file, constants.O_RDWR);
	} catch (error) {
		throw new DomainError('ERR_FILE', `the image ${file} of the disk ${node} cannot be opened`, {cause: error});
	}

	const stat = fstatSync(fd);
	if (!stat.isFile() || stat.size === 0 || stat.size % SECTOR_BYTES !== 0)
		throw new DomainError(
			'ERR_TARGET_REFUSED',
			`the image ${file} of the disk ${node} is not a plain file of whole sectors: it has ${stat.size} bytes`,
		);
	if (!tryLockRange(fd, QEMU_LOCKS.offset, QEMU_LOCKS.length))
		throw new DomainError('ERR_TARGET_REFUSED', `the image ${file} of the disk ${node} is in use: another process has it locked`);
	return fd;
}
