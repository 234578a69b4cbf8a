import test from 'ava';
import {decode, STRICT, TOLERANT} from './decode.ts';
import type {StreamDecoderOptions, StreamFaultCode} from '@sterna/protocol';

// Each function is one test of one bad input of docs/spec/stream.md section 9, by its number there. `offset`: of the fault.

type Options = Partial<StreamDecoderOptions>;

/** Strict and tolerant readers both reject the stream, with this code. */
export function rejected(id: string, bytes: Uint8Array, code: StreamFaultCode, offset?: number, options: Options = {}): void {
	test(`${id}: ${code}`, t => {
		for (const reader of [STRICT, TOLERANT]) {
			const {error} = decode([bytes], {...reader, ...options});
			t.is(error?.code, code, error?.message);
			if (offset !== undefined) t.is(error?.offset, offset);
		}
	});
}

/** A strict reader rejects the stream; a tolerant one accepts it and can say what it let pass. */
export function strictlyRejected(id: string, bytes: Uint8Array, code: StreamFaultCode, offset?: number, options: Options = {}): void {
	test(`${id}: ${code}, but a tolerant reader goes on`, t => {
		const {error} = decode([bytes], {...STRICT, ...options});
		t.is(error?.code, code, error?.message);
		if (offset !== undefined) t.is(error?.offset, offset);
		const tolerant = decode([bytes], {...TOLERANT, ...options});
		t.is(tolerant.error, undefined);
		// What stands behind the end it never read.
		if (tolerant.leftOver === 0) t.deepEqual(tolerant.deviations[0]?.fault, error?.fault);
	});
}

/** Odd, but right. */
export function accepted(id: string, bytes: Uint8Array, options: Options = {}): void {
	test(`${id}: accepted`, t => {
		for (const reader of [STRICT, TOLERANT]) {
			const {error, deviations} = decode([bytes], {...reader, ...options});
			t.is(error, undefined, error?.message);
			t.deepEqual(deviations, []);
		}
	});
}
