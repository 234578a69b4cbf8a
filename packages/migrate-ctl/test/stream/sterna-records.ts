import {zstdCompressSync} from 'node:zlib';
import test from 'ava';
import {
	encodeBarrier,
	encodeDigest,
	encodeHeartbeat,
	encodeRecord,
	encodeZeroPages,
	PageCodec,
	SternaRecordType,
	writeCompressedPagesHead,
} from '@sterna/protocol';
import {hvmFile, HVM_END, page, pageData, streamCommand, TemporaryDirectory} from '../helpers/streams.ts';

function compressed(runs: readonly number[], pages: Uint8Array): Uint8Array {
	const data = zstdCompressSync(pages);
	const bytes = new Uint8Array(16 + 8 * 256 + data.length + 8);
	const head = writeCompressedPagesHead(bytes, Uint32Array.from(runs), PageCodec.zstd, data.length);
	bytes.set(data, head);
	return bytes.subarray(0, Math.ceil((head + data.length) / 8) * 8);
}

const zeroPages = (...runs: readonly number[]): Uint8Array =>
	encodeRecord({layer: 'libxc', type: SternaRecordType.ZERO_PAGES, body: encodeZeroPages({runs: Float64Array.from(runs)})});

/** Pages 1 to 4 in the records of ours, and the same memory in Xen's. */
const OURS = hvmFile(
	compressed([1, 1, 3, 1], Buffer.concat([page(7), page(8)])),
	pageData([2, 0, page(9)], [5, 0xe]),
	zeroPages(2, 1, 4, 1),
	encodeHeartbeat(),
	encodeBarrier(1),
	HVM_END,
);
const XENS = hvmFile(pageData([1, 0, page(7)], [2, 0, page(0)], [3, 0, page(8)], [4, 0, page(0)]), HVM_END);

const sumOf = async (file: string): Promise<unknown> => {
	const {stdout} = await streamCommand('inspect', '--json', '--memory-sum', file);
	return stdout
		.split('\n')
		.filter(line => line.includes('memorySha256'))
		.map(line => (JSON.parse(line) as {memorySha256: string}).memorySha256)
		.at(-1);
};

test("Sterna's own records are listed with what they say", async t => {
	using directory = new TemporaryDirectory();
	const {status, stdout} = await streamCommand('inspect', directory.file('ours', OURS));
	t.is(status, 0);
	t.regex(stdout, /COMPRESSED_PAGES \d+: 2 pages, pfn 0x1 to 0x3, in \d+ bytes of zstd/);
	t.regex(stdout, /ZERO_PAGES 32: 2 pages of zeros, pfn 0x2 to 0x4/);
	t.regex(stdout, /HEARTBEAT 0: the sender had nothing to send/);
	t.regex(stdout, /BARRIER 8: the end of a pass/);
	t.regex(stdout, /^pages of zeros: 2$/m);
});

test("the memory of Sterna's own records is the same as of Xen's", async t => {
	using directory = new TemporaryDirectory();
	const ours = await sumOf(directory.file('ours', OURS));
	t.is(typeof ours, 'string');
	t.is(ours, await sumOf(directory.file('xens', XENS)));
});

test("a stream with Sterna's own records verifies only where they are allowed", async t => {
	using directory = new TemporaryDirectory();
	const file = directory.file('ours', OURS);
	t.is((await streamCommand('verify', '--allow-sterna', file)).status, 0);
	t.is((await streamCommand('verify', file)).status, 1);
});

test('a digest before the last end is listed with its hashes, and verifies where it is allowed', async t => {
	using directory = new TemporaryDirectory();
	const body = encodeDigest({bytesHash: 0xabcn, pagesFold: 2n ** 64n - 1n});
	const digest = encodeRecord({layer: 'libxl', type: SternaRecordType.DIGEST, body});
	const file = directory.file('proven', Buffer.concat([OURS.subarray(0, -8), digest, OURS.subarray(-8)]));
	const {status, stdout} = await streamCommand('inspect', file);
	t.is(status, 0);
	t.regex(stdout, /DIGEST 24: bytes 0x0000000000000abc, pages 0xffffffffffffffff/);
	t.is((await streamCommand('verify', '--allow-sterna', file)).status, 0);
	t.is((await streamCommand('verify', file)).status, 1);
});

test('pages that do not decompress are found', async t => {
	using directory = new TemporaryDirectory();
	const wrong = compressed([1, 2], page(7));
	const {status, stdout} = await streamCommand('verify', '--allow-sterna', directory.file('wrong', hvmFile(wrong, HVM_END)));
	t.is(status, 1);
	t.regex(stdout, /COMPRESSED_PAGES is something else, expected what makes 2 pages/);
});
