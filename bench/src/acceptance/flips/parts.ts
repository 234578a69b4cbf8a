import {paddingOf, StreamDecoder, type StreamHeader} from '@sterna/protocol';

/** One header or record of a stream in memory. Byte offsets in the stream. */
export type Part = {
	readonly kind: StreamHeader['kind'] | 'record';
	/** A record's name, or a header's. */
	readonly name: string;
	readonly offset: number;
	/** Bytes of a record's body without padding; of a header, all of it. */
	readonly length: number;
	/** Behind its padding: where the next part begins. */
	readonly end: number;
	/** Entries of a PAGE_DATA record. */
	readonly entries: number;
	/** Whole checkpoints up to its end. */
	readonly wholeCheckpoints: number;
};

const RECORD_HEADER_BYTES = 8;
/** Given to the decoder at once, so that page bytes are stepped over. */
const CHUNK_BYTES = 64 * 1024;

/** Lists the headers and records of a stream, as the decoder finds them; up to the last whole record of one that breaks off. */
export function listParts(bytes: Uint8Array): Part[] {
	const parts: Part[] = [];
	const add = (part: Omit<Part, 'wholeCheckpoints'>): void => {
		parts.push({...part, wholeCheckpoints: decoder.wholeCheckpoints});
	};
	const record = (name: string, offset: number, length: number, entries: number): void =>
		add({kind: 'record', name, offset, length, end: offset + RECORD_HEADER_BYTES + length + paddingOf(length), entries});
	const decoder = new StreamDecoder(
		{begins: 'auto', mode: 'any', strict: true, sternaRecords: false},
		{
			onHeader: ({kind, offset, length}) => add({kind, name: `${kind} header`, offset, length, end: offset + length, entries: 0}),
			onRecord: ({layer, name, offset, length}) => record(`${layer} ${name}`, offset, length, 0),
			onPageData: ({offset, length, count}) => record('libxc PAGE_DATA', offset, length, count),
		},
	);
	let at = 0;
	while (at < bytes.length) {
		const wanted = Math.min(decoder.pageBytesWanted, bytes.length - at);
		if (wanted > 0) decoder.pageBytesTaken(wanted);
		at += wanted > 0 ? wanted : decoder.push(bytes.subarray(at, at + CHUNK_BYTES));
	}

	return parts.filter(({end}) => end <= bytes.length);
}
