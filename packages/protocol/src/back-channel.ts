import {BackChannelError} from './back-channel-error.ts';
import {decodeFaultBody, encodeFaultBody, MAX_FAULT_BYTES, MIN_FAULT_BYTES} from './back-channel-fault.ts';
import type {OperationError} from './operation-error.ts';

/**
 * The other direction of a data connection: what the receiver tells the sender while the stream flows. Records framed as in the
 * stream (spec section 2.3): u32 type, u32 body length, body, zero padding to 8 bytes; little-endian. All types are in Sterna's
 * own range and have the *optional* bit (bit 31) set, so that an older sender skips what it does not know.
 * docs/spec/data-connection.md section 2.
 */
export type BackChannelRecord =
	/** Every stream byte before this offset was taken out of the socket: room in the sender's window. */
	| {readonly kind: 'credit'; readonly takenBytes: number}
	/** Every record before this offset was applied to the target. */
	| {readonly kind: 'applied'; readonly appliedBytes: number}
	/** The checkpoint of this number (the first is 1) is whole and the target would start from it; `digest`: of the stream and the memory, stream.md section 10.8. */
	| {readonly kind: 'checkpoint-committed'; readonly epoch: number; readonly digest: bigint}
	/** The receiver is there, and has nothing else to say. */
	| {readonly kind: 'alive'}
	/** The receiver gave up; nothing follows. */
	| {readonly kind: 'fault'; readonly error: OperationError};

/** The records that carry one number. */
export type Acknowledgement = Exclude<BackChannelRecord['kind'], 'checkpoint-committed' | 'alive' | 'fault'>;

/** Record types. 0xd374_0000 … 0xd374_ffff is Sterna's; 0x01xx of it belongs to the back channel. */
const ACKNOWLEDGEMENT_TYPES: Readonly<Record<Acknowledgement, number>> = {
	credit: 0xd374_0101,
	applied: 0xd374_0102,
};
const COMMITTED_TYPE = 0xd374_0103;
const FAULT_TYPE = 0xd374_0104;
const ALIVE_TYPE = 0xd374_0105;
const ACKNOWLEDGEMENT_KINDS: ReadonlyMap<number, Acknowledgement> = new Map(
	(Object.keys(ACKNOWLEDGEMENT_TYPES) as Acknowledgement[]).map(kind => [ACKNOWLEDGEMENT_TYPES[kind], kind]),
);

const OPTIONAL_BIT = 0x8000_0000;
const HEADER_BYTES = 8;
const ALIGNMENT = 8;
const ACKNOWLEDGEMENT_BODY_BYTES = 8;
const COMMITTED_BODY_BYTES = 16;
const TWO_TO_32 = 2 ** 32;
/** Longest record that is skipped because its type is not known: what a later version adds is not larger. */
const MAX_SKIPPED_BYTES = 1024 * 1024;

/** Bytes of one encoded acknowledgement. */
export const ACKNOWLEDGEMENT_BYTES = HEADER_BYTES + ACKNOWLEDGEMENT_BODY_BYTES;

/** Bytes of a CHECKPOINT_COMMITTED record. */
export const COMMITTED_BYTES = HEADER_BYTES + COMMITTED_BODY_BYTES;

/** Bytes of an ALIVE record, which has no body. */
export const ALIVE_BYTES = HEADER_BYTES;

/** Writes one acknowledgement of `ACKNOWLEDGEMENT_BYTES` bytes into a buffer of the caller's. `value`: a safe integer ≥ 0. */
export function writeAcknowledgement(out: DataView, byteOffset: number, kind: Acknowledgement, value: number): void {
	if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${kind} of ${value}`);
	out.setUint32(byteOffset, ACKNOWLEDGEMENT_TYPES[kind], true);
	out.setUint32(byteOffset + 4, ACKNOWLEDGEMENT_BODY_BYTES, true);
	writeSafeInteger(out, byteOffset + 8, value);
}

/** Writes a CHECKPOINT_COMMITTED record of `COMMITTED_BYTES` bytes into a buffer of the caller's. `epoch`: a safe integer ≥ 0; `digest`: 64 bits. */
export function writeCommitted(out: DataView, byteOffset: number, epoch: number, digest: bigint): void {
	if (!Number.isSafeInteger(epoch) || epoch < 0) throw new RangeError(`checkpoint ${epoch}`);
	out.setUint32(byteOffset, COMMITTED_TYPE, true);
	out.setUint32(byteOffset + 4, COMMITTED_BODY_BYTES, true);
	writeSafeInteger(out, byteOffset + 8, epoch);
	out.setBigUint64(byteOffset + 16, digest, true);
}

/** Writes an ALIVE record of `ALIVE_BYTES` bytes into a buffer of the caller's. */
export function writeAlive(out: DataView, byteOffset: number): void {
	out.setUint32(byteOffset, ALIVE_TYPE, true);
	out.setUint32(byteOffset + 4, 0, true);
}

/** The FAULT record for an error, padding included: at most 64 KiB of body, causes are left off before that. New memory. */
export function encodeFault(error: OperationError): Uint8Array<ArrayBuffer> {
	const body = encodeFaultBody(error);
	const record = new Uint8Array(HEADER_BYTES + padded(body.length));
	const view = new DataView(record.buffer);
	view.setUint32(0, FAULT_TYPE, true);
	view.setUint32(4, body.length, true);
	record.set(body, HEADER_BYTES);
	return record;
}

/**
 * Bytes of the back channel to records. The same bytes give the same records however they are cut; at most one record of
 * 64 KiB is held. Unknown optional types are skipped without holding them.
 */
export class BackChannelDecoder {
	/** Header, or header and body, of the record under way. Grows to a FAULT's size at most. */
	#held = new Uint8Array(256);
	#heldBytes = 0;
	#skipBytes = 0;
	#offset = 0;
	#faulted = false;

	/** Takes a chunk, of which nothing is kept, and returns the records that it completes. Throws BackChannelError, after which the decoder must not be used. */
	push(chunk: Uint8Array): BackChannelRecord[] {
		const records: BackChannelRecord[] = [];
		let at = 0;
		while (at < chunk.length) {
			if (this.#skipBytes > 0) {
				const skipped = Math.min(this.#skipBytes, chunk.length - at);
				this.#skipBytes -= skipped;
				at += skipped;
				continue;
			}

			const wanted = this.#wantedBytes();
			const taken = Math.min(wanted - this.#heldBytes, chunk.length - at);
			this.#hold(chunk.subarray(at, at + taken), wanted);
			at += taken;
			if (this.#heldBytes < wanted) break;
			const record = wanted === HEADER_BYTES ? this.#begin() : this.#finish(wanted);
			if (record !== undefined) records.push(record);
		}

		return records;
	}

	/** Throws where the channel breaks off inside a record. */
	end(): void {
		const missingBytes = this.#skipBytes + (this.#heldBytes === 0 ? 0 : this.#wantedBytes() - this.#heldBytes);
		if (missingBytes > 0) throw new BackChannelError({code: 'ERR_BACK_CHANNEL_TRUNCATED', offset: this.#offset, missingBytes});
	}

	/** Bytes of the record under way, header and padding included; of its header alone until that is here. */
	#wantedBytes(): number {
		return this.#heldBytes < HEADER_BYTES ? HEADER_BYTES : HEADER_BYTES + padded(this.#view().getUint32(4, true));
	}

	#hold(bytes: Uint8Array, wanted: number): void {
		if (wanted > this.#held.length) {
			const larger = new Uint8Array(wanted);
			larger.set(this.#held.subarray(0, this.#heldBytes));
			this.#held = larger;
		}

		this.#held.set(bytes, this.#heldBytes);
		this.#heldBytes += bytes.length;
	}

	/** Checks a header that has just become whole; the record of one without a body. */
	#begin(): BackChannelRecord | undefined {
		const type = this.#view().getUint32(0, true);
		const length = this.#view().getUint32(4, true);
		if (this.#faulted) throw new BackChannelError({code: 'ERR_BACK_CHANNEL_AFTER_FAULT', offset: this.#offset, type});
		const known = ACKNOWLEDGEMENT_KINDS.has(type) || type === COMMITTED_TYPE || type === FAULT_TYPE || type === ALIVE_TYPE;
		if (!known && type < OPTIONAL_BIT) throw new BackChannelError({code: 'ERR_BACK_CHANNEL_TYPE', offset: this.#offset, type});
		const {minBytes, maxBytes} = bodyBounds(type);
		if (length > maxBytes || length < minBytes) {
			throw new BackChannelError({code: 'ERR_BACK_CHANNEL_LENGTH', offset: this.#offset, type, length, maxBytes});
		}

		if (known && length > 0) return undefined;
		this.#skipBytes = padded(length);
		this.#offset += HEADER_BYTES + padded(length);
		this.#heldBytes = 0;
		return known ? {kind: 'alive'} : undefined;
	}

	#finish(recordBytes: number): BackChannelRecord {
		const view = this.#view();
		const type = view.getUint32(0, true);
		const bodyEnd = HEADER_BYTES + view.getUint32(4, true);
		if (this.#held.subarray(bodyEnd, recordBytes).some(byte => byte !== 0)) {
			throw new BackChannelError({code: 'ERR_BACK_CHANNEL_PADDING', offset: this.#offset, type});
		}

		const record = type === FAULT_TYPE ? this.#fault(bodyEnd) : this.#acknowledgement(type, view);
		this.#offset += recordBytes;
		this.#heldBytes = 0;
		return record;
	}

	#fault(bodyEnd: number): BackChannelRecord {
		this.#faulted = true;
		return {kind: 'fault', error: decodeFaultBody(this.#held.subarray(HEADER_BYTES, bodyEnd), this.#offset)};
	}

	#acknowledgement(type: number, view: DataView): BackChannelRecord {
		const value = view.getUint32(8, true) + view.getUint32(12, true) * TWO_TO_32;
		if (!Number.isSafeInteger(value)) throw new BackChannelError({code: 'ERR_BACK_CHANNEL_VALUE', offset: this.#offset, type});
		if (type === COMMITTED_TYPE) return {kind: 'checkpoint-committed', epoch: value, digest: view.getBigUint64(16, true)};
		switch (ACKNOWLEDGEMENT_KINDS.get(type)) {
			case 'credit':
				return {kind: 'credit', takenBytes: value};
			case 'applied':
				return {kind: 'applied', appliedBytes: value};
			default:
				throw new TypeError(`back channel type ${type} passed the check of its header`);
		}
	}

	#view(): DataView {
		return new DataView(this.#held.buffer);
	}
}

/** Lengths that a body of this type may have; of an unknown one, that it is skipped with. */
function bodyBounds(type: number): {readonly minBytes: number; readonly maxBytes: number} {
	if (type === FAULT_TYPE) return {minBytes: MIN_FAULT_BYTES, maxBytes: MAX_FAULT_BYTES};
	if (type === ALIVE_TYPE) return {minBytes: 0, maxBytes: 0};
	if (type === COMMITTED_TYPE) return {minBytes: COMMITTED_BODY_BYTES, maxBytes: COMMITTED_BODY_BYTES};
	if (ACKNOWLEDGEMENT_KINDS.has(type)) return {minBytes: ACKNOWLEDGEMENT_BODY_BYTES, maxBytes: ACKNOWLEDGEMENT_BODY_BYTES};
	return {minBytes: 0, maxBytes: MAX_SKIPPED_BYTES};
}

function padded(length: number): number {
	return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function writeSafeInteger(out: DataView, byteOffset: number, value: number): void {
	out.setUint32(byteOffset, value % TWO_TO_32, true);
	out.setUint32(byteOffset + 4, Math.floor(value / TWO_TO_32), true);
}
