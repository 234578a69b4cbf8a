import fs from 'node:fs';
import type {DiskWrite, RawRecord} from '@sterna/protocol';
import {punchHole} from '@sterna/system';
import type {CommittedCheckpoint} from '../../data-link.ts';
import {LinkError} from '../link-error.ts';
import type {PageStore} from '../page-store.ts';
import type {Staging} from '../staged-pages.ts';
import {type CheckpointCrash, CrashTrap} from './crash-points.ts';
import {ENTRY_HEAD_BYTES, encodeDiskWriteHead, encodeHeldRecord} from './entries.ts';
import {MappedStore} from './mapped-store.ts';
import {type SharedCheckpointStore, withErrors} from './store-file.ts';

/** Most bytes of staged pages that stay allocated from one checkpoint to the next: several times what a guest writes in an epoch. */
const DEFAULT_IDLE_BYTES = 256 * 1024 * 1024;
/** As `fs.Stats` counts. */
const BLOCK_BYTES = 512;

export type StoredCheckpointsOptions = {
	readonly store: SharedCheckpointStore;
	/** Whether memory and disks are those of a checkpoint already, so that the first one is held back as well. */
	readonly hasBase: boolean;
	readonly idleBytesLimit: number | undefined;
	readonly crashAt: CheckpointCrash | undefined;
};

/**
 * The checkpoints that a stream brings, kept in a store so that a crash at any moment leaves a whole one: what is held back of the one under way, its commit
 * by one mark, and its way into memory and onto disks, which can be gone again. The store's memory is the owner's and outlives this.
 */
export class StoredCheckpoints {
	readonly #mapped: MappedStore;
	readonly #target: PageStore;
	readonly #trap: CrashTrap;
	readonly #idleBytes: number;
	#isHolding: boolean;
	#epoch: number;
	/** Of the checkpoint under way. */
	#stateBytes = 0;
	#diskBytes = 0;

	/** Drops what is held of a checkpoint that was not committed. */
	constructor({store, hasBase, idleBytesLimit = DEFAULT_IDLE_BYTES, crashAt}: StoredCheckpointsOptions, target: PageStore) {
		this.#mapped = new MappedStore(store);
		this.#target = target;
		this.#trap = new CrashTrap(crashAt);
		this.#idleBytes = idleBytesLimit;
		this.#isHolding = hasBase;
		this.#epoch = this.#mapped.committedEpoch;
		this.#mapped.staging.release();
	}

	/** Where pages wait; undefined while they go straight into memory, as no whole checkpoint is there. */
	get staging(): Staging | undefined {
		return this.#isHolding ? this.#mapped.staging : undefined;
	}

	/** The last committed checkpoint; 0 = none. */
	get epoch(): number {
		return this.#epoch;
	}

	/** Whether there is room for a record of device state of so many bytes. Throws LinkError ERR_MEMORY_INSUFFICIENT. */
	admitRecord(bodyBytes: number): void {
		const {stateBytesLimit} = this.#mapped.layout.size;
		const bytes = this.#stateBytes + ENTRY_HEAD_BYTES + bodyBytes;
		if (bytes > stateBytesLimit) throw full(`${bytes} bytes of device state, of which there may be ${stateBytesLimit}`);
	}

	/** Keeps a record of the checkpoint's device state. Throws LinkError. */
	holdRecord(record: RawRecord): void {
		this.admitRecord(record.body.length);
		const bytes = encodeHeldRecord(record);
		this.#write(bytes, this.#mapped.layout.stateOffset(this.#epoch + 1) + this.#stateBytes, 'device state');
		this.#stateBytes += bytes.length;
	}

	/** Keeps a write to a disk, or does it where nothing is held back. `recordOffset`: in the stream. Throws LinkError. */
	takeDiskWrite({disk, offset, bytes}: DiskWrite, recordOffset: number): void {
		const {sizeBytes} = this.#mapped.disks[disk] ?? {};
		if (sizeBytes === undefined || offset + bytes.length > sizeBytes) {
			const what = sizeBytes === undefined ? `there are ${this.#mapped.disks.length} disks` : `it has ${sizeBytes} bytes`;
			const message = `the record at byte ${recordOffset} of the stream writes ${bytes.length} bytes at ${offset} of disk ${disk}, and ${what}`;
			throw new LinkError({code: 'ERR_STREAM', message});
		}

		if (!this.#isHolding) {
			this.#mapped.writeDisk(disk, offset, bytes);
			return;
		}

		const {layout} = this.#mapped;
		const {diskBytesLimit} = layout.size;
		const after = this.#diskBytes + ENTRY_HEAD_BYTES + bytes.length;
		if (after > diskBytesLimit) throw full(`${after} bytes of writes to disks, of which there may be ${diskBytesLimit}`);
		const at = layout.diskOffset + this.#diskBytes;
		this.#write(encodeDiskWriteHead(disk, offset, bytes.length), at, 'a write to a disk');
		this.#write(bytes, at + ENTRY_HEAD_BYTES, 'a write to a disk');
		this.#diskBytes = after;
	}

	/**
	 * The checkpoint under way is whole: it is the one that counts from the mark on, and in memory and on disks when this returns. `pages`, `bytes`: what it
	 * brought. Throws LinkError; where the mark was written already the store must be recovered before anything else is made of it.
	 */
	commit({pages, bytes, digest}: {readonly pages: number; readonly bytes: number; readonly digest: bigint}): CommittedCheckpoint {
		const mapped = this.#mapped;
		const epoch = this.#epoch + 1;
		const held = {stateBytes: this.#stateBytes, diskBytes: this.#diskBytes};
		mapped.remember({epoch, pages, bytes, digest, committedAtMs: Date.now(), ...held});
		this.#trap.pass('commit.before');
		mapped.committedEpoch = epoch;
		this.#epoch = epoch;
		this.#trap.pass('commit.after');
		const half = Math.floor(this.#target.pageLimit / 2);
		mapped.staging.copyTo(this.#target, 0, half);
		this.#trap.pass('apply.middle');
		mapped.staging.copyTo(this.#target, half);
		mapped.applyDiskWrites(this.#diskBytes);
		this.#trap.pass('applied.before');
		mapped.appliedEpoch = epoch;
		this.#trap.pass('applied.after');
		mapped.staging.release();
		this.#isHolding = true;
		this.#stateBytes = 0;
		this.#diskBytes = 0;
		return {epoch, digest};
	}

	/** Gives back the memory of staged pages and disk writes where the store has more of it than may lie idle. For when nothing waits for it; nothing may be held. */
	tidy(): void {
		const {fd, staging, layout} = this.#mapped;
		if (fs.fstatSync(fd).blocks * BLOCK_BYTES <= this.#idleBytes) return;
		staging.store.discard();
		punchHole(fd, layout.diskOffset, layout.pagesOffset - layout.diskOffset);
	}

	#write(bytes: Uint8Array, at: number, what: string): void {
		const {fd} = this.#mapped;
		withErrors(`keeping ${what} of a checkpoint`, () => {
			let written = 0;
			while (written < bytes.length) written += fs.writeSync(fd, bytes, written, bytes.length - written, at + written);
		});
	}
}

function full(what: string): LinkError {
	return new LinkError({code: 'ERR_MEMORY_INSUFFICIENT', message: `the checkpoint under way has ${what}`});
}
