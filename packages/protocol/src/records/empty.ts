import type {RecordBody} from './record-body.ts';

/** The records that have no body: what they say is where they stand. docs/spec/stream.md section 4.1. */
export type EmptyRecordName = 'END' | 'VERIFY' | 'CHECKPOINT' | 'STATIC_DATA_END' | 'LIBXC_CONTEXT' | 'CHECKPOINT_END';

/** A body is ignored by a tolerant reader, as Xen's does, and refused by a strict one. */
export function parseEmpty<Name extends EmptyRecordName>(name: Name, body: RecordBody): {readonly name: Name} {
	if (body.length > 0) body.deviatingLength('none');
	return {name};
}

export function encodeEmpty(): Uint8Array {
	return new Uint8Array(0);
}
