import test from 'ava';
import {
	emptyHvmContext,
	encodeDomainHeader,
	encodeEmulatorContext,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeTscInfo,
	encodeXlHeader,
	LibxcRecordType,
	LibxlRecordType,
	PAGE_SIZE_BYTES,
	pageDataHeadBytes,
} from '@sterna/protocol';
import {bitsOf, entryField, fieldsOf, isUnseeable} from '../../src/acceptance/flips/fields.ts';
import {SplicedSource} from '../../src/acceptance/flips/spliced-source.ts';
import {Trial} from '../../src/acceptance/flips/trial.ts';

const libxc = (name: keyof typeof LibxcRecordType, body: Uint8Array = new Uint8Array(0)): Uint8Array =>
	encodeRecord({layer: 'libxc', type: LibxcRecordType[name], body});
const libxl = (name: keyof typeof LibxlRecordType, body: Uint8Array = new Uint8Array(0)): Uint8Array =>
	encodeRecord({layer: 'libxl', type: LibxlRecordType[name], body});

/** A PAGE_DATA record of one ordinary page. */
function page(pfn: number): Uint8Array {
	const body = new Uint8Array(16 + PAGE_SIZE_BYTES).fill(0x5a, 16);
	const view = new DataView(body.buffer);
	view.setUint32(0, 1, true);
	view.setBigUint64(8, BigInt(pfn), true);
	return libxc('PAGE_DATA', body);
}

/** An HVM guest of three pages; its device model's state ends in two zeros and one byte of padding. */
function smallStream(): Uint8Array {
	return Buffer.concat([
		encodeXlHeader('{"c_info": {"type": "hvm"}}'),
		encodeLibxlHeader(),
		libxl('LIBXC_CONTEXT'),
		encodeImageHeader(3),
		encodeDomainHeader('hvm', [4, 17]),
		libxc('STATIC_DATA_END'),
		page(1),
		page(2),
		page(3),
		libxc('X86_TSC_INFO', encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 1, nsec: 2n, incarnation: 1})),
		libxc('HVM_CONTEXT', emptyHvmContext()),
		libxc('END'),
		libxl('EMULATOR_CONTEXT', encodeEmulatorContext({emulatorId: 2, index: 0, context: Uint8Array.of(1, 2, 3, 4, 5, 0, 0)})),
		libxl('END'),
	]);
}

test('pieces of bytes are read as one stream, and a place in it is found again', t => {
	const bytes = Uint8Array.from({length: 100}, (_, index) => index);
	const ranges = [
		{from: 0, to: 10},
		{from: 20, to: 21},
		{from: 21, to: 21},
		{from: 50, to: 60},
	];
	const joined = Uint8Array.from([...bytes.subarray(0, 10), 20, ...bytes.subarray(50, 60)]);
	for (let cut = 0; cut <= joined.length; cut++) {
		const source = new SplicedSource(bytes, ranges);
		t.is(source.sizeBytes, joined.length);
		t.is(source.skip(cut), cut);
		const rest = new Uint8Array(joined.length);
		t.is(source.readInto(rest), joined.length - cut);
		t.deepEqual(rest.subarray(0, joined.length - cut), joined.subarray(cut));
		t.is(source.peek().length, 0);
		t.is(source.skip(1), 0);
		source.rewind();
		t.is(source.peek()[0], 0);
		const one = new Uint8Array(1);
		t.is(source.readAt(one, cut), cut < joined.length ? 1 : 0);
		if (cut < joined.length) t.deepEqual([one[0], source.placeOf(cut)], [joined[cut], joined[cut]]);
	}

	t.is(new SplicedSource(bytes, ranges).placeOf(joined.length), 60);
});

test('the short way to an answer gives the same as the whole stream, for every bit of every field', async t => {
	const trial = new Trial(smallStream());
	t.is((await trial.whole()).status, 0);
	let bits = 0;
	const unseeable: string[] = [];
	for (const [index, part] of trial.parts.entries()) {
		const fields = [...fieldsOf(part), ...(part.entries > 0 ? [entryField(part, 0)] : [])];
		for (const bit of fields.flatMap(bitsOf)) {
			trial.bytes[bit.offset] = (trial.bytes[bit.offset] ?? 0) ^ bit.mask;
			const answer = await trial.from(index);
			t.deepEqual(answer, await trial.whole(), `${bit.field.what} at ${bit.offset}`);
			const isHidden = isUnseeable(trial.bytes, part, bit);
			t.is(answer.status === 0, isHidden, `${bit.field.what} at ${bit.offset}`);
			if (isHidden) unseeable.push(`${bit.field.what} ${bit.mask}`);
			trial.bytes[bit.offset] = (trial.bytes[bit.offset] ?? 0) ^ bit.mask;
			bits += 1;
		}
	}

	t.true(bits > 1500, `${bits} bits`);
	// 15 bytes of body: 14 and 13 lose a zero or two.
	t.deepEqual(unseeable, ['libxl EMULATOR_CONTEXT: length 1', 'libxl EMULATOR_CONTEXT: length 2']);
});

test('a cut in front of any part gives the same the short way', async t => {
	const trial = new Trial(smallStream());
	for (const [index, {offset}] of trial.parts.entries()) {
		for (const place of [offset, offset + 3]) t.deepEqual(await trial.from(index, place), await trial.whole(place), `at ${place}`);
	}
});

test('the fields of a page list are its record header, its count, its reserved field and the reserved bits of its entries', t => {
	const trial = new Trial(smallStream());
	const part = trial.parts.find(({name}) => name === 'libxc PAGE_DATA');
	if (part === undefined) throw new TypeError('there are pages');
	t.is(part.length, pageDataHeadBytes(1) - 8 + PAGE_SIZE_BYTES);
	t.deepEqual(
		fieldsOf(part).map(({kind, offset, masks}) => [kind, offset - part.offset, masks.length]),
		[
			['type', 0, 4],
			['length', 4, 4],
			['count', 8, 4],
			['reserved', 12, 4],
			['reserved', 8 + part.length, 0],
		],
	);
	t.deepEqual(
		bitsOf(entryField(part, 0)).map(({offset, mask}) => (offset - part.offset - 16) * 8 + Math.log2(mask)),
		[52, 53, 54, 55, 56, 57, 58, 59],
	);
});
