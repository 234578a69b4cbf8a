/** Where the bytes of a stream come from. Read from the front, in one buffer that is used again. */
export interface StreamSource {
	/** For people. */
	readonly name: string;
	/** Bytes in all; undefined for a pipe, which can be read only once: there `readAt` and `rewind` must not be called. */
	readonly sizeBytes: number | undefined;
	/** The bytes at hand, at least one unless the source has ended; valid until the next call. `consume` says how many were used. */
	peek(): Uint8Array;
	consume(count: number): void;
	/** Steps over up to `count` bytes and returns how many there were: fewer only at the end. */
	skip(count: number): number;
	/** Fills `target` and returns how many bytes there were: fewer only at the end. */
	readInto(target: Uint8Array): number;
	/** Fills `target` from a place of the stream, whatever else was read; returns how many bytes there were. */
	readAt(target: Uint8Array, offset: number): number;
	/** Back to the first byte. */
	rewind(): void;
}
