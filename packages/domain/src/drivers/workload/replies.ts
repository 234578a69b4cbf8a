import {mix32} from './mix32.ts';

/** Odd constant, so that the two halves of a digest go different ways. */
const SECOND_HALF = 0x9e37_79b9;

const NONCE = '[A-Za-z0-9_-]{1,64}';
const DIGEST = '[0-9a-f]{16}';
const REQUEST = new RegExp(`^ASK (${NONCE})\n?$`);
const REPLY = new RegExp(`^REPLY serial=(\\d{1,16}) step=(\\d{1,16}) nonce=(${NONCE}) previous=(${DIGEST}) digest=(${DIGEST})\n$`);

/** Longest datagram that is looked at, either way. */
export const MAX_DATAGRAM_BYTES = 256;

/** What a guest's port answers one request with. */
export type Reply = {
	/** Counts replies from 1, on whatever host they were made. */
	readonly serial: number;
	/** Steps that the guest had made. */
	readonly step: number;
	/** Of the request: 1 to 64 letters, digits, dashes or underscores. */
	readonly nonce: string;
	/** The digest of the reply before. */
	readonly previous: string;
	/** Of this reply and, through `previous`, of all before it. */
	readonly digest: string;
};

/** What a guest knows of the replies that it gave: part of its CPU state. */
export type ReplyState = {readonly serial: number; readonly digest: string};

/** Before the first reply. */
export const NO_REPLIES: ReplyState = {serial: 0, digest: '0'.repeat(16)};

/** The next reply to follow from a state; the state after it is its own serial and digest. Pure. */
export function nextReply({serial, digest: previous}: ReplyState, {step, nonce}: Pick<Reply, 'step' | 'nonce'>): Reply {
	const fields = {serial: serial + 1, step, nonce, previous};
	return {...fields, digest: digestOf(fields)};
}

/** Chains a reply to all before it: 64 bits as 16 hexadecimal digits. Finds faults and not forgers. */
export function digestOf({serial, step, nonce, previous}: Omit<Reply, 'digest'>): string {
	const text = `${previous} ${serial} ${step} ${nonce}`;
	let [first, second] = [0, SECOND_HALF];
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		first = mix32(first ^ code);
		second = mix32(second + code + SECOND_HALF);
	}

	return hex(first) + hex(second);
}

export function formatRequest(nonce: string): string {
	return `ASK ${nonce}\n`;
}

/** The nonce of a request; undefined for what is none. */
export function parseRequest(text: string): string | undefined {
	return REQUEST.exec(text)?.[1];
}

export function formatReply({serial, step, nonce, previous, digest}: Reply): string {
	return `REPLY serial=${serial} step=${step} nonce=${nonce} previous=${previous} digest=${digest}\n`;
}

/** Undefined for what is no reply. Whether its digest is right is not looked at. */
export function parseReply(text: string): Reply | undefined {
	const [, serial, step, nonce, previous, digest] = REPLY.exec(text) ?? [];
	if (nonce === undefined || previous === undefined || digest === undefined) return undefined;
	return {serial: Number(serial), step: Number(step), nonce, previous, digest};
}

function hex(value: number): string {
	return (value >>> 0).toString(16).padStart(8, '0');
}
