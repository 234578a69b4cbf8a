import test from 'ava';
import {PageBitmap} from '@sterna/domain';
import {Pass} from '../../src/engine/pass.ts';
import {BatchWriter} from '../../src/engine/writer.ts';
import {Gates} from '../helpers/gates.ts';
import {SimulatedChannels} from '../helpers/simulated.ts';

const BATCHES = 40;

/** Data connections that have a batch for as long as it is not let go, by a clock that only moves by hand. */
class HeldChannels extends SimulatedChannels {
	override readonly count: number;
	override limitBytesPerSecond: number | undefined;
	nowMs = 0;
	readonly #held: Array<{readonly index: number; readonly letGo: () => void}> = [];

	constructor(count: number, limitBytesPerSecond?: number) {
		super(new Gates());
		this.count = count;
		this.limitBytesPerSecond = limitBytesPerSecond;
	}

	/** Batches that the kernel does not have, of each connection. */
	get inHand(): number[] {
		return Array.from({length: this.count}, (_, index) => this.#held.filter(batch => batch.index === index).length);
	}

	override get appliedBytes(): readonly number[] {
		return Array.from({length: this.count}, () => 0);
	}

	override async writePages(index: number): Promise<number> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#held.push({index, letGo: resolve});
		await promise;
		return 1;
	}

	/** The kernel has the oldest batch of a connection, so much later. */
	async letGo(index: number, afterMs: number): Promise<void> {
		this.nowMs += afterMs;
		const at = this.#held.findIndex(batch => batch.index === index);
		this.#held.splice(at, 1)[0]?.letGo();
		await turn();
	}
}

const turn = async (): Promise<void> => new Promise(resolve => void setImmediate(resolve));

function begin(channels: HeldChannels): {readonly writer: BatchWriter; readonly fill: () => Promise<number[]>} {
	const pages = new PageBitmap(BATCHES * 1024);
	pages.addRun(0, BATCHES * 1024);
	const writer = new BatchWriter(channels, {zerosGoEmpty: false, nowMs: () => channels.nowMs});
	const pass = new Pass(pages, channels.count);
	const fill = async (): Promise<number[]> => {
		while (typeof writer.sendNow(pass) === 'object');
		await turn();
		return channels.inHand;
	};
	return {writer, fill};
}

test('a connection that is fast has four batches in hand, and one that becomes slow has one', async t => {
	const channels = new HeldChannels(1);
	const {writer, fill} = begin(channels);
	t.deepEqual(await fill(), [1]);
	for (const batches of [2, 3, 4, 4]) {
		await channels.letGo(0, 1);
		t.deepEqual(await fill(), [batches]);
	}

	t.is(writer.pagesInHand, 4096);
	// Nothing new until what is too much has gone out.
	for (const batches of [3, 2, 1, 1, 1]) {
		await channels.letGo(0, 400);
		t.deepEqual(await fill(), [batches]);
	}

	t.is(writer.pagesInHand, 1024);
});

test('under a limit there is one batch in hand, also where the pages before it took no time, and more for as long as the limit does not hold', async t => {
	const channels = new HeldChannels(1, 10e6);
	const {fill} = begin(channels);
	for (let batch = 0; batch < 6; batch++) {
		t.deepEqual(await fill(), [1]);
		await channels.letGo(0, 0.1);
	}

	channels.limitBytesPerSecond = undefined;
	t.deepEqual(await fill(), [4]);
});

test('each connection has a pace of its own, and its part of the limit', async t => {
	const channels = new HeldChannels(2);
	const {fill} = begin(channels);
	await fill();
	for (let batch = 0; batch < 4; batch++) {
		await channels.letGo(0, 1);
		await fill();
	}

	await channels.letGo(1, 400);
	t.deepEqual(await fill(), [4, 1]);
	// 42 MB/s of each: a batch takes 100 ms.
	channels.limitBytesPerSecond = 84e6;
	for (const batches of [3, 2, 1, 1]) {
		await channels.letGo(0, 1);
		t.deepEqual(await fill(), [batches, 1]);
	}
});
