import {createHash} from 'node:crypto';
import test from 'ava';
import {
	encodeDomainHeader,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeRecordBody,
	encodeXlHeader,
	pageDataHeadBytes,
	StreamDecoder,
	StreamError,
	writePageDataHead,
	type PageBatch,
	type StreamHandler,
	type StreamHeader,
} from '@sterna/protocol';
import {STRICT, verdict} from './helpers/decode.ts';
import {GOLDENS, readGolden} from './helpers/goldens.ts';

/** Length of the one EMULATOR_CONTEXT among the streams. */
const EMULATOR_CONTEXT_BYTES = 6167;

/** Decodes a whole stream in chunks of 1 MiB, page bytes stepped over. Returns the fault that ends it, if one does. */
function walk(bytes: Uint8Array, handler: StreamHandler): {fault: StreamError | undefined; wholeCheckpoints: number} {
	const decoder = new StreamDecoder(STRICT, handler);
	let at = 0;
	try {
		while (at < bytes.length) {
			const wanted = Math.min(decoder.pageBytesWanted, bytes.length - at);
			if (wanted > 0) decoder.pageBytesTaken(wanted);
			at += wanted > 0 ? wanted : decoder.push(bytes.subarray(at, at + 1024 * 1024));
		}

		decoder.end();
		return {fault: undefined, wholeCheckpoints: decoder.wholeCheckpoints};
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		return {fault: error, wholeCheckpoints: decoder.wholeCheckpoints};
	}
}

function encodeHeader(header: StreamHeader): Uint8Array {
	switch (header.kind) {
		case 'xl':
			return encodeXlHeader(header.config);
		case 'libxl':
			return encodeLibxlHeader(header.byteOrder);
		case 'image':
			return encodeImageHeader(header.version, header.byteOrder);
		case 'domain':
			return encodeDomainHeader(header.guestType, [header.xenMajor, header.xenMinor]);
	}
}

/** The head of the record that lists the same pages. */
function encodeList({count, pfns, types}: PageBatch): Uint8Array {
	const runs = new Uint32Array(2 * count);
	const typeOf = new Uint8Array(pfns.reduce((most, pfn) => Math.max(most, pfn), 0) + 1);
	for (const [index, pfn] of pfns.entries()) {
		runs.set([pfn, 1], 2 * index);
		typeOf[pfn] = types[index] ?? 0;
	}

	const out = new Uint8Array(pageDataHeadBytes(count));
	writePageDataHead(out, runs, typeOf);
	return out;
}

for (const golden of GOLDENS) {
	test.serial(`${golden.name} has the records that its README lists, and encodes to the same bytes again`, t => {
		const bytes = readGolden(golden.name);
		t.is(bytes.length, golden.sizeBytes);
		t.is(createHash('sha256').update(bytes).digest('hex'), golden.sha256);
		const records: Record<string, number> = {};
		const differing: number[] = [];
		let encoded = 0;
		let pageEntries = 0;
		const compare = (offset: number, again: Uint8Array): void => {
			encoded += again.length;
			if (bytes.compare(again, 0, again.length, offset, offset + again.length) !== 0) differing.push(offset);
		};
		const {fault, wholeCheckpoints} = walk(bytes, {
			onHeader: header => compare(header.offset, encodeHeader(header)),
			onRecord({layer, type, name, offset, fields}) {
				records[`${layer} ${name}`] = (records[`${layer} ${name}`] ?? 0) + 1;
				if (fields.name === 'STERNA') throw new TypeError('no such record in a stream of Xen');
				compare(offset, encodeRecord({layer, type, body: encodeRecordBody(fields)}));
			},
			onPageData(batch) {
				records['libxc PAGE_DATA'] = (records['libxc PAGE_DATA'] ?? 0) + 1;
				pageEntries += batch.count;
				compare(batch.offset, encodeList(batch));
				encoded += batch.dataPages * 4096;
			},
		});
		t.is(fault?.code, golden.wholeCheckpoints > 0 ? 'ERR_STREAM_BROKEN_OFF' : undefined, fault?.message);
		t.is(wholeCheckpoints, golden.wholeCheckpoints);
		t.deepEqual(records, golden.records);
		t.is(pageEntries, golden.pageEntries);
		t.deepEqual(differing, []);
		t.is(encoded, golden.sizeBytes);
	});

	test.serial(`${golden.name} cut anywhere, or with one bit turned in a field of form, is never whole and right`, t => {
		const bytes = readGolden(golden.name);
		const fields = formFields(bytes);
		const lastRecord = fields.at(-1)?.start ?? 0;
		for (let step = 0; step < 60; step++) {
			const end = Math.floor((lastRecord * step) / 60) + (step % 9);
			t.not(verdict(bytes.subarray(0, end)), 0, `cut to ${end}`);
		}

		// One record in twenty of the many PAGE_DATA, each with another bit; every bit of all others.
		let turned = 0;
		const seen = new Map<string, number>();
		for (const {what, start, end} of fields) {
			const times = seen.get(what) ?? 0;
			seen.set(what, times + 1);
			if (times > 0 && times % 20 !== 0) continue;
			for (let at = start; at < end; at++) {
				for (let bit = 0; bit < 8; bit++) {
					if (times > 0 && (at + bit) % 7 !== Math.floor(times / 20) % 7) continue;
					turned++;
					bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
					if (!isUnseeable(bytes, what, start)) t.not(verdict(bytes), 0, `${what}: bit ${bit} of byte ${at}`);
					bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
				}
			}
		}

		t.log(`${turned} bits turned`);
	});
}

/** Whether a turned length only made padding of a zero at the end of the device model's opaque bytes: nobody can see that. */
function isUnseeable(bytes: Buffer, what: string, start: number): boolean {
	if (!what.startsWith('libxl EMULATOR_CONTEXT')) return false;
	const length = bytes.readUInt32LE(start + 4);
	return (
		length < EMULATOR_CONTEXT_BYTES &&
		length > EMULATOR_CONTEXT_BYTES - 8 &&
		bytes.subarray(start + 8 + length, start + 8 + EMULATOR_CONTEXT_BYTES).every(byte => byte === 0)
	);
}

type Field = {readonly what: string; readonly start: number; readonly end: number};

/** Where the magics, types, lengths, counts and reserved fields of a stream are, found by the format's tables. */
function formFields(bytes: Uint8Array): Field[] {
	const fields: Field[] = [];
	const add = (what: string, start: number, length: number): void => {
		fields.push({what, start, end: start + length});
	};
	walk(bytes, {
		onHeader({kind, offset}) {
			switch (kind) {
				case 'xl':
					add('xl magic and byte order', offset, 36);
					add('xl lengths', offset + 44, 8);
					return;
				case 'libxl':
					add('libxl ident and version', offset, 12);
					return;
				case 'image':
					add('image header', offset, 24);
					return;
				case 'domain':
					add('domain type, page shift and reserved field', offset, 8);
			}
		},
		onRecord({layer, name, offset}) {
			add(`${layer} ${name} type and length`, offset, 8);
			if (name === 'X86_TSC_INFO') add('TSC_INFO reserved', offset + 28, 4);
			if (name === 'HVM_PARAMS') add('HVM_PARAMS count and reserved', offset + 8, 8);
			if (name === 'X86_PV_INFO') add('PV_INFO reserved', offset + 10, 6);
			if (name.startsWith('X86_PV_VCPU')) add(`${name} reserved`, offset + 12, 4);
		},
		onPageData({offset}) {
			add('PAGE_DATA type, length, count and reserved', offset, 16);
		},
	});
	return fields;
}
