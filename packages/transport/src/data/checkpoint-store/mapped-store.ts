import fs from 'node:fs';
import {viewMemory} from '@sterna/system';
import {fileError} from '../link-error.ts';
import {PageFlags} from '../page-flags.ts';
import {PageStore} from '../page-store.ts';
import {Staging} from '../staged-pages.ts';
import {decodeDiskWriteHead, ENTRY_HEAD_BYTES} from './entries.ts';
import {
	CheckpointStoreLayout,
	readMark,
	readRemembered,
	STORE_HEAD_BYTES,
	type StoredCheckpoint,
	writeMark,
	writeRemembered,
} from './layout.ts';
import type {OpenDisk, SharedCheckpointStore} from './store-file.ts';

/** A mapped store as one thread sees it: its marks, what it remembers, and what it holds. The mapping outlives this. */
export class MappedStore {
	readonly layout: CheckpointStoreLayout;
	readonly fd: number;
	readonly disks: readonly OpenDisk[];
	/** Pages of the checkpoint that is not applied. */
	readonly staging: Staging;
	readonly #address: number;
	readonly #head: BigUint64Array;

	constructor({address, fd, size, disks}: SharedCheckpointStore) {
		this.layout = new CheckpointStoreLayout(size);
		this.fd = fd;
		this.disks = disks;
		this.#address = address;
		this.#head = new BigUint64Array(viewMemory(address, STORE_HEAD_BYTES).buffer);
		const {bitmapOffset, bitmapBytes, pagesOffset} = this.layout;
		const {pageLimit} = size;
		const pages = new PageStore({address: address + pagesOffset, pageLimit, fd}, undefined, pagesOffset);
		this.staging = new Staging(pages, new PageFlags(pageLimit, new Uint32Array(viewMemory(address + bitmapOffset, bitmapBytes).buffer)));
	}

	get committedEpoch(): number {
		return readMark(this.#head, 'committed');
	}

	set committedEpoch(epoch: number) {
		writeMark(this.#head, 'committed', epoch);
	}

	get appliedEpoch(): number {
		return readMark(this.#head, 'applied');
	}

	set appliedEpoch(epoch: number) {
		writeMark(this.#head, 'applied', epoch);
	}

	remember(checkpoint: StoredCheckpoint): void {
		writeRemembered(this.#head, checkpoint);
	}

	remembered(epoch: number): StoredCheckpoint | undefined {
		return readRemembered(this.#head, epoch);
	}

	/** Does the held writes to disks, of so many bytes in all; they can be done again. Throws LinkError ERR_DISK_FULL, ERR_FILE. */
	applyDiskWrites(diskBytes: number): void {
		if (diskBytes === 0) return;
		const held = viewMemory(this.#address + this.layout.diskOffset, diskBytes);
		let at = 0;
		while (at < diskBytes) {
			const {disk, offset, byteLength, bytesOffset} = decodeDiskWriteHead(held.subarray(at, at + ENTRY_HEAD_BYTES), at);
			at = bytesOffset + byteLength;
			this.writeDisk(disk, offset, held.subarray(bytesOffset, at));
		}
	}

	/** Writes to a disk, which must be there. Throws LinkError ERR_DISK_FULL, ERR_FILE. */
	writeDisk(disk: number, offset: number, bytes: Uint8Array): void {
		const open = this.disks[disk];
		if (open === undefined) throw new TypeError(`disk ${disk} of ${this.disks.length}`);
		try {
			let written = 0;
			while (written < bytes.length) written += fs.writeSync(open.fd, bytes, written, bytes.length - written, offset + written);
		} catch (error) {
			const errno = error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? Math.abs(error.errno) : 5;
			throw fileError(`writing ${bytes.length} bytes at ${offset} of disk ${disk}`, errno);
		}
	}
}
