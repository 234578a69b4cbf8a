import fs from 'node:fs';
import path from 'node:path';
import {checkpointEnd} from './stream.ts';
import {copyMemory} from '@sterna/system';
import {encodeRecord, LibxlRecordType} from '@sterna/protocol';
import {
	type CommittedCheckpoint,
	createCheckpointStore,
	type DiskFile,
	readCheckpointState,
	type SendChannels,
	type WritePagesOptions,
} from '../../src/index.ts';
import {TestMemory} from './guest-memory.ts';

export const PAGE_BYTES = 4096;
const DISK_BYTES = 64 * 1024;
const CHECKPOINT_END = encodeRecord({layer: 'libxl', type: LibxlRecordType.CHECKPOINT_END, body: new Uint8Array(0)});

export type StandbyOptions = {
	readonly pages: number;
	readonly diskBytes?: number;
	readonly stateBytesLimit?: number;
	readonly diskBytesLimit?: number;
};

export type SeededGuestOptions = {readonly pages: number; readonly diskBytes?: number; readonly seed: number};

/** A guest that writes by a seed: what it is at the end of each epoch can be told again. */
export class SeededGuest implements Disposable {
	readonly memory: TestMemory;
	readonly disk: Uint8Array;
	#epoch = 0;
	#state: number;

	constructor({pages, diskBytes = DISK_BYTES, seed}: SeededGuestOptions) {
		this.memory = new TestMemory(pages);
		this.disk = new Uint8Array(diskBytes);
		this.#state = seed;
		for (let pfn = 0; pfn < pages; pfn += 2) this.#touch(this.memory.page(pfn));
	}

	/** The guest that has the same seed, at the end of so many epochs. */
	static after(epochs: number, options: SeededGuestOptions): SeededGuest {
		const guest = new SeededGuest(options);
		for (let epoch = 0; epoch < epochs; epoch++) guest.run();
		return guest;
	}

	get epoch(): number {
		return this.#epoch;
	}

	/** What its device state says. */
	get context(): Uint8Array {
		return Buffer.alloc(1000 + (this.#epoch % 7) * 501, `state of epoch ${this.#epoch};`);
	}

	/** An epoch of it: returns what was written, ascending, at most 500 pages, and the writes to its disk. */
	run(): {readonly runs: Uint32Array; readonly writes: Array<{readonly offset: number; readonly byteLength: number}>} {
		this.#epoch += 1;
		const dirty = new Set<number>();
		const count = 1 + (this.#random() % 200);
		for (let index = 0; index < count; index++) {
			const pfn = index % 3 === 0 ? this.#random() % this.memory.pageLimit : this.#random() % Math.min(64, this.memory.pageLimit);
			dirty.add(pfn);
			this.#touch(this.memory.page(pfn));
		}

		const writes = Array.from({length: this.#random() % 4}, () => {
			const byteLength = 1 + (this.#random() % 5000);
			const offset = this.#random() % (this.disk.length - byteLength);
			this.disk.fill(this.#random() & 0xff, offset, offset + byteLength);
			return {offset, byteLength};
		});
		const runs: number[] = [];
		for (const pfn of [...dirty].toSorted((a, b) => a - b)) {
			const last = runs.length - 2;
			if (last >= 0 && (runs[last] ?? 0) + (runs[last + 1] ?? 0) === pfn) runs[last + 1] = (runs[last + 1] ?? 0) + 1;
			else runs.push(pfn, 1);
		}

		return {runs: Uint32Array.from(runs), writes};
	}

	[Symbol.dispose](): void {
		this.memory[Symbol.dispose]();
	}

	#touch(page: Uint8Array): void {
		const kind = this.#random() % 10;
		if (kind === 0) page.fill(0);
		else if (kind === 1) for (let at = 0; at < PAGE_BYTES; at++) page[at] = this.#random() & 0xff;
		else page[this.#random() % PAGE_BYTES] = this.#random() & 0xff;
	}

	#random(): number {
		this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) >>> 0;
		return this.#state >>> 8;
	}
}

/** Sends checkpoints of a guest from copies, as an engine does. */
export class CheckpointSource implements Disposable {
	readonly #guest: SeededGuest;
	readonly #arena = new TestMemory(512);
	readonly #options: WritePagesOptions;

	constructor(guest: SeededGuest, options: WritePagesOptions = {zeroPages: 'record'}) {
		this.#guest = guest;
		this.#options = options;
	}

	/** All of the guest's memory and disk as a checkpoint: what a live precopy comes to. */
	async sendAll({primary}: SendChannels): Promise<void> {
		const {memory, disk} = this.#guest;
		for (let pfn = 0; pfn < memory.pageLimit; pfn += 1024)
			await primary.writePages(Uint32Array.of(pfn, Math.min(1024, memory.pageLimit - pfn)), {zeroPages: 'record'});
		await primary.writeDiskExtent(0, 0, disk);
		await this.#end(primary);
	}

	/** Runs an epoch and sends its checkpoint. */
	async sendEpoch({primary}: SendChannels): Promise<void> {
		const {memory, disk} = this.#guest;
		const {runs, writes} = this.#guest.run();
		let at = Number(this.#arena.address);
		for (let index = 0; index < runs.length; index += 2) {
			const byteLength = (runs[index + 1] ?? 0) * PAGE_BYTES;
			copyMemory(at, Number(memory.address) + (runs[index] ?? 0) * PAGE_BYTES, byteLength);
			at += byteLength;
		}

		const half = Math.floor(writes.length / 2);
		const send = async ({offset, byteLength}: {readonly offset: number; readonly byteLength: number}): Promise<number> =>
			primary.writeDiskExtent(0, offset, disk.slice(offset, offset + byteLength));
		await Promise.all(writes.slice(0, half).map(send));
		await primary.writeCopies(runs, Number(this.#arena.address), this.#options);
		await Promise.all(writes.slice(half).map(send));
		await this.#end(primary);
	}

	[Symbol.dispose](): void {
		this.#arena[Symbol.dispose]();
	}

	async #end(primary: SendChannels['primary']): Promise<void> {
		await primary.writeBytes(checkpointEnd(this.#guest.context).subarray(0, -CHECKPOINT_END.length));
		await primary.writeCheckpointDigest();
		await primary.writeBytes(CHECKPOINT_END);
	}
}

/** What a standby has of a guest: memory, disk, and the store between them and a stream. Files in a directory, which outlive a process that is killed. */
export class Standby implements Disposable {
	readonly memory: TestMemory;
	readonly file: string;
	readonly disks: readonly DiskFile[];

	/** Makes the files where they are not there. */
	constructor(directory: string, {pages, diskBytes = DISK_BYTES, stateBytesLimit = 1024 * 1024, diskBytesLimit}: StandbyOptions) {
		const disk = path.join(directory, 'disk');
		this.file = path.join(directory, 'store');
		this.disks = [{file: disk, sizeBytes: diskBytes}];
		this.memory = new TestMemory(pages, path.join(directory, 'memory'));
		if (!fs.existsSync(disk)) fs.writeFileSync(disk, new Uint8Array(diskBytes));
		if (!fs.existsSync(this.file)) createCheckpointStore({file: this.file, pageLimit: pages, stateBytesLimit, diskBytesLimit});
	}

	/** The device state that the store has. */
	get context(): Uint8Array {
		// Behind the emulator's number and index.
		return readCheckpointState(this.file).libxl.at(-1)?.body.slice(8) ?? new Uint8Array(0);
	}

	/** In what it differs from the guest, as it is now. */
	differencesFrom({memory, disk, context}: SeededGuest): string[] {
		const ownDisk = fs.readFileSync(this.disks[0]?.file ?? '');
		return [
			...(Buffer.compare(memory.bytes, this.memory.bytes) === 0 ? [] : ['memory']),
			...(Buffer.compare(disk, ownDisk) === 0 ? [] : ['disk']),
			...(Buffer.compare(context, this.context) === 0 ? [] : ['device state']),
		];
	}

	[Symbol.dispose](): void {
		this.memory[Symbol.dispose]();
	}
}

/** Checkpoints that were committed, to be waited for. */
export class CommitLog {
	readonly checkpoints: CommittedCheckpoint[] = [];
	#waiting: Array<() => void> = [];

	readonly onCommitted = (checkpoint: CommittedCheckpoint): void => {
		this.checkpoints.push(checkpoint);
		for (const wake of this.#waiting.splice(0)) wake();
	};

	/** Resolves when so many were, or when the link has closed. */
	async count(wanted: number, closed: Promise<unknown>): Promise<void> {
		while (this.checkpoints.length < wanted) {
			const more = new Promise<'more'>(resolve => {
				this.#waiting.push(() => resolve('more'));
			});
			if ((await Promise.race([more, closed])) !== 'more') return;
		}
	}
}
