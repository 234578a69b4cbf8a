import {
	StreamDecoder,
	StreamError,
	type DecodedRecord,
	type SkippedRecord,
	type StreamDecoderOptions,
	type StreamHeader,
} from '@sterna/protocol';

/** What a decoder said of a stream, as plain values that outlive its buffers. */
export type StreamEvent =
	| {readonly kind: 'header'; readonly header: StreamHeader}
	| {readonly kind: 'record'; readonly record: DecodedRecord}
	| {
			readonly kind: 'pages';
			readonly offset: number;
			readonly length: number;
			readonly pagesOffset: number;
			readonly pfns: readonly number[];
			readonly types: readonly number[];
			readonly dataPages: number;
	  }
	| {readonly kind: 'page bytes'; readonly bytes: readonly number[]}
	| {readonly kind: 'skipped'; readonly record: SkippedRecord}
	| {readonly kind: 'go'; readonly offset: number};

export type Decoded = {
	readonly events: readonly StreamEvent[];
	/** Undefined when the stream ended as it should. */
	readonly error: StreamError | undefined;
	readonly deviations: readonly StreamError[];
	readonly wholeCheckpoints: number;
	/** Bytes that a tolerant decoder left behind the end. */
	readonly leftOver: number;
};

export const STRICT: StreamDecoderOptions = {begins: 'auto', mode: 'any', strict: true, sternaRecords: false};
export const TOLERANT: StreamDecoderOptions = {...STRICT, strict: false};

/** Decodes the chunks one after another, moving page bytes as a caller would. Anything but a StreamError is thrown on. */
export function decode(chunks: Iterable<Uint8Array>, options: StreamDecoderOptions = STRICT): Decoded {
	const events: StreamEvent[] = [];
	const deviations: StreamError[] = [];
	let pageBytes: number[] = [];
	const flush = (): void => {
		if (pageBytes.length > 0) events.push({kind: 'page bytes', bytes: pageBytes});
		pageBytes = [];
	};
	const decoder = new StreamDecoder(options, {
		onHeader(header) {
			events.push({kind: 'header', header});
		},
		onRecord(record) {
			flush();
			events.push({kind: 'record', record});
		},
		onPageData({offset, length, pagesOffset, pfns, types, dataPages}) {
			flush();
			events.push({kind: 'pages', offset, length, pagesOffset, pfns: [...pfns], types: [...types], dataPages});
		},
		onSkippedRecord({layer, type, offset, length}) {
			events.push({kind: 'skipped', record: {layer, type, offset, length}});
		},
		onDeviation(deviation) {
			deviations.push(deviation);
		},
		onGoMessage(offset) {
			events.push({kind: 'go', offset});
		},
	});
	let error: StreamError | undefined;
	let leftOver = 0;
	try {
		for (const chunk of chunks) {
			let at = 0;
			while (at < chunk.length) {
				if (decoder.pageBytesWanted > 0) {
					const count = Math.min(decoder.pageBytesWanted, chunk.length - at);
					pageBytes.push(...chunk.subarray(at, at + count));
					decoder.pageBytesTaken(count);
					at += count;
				} else {
					const taken = decoder.push(chunk.subarray(at));
					at += taken;
					if (taken === 0 && decoder.pageBytesWanted === 0) break;
				}
			}

			leftOver += chunk.length - at;
		}

		flush();
		decoder.end();
	} catch (thrown) {
		flush();
		if (!(thrown instanceof StreamError)) throw thrown;
		error = thrown;
	}

	return {events, error, deviations, wholeCheckpoints: decoder.wholeCheckpoints, leftOver};
}

/** The bytes in chunks of `size`. */
export function* inChunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What `migrate-ctl stream verify` would say, pages stepped over: 0 whole and right, 1 wrong, 3 broken off behind a whole checkpoint. */
export function verdict(bytes: Uint8Array, options: StreamDecoderOptions = STRICT): 0 | 1 | 3 {
	const decoder = new StreamDecoder(options, {onHeader() {}, onRecord() {}, onPageData() {}});
	let at = 0;
	try {
		while (at < bytes.length) {
			if (decoder.pageBytesWanted > 0) {
				const count = Math.min(decoder.pageBytesWanted, bytes.length - at);
				decoder.pageBytesTaken(count);
				at += count;
			} else {
				// Small chunks, so that little is looked at beyond the page lists.
				const taken = decoder.push(bytes.subarray(at, at + 16_384));
				// Behind its end a tolerant decoder takes nothing more.
				if (taken === 0 && decoder.pageBytesWanted === 0) break;
				at += taken;
			}
		}

		decoder.end();
		return 0;
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		return error.code === 'ERR_STREAM_BROKEN_OFF' ? 3 : 1;
	}
}
