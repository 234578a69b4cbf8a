import * as v from 'valibot';
import {MAX_PIECE_BYTES} from './blocks.ts';

/*
 * What a daemon asks a disk server: JSON lines, the first of which says of which disk this connection is; several may be on their way. It answers in
 * frames, to one after the other, except that `pass` has no answer, and that what `pass` and `stop` ask is done at once, whatever is being answered. A
 * connection that ends ends the log that it has begun.
 */

/** Bytes of a line at most. */
export const MAX_REQUEST_BYTES = 4096;

export const DiskServerRequest = v.variant('ask', [
	/** The disk of this connection. Answered by its facts. */
	v.strictObject({ask: v.literal('open'), node: v.string()}),
	/** Begins to log where that was not begun, and has what was not copied yet, or written since, as extents, then the facts. May be asked again until the first cut. */
	v.strictObject({ask: v.literal('copy')}),
	/** Ends an epoch: answered by the facts of that moment, then what was written in it as extents, then the facts. */
	v.strictObject({ask: v.literal('cut')}),
	/** The log is forgotten, a copy under way ends. Answered by the facts. */
	v.strictObject({ask: v.literal('stop')}),
	/** `on`: until the next cut, writes do not wait for the log to have room. */
	v.strictObject({ask: v.literal('pass'), on: v.boolean()}),
	v.strictObject({ask: v.literal('stat')}),
	/** Makes the disk empty: all of it is a hole. */
	v.strictObject({ask: v.literal('empty')}),
	/** Of the server as a whole, without an `open` before it: it ends. */
	v.strictObject({ask: v.literal('end')}),
]);
export type DiskServerRequest = v.InferOutput<typeof DiskServerRequest>;

const Bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const DiskFacts = v.strictObject({
	sizeBytes: Bytes,
	/** As of `WriteLog.bytes`. */
	loggedBytes: Bytes,
	/** Of these on, writes wait for the next cut. */
	limitBytes: Bytes,
});
export type DiskFacts = v.InferOutput<typeof DiskFacts>;

export const DiskServerFault = v.strictObject({code: v.string(), message: v.string()});

/** Head of a frame, little-endian: kind (u32), bytes of the body behind it (u32), and a number (u64) whose meaning depends on the kind. */
export const FRAME_HEAD_BYTES = 16;

export const FrameKind = {
	/** Body: DiskFacts in JSON. */
	facts: 1,
	/** Body: content of the disk, from the number on. */
	extent: 2,
	/** Number: bytes that are logged now. Comes of its own accord, not for each of them. */
	logged: 3,
	/** Instead of what was asked for, or of its rest. Body: DiskServerFault in JSON. */
	fault: 4,
} as const;

/** The longest body is an extent. */
export const MAX_BODY_BYTES = MAX_PIECE_BYTES;

export type FrameHead = {readonly kind: number; readonly bodyBytes: number; readonly number: number};

export function frameOf(kind: number, number: number, body: Uint8Array): Uint8Array {
	const frame = Buffer.allocUnsafeSlow(FRAME_HEAD_BYTES + body.byteLength);
	writeFrameHead(frame, {kind, bodyBytes: body.byteLength, number});
	frame.set(body, FRAME_HEAD_BYTES);
	return frame;
}

export function writeFrameHead(into: Buffer, {kind, bodyBytes, number}: FrameHead): void {
	into.writeUInt32LE(kind, 0);
	into.writeUInt32LE(bodyBytes, 4);
	into.writeBigUInt64LE(BigInt(number), 8);
}

export function parseFrameHead(bytes: Buffer): FrameHead {
	return {kind: bytes.readUInt32LE(0), bodyBytes: bytes.readUInt32LE(4), number: Number(bytes.readBigUInt64LE(8))};
}
