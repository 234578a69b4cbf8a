import {BackChannelError} from './back-channel-error.ts';
import {faultFromMessage, faultToMessage} from './control/fault.ts';
import type {OperationError} from './operation-error.ts';
import {decodeUtf8, encodeUtf8} from './text.ts';

/**
 * Body of a FAULT record: eight texts in fixed order and then the causes, each a u32 length and that many bytes of UTF-8:
 * code, message, side, phase, kind of place, host of place, next command, then u32 number of causes, then each cause.
 */
const TEXTS = ['code', 'message', 'side', 'phase', 'runsOnKind', 'runsOnHost', 'next'] as const;

/** Longest body of a FAULT record. */
export const MAX_FAULT_BYTES = 64 * 1024;
/** Most causes that are read; the writer sends no more. */
const MAX_CAUSES = 16;
const LENGTH_BYTES = 4;
/** Shortest: empty texts and no cause. */
export const MIN_FAULT_BYTES = (TEXTS.length + 1) * LENGTH_BYTES;

/** New memory, at most `MAX_FAULT_BYTES`: the innermost causes are left off first. */
export function encodeFaultBody(error: OperationError): Uint8Array {
	const message = faultToMessage(error);
	const texts = TEXTS.map(name => encodeUtf8(message[name]));
	// The control channel's limit of 4095 bytes a text leaves room: 7 × 4 KiB are 28 KiB.
	let length = LENGTH_BYTES + texts.reduce((sum, text) => sum + LENGTH_BYTES + text.length, 0);
	const causes: Uint8Array[] = [];
	for (const cause of message.causes.map(encodeUtf8)) {
		if (length + LENGTH_BYTES + cause.length > MAX_FAULT_BYTES) break;
		length += LENGTH_BYTES + cause.length;
		causes.push(cause);
	}

	const body = new Uint8Array(length);
	const view = new DataView(body.buffer);
	let at = 0;
	const write = (text: Uint8Array): void => {
		view.setUint32(at, text.length, true);
		body.set(text, at + LENGTH_BYTES);
		at += LENGTH_BYTES + text.length;
	};
	texts.forEach(write);
	view.setUint32(at, causes.length, true);
	at += LENGTH_BYTES;
	causes.forEach(write);
	return body;
}

/** The error that the receiver reports. Keeps nothing of `body`. `offset` is for errors. Throws BackChannelError. */
export function decodeFaultBody(body: Uint8Array, offset: number): OperationError {
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	const wrong = (detail: string): BackChannelError => new BackChannelError({code: 'ERR_BACK_CHANNEL_FAULT_BODY', offset, detail});
	let at = 0;
	const readLength = (): number => {
		if (body.length - at < LENGTH_BYTES) throw wrong(`it stops at ${body.length} bytes`);
		const length = view.getUint32(at, true);
		at += LENGTH_BYTES;
		return length;
	};
	const readText = (): string => {
		const length = readLength();
		if (length > body.length - at) throw wrong(`a text of ${length} bytes where ${body.length - at} are left`);
		at += length;
		return decodeUtf8(body.subarray(at - length, at));
	};

	const [code = '', message = '', side = '', phase = '', runsOnKind = '', runsOnHost = '', next = ''] = TEXTS.map(readText);
	const count = readLength();
	if (count > MAX_CAUSES) throw wrong(`${count} causes`);
	const causes = Array.from({length: count}, readText);
	if (at < body.length) throw wrong(`${body.length - at} bytes behind its end`);
	return faultFromMessage({code, message, side, phase, runsOnKind, runsOnHost, next, causes});
}
