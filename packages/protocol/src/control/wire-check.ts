import {ControlError} from './control-error.ts';
import {FIELD_RULES, MAX_DEPTH, MAX_REPEATED, MAX_STRING_BYTES, MAX_UNKNOWN_FIELDS} from './field-rules.ts';
import {MESSAGE_SCHEMAS} from './messages.ts';
import type {FieldSchema} from './schema.ts';

/** Wire types of protobuf, the low three bits of a tag. Groups (3, 4) are long out of use and refused. */
const WIRE = {varint: 0, fixed64: 1, delimited: 2, fixed32: 5} as const;

/** What a walk over a frame found. */
type FrameHead = {
	/** Its request number, 0 when absent. */
	readonly request: number;
	/** Names of the known bodies that it has, in wire order, repeats included. */
	readonly bodies: readonly string[];
	/** Field number of the first unknown field of the frame itself. */
	readonly unknownField: number | undefined;
};

/**
 * Walks the bytes of a frame before anything is made of them: wire types, lengths of strings, counts of repeated fields, depth.
 * What passes can be decoded in memory proportional to the frame. Throws ControlError.
 */
export function checkWire(frameName: 'ClientFrame' | 'ServerFrame', bytes: Uint8Array): FrameHead {
	return new WireWalk(bytes).frame(frameName);
}

const malformed = (detail: string): ControlError => new ControlError({code: 'ERR_FRAME_MALFORMED', detail});

class WireWalk {
	readonly #bytes: Uint8Array;
	#at = 0;
	#unknownFields = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	frame(frameName: string): FrameHead {
		let request = 0;
		let unknownField: number | undefined;
		const bodies: string[] = [];
		this.#message(frameName, this.#bytes.length, 1, (field, id, valueAt) => {
			if (field === undefined) unknownField ??= id;
			else if (field.name === 'request') request = this.#varintAt(valueAt);
			else if (field.type === 'message') bodies.push(field.name);
		});
		return {request, bodies, unknownField};
	}

	#message(name: string, end: number, depth: number, visit?: (field: FieldSchema | undefined, id: number, valueAt: number) => void): void {
		if (depth > MAX_DEPTH) throw malformed(`more than ${MAX_DEPTH} messages within each other`);
		const schema = MESSAGE_SCHEMAS[name] ?? [];
		const counts = new Map<number, number>();
		while (this.#at < end) {
			const tag = this.#varint(end);
			const id = Math.floor(tag / 8);
			const field = schema.find(known => known.id === id);
			visit?.(field, id, this.#at);
			if (field === undefined) this.#unknown(tag % 8, end);
			else this.#field(name, field, tag % 8, end, depth);
			if (field?.presence !== 'repeated') continue;
			const count = (counts.get(id) ?? 0) + 1;
			if (count > MAX_REPEATED) throw fieldFault(name, field, `has more than ${MAX_REPEATED} entries`);
			counts.set(id, count);
		}
	}

	#field(message: string, field: FieldSchema, wireType: number, end: number, depth: number): void {
		if (wireType !== wireTypeOf(field)) throw malformed(`${message}.${field.name} has the wire type ${wireType}`);
		if (wireType === WIRE.varint) {
			this.#varint(end);
			return;
		}

		if (wireType === WIRE.fixed64) {
			this.#skip(8, end);
			return;
		}

		const length = this.#varint(end);
		if (field.type === 'message' && field.of !== undefined) {
			if (length > end - this.#at) throw malformed(`${message}.${field.name} ends behind its frame`);
			this.#message(field.of, this.#at + length, depth + 1);
			return;
		}

		const maxBytes = FIELD_RULES[`${message}.${field.name}`]?.maxBytes ?? MAX_STRING_BYTES;
		if (length > maxBytes) throw fieldFault(message, field, `has ${length} bytes, more than ${maxBytes}`);
		this.#skip(length, end);
	}

	#unknown(wireType: number, end: number): void {
		this.#unknownFields += 1;
		if (this.#unknownFields > MAX_UNKNOWN_FIELDS) throw malformed(`more than ${MAX_UNKNOWN_FIELDS} unknown fields`);
		switch (wireType) {
			case WIRE.varint:
				this.#varint(end);
				return;
			case WIRE.fixed64:
				this.#skip(8, end);
				return;
			case WIRE.delimited:
				this.#skip(this.#varint(end), end);
				return;
			case WIRE.fixed32:
				this.#skip(4, end);
				return;
			default:
				throw malformed(`the wire type ${wireType}`);
		}
	}

	#skip(length: number, end: number): void {
		if (length > end - this.#at) throw malformed(`a value of ${length} bytes at offset ${this.#at} ends behind its message`);
		this.#at += length;
	}

	/** At most ten bytes; exact up to 2^53, which is far above every length and number here. */
	#varint(end: number): number {
		let value = 0;
		for (let index = 0; index < 10; index++) {
			if (this.#at >= end) throw malformed(`a number at offset ${this.#at} is cut off`);
			const byte = this.#bytes[this.#at] ?? 0;
			this.#at += 1;
			value += (byte % 128) * 2 ** (7 * index);
			if (byte < 128) return value;
		}

		throw malformed(`a number at offset ${this.#at} has more than ten bytes`);
	}

	#varintAt(offset: number): number {
		const before = this.#at;
		this.#at = offset;
		const value = this.#varint(this.#bytes.length);
		this.#at = before;
		return value;
	}
}

function wireTypeOf(field: FieldSchema): number {
	switch (field.type) {
		case 'bool':
		case 'uint32':
		case 'enum':
			return WIRE.varint;
		case 'double':
			return WIRE.fixed64;
		case 'string':
		case 'bytes':
		case 'message':
			return WIRE.delimited;
		default:
			return field.type satisfies never;
	}
}

function fieldFault(message: string, field: FieldSchema, detail: string): ControlError {
	return new ControlError({code: 'ERR_FRAME_FIELD', request: undefined, field: `${message}.${field.name}`, detail});
}
