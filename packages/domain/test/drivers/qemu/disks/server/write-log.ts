import test from 'ava';
import {array, assert, integer, nat, property, record} from 'fast-check';
import type {BlockLog} from '../../../../../src/drivers/qemu/disks/server/block-log.ts';
import {BLOCK_BYTES, MAX_PIECE_BLOCKS} from '../../../../../src/drivers/qemu/disks/server/blocks.ts';
import {WriteLog} from '../../../../../src/drivers/qemu/disks/server/write-log.ts';

const DISK_BYTES = 50 * BLOCK_BYTES + 512;

/** A disk in memory, and its log. */
class Disk {
	readonly bytes = Buffer.alloc(DISK_BYTES);
	readonly log: WriteLog;
	isBroken = false;

	constructor(limitBytes = 2 ** 30) {
		this.log = new WriteLog({
			sizeBytes: DISK_BYTES,
			limitBytes,
			readBlock: (block, into) => {
				if (this.isBroken) throw new Error('the disk is broken');
				into.fill(0);
				into.set(this.bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
			},
		});
	}

	write(offset: number, length: number, value: number): void {
		const end = Math.min(offset + length, DISK_BYTES);
		this.bytes.fill(value, offset, end);
		this.log.add(offset, this.bytes.subarray(offset, end));
	}

	/** The copy, read as it is asked for. */
	copyTo(copy: Buffer): void {
		this.log.start(() => [{block: 0, blocks: Math.ceil(DISK_BYTES / BLOCK_BYTES)}]);
		for (const {block, blocks} of this.log.takeMarked(7)) {
			copy.set(this.bytes.subarray(block * BLOCK_BYTES, (block + blocks) * BLOCK_BYTES), block * BLOCK_BYTES);
		}
	}
}

/** Writes an epoch to a copy of the disk. */
function apply(epoch: BlockLog, copy: Buffer): void {
	for (const {block, blocks} of epoch.runs()) {
		const content = Buffer.alloc(blocks * BLOCK_BYTES);
		epoch.copyInto({block, blocks}, content);
		content.copy(copy, block * BLOCK_BYTES);
	}

	epoch[Symbol.dispose]();
}

const write = record({offset: nat(DISK_BYTES - 1), length: integer({min: 1, max: 5 * BLOCK_BYTES}), value: nat(255)});

test('a copy with every epoch written to it is the disk as of each cut, whatever was written and when', t => {
	assert(
		property(array(array(write, {maxLength: 8}), {minLength: 1, maxLength: 6}), epochs => {
			const disk = new Disk();
			const copy = Buffer.alloc(DISK_BYTES);
			disk.write(0, DISK_BYTES, 1);
			disk.copyTo(copy);
			for (const writes of epochs) {
				for (const {offset, length, value} of writes) disk.write(offset, length, value);
				const epoch = disk.log.cut();
				const then = Buffer.from(disk.bytes);
				// The guest goes on while the epoch is read.
				disk.write(3 * BLOCK_BYTES - 100, 300, 77);
				apply(epoch, copy);
				if (!copy.equals(then)) return false;
			}

			return true;
		}),
	);
	t.pass();
});

test('a block that is written often is in its epoch once', t => {
	const disk = new Disk();
	disk.copyTo(Buffer.alloc(DISK_BYTES));
	disk.log.cut()[Symbol.dispose]();
	for (let times = 0; times < 1000; times++) disk.write(8192, 4096, times);
	t.is(disk.log.bytes, BLOCK_BYTES);
	using epoch = disk.log.cut();
	t.deepEqual([...epoch.runs()], [{block: 2, blocks: 1}]);
	t.is(disk.log.bytes, 0);
});

test('runs are in the order of the disk, and no longer than a piece', t => {
	const blocks = MAX_PIECE_BLOCKS + 3;
	const log = new WriteLog({sizeBytes: 1000 * BLOCK_BYTES, limitBytes: 2 ** 30, readBlock: (_block, into) => into.fill(0)});
	log.start(() => []);
	log.add(900 * BLOCK_BYTES, new Uint8Array(BLOCK_BYTES));
	log.add(10 * BLOCK_BYTES, new Uint8Array(blocks * BLOCK_BYTES));
	log.add(8 * BLOCK_BYTES, new Uint8Array(BLOCK_BYTES));
	using epoch = log.cut();
	t.deepEqual(
		[...epoch.runs()],
		[
			{block: 8, blocks: 1},
			{block: 10, blocks: MAX_PIECE_BLOCKS},
			{block: 10 + MAX_PIECE_BLOCKS, blocks: 3},
			{block: 900, blocks: 1},
		],
	);
});

test('writes wait for the cut where the log is full, and not where they are let pass', async t => {
	const disk = new Disk(4 * BLOCK_BYTES);
	// Nothing is bounded while the disk is copied for the first time: it may take hours.
	disk.log.start(() => [{block: 0, blocks: 50}]);
	disk.write(0, 10 * BLOCK_BYTES, 1);
	t.is(disk.log.whenRoom(), undefined);
	disk.copyTo(Buffer.alloc(DISK_BYTES));
	t.is(disk.log.bytes, 0);
	disk.write(0, 4 * BLOCK_BYTES, 1);
	const room = disk.log.whenRoom();
	t.not(room, undefined);
	disk.log.letPass(true);
	await room;
	t.is(disk.log.whenRoom(), undefined);
	disk.write(0, 6 * BLOCK_BYTES, 1);
	disk.log.cut()[Symbol.dispose]();
	t.is(disk.log.whenRoom(), undefined);
	disk.write(0, 4 * BLOCK_BYTES, 2);
	const again = disk.log.whenRoom();
	t.not(again, undefined);
	disk.log.stop();
	await again;
	t.is(disk.log.whenRoom(), undefined);
});

test('a write that could not be logged fails the cut, and a new copy mends it', t => {
	const disk = new Disk();
	disk.copyTo(Buffer.alloc(DISK_BYTES));
	disk.log.cut()[Symbol.dispose]();
	disk.isBroken = true;
	disk.write(100, 100, 1);
	const error = t.throws(() => disk.log.cut());
	t.is(String(error.cause), 'Error: the disk is broken');
	disk.isBroken = false;
	const copy = Buffer.alloc(DISK_BYTES);
	disk.copyTo(copy);
	apply(disk.log.cut(), copy);
	t.true(copy.equals(disk.bytes));
});

test('what a failed write left of a block is in the epoch', t => {
	const disk = new Disk();
	const copy = Buffer.alloc(DISK_BYTES);
	disk.copyTo(copy);
	disk.log.cut()[Symbol.dispose]();
	disk.bytes.fill(5, 100, 5000);
	disk.log.addUnsure(100, 20_000);
	apply(disk.log.cut(), copy);
	t.true(copy.equals(disk.bytes));
});
