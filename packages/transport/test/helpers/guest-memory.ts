import {randomFillSync} from 'node:crypto';
import fs from 'node:fs';
import {closeDescriptor, createMemoryFile, mapShared, resizeFile, unmapMemory, viewMemory} from '@sterna/system';
import type {MemoryMapping} from '../../src/index.ts';

const PAGE_BYTES = 4096;
const FILL_BYTES = 64 * 1024 * 1024;

/** Memory as a guest's: a memfd of this process alone, or a file that outlives it, mapped shared. */
export class TestMemory implements MemoryMapping, Disposable {
	readonly address: bigint;
	readonly pageLimit: number;
	readonly fd: number;
	/** All of it. Reading a page that nobody wrote populates it. */
	readonly bytes: Uint8Array;

	/** `file`: made where it is not there. */
	constructor(pageLimit: number, file?: string) {
		this.pageLimit = pageLimit;
		this.fd = file === undefined ? createMemoryFile('sterna-test') : fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT);
		resizeFile(this.fd, pageLimit * PAGE_BYTES);
		this.address = mapShared({fd: this.fd, length: pageLimit * PAGE_BYTES, writable: true});
		this.bytes = viewMemory(this.address, pageLimit * PAGE_BYTES);
	}

	fillRandom(): void {
		for (let at = 0; at < this.bytes.length; at += FILL_BYTES) randomFillSync(this.bytes.subarray(at, at + FILL_BYTES));
	}

	page(pfn: number): Uint8Array {
		return this.bytes.subarray(pfn * PAGE_BYTES, (pfn + 1) * PAGE_BYTES);
	}

	[Symbol.dispose](): void {
		unmapMemory(this.address, this.pageLimit * PAGE_BYTES);
		closeDescriptor(this.fd);
	}
}
