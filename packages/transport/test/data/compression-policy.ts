import test from 'ava';
import type {Codec} from '@sterna/system';
import {CompressionPolicy, type CompressionOrder} from '../../src/data/compression-policy.ts';
import type {CompressionMode} from '../../src/index.ts';

const MIB = 1024 * 1024;
const PAGE_BYTES = 4096;

/** What a way does with some content: bytes a second, and raw by compressed. */
type Content = Readonly<Record<string, readonly [bytesPerSecond: number, ratio: number]>>;

const TEXT: Content = {'lz4 1': [450e6, 1.3], 'zstd 1': [340e6, 2.3], 'zstd 3': [190e6, 2.7], 'zstd 6': [80e6, 2.9]};
const RANDOM: Content = {'lz4 1': [10e9, 1], 'zstd 1': [3.6e9, 1], 'zstd 3': [3e9, 1], 'zstd 6': [2e9, 1]};
const NEARLY_ZERO: Content = {'lz4 1': [6e9, 100], 'zstd 1': [3e9, 500], 'zstd 3': [2e9, 600], 'zstd 6': [1e9, 600]};

class Run {
	readonly policy: CompressionPolicy;
	/** Raw bytes by what was done with them. */
	readonly bytes = new Map<string, number>();

	constructor(mode: CompressionMode = 'auto', codecs: readonly Codec[] = ['zstd', 'lz4']) {
		this.policy = new CompressionPolicy(mode, codecs);
	}

	/** Sends so much memory of this content over a link of this speed. */
	send(rawBytes: number, content: Content, linkBytesPerSecond: number | undefined): this {
		this.bytes.clear();
		this.policy.linkBytesPerSecond = linkBytesPerSecond;
		for (let sent = 0; sent < rawBytes;) {
			const order = this.policy.next();
			const pieceBytes = (order?.maxPages ?? 256) * PAGE_BYTES;
			this.#did(order, pieceBytes, content);
			sent += pieceBytes;
		}

		return this;
	}

	/** What was done with most of it. */
	get mostly(): string {
		return [...this.bytes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'nothing';
	}

	#did(order: CompressionOrder | undefined, pieceBytes: number, content: Content): void {
		const name = order === undefined ? 'plain' : `${order.codec} ${order.level}`;
		this.bytes.set(name, (this.bytes.get(name) ?? 0) + pieceBytes);
		if (order === undefined) {
			this.policy.passed(pieceBytes);
			return;
		}

		const [bytesPerSecond, ratio] = content[name] ?? [1, 1];
		this.policy.compressed(order, pieceBytes, pieceBytes / ratio, (pieceBytes / bytesPerSecond) * 1e9);
	}
}

for (const [what, content, linkBytesPerSecond, wanted] of [
	['text over 10 MB/s', TEXT, 10e6, 'zstd 6'],
	['text over 50 MB/s', TEXT, 50e6, 'zstd 3'],
	['text over 100 MB/s', TEXT, 100e6, 'zstd 1'],
	['text over 200 MB/s', TEXT, 200e6, 'zstd 1'],
	['text over 10 Gbit/s', TEXT, 1.2e9, 'plain'],
	['text over loopback', TEXT, 2.5e9, 'plain'],
	['random bytes over 10 MB/s', RANDOM, 10e6, 'plain'],
	['random bytes over loopback', RANDOM, 2.5e9, 'plain'],
	['nearly zeros over loopback', NEARLY_ZERO, 2.5e9, 'lz4 1'],
] as const) {
	test(`${what} goes mostly as ${wanted}`, t => {
		t.is(new Run().send(512 * MIB, content, linkBytesPerSecond).mostly, wanted);
	});
}

test('as long as the speed of the link is not known, nothing is compressed that need not be', t => {
	t.deepEqual([...new Run().send(64 * MIB, TEXT, undefined).bytes.keys()], ['plain']);
	t.deepEqual([...new Run('zstd').send(64 * MIB, TEXT, undefined).bytes.keys()], ['zstd 1']);
});

test('a codec that was asked for is used whatever the link, at the level that suits it', t => {
	t.is(new Run('zstd').send(512 * MIB, TEXT, 2.5e9).mostly, 'zstd 1');
	t.is(new Run('zstd').send(512 * MIB, TEXT, 10e6).mostly, 'zstd 6');
	t.is(new Run('lz4').send(512 * MIB, TEXT, 10e6).mostly, 'lz4 1');
	t.is(new Run('zstd').send(512 * MIB, RANDOM, 10e6).bytes.has('plain'), false);
});

test('only what both ends have is used', t => {
	t.is(new Run('auto', ['lz4']).send(512 * MIB, TEXT, 10e6).mostly, 'lz4 1');
	t.is(new Run('auto', []).send(512 * MIB, TEXT, 10e6).mostly, 'plain');
});

test('on a fast link next to nothing is spent on trying', t => {
	const run = new Run().send(8192 * MIB, RANDOM, 2.5e9);
	const tried = [...run.bytes].reduce((sum, [name, bytes]) => sum + (name === 'plain' ? 0 : bytes), 0);
	t.true(tried > 0 && tried < 8 * MIB, `${tried / MIB} MiB`);
});

test('other contents, and another link, are found out', t => {
	const run = new Run();
	t.is(run.send(512 * MIB, RANDOM, 50e6).mostly, 'plain');
	t.is(run.send(1024 * MIB, TEXT, 50e6).mostly, 'zstd 3');
	t.is(run.send(512 * MIB, TEXT, 2.5e9).mostly, 'plain');
	t.is(run.send(1024 * MIB, TEXT, 100e6).mostly, 'zstd 1');
	t.is(run.send(512 * MIB, RANDOM, 100e6).mostly, 'plain');
});
