import {createHash} from 'node:crypto';
import test from 'ava';
import {decode, inChunks, STRICT, TOLERANT, type StreamEvent} from './helpers/decode.ts';
import {vector, VECTORS} from './helpers/vectors.ts';
import {concat, END} from './helpers/wire.ts';

const names = (events: readonly StreamEvent[]): string[] =>
	events.flatMap(event => {
		switch (event.kind) {
			case 'header':
				return [`${event.header.kind} header`];
			case 'record':
				return [`${event.record.layer} ${event.record.name}`];
			case 'pages':
				return [`${event.pfns.length} pages, ${event.dataPages} with data`];
			default:
				return [];
		}
	});

for (const {name, bytes, sha256, begins, wholeCheckpoints} of VECTORS) {
	test(`${name} is made as the format's reference has it`, t => {
		t.is(createHash('sha256').update(bytes).digest('hex'), sha256);
	});

	test(`${name} decodes without fault, strictly and tolerantly`, t => {
		for (const options of [STRICT, TOLERANT]) {
			const decoded = decode([bytes], {...options, begins});
			t.is(decoded.error?.code, wholeCheckpoints > 0 ? 'ERR_STREAM_BROKEN_OFF' : undefined, decoded.error?.message);
			t.is(decoded.wholeCheckpoints, wholeCheckpoints);
			t.deepEqual(decoded.deviations, []);
		}
	});

	test(`${name} decodes the same byte by byte and in odd chunks`, t => {
		const whole = decode([bytes], {...STRICT, begins});
		for (const size of [1, 3, 7, 8, 11, 100, 4097]) {
			const cut = decode(inChunks(bytes, size), {...STRICT, begins});
			t.deepEqual(cut.events, whole.events, `chunks of ${size}`);
			t.deepEqual(cut.error?.fault, whole.error?.fault, `chunks of ${size}`);
		}
	});

	if (bytes.length > 1000) continue;
	test(`${name} decodes the same wherever it is cut once`, t => {
		const whole = decode([bytes], {...STRICT, begins});
		for (let cut = 0; cut <= bytes.length; cut++) {
			t.deepEqual(decode([bytes.subarray(0, cut), bytes.subarray(cut)], {...STRICT, begins}).events, whole.events, `cut at ${cut}`);
		}
	});
}

test('every stream but the broken-off ones is truncated wherever it ends early', t => {
	for (const {name, bytes, begins, wholeCheckpoints} of VECTORS) {
		if (wholeCheckpoints > 0 || begins !== 'auto') continue;
		const step = bytes.length > 1000 ? 61 : 1;
		for (let end = 0; end < bytes.length; end += step) {
			const {error} = decode([bytes.subarray(0, end)]);
			t.is(error?.code, 'ERR_STREAM_TRUNCATED', `${name} cut to ${end}`);
			t.is(error?.offset, end, `${name} cut to ${end}`);
		}
	}
});

test('a checkpointed stream that ends early is truncated before its first whole checkpoint and broken off behind it', t => {
	const bytes = vector('M');
	const ends = new Set<string>();
	for (let end = 0; end < bytes.length; end += 13) {
		const {error, wholeCheckpoints} = decode([bytes.subarray(0, end)]);
		t.is(error?.code, wholeCheckpoints === 0 ? 'ERR_STREAM_TRUNCATED' : 'ERR_STREAM_BROKEN_OFF', `cut to ${end}`);
		ends.add(`${error?.code} ${wholeCheckpoints}`);
	}

	t.deepEqual([...ends], ['ERR_STREAM_TRUNCATED 0', 'ERR_STREAM_BROKEN_OFF 1']);
});

test('a checkpointed stream that is stopped by END is whole', t => {
	const {error, wholeCheckpoints} = decode([concat(vector('J'), END)]);
	t.is(error, undefined);
	t.is(wholeCheckpoints, 2);
});

test('the records of an xl file come in the order of its layers', t => {
	t.deepEqual(names(decode([vector('H')]).events), [
		'xl header',
		'libxl header',
		'libxl LIBXC_CONTEXT',
		'image header',
		'domain header',
		'libxc X86_CPUID_POLICY',
		'libxc X86_MSR_POLICY',
		'libxc STATIC_DATA_END',
		'3 pages, 0 with data',
		'libxc X86_TSC_INFO',
		'libxc HVM_CONTEXT',
		'libxc HVM_PARAMS',
		'libxc END',
		'libxl EMULATOR_CONTEXT',
		'libxl END',
	]);
});

test('offsets count from the first byte of the stream, whatever it begins with', t => {
	const {events} = decode([vector('H')]);
	const offsets = events.flatMap(event =>
		event.kind === 'record' ? [event.record.offset] : event.kind === 'header' ? [event.header.offset] : [],
	);
	t.deepEqual(offsets.slice(0, 5), [0, 55, 71, 79, 103]);
});
