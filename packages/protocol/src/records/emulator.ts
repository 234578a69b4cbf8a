import {decodeLatin1, encodeLatin1} from '../text.ts';
import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** Whose data an emulator record carries. */
export const EmulatorId = {unknown: 0, qemuTraditional: 1, qemuUpstream: 2} as const;
export type EmulatorId = (typeof EmulatorId)[keyof typeof EmulatorId];

/** EMULATOR_CONTEXT: what a device model needs to go on. docs/spec/stream.md section 5.3. */
export type EmulatorContext = {
	readonly name: 'EMULATOR_CONTEXT';
	readonly emulatorId: number;
	readonly index: number;
	/** Opaque; a view of the body. */
	readonly context: Uint8Array;
};

/** EMULATOR_XENSTORE_DATA: xenstore keys of the device model, relative to its directory. docs/spec/stream.md section 5.2. */
export type EmulatorXenstoreData = {
	readonly name: 'EMULATOR_XENSTORE_DATA';
	readonly emulatorId: number;
	readonly index: number;
	readonly entries: readonly {readonly key: string; readonly value: string}[];
};

const HEAD_BYTES = 8;
const MAX_EMULATOR_ID = 2;
const KEY_CHARACTERS = /^[a-zA-Z0-9\-/_@]+$/;
const VALUE_CHARACTERS = /^[\x20-\x7e]*$/;

/** Body: u32 emulator, u32 index, then the device model's own bytes. */
export function parseEmulatorContext(body: RecordBody): EmulatorContext {
	return {name: 'EMULATOR_CONTEXT', ...parseHead(body), context: body.bytes.subarray(HEAD_BYTES)};
}

export function encodeEmulatorContext(
	{emulatorId, index, context}: Omit<EmulatorContext, 'name'>,
	byteOrder: ByteOrder = 'little',
): Uint8Array {
	return encodeHead(emulatorId, index, context, byteOrder);
}

/** Body: u32 emulator, u32 index, then pairs of key, NUL, value, NUL. Keys stay inside their directory. */
export function parseEmulatorXenstoreData(body: RecordBody): EmulatorXenstoreData {
	const head = parseHead(body);
	const entries: {key: string; value: string}[] = [];
	let at = HEAD_BYTES;
	while (at < body.length) {
		const keyEnd = body.bytes.indexOf(0, at);
		if (keyEnd === -1) throw body.xenstoreProblem(at, 'a key is not NUL terminated');
		const key = decodeLatin1(body.bytes, at, keyEnd);
		checkKey(body, at, key);
		const valueEnd = body.bytes.indexOf(0, keyEnd + 1);
		if (valueEnd === -1) throw body.xenstoreProblem(keyEnd + 1, `the value of ${key} is missing or not NUL terminated`);
		const value = decodeLatin1(body.bytes, keyEnd + 1, valueEnd);
		if (!VALUE_CHARACTERS.test(value)) throw body.xenstoreProblem(keyEnd + 1, `the value of ${key} is not printable ASCII`);
		entries.push({key, value});
		at = valueEnd + 1;
	}

	return {name: 'EMULATOR_XENSTORE_DATA', ...head, entries};
}

/** Throws TypeError where a key or value could not be read back: such an entry is a fault of ours. */
export function encodeEmulatorXenstoreData(
	{emulatorId, index, entries}: Omit<EmulatorXenstoreData, 'name'>,
	byteOrder: ByteOrder = 'little',
): Uint8Array {
	for (const {key, value} of entries) {
		const problem = keyProblem(key) ?? (VALUE_CHARACTERS.test(value) ? undefined : `the value of ${key} is not printable ASCII`);
		if (problem !== undefined) throw new TypeError(problem);
	}

	return encodeHead(emulatorId, index, encodeLatin1(entries.map(({key, value}) => `${key}\0${value}\0`).join('')), byteOrder);
}

function checkKey(body: RecordBody, at: number, key: string): void {
	const problem = keyProblem(key);
	if (problem !== undefined) throw body.xenstoreProblem(at, problem);
}

function keyProblem(key: string): string | undefined {
	if (key === '') return 'a key is empty';
	if (key.startsWith('/')) return `key ${JSON.stringify(key)} is absolute`;
	// Dots are not among the permitted characters, so a `..` component fails here as well.
	if (!KEY_CHARACTERS.test(key)) return `key ${JSON.stringify(key)} has characters outside of letters, digits and -/_@`;
	if (key.includes('//') || key.endsWith('/')) return `key ${JSON.stringify(key)} has an empty component`;
	return undefined;
}

function parseHead(body: RecordBody): {emulatorId: number; index: number} {
	if (body.length < HEAD_BYTES) throw body.wrongLength(`at least ${HEAD_BYTES}`);
	const emulatorId = body.u32(0);
	const index = body.u32(4);
	if (emulatorId > MAX_EMULATOR_ID) throw body.wrongField(0, 'emulator_id', emulatorId, '0, 1 or 2');
	if (index !== 0) body.deviatingField(4, 'index', index, '0');
	return {emulatorId, index};
}

function encodeHead(emulatorId: number, index: number, payload: Uint8Array, byteOrder: ByteOrder): Uint8Array {
	const {bytes, view} = newBody(HEAD_BYTES + payload.length);
	view.setUint32(0, emulatorId, byteOrder === 'little');
	view.setUint32(4, index, byteOrder === 'little');
	bytes.set(payload, HEAD_BYTES);
	return bytes;
}
