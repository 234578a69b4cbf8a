import test from 'ava';
import type {DiskExtent, ReplicatedDisk} from '@sterna/domain';
import {DiskCopy} from '../../src/protect/disk-copy.ts';

const never = new AbortController().signal;

/** A disk of blocks of one byte whose server lets the guest write `limit` of them, each another one, until a copy takes them. */
class WrittenDisk implements ReplicatedDisk {
	readonly node: string;
	readonly sizeBytes = 2 ** 20;
	readonly #limit: number;
	readonly #marked: number[] = [];
	#room = Promise.withResolvers<void>();
	copies = 0;

	constructor(node: string, limit: number) {
		this.node = node;
		this.#limit = limit;
	}

	get loggedBytes(): number {
		return this.#marked.length;
	}

	/** As the guest: waits where there is no room. */
	async write(block: number): Promise<void> {
		while (this.#marked.length >= this.#limit) await this.#room.promise;
		this.#marked.push(block);
	}

	async *copy(): AsyncGenerator<DiskExtent> {
		this.copies += 1;
		for (const block of this.#marked.splice(0)) yield {offset: block, bytes: Uint8Array.of(1)};
		this.#room.resolve();
		this.#room = Promise.withResolvers();
	}

	async cut(): Promise<AsyncIterable<DiskExtent>> {
		return this.copy();
	}

	async stopLog(): Promise<void> {}
}

test('a guest that writes many times what its disk may log goes on while another disk and the memory are copied', async t => {
	const disks = [new WrittenDisk('d0', 8), new WrittenDisk('d1', 8)] as const;
	const extents: string[] = [];
	const written = Promise.withResolvers<void>();
	const copy = new DiskCopy(
		disks,
		{
			async writeDiskExtent(disk, offset) {
				extents.push(`${disk}:${offset}`);
				// The second disk takes longer than all that the guest writes to the first one.
				if (disk === 1) await written.promise;
				return extents.length;
			},
		},
		4,
	);
	await disks[0].write(1000);
	await disks[1].write(2000);
	const kept = copy.keep(never);
	const copied = copy.once(never);
	for (let block = 0; block < 100; block++) await disks[0].write(block);
	written.resolve();
	await copied;
	// As while the memory goes.
	for (let block = 100; block < 200; block++) await disks[0].write(block);
	await copy.settle();
	await kept;
	for await (const {offset} of await disks[0].cut()) extents.push(`0:${offset}`);
	t.deepEqual(extents.toSorted(), ['0:1000', '1:2000', ...Array.from({length: 200}, (_, block) => `0:${block}`)].toSorted());
	t.true(disks[0].copies > 10 && disks[1].copies === 1);
});

test('what keeps a disk from being copied again is told at once, and nobody waits for the copy any more', async t => {
	const disk = new WrittenDisk('d0', 8);
	let isLost = false;
	const copy = new DiskCopy(
		[disk],
		{
			async writeDiskExtent() {
				if (isLost) throw new Error('the link is lost');
				return 0;
			},
		},
		4,
	);
	const kept = copy.keep(never);
	await copy.once(never);
	isLost = true;
	for (let block = 0; block < 4; block++) await disk.write(block);
	await t.throwsAsync(kept, {message: 'the link is lost'});
	await copy.settle();
});
