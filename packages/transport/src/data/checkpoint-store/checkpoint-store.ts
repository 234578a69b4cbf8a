import fs from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import type {RawRecord} from '@sterna/protocol';
import {closeDescriptor} from '@sterna/system';
import type {MemoryMapping} from '../../memory-mapping.ts';
import {LinkError} from '../link-error.ts';
import {PageStore} from '../page-store.ts';
import {decodeHeldRecords} from './entries.ts';
import {CheckpointStoreLayout, readMark, readRemembered, REMEMBERED_CHECKPOINTS, type StoredCheckpoint} from './layout.ts';
import {MappedStore} from './mapped-store.ts';
import {CheckpointStoreFile, type DiskFile, readHead, withErrors, writeStoreFile} from './store-file.ts';

/** 256 MiB: ten times what the disks of a guest under load are written in an epoch of 100 ms. */
const DEFAULT_DISK_BYTES = 256 * 1024 * 1024;
/** 64 MiB: how much of a memory is looked at between two turns of the event loop. */
const RECOVERY_SLICE_PAGES = 16_384;
/** A store whose last checkpoint changes this often while its state is read has a link that commits faster than a disk reads. */
const MAX_STATE_READS = 100;

export type CheckpointStoreState = {
	/** The last checkpoint that counts, 0 = none: before that there is no guest. */
	readonly committedEpoch: number;
	/** The last one that memory and disks have; behind the other one where the process that applied it has died. */
	readonly appliedEpoch: number;
	/** Of the last committed one; 0 without one, or without a proof of memory. */
	readonly digest: bigint;
	/** The last committed ones, ascending, at most `REMEMBERED_CHECKPOINTS`. */
	readonly checkpoints: readonly StoredCheckpoint[];
};

/** Device state of a checkpoint, in the order of the stream. */
export type CheckpointState = {readonly libxc: RawRecord[]; readonly libxl: RawRecord[]};

/**
 * Makes the store of a standby's checkpoints: a sparse file, on a file system in memory, which reserves nothing. One that is there is replaced. `stateBytesLimit`, `diskBytesLimit`
 * (256 MiB where undefined): most bytes of one checkpoint's device state, and of its writes to disks. Throws LinkError.
 */
export function createCheckpointStore({
	file,
	pageLimit,
	stateBytesLimit,
	diskBytesLimit = DEFAULT_DISK_BYTES,
}: {
	readonly file: string;
	readonly pageLimit: number;
	readonly stateBytesLimit: number;
	readonly diskBytesLimit?: number | undefined;
}): void {
	writeStoreFile(file, {pageLimit, stateBytesLimit, diskBytesLimit});
}

/** How a store stands; at any time, also while a link writes it. Throws LinkError ERR_FILE. */
export function readCheckpointStore(file: string): CheckpointStoreState {
	return withStore(file, fd => stateOf(readHead(fd, file).words));
}

/** The device state of the last committed checkpoint; at any time. Throws LinkError ERR_DEVICE_STATE where there is none, ERR_FILE. */
export function readCheckpointState(file: string): CheckpointState {
	return withStore(file, fd => {
		for (let tries = 0; tries < MAX_STATE_READS; tries++) {
			const {words, size} = readHead(fd, file);
			const epoch = readMark(words, 'committed');
			const checkpoint = readRemembered(words, epoch);
			if (checkpoint === undefined) throw new LinkError({code: 'ERR_DEVICE_STATE', message: `${file} holds no whole checkpoint`});
			const bytes = new Uint8Array(checkpoint.stateBytes);
			fs.readSync(fd, bytes, 0, bytes.length, new CheckpointStoreLayout(size).stateOffset(epoch));
			// The state of the next checkpoint but one goes where this one lies: it may be on its way once the next is committed.
			if (readMark(readHead(fd, file).words, 'committed') !== epoch) continue;
			const records = decodeHeldRecords(bytes);
			return {libxc: records.filter(({layer}) => layer === 'libxc'), libxl: records.filter(({layer}) => layer === 'libxl')};
		}

		throw new LinkError({code: 'ERR_INTERNAL', message: `the checkpoints of ${file} change faster than they are read`});
	});
}

/** A store that no link is open on, and what its checkpoints are of: the memory must be the store's guest's. */
export type CheckpointStoreOfGuest = {
	readonly file: string;
	readonly memory: MemoryMapping;
	readonly disks: readonly DiskFile[];
};

/**
 * What must be done of a store that no link is open on, before memory and disks are made use of or a link is opened again: a checkpoint that is committed reaches
 * them, and what is held of another is dropped. Can be done again after a crash in the middle. Resolves with the last checkpoint; undefined where none ever
 * was whole. Rejects with LinkError.
 */
export async function recoverCheckpointStore(guest: CheckpointStoreOfGuest): Promise<{readonly epoch: number} | undefined> {
	using opened = new CheckpointStoreFile(guest.file, guest.disks);
	const store = new MappedStore(opened.shared);
	const epoch = await apply(store, guest);
	store.staging.release();
	store.staging.store.discard();
	return epoch === 0 ? undefined : {epoch};
}

/**
 * The part of that which a guest has to wait for that is to go on from its memory and disks as they are then: what is held of another checkpoint stays where it is, in the
 * store. A link may be opened behind `recoverCheckpointStore` alone. Where the last checkpoint was applied, as behind each link that did not fail, nothing is mapped. Resolves and
 * rejects likewise.
 */
export async function completeCheckpointStore(guest: CheckpointStoreOfGuest): Promise<{readonly epoch: number} | undefined> {
	const {committedEpoch: epoch, appliedEpoch} = readCheckpointStore(guest.file);
	if (epoch !== appliedEpoch) {
		using opened = new CheckpointStoreFile(guest.file, guest.disks);
		await apply(new MappedStore(opened.shared), guest);
	}

	return epoch === 0 ? undefined : {epoch};
}

/** Sees to it that memory and disks have the last committed checkpoint. Resolves with it. */
async function apply(store: MappedStore, {file, memory}: CheckpointStoreOfGuest): Promise<number> {
	const {pageLimit} = store.layout.size;
	if (pageLimit !== memory.pageLimit)
		throw new LinkError({code: 'ERR_INTERNAL', message: `${file} is of a memory of ${pageLimit} pages, not ${memory.pageLimit}`});
	const epoch = store.committedEpoch;
	if (epoch === store.appliedEpoch) return epoch;
	const target = new PageStore({address: Number(memory.address), pageLimit, fd: memory.fd});
	for (let pfn = 0; pfn < pageLimit; pfn += RECOVERY_SLICE_PAGES) {
		store.staging.copyTo(target, pfn, Math.min(pfn + RECOVERY_SLICE_PAGES, pageLimit));
		await setImmediate();
	}

	store.applyDiskWrites(store.remembered(epoch)?.diskBytes ?? 0);
	store.appliedEpoch = epoch;
	return epoch;
}

function stateOf(words: BigUint64Array): CheckpointStoreState {
	const committedEpoch = readMark(words, 'committed');
	const checkpoints: StoredCheckpoint[] = [];
	for (let epoch = Math.max(1, committedEpoch - REMEMBERED_CHECKPOINTS + 1); epoch <= committedEpoch; epoch++) {
		const checkpoint = readRemembered(words, epoch);
		if (checkpoint !== undefined) checkpoints.push(checkpoint);
	}

	return {committedEpoch, appliedEpoch: readMark(words, 'applied'), digest: checkpoints.at(-1)?.digest ?? 0n, checkpoints};
}

function withStore<T>(file: string, read: (fd: number) => T): T {
	const fd = withErrors(`opening the checkpoint store ${file}`, () => fs.openSync(file, 'r'));
	try {
		return read(fd);
	} finally {
		closeDescriptor(fd);
	}
}
