import test from 'ava';
import {
	DIGEST_BODY_BYTES,
	encodeDigest,
	encodeHeartbeat,
	MAX_DISK_WRITE_BYTES,
	MAX_ZERO_PAGES,
	SternaRecordType,
	StreamDecoder,
} from '@sterna/protocol';
import {accepted, rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {decode, inChunks, STRICT} from '../helpers/decode.ts';
import {
	CHECKPOINT_END,
	checkpointRound,
	concat,
	EMULATOR_CONTEXT,
	END,
	hvm,
	HVM_MIN,
	hvmWith,
	libxl,
	pv,
	PV_HEAD,
	PV_TAIL,
	record,
	SECOND,
	STATIC_DATA_END,
	TAIL,
	u32,
	u64,
	zeros,
} from '../helpers/wire.ts';

const KNOWN = {sternaRecords: true};

/** A ZERO_PAGES record of runs. */
const zeroPages = (...runs: ReadonlyArray<readonly [pfn: number | bigint, count: number | bigint]>): Uint8Array =>
	record(SternaRecordType.ZERO_PAGES, concat(...runs.flatMap(([pfn, count]) => [u64(pfn), u64(count)])));

accepted('Z0 pages of zeros', hvmWith(zeroPages([5, 1], [1000, 3000])), KNOWN);
accepted('Z0 as many as one record may name', hvmWith(zeroPages([0, MAX_ZERO_PAGES])), KNOWN);
strictlyRejected('Z0 pages of zeros for who does not know them', hvmWith(zeroPages([5, 1])), 'ERR_RECORD_UNKNOWN', SECOND);
for (const length of [0, 8, 24])
	rejected(`Z1 a body of ${length}`, hvmWith(record(SternaRecordType.ZERO_PAGES, zeros(length))), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
for (const count of [0, MAX_ZERO_PAGES + 1, 2n ** 64n - 1n])
	rejected(`Z2 a run of ${count}`, hvmWith(zeroPages([5, count])), 'ERR_RECORD_FIELD', SECOND + 16, KNOWN);
rejected('Z2 too many in all runs', hvmWith(zeroPages([0, MAX_ZERO_PAGES], [0, 1])), 'ERR_RECORD_FIELD', SECOND + 32, KNOWN);
rejected('Z3 a pfn beyond what was agreed', hvmWith(zeroPages([0x100, 1])), 'ERR_PFN_RANGE', SECOND + 8, {...KNOWN, pfnLimit: 0x100});
rejected('Z3 a run that ends beyond it', hvmWith(zeroPages([0xff, 2])), 'ERR_PFN_RANGE', SECOND + 8, {...KNOWN, pfnLimit: 0x100});
rejected('Z3 a pfn that no guest has', hvmWith(zeroPages([2n ** 64n - 1n, 1])), 'ERR_PFN_RANGE', SECOND + 8, KNOWN);
rejected('Z3 a pfn beyond the PV guest', pv([...PV_HEAD, zeroPages([4, 1]), ...PV_TAIL]), 'ERR_PFN_RANGE', undefined, KNOWN);
rejected('Z4 before the static data ended', hvm([zeroPages([5, 1]), ...TAIL]), 'ERR_RECORD_MISSING', undefined, KNOWN);

const HEARTBEAT = encodeHeartbeat();
accepted('A0 a heartbeat among pages', hvmWith(HEARTBEAT, zeroPages([5, 1]), HEARTBEAT, HEARTBEAT), KNOWN);
accepted('A0 a heartbeat before the static data ended', hvm([HEARTBEAT, STATIC_DATA_END, ...TAIL]), KNOWN);
strictlyRejected('A0 a heartbeat for who does not know it', hvmWith(HEARTBEAT), 'ERR_RECORD_UNKNOWN', SECOND);
rejected('A1 a heartbeat with a body', hvmWith(record(SternaRecordType.HEARTBEAT, zeros(8))), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
rejected('A2 a heartbeat of the libxl layer', libxl(HVM_MIN, HEARTBEAT, EMULATOR_CONTEXT, END), 'ERR_RECORD_UNEXPECTED', undefined, KNOWN);

for (const type of [SternaRecordType.ZERO_PAGES, SternaRecordType.COMPRESSED_PAGES])
	rejected(
		`Z4 type 0x${type.toString(16)} in the libxl layer`,
		libxl(HVM_MIN, EMULATOR_CONTEXT, record(type, zeros(16)), END),
		'ERR_RECORD_UNEXPECTED',
		undefined,
		KNOWN,
	);

/** A COMPRESSED_PAGES record: entries as u64, then whatever the pages were compressed to. */
const compressed = (
	entries: ReadonlyArray<number | bigint>,
	data: Uint8Array,
	{codec = 2, count = entries.length, ...header}: {codec?: number; count?: number; length?: number; padding?: Uint8Array} = {},
): Uint8Array => {
	const body = concat(u32(count), u32(codec), ...entries.map(entry => u64(entry)), data);
	return record(SternaRecordType.COMPRESSED_PAGES, body, header);
};

const DATA = zeros(13).fill(7);
for (const codec of [1, 2, 3]) accepted(`K0 compressed pages of codec ${codec}`, hvmWith(compressed([5, 9], DATA, {codec})), KNOWN);
accepted(
	'K0 as many as one record may have',
	hvmWith(
		compressed(
			Array.from({length: 256}, (_, pfn) => pfn),
			DATA,
		),
	),
	KNOWN,
);
accepted('K0 the least that is smaller', hvmWith(compressed([5], zeros(4095))), KNOWN);
strictlyRejected('K0 compressed pages for who does not know them', hvmWith(compressed([5], DATA)), 'ERR_RECORD_UNKNOWN', SECOND);
for (const length of [0, 8, 15])
	rejected(
		`K1 a body of ${length}`,
		hvmWith(record(SternaRecordType.COMPRESSED_PAGES, zeros(length))),
		'ERR_RECORD_LENGTH',
		SECOND + 4,
		KNOWN,
	);
rejected('K1 no compressed bytes', hvmWith(compressed([5], zeros(0))), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
rejected('K1 as many compressed bytes as the page has', hvmWith(compressed([5], zeros(4096))), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
rejected('K1 128 MiB', hvmWith(compressed([5], DATA, {length: 0x0800_0000})), 'ERR_RECORD_LENGTH', SECOND + 4, KNOWN);
rejected('K2 no pages', hvmWith(compressed([5], DATA, {count: 0})), 'ERR_RECORD_FIELD', SECOND + 8, KNOWN);
rejected(
	'K2 too many pages',
	hvmWith(
		compressed(
			Array.from({length: 257}, () => 5),
			DATA,
		),
	),
	'ERR_RECORD_FIELD',
	SECOND + 8,
	KNOWN,
);
rejected('K2 more pages than entries', hvmWith(compressed([5], DATA, {count: 0xffff_ffff})), 'ERR_RECORD_FIELD', SECOND + 8, KNOWN);
for (const codec of [0, 9, 0xffff_ffff])
	rejected(`K3 codec ${codec}`, hvmWith(compressed([5], DATA, {codec})), 'ERR_RECORD_FIELD', SECOND + 12, KNOWN);
for (const type of [0xfn, 0xen, 1n])
	rejected(`K4 page type ${type}`, hvmWith(compressed([5, (type << 60n) | 6n], DATA)), 'ERR_RECORD_FIELD', SECOND + 24, KNOWN);
rejected('K5 a pfn beyond what was agreed', hvmWith(compressed([0x100], DATA)), 'ERR_PFN_RANGE', SECOND + 16, {...KNOWN, pfnLimit: 0x100});
strictlyRejected(
	'K6 padding',
	hvmWith(compressed([5], DATA, {padding: Uint8Array.of(0, 1, 0)})),
	'ERR_RECORD_PADDING',
	SECOND + 8 + 16 + 13 + 1,
	KNOWN,
);
rejected('K7 before the static data ended', hvm([compressed([5], DATA), ...TAIL]), 'ERR_RECORD_MISSING', undefined, KNOWN);

/** A DIGEST record, and where it stands in the libxl tail of the smallest stream. */
const digest = (body = encodeDigest({bytesHash: 2n ** 64n - 1n, pagesFold: 5n})): Uint8Array => record(SternaRecordType.DIGEST, body);
const IN_TAIL = 16 + 8 + HVM_MIN.length + EMULATOR_CONTEXT.length;
const withDigest = (...records: readonly Uint8Array[]): Uint8Array => libxl(HVM_MIN, EMULATOR_CONTEXT, ...records, END);

accepted('D0 a digest before the last end', withDigest(digest()), KNOWN);
accepted('D0 a digest of a further data connection', concat(digest(), END), {...KNOWN, begins: 'pages', mode: 'plain'});
strictlyRejected('D0 a digest for who does not know it', withDigest(digest()), 'ERR_RECORD_UNKNOWN', IN_TAIL);
for (const length of [0, 16, DIGEST_BODY_BYTES - 1, DIGEST_BODY_BYTES + 8])
	rejected(`D1 a body of ${length}`, withDigest(digest(zeros(length))), 'ERR_RECORD_LENGTH', IN_TAIL + 4, KNOWN);
strictlyRejected('D2 the reserved field', withDigest(digest(zeros(24).fill(1, 23))), 'ERR_RECORD_RESERVED', IN_TAIL + 8 + 23, KNOWN);
rejected('D3 among the pages of a stream', hvmWith(digest()), 'ERR_RECORD_UNEXPECTED', SECOND, KNOWN);
rejected('D3 before the static data ended', hvm([digest(), ...TAIL]), 'ERR_RECORD_MISSING', undefined, KNOWN);

/** A stream of one checkpoint, and an END behind it. */
const checkpointed = (round: Uint8Array, ...tail: readonly Uint8Array[]): Uint8Array =>
	concat(libxl(hvm([STATIC_DATA_END, round]), ...tail), END, EMULATOR_CONTEXT, END);
accepted('D4 a digest before the end of a checkpoint', checkpointed(checkpointRound(), EMULATOR_CONTEXT, digest(), CHECKPOINT_END), KNOWN);
rejected('D3 among the pages of a checkpoint', checkpointed(digest(), EMULATOR_CONTEXT), 'ERR_RECORD_UNEXPECTED', undefined, KNOWN);
rejected(
	'D3 behind the end of a checkpoint',
	checkpointed(checkpointRound(), EMULATOR_CONTEXT, CHECKPOINT_END, digest()),
	'ERR_RECORD_UNEXPECTED',
	undefined,
	KNOWN,
);

/** A DISK_WRITE record. */
type WriteFields = {readonly disk?: number; readonly reserved?: number; readonly offset?: number | bigint};
const diskWrite = (bytes: Uint8Array, {disk = 0, reserved = 0, offset = 512}: WriteFields = {}): Uint8Array =>
	record(SternaRecordType.DISK_WRITE, concat(u32(disk), u32(reserved), u64(offset), bytes));
const withWrites = (...writes: readonly Uint8Array[]): Uint8Array =>
	checkpointed(concat(...writes, checkpointRound()), EMULATOR_CONTEXT, CHECKPOINT_END);

/** Offset of the record behind STATIC_DATA_END in a libxl stream. */
const IN_MEMORY = SECOND + 24;
accepted('W0 a write to a disk', withWrites(diskWrite(DATA, {disk: 3})), KNOWN);
accepted('W0 as much as one record may write', withWrites(diskWrite(zeros(MAX_DISK_WRITE_BYTES))), KNOWN);
strictlyRejected('W0 a write to a disk for who does not know it', withWrites(diskWrite(DATA)), 'ERR_RECORD_UNKNOWN', IN_MEMORY);
for (const length of [0, 8, 16])
	rejected(
		`W1 a body of ${length}`,
		withWrites(record(SternaRecordType.DISK_WRITE, zeros(length))),
		'ERR_RECORD_LENGTH',
		IN_MEMORY + 4,
		KNOWN,
	);
rejected('W1 too much', withWrites(diskWrite(zeros(MAX_DISK_WRITE_BYTES + 1))), 'ERR_RECORD_TOO_LONG', IN_MEMORY + 4, KNOWN);
rejected('W2 an offset beyond any disk', withWrites(diskWrite(DATA, {offset: 2n ** 64n - 1n})), 'ERR_RECORD_FIELD', IN_MEMORY + 16, KNOWN);
rejected('W2 an end beyond any disk', withWrites(diskWrite(DATA, {offset: 2n ** 53n - 4n})), 'ERR_RECORD_FIELD', IN_MEMORY + 16, KNOWN);
strictlyRejected('W3 the reserved field', withWrites(diskWrite(DATA, {reserved: 1})), 'ERR_RECORD_RESERVED', IN_MEMORY + 12, KNOWN);
rejected('W4 in a plain stream', hvmWith(diskWrite(DATA)), 'ERR_RECORD_UNEXPECTED', SECOND, {...KNOWN, mode: 'plain'});
rejected('W4 before the static data ended', hvm([diskWrite(DATA), ...TAIL]), 'ERR_RECORD_MISSING', undefined, KNOWN);
rejected(
	'W4 in the libxl part of a checkpoint',
	checkpointed(checkpointRound(), EMULATOR_CONTEXT, diskWrite(DATA), CHECKPOINT_END),
	'ERR_RECORD_UNEXPECTED',
	undefined,
	{
		...KNOWN,
		begins: 'libxl',
	},
);

test('a handler hears of the header of a digest before its body is there', t => {
	const bytes = withDigest(digest());
	const heard: Array<{type: number; offset: number; decoded: number}> = [];
	const decoder = new StreamDecoder(
		{...STRICT, ...KNOWN},
		{
			onHeader: () => undefined,
			onRecord: () => undefined,
			onPageData: () => undefined,
			onRecordHeader: ({type, offset}) => heard.push({type, offset, decoded: decoder.offset}),
		},
	);
	decoder.push(bytes.subarray(0, IN_TAIL + 7));
	t.false(heard.some(({type}) => type === SternaRecordType.DIGEST));
	decoder.push(bytes.subarray(IN_TAIL + 7, IN_TAIL + 8));
	t.deepEqual(heard.at(-1), {type: SternaRecordType.DIGEST, offset: IN_TAIL, decoded: IN_TAIL + 8});
});

test('a stream with compressed pages decodes the same wherever it is cut, and asks for the compressed bytes', t => {
	const bytes = hvmWith(compressed([5, 9], DATA), zeroPages([7, 2]), compressed([6], zeros(16), {codec: 1}));
	const options = {...STRICT, ...KNOWN};
	const whole = decode([bytes], options);
	t.is(whole.error, undefined, whole.error?.message);
	t.deepEqual(
		whole.events.flatMap(event => (event.kind === 'page bytes' ? [event.bytes] : [])),
		[[...DATA], [...zeros(16)]],
	);
	for (let cut = 0; cut <= bytes.length; cut++) {
		const parts = decode([bytes.subarray(0, cut), bytes.subarray(cut)], options);
		t.deepEqual(parts.events, whole.events, `cut at ${cut}`);
	}

	for (const size of [1, 3, 7]) t.deepEqual(decode(inChunks(bytes, size), options).events, whole.events);
});
