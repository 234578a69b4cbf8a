import test from 'ava';
import {StreamDecoder, StreamError, type DecodedRecord, type StreamDecoderOptions, type StreamHandler} from '@sterna/protocol';
import {decode, inChunks, STRICT, TOLERANT} from './helpers/decode.ts';
import {vector} from './helpers/vectors.ts';
import {
	concat,
	CONTEXT,
	END,
	filledPage,
	HVM_MIN,
	hvm,
	hvmWith,
	libxl,
	PAGE,
	pageData,
	record,
	STATIC_DATA_END,
	TSC,
	u32,
	zeros,
} from './helpers/wire.ts';

const SILENT: StreamHandler = {onHeader() {}, onRecord() {}, onPageData() {}};
const make = (handler: Partial<StreamHandler> = {}, options: Partial<StreamDecoderOptions> = {}): StreamDecoder =>
	new StreamDecoder({...STRICT, ...options}, {...SILENT, ...handler});

test('push stops at the first page byte and goes on when all were taken', t => {
	const bytes = hvmWith(
		pageData([
			[0, 1, PAGE],
			[0xf, 2],
			[0, 3, PAGE],
		]),
	);
	const decoder = make();
	const head = 40 + 8 + 8 + 8 + 24;
	t.is(decoder.push(bytes), head);
	t.is(decoder.pageBytesWanted, 8192);
	t.is(decoder.push(bytes.subarray(head)), 0);
	decoder.pageBytesTaken(1);
	decoder.pageBytesTaken(8190);
	t.is(decoder.push(bytes.subarray(head + 8191)), 0);
	decoder.pageBytesTaken(1);
	t.is(decoder.offset, head + 8192);
	t.is(decoder.push(bytes.subarray(head + 8192)), bytes.length - head - 8192);
	t.true(decoder.ended);
	decoder.end();
});

test('more page bytes than wanted cannot be taken', t => {
	const decoder = make();
	t.throws(() => decoder.pageBytesTaken(1), {instanceOf: RangeError});
	decoder.push(hvmWith(pageData([[0, 1, PAGE]])));
	t.throws(() => decoder.pageBytesTaken(4097), {instanceOf: RangeError});
	t.throws(() => decoder.pageBytesTaken(-1), {instanceOf: RangeError});
});

test('a stream that ends inside pages says how many bytes are missing', t => {
	const {error} = decode([hvmWith(pageData([[0, 1, PAGE]])).subarray(0, 1000)]);
	t.like(error?.fault, {code: 'ERR_STREAM_TRUNCATED', offset: 1000, wantedBytes: 4096 - (1000 - 72), inside: 'the pages of PAGE_DATA'});
});

test('whoever reads no more than bytesWanted never reads ahead, and still reads all', t => {
	for (const letter of ['A', 'B', 'F', 'H', 'I', 'E']) {
		const bytes = vector(letter);
		const decoder = make();
		let at = 0;
		while (!decoder.ended) {
			const wanted = decoder.pageBytesWanted > 0 ? decoder.pageBytesWanted : decoder.bytesWanted;
			t.true(wanted > 0 && at + wanted <= bytes.length, `${letter}: ${wanted} bytes at ${at} of ${bytes.length}`);
			if (decoder.pageBytesWanted > 0) decoder.pageBytesTaken(wanted);
			else t.is(decoder.push(bytes.subarray(at, at + wanted)), wanted);
			at += wanted;
		}

		t.is(at, bytes.length);
		t.is(decoder.bytesWanted, 0);
	}
});

test('what stands behind the end is left alone by a tolerant decoder', t => {
	const decoder = make({}, {strict: false});
	t.is(decoder.push(concat(HVM_MIN, zeros(100))), HVM_MIN.length);
	t.is(decoder.push(zeros(100)), 0);
	decoder.end();
});

test('after a fault push and end throw the same error again', t => {
	const decoder = make();
	const error = t.throws(() => decoder.push(hvmWith(record(0x55))), {instanceOf: StreamError});
	t.is(
		t.throws(() => decoder.push(END)),
		error,
	);
	t.is(
		t.throws(() => decoder.end()),
		error,
	);
});

test('what a handler throws comes out of push', t => {
	const decoder = make({
		onRecord() {
			throw new RangeError('no room');
		},
	});
	t.throws(() => decoder.push(HVM_MIN), {instanceOf: RangeError, message: 'no room'});
	t.throws(() => decoder.push(HVM_MIN), {instanceOf: RangeError, message: 'no room'});
});

test('a handler may keep the bodies, whatever happens to the chunks', t => {
	const records: DecodedRecord[] = [];
	const decoder = make({onRecord: kept => records.push(kept)});
	for (const chunk of inChunks(vector('B'), 50)) {
		const scratch = chunk.slice();
		decoder.push(scratch);
		scratch.fill(0xee);
	}

	t.deepEqual(records.find(({name}) => name === 'HVM_CONTEXT')?.body, CONTEXT.slice(8, 12));
});

test('a length that is claimed and never comes costs next to nothing', t => {
	for (const type of [0x09, 0x01]) {
		const decoder = make();
		const list = type === 1 ? concat(u32(0x00f0_0000), u32(0)) : zeros(8);
		const length = type === 1 ? 8 + 8 * 0x00f0_0000 : 0x0800_0000;
		const before = process.memoryUsage().arrayBuffers;
		decoder.push(concat(hvm([STATIC_DATA_END]), u32(type), u32(length), list, zeros(1000)));
		t.true(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
		t.throws(() => decoder.end(), {code: 'ERR_STREAM_TRUNCATED'});
	}
});

test('a body of megabytes arrives whole in small chunks', t => {
	const body = Uint8Array.from({length: 3_000_001}, (_, index) => (index * 7) & 0xff);
	const {events, error} = decode(inChunks(hvm([STATIC_DATA_END, TSC, record(9, body), END]), 9973));
	t.is(error, undefined);
	const found = events.find(event => event.kind === 'record' && event.record.name === 'HVM_CONTEXT');
	t.deepEqual(found?.kind === 'record' ? found.record.body : undefined, body);
});

test('a list of many more than 1024 pages arrives whole, however it is cut', t => {
	const entries = Array.from({length: 70_000}, (_, pfn) => [pfn % 3 === 0 ? 0xe : 0xf, pfn * 2] as const);
	const bytes = hvmWith(pageData(entries));
	for (const size of [4093, bytes.length]) {
		const pages = decode(inChunks(bytes, size)).events.find(event => event.kind === 'pages');
		t.deepEqual(
			pages?.pfns,
			entries.map(([, pfn]) => pfn),
		);
		t.deepEqual(
			pages?.types,
			entries.map(([type]) => type),
		);
	}
});

test('page contents never reach the decoder', t => {
	// Bytes that would be a wrong record header, wherever they were read as one.
	const {error} = decode([hvmWith(pageData([[0, 1, filledPage(0xff)]]))]);
	t.is(error, undefined);
});

test("Sterna's own records reach the handler where they are agreed to, and are skipped or refused elsewhere", t => {
	const bytes = hvmWith(record(0xd374_0007, zeros(12)));
	const agreed = decode([bytes], {...STRICT, sternaRecords: true});
	t.is(agreed.error, undefined);
	t.like(
		agreed.events.find(event => event.kind === 'record' && event.record.name === 'STERNA'),
		{record: {type: 0xd374_0007, length: 12, offset: 48, fields: {name: 'STERNA'}}},
	);
	t.deepEqual(
		decode([bytes], TOLERANT).events.filter(event => event.kind === 'skipped'),
		[{kind: 'skipped', record: {layer: 'libxc', type: 0xd374_0007, offset: 48, length: 12}}],
	);
	t.is(decode([bytes]).error?.code, 'ERR_RECORD_UNKNOWN');
	t.is(decode([hvmWith(record(0xd375_0000))], {...STRICT, sternaRecords: true}).error?.code, 'ERR_RECORD_UNKNOWN');
});

test('limits can be narrowed', t => {
	const limited = (bytes: Uint8Array, limits: StreamDecoderOptions['limits']): string | undefined =>
		decode([bytes], {...STRICT, limits}).error?.code;
	t.is(limited(vector('F'), {emulatorContextBytes: 11}), 'ERR_RECORD_TOO_LONG');
	t.is(limited(vector('I'), {libxlBodyBytes: 20}), 'ERR_RECORD_TOO_LONG');
	t.is(limited(vector('C'), {libxcBodyBytes: 4096}), 'ERR_RECORD_TOO_LONG');
	t.is(limited(vector('H'), {xlOptionalDataBytes: 6}), 'ERR_HEADER_FIELD');
	t.is(limited(vector('E'), {vcpus: 0}), 'ERR_RECORD_FIELD');
	t.is(limited(vector('H'), {xlOptionalDataBytes: 7, emulatorContextBytes: 12}), undefined);
});

test('a record that may not come here is refused before its body is collected', t => {
	const decoder = make();
	t.throws(() => decoder.push(concat(hvm([]), u32(0x09), u32(0x0700_0000))), {code: 'ERR_RECORD_MISSING'});
});

test('mode plain refuses checkpoints, mode checkpointed takes them', t => {
	t.is(decode([vector('M')], {...STRICT, mode: 'plain'}).error?.code, 'ERR_RECORD_UNEXPECTED');
	t.is(decode([vector('M')], {...STRICT, mode: 'checkpointed'}).error?.code, 'ERR_STREAM_BROKEN_OFF');
	t.is(decode([vector('F')], {...STRICT, mode: 'checkpointed'}).error, undefined);
});

test('the layer that a stream begins with can be fixed beforehand', t => {
	t.is(decode([vector('F')], {...STRICT, begins: 'libxl'}).error, undefined);
	t.is(decode([vector('H')], {...STRICT, begins: 'xl'}).error, undefined);
	t.is(decode([vector('A')], {...STRICT, begins: 'libxc'}).error, undefined);
	t.is(decode([vector('A')], {...STRICT, begins: 'libxl'}).error?.code, 'ERR_HEADER_FIELD');
	t.is(decode([libxl(vector('B'))], {...STRICT, begins: 'libxc'}).error?.code, 'ERR_HEADER_FIELD');
});
