import test from 'ava';
import {
	encodeRecord,
	encodeZeroPages,
	PageType,
	pageDataHeadBytes,
	SternaRecordType,
	writePageDataHead,
	writeTypedRunsHead,
	writeZeroPages,
} from '@sterna/protocol';
import {ascii, concat, pageData, record, zeros} from './helpers/wire.ts';

test('a record is padded to a multiple of 8, in both byte orders', t => {
	t.deepEqual(encodeRecord({layer: 'libxc', type: 9, body: ascii('CTX!')}), record(9, ascii('CTX!')));
	t.deepEqual(
		encodeRecord({layer: 'libxc', type: 0xd374_0001, body: zeros(8)}, 'big'),
		record(0xd374_0001, zeros(8), {littleEndian: false}),
	);
	t.deepEqual(encodeRecord({layer: 'libxl', type: 0, body: zeros(0)}), zeros(8));
});

test('the head of a PAGE_DATA record lists its runs page by page', t => {
	const out = new Uint8Array(100).fill(0xaa);
	const {headBytes, dataPages} = writePageDataHead(out, Uint32Array.of(5, 3, 0xfefff, 1), undefined);
	t.is(dataPages, 4);
	t.is(headBytes, pageDataHeadBytes(4));
	const page = zeros(4096);
	t.deepEqual(
		concat(out.subarray(0, headBytes), zeros(4 * 4096)),
		pageData([
			[0, 5, page],
			[0, 6, page],
			[0, 7, page],
			[0, 0xfefff, page],
		]),
	);
	t.is(out[headBytes], 0xaa);
});

test('page types go into the list, and those without data have no page', t => {
	const types = Uint8Array.of(PageType.l4tabPinned, PageType.broken, PageType.xalloc, PageType.xtab, 0xff, PageType.notab);
	const out = new Uint8Array(pageDataHeadBytes(6));
	const {dataPages} = writePageDataHead(out, Uint32Array.of(0, 6), types);
	t.is(dataPages, 2);
	const page = zeros(4096);
	// 0xff, never named, goes out as XTAB.
	t.deepEqual(
		concat(out, zeros(2 * 4096)),
		pageData([
			[0xc, 0, page],
			[0xd, 1],
			[0xe, 2],
			[0xf, 3],
			[0xf, 4],
			[0, 5, page],
		]),
	);
});

test('a head is written into the middle of a larger buffer', t => {
	const buffer = new Uint8Array(64);
	writePageDataHead(buffer.subarray(3, 40), Uint32Array.of(2 ** 32 - 2, 1), undefined);
	t.deepEqual(buffer.subarray(3, 27), pageData([[0, 2 ** 32 - 2, zeros(4096)]]).subarray(0, 24));
	t.deepEqual(
		[...buffer.subarray(0, 3), ...buffer.subarray(27)].filter(byte => byte !== 0),
		[],
	);
});

test('a head can name the type of each run', t => {
	const out = new Uint8Array(pageDataHeadBytes(5));
	const {dataPages} = writeTypedRunsHead(
		out,
		Uint32Array.of(7, 2, 9, 2, 30, 1),
		Uint8Array.of(PageType.xalloc, PageType.notab, PageType.xalloc),
	);
	t.is(dataPages, 2);
	const page = zeros(4096);
	t.deepEqual(
		concat(out, zeros(2 * 4096)),
		pageData([
			[0xe, 7],
			[0xe, 8],
			[0, 9, page],
			[0, 10, page],
			[0xe, 30],
		]),
	);
});

test('a ZERO_PAGES record is written as it is encoded', t => {
	const runs = [3, 1, 2 ** 32 - 2, 2, 0, 4000];
	const out = new Uint8Array(100).fill(0xaa);
	const length = writeZeroPages(out, Uint32Array.from(runs));
	const body = encodeZeroPages({runs: Float64Array.from(runs)});
	t.deepEqual(out.slice(0, length), encodeRecord({layer: 'libxc', type: SternaRecordType.ZERO_PAGES, body}));
	t.is(out[length], 0xaa);
	t.throws(() => writeZeroPages(new Uint8Array(23), Uint32Array.of(0, 1)), {instanceOf: RangeError});
});

test('no list, and no room for it, are refused', t => {
	t.throws(() => writePageDataHead(new Uint8Array(100), new Uint32Array(0), undefined), {instanceOf: TypeError});
	t.throws(() => writePageDataHead(new Uint8Array(23), Uint32Array.of(0, 1), undefined), {instanceOf: RangeError});
});
