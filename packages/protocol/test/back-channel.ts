import test from 'ava';
import {
	ACKNOWLEDGEMENT_BYTES,
	ALIVE_BYTES,
	COMMITTED_BYTES,
	BackChannelDecoder,
	encodeFault,
	OperationError,
	writeAcknowledgement,
	writeAlive,
	writeCommitted,
	type Acknowledgement,
	type BackChannelRecord,
	type OperationFault,
} from '../src/index.ts';

const FAULT: OperationFault = {
	code: 'ERR_MEMORY_INSUFFICIENT',
	message: 'no memory for page 17 — größer als erlaubt',
	side: 'receiver',
	phase: 'precopy',
	runsOn: {kind: 'host', host: 'host-a'},
	next: 'migrate-ctl start dom1 host-c',
	causes: ['receiver: fallocate: ENOSPC'],
};

const acknowledgement = (kind: Acknowledgement, value: number): Uint8Array => {
	const bytes = new Uint8Array(ACKNOWLEDGEMENT_BYTES);
	writeAcknowledgement(new DataView(bytes.buffer), 0, kind, value);
	return bytes;
};

const alive = (): Uint8Array => {
	const bytes = new Uint8Array(ALIVE_BYTES).fill(0xff);
	writeAlive(new DataView(bytes.buffer), 0);
	return bytes;
};

const committed = (epoch: number, digest: bigint): Uint8Array => {
	const bytes = new Uint8Array(COMMITTED_BYTES).fill(0xff);
	writeCommitted(new DataView(bytes.buffer), 0, epoch, digest);
	return bytes;
};

const join = (...parts: ArrayLike<number>[]): Uint8Array => Uint8Array.from(parts.flatMap(part => Array.from(part)));

const decode = (...chunks: Uint8Array[]): BackChannelRecord[] => {
	const decoder = new BackChannelDecoder();
	const records = chunks.flatMap(chunk => decoder.push(chunk));
	decoder.end();
	return records;
};

const u32 = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];

// An optional record that nobody knows, of 3 bytes, between acknowledgements on both sides of 2^32.
const UNKNOWN_OPTIONAL = [...u32(0xd374_01ff), ...u32(3), 1, 2, 3, 0, 0, 0, 0, 0];
const CHANNEL = join(
	acknowledgement('credit', 4096),
	alive(),
	acknowledgement('applied', 2 ** 40 + 5),
	UNKNOWN_OPTIONAL,
	committed(3, 2n ** 64n - 5n),
	encodeFault(new OperationError(FAULT)),
);
const PLAIN = [
	{kind: 'credit', takenBytes: 4096},
	{kind: 'alive'},
	{kind: 'applied', appliedBytes: 2 ** 40 + 5},
	{kind: 'checkpoint-committed', epoch: 3, digest: 2n ** 64n - 5n},
];
const plain = (records: BackChannelRecord[]): unknown[] =>
	records.map(record => (record.kind === 'fault' ? {kind: 'fault', fault: record.error.fault} : record));

test('an acknowledgement is type, length 8 and the number, little-endian', t => {
	t.deepEqual(acknowledgement('credit', 0x1_0000_0002), join(u32(0xd374_0101), u32(8), u32(2), u32(1)));
	t.throws(() => acknowledgement('applied', 2 ** 53), {instanceOf: RangeError});
});

test('a sign of life is a header and nothing else', t => {
	t.deepEqual(alive(), join(u32(0xd374_0105), u32(0)));
	t.throws(() => decode(join(u32(0xd374_0105), u32(8), u32(0), u32(0))), {code: 'ERR_BACK_CHANNEL_LENGTH'});
});

test('a committed checkpoint is its number and its digest, little-endian', t => {
	t.deepEqual(committed(0x1_0000_0002, 0x0504_0302_0000_0001n), join(u32(0xd374_0103), u32(16), u32(2), u32(1), u32(1), u32(0x0504_0302)));
	t.throws(() => committed(2 ** 53, 0n), {instanceOf: RangeError});
});

test('the channel decodes the same wherever it is cut, and the fault arrives as it was sent', t => {
	for (let cut = 0; cut <= CHANNEL.length; cut++) {
		t.deepEqual(plain(decode(CHANNEL.subarray(0, cut), CHANNEL.subarray(cut))), [...PLAIN, {kind: 'fault', fault: FAULT}], `cut at ${cut}`);
	}
});

test('the channel decodes the same byte by byte', t => {
	t.deepEqual(plain(decode(...Array.from(CHANNEL, byte => Uint8Array.of(byte)))), [...PLAIN, {kind: 'fault', fault: FAULT}]);
});

test('a channel that stops inside a record is truncated, and one that stops between two is not', t => {
	const ends = new Set([0, 16, 24, 40, 56, 80, CHANNEL.length]);
	for (let cut = 0; cut < CHANNEL.length; cut++) {
		if (ends.has(cut)) t.notThrows(() => decode(CHANNEL.subarray(0, cut)), `cut at ${cut}`);
		else t.throws(() => decode(CHANNEL.subarray(0, cut)), {code: 'ERR_BACK_CHANNEL_TRUNCATED'}, `cut at ${cut}`);
	}
});

test('a fault with sixteen causes of the longest text stays within its limit, and loses only causes', t => {
	const long = '€'.repeat(5000);
	const record = encodeFault(
		new OperationError({...FAULT, message: long, causes: Array.from({length: 15}, (_, index) => `${index} ${long}`)}),
	);
	t.true(record.length <= 64 * 1024 + 8);
	const [decoded] = decode(record);
	if (decoded?.kind !== 'fault') return t.fail();
	t.is(decoded.error.code, FAULT.code);
	t.is(decoded.error.fault.next, FAULT.next);
	t.true(decoded.error.fault.causes.length > 8);
});

const BAD: [title: string, bytes: Uint8Array, code: string][] = [
	['an unknown mandatory type', join(u32(0x0000_0055), u32(0)), 'ERR_BACK_CHANNEL_TYPE'],
	['an acknowledgement of 16 bytes', join(u32(0xd374_0101), u32(16)), 'ERR_BACK_CHANNEL_LENGTH'],
	['an acknowledgement without a number', join(u32(0xd374_0102), u32(0)), 'ERR_BACK_CHANNEL_LENGTH'],
	['a committed checkpoint without its digest', join(u32(0xd374_0103), u32(8)), 'ERR_BACK_CHANNEL_LENGTH'],
	['a checkpoint of number 2^53', join(u32(0xd374_0103), u32(16), u32(0), u32(0x20_0000), u32(0), u32(0)), 'ERR_BACK_CHANNEL_VALUE'],
	['a fault over 64 KiB, before it is held', join(u32(0xd374_0104), u32(64 * 1024 + 1)), 'ERR_BACK_CHANNEL_LENGTH'],
	['a fault without a body', join(u32(0xd374_0104), u32(0)), 'ERR_BACK_CHANNEL_LENGTH'],
	['an unknown optional record over 1 MiB', join(u32(0xd374_0fff), u32(0xffff_ffff)), 'ERR_BACK_CHANNEL_LENGTH'],
	['a number of 2^53', join(u32(0xd374_0101), u32(8), u32(0), u32(0x20_0000)), 'ERR_BACK_CHANNEL_VALUE'],
	[
		'a fault whose text is longer than its body',
		join(u32(0xd374_0104), u32(32), u32(29), new Uint8Array(28)),
		'ERR_BACK_CHANNEL_FAULT_BODY',
	],
	['a fault of 17 causes', join(u32(0xd374_0104), u32(32), new Uint8Array(28), u32(17)), 'ERR_BACK_CHANNEL_FAULT_BODY'],
	['a fault with bytes behind its end', join(u32(0xd374_0104), u32(40), new Uint8Array(40)), 'ERR_BACK_CHANNEL_FAULT_BODY'],
	['padding that is not zero', join(u32(0xd374_0104), u32(33), new Uint8Array(33), [1, 0, 0, 0, 0, 0, 0]), 'ERR_BACK_CHANNEL_PADDING'],
	['a record behind a fault', join(encodeFault(new OperationError(FAULT)), acknowledgement('credit', 1)), 'ERR_BACK_CHANNEL_AFTER_FAULT'],
];

for (const [title, bytes, code] of BAD) {
	test(`${title} is refused`, t => {
		t.throws(() => decode(bytes), {name: 'BackChannelError', code});
		t.throws(() => decode(...Array.from(bytes, byte => Uint8Array.of(byte))), {name: 'BackChannelError', code});
	});
}

test('any bytes give records or a BackChannelError', t => {
	let seed = 1;
	const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 16;
	for (let round = 0; round < 3000; round++) {
		const bytes = CHANNEL.slice();
		for (let flips = 0; flips <= round % 4; flips++) bytes[random() % bytes.length] = random() & 0xff;
		try {
			decode(bytes);
		} catch (error) {
			t.is((error as Error).name, 'BackChannelError', (error as Error).stack ?? '');
		}
	}

	t.pass();
});
