import test from 'ava';
import {encodeBarrier, StreamDecoder, type StreamDecoderOptions} from '@sterna/protocol';
import {decode, inChunks, STRICT, TOLERANT} from './helpers/decode.ts';
import {concat, END, hvmWith, PAGE, pageData, record, STATIC_DATA_END, TSC, u64, zeros} from './helpers/wire.ts';

const PAGES: StreamDecoderOptions = {...STRICT, begins: 'pages', mode: 'plain', sternaRecords: true};
const CHANNEL = concat(pageData([[0, 1, PAGE]]), encodeBarrier(1), pageData([[0, 2, PAGE]]), encodeBarrier(2), END);

test('a further data connection holds pages and barriers up to END', t => {
	const {error, events} = decode([CHANNEL], PAGES);
	t.is(error, undefined);
	t.deepEqual(
		events.filter(({kind}) => kind === 'pages' || kind === 'record').map(event => (event.kind === 'pages' ? event.pfns : event.kind)),
		[[1], 'record', [2], 'record', 'record'],
	);
});

for (const [title, bytes, code] of [
	['state of the guest', TSC, 'ERR_RECORD_UNEXPECTED'],
	['static data', STATIC_DATA_END, 'ERR_RECORD_UNEXPECTED'],
	['a barrier of another length', record(0xd374_0003, zeros(4)), 'ERR_RECORD_LENGTH'],
	['a barrier of number 0', record(0xd374_0003, u64(0)), 'ERR_RECORD_FIELD'],
	['a barrier beyond 2^53', record(0xd374_0003, u64(2n ** 53n)), 'ERR_RECORD_FIELD'],
] as const) {
	test(`a further data connection cannot hold ${title}`, t => {
		t.is(decode([concat(bytes, END)], PAGES).error?.code, code);
	});
}

test('a further data connection that stops before END is truncated', t => {
	t.is(decode([CHANNEL.subarray(0, -8)], PAGES).error?.code, 'ERR_STREAM_TRUNCATED');
});

test('a barrier that no one stops at is a record like any other', t => {
	t.is(decode([hvmWith(pageData([[0, 1, PAGE]]), encodeBarrier(1))], {...TOLERANT, sternaRecords: true}).error, undefined);
});

test('a barrier before the pages of a stream may not come', t => {
	const stream = hvmWith();
	const early = concat(stream.subarray(0, 40), encodeBarrier(1), stream.subarray(40));
	t.is(decode([early], {...TOLERANT, sternaRecords: true}).error?.code, 'ERR_RECORD_UNEXPECTED');
});

test('reading stops behind every barrier until it is passed, however the bytes are cut', t => {
	for (const size of [1, 7, 24, CHANNEL.length]) {
		const said: string[] = [];
		const decoder = new StreamDecoder(
			{...PAGES, stopsAtBarriers: true},
			{
				onHeader: () => undefined,
				onRecord: () => undefined,
				onPageData({pfns}) {
					said.push(`pages ${pfns.join()}`);
				},
			},
		);
		for (const chunk of inChunks(CHANNEL, size)) {
			let rest = chunk;
			while (rest.length > 0) {
				const taken = decoder.push(rest);
				rest = rest.subarray(taken);
				if (decoder.barrier !== undefined) {
					t.is(decoder.push(rest), 0, 'nothing is consumed behind a barrier');
					said.push(`barrier ${decoder.barrier}`);
					decoder.passBarrier();
				} else if (decoder.pageBytesWanted > 0) {
					const moved = Math.min(decoder.pageBytesWanted, rest.length);
					decoder.pageBytesTaken(moved);
					rest = rest.subarray(moved);
				}
			}
		}

		t.true(decoder.ended);
		t.deepEqual(said, ['pages 1', 'barrier 1', 'pages 2', 'barrier 2']);
	}
});

test('a barrier that reading does not stand behind cannot be passed', t => {
	const decoder = new StreamDecoder(PAGES, {onHeader: () => undefined, onRecord: () => undefined, onPageData: () => undefined});
	t.throws(() => decoder.passBarrier(), {instanceOf: TypeError});
});
