/**
 * Bytes both ways to the other host. Iterated, once, it gives what the other end wrote; `write` resolves when the other end had room for all of it, and one
 * call is made at a time. Both fail with what ended the channel.
 */
export type ByteChannel = AsyncIterable<Uint8Array> & {
	write(bytes: Uint8Array): Promise<void>;
	/** Nothing follows in this direction. */
	end(): Promise<void>;
};
