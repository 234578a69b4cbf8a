import {copyMemory, Errno, IovecArray} from '@sterna/system';
import type {ByteChannel} from './byte-channel.ts';
import {memoryError} from './link-error.ts';
import {createNativeBuffer} from './native-buffer.ts';
import type {StreamApplier} from './stream-applier.ts';
import {VectorWindow} from './vector-window.ts';

/** Records other than pages are read through a buffer of this size. */
const BUFFER_BYTES = 64 * 1024;
/** Read behind the last page of a record: header and list of the next full batch, so that a batch costs few calls. */
const LOOKAHEAD_BYTES = 8 + 8 + 1024 * 8;
/** Inside of pages the socket need not wake us for less: an eighth of a batch. */
const LOW_WATER_BYTES = 512 * 1024;
/** For as long as this a sender may stop short of the low water mark before we look, in milliseconds. */
const LOW_WATER_DELAY_MS = 20;

/**
 * Moves a stream from its channel to where it belongs: page bytes straight into the guest's memory, everything else through one
 * buffer to the decoder.
 */
export class StreamReader {
	readonly #channel: ByteChannel;
	readonly #applier: StreamApplier;
	readonly #buffer = createNativeBuffer(BUFFER_BYTES);
	/** Where the next page bytes go, and behind the last of them the lookahead. */
	readonly #window = new VectorWindow(new IovecArray());
	readonly #readChannel: (vector: IovecArray, first: number, count: number) => number;
	/** Of the window's bytes, those that are pages. */
	#windowPageBytes = 0;
	#windowIsLast = false;
	#lookaheadAdded = false;
	/** Bytes of the buffer that are read, but not consumed: from `start` up to `end`. */
	#start = 0;
	#end = 0;
	#initialBytes: Uint8Array;
	#blocked = false;
	#deadlineMs: number | undefined;

	/** `initialBytes`: the start of the stream, where it was read already; kept. */
	constructor(channel: ByteChannel, applier: StreamApplier, initialBytes: Uint8Array = new Uint8Array(0)) {
		this.#channel = channel;
		this.#applier = applier;
		this.#readChannel = channel.read.bind(channel);
		this.#initialBytes = initialBytes;
	}

	/** The channel had nothing more, and all that was read is applied: wait until it is readable, or for the deadline, and `unblock`. */
	get blocked(): boolean {
		return this.#blocked && !this.#holdsBytes;
	}

	get deadlineMs(): number | undefined {
		return this.#deadlineMs;
	}

	unblock(): void {
		this.#blocked = false;
	}

	/**
	 * Reads and applies a piece of the stream; stops at its end, and where the channel has nothing more. Throws LinkError or
	 * StreamError, after which it must not be called again. `goesOn` is asked now and then.
	 */
	read(nowMs: number, goesOn: () => boolean): void {
		const {decoder} = this.#applier;
		let budget = this.#channel.pieceBytes;
		while (budget > 0 && !decoder.ended && goesOn()) {
			const workBefore = this.#applier.workBytes;
			// What has been read is applied whether or not more can be read: it may be the last.
			if (this.#start < this.#end) this.#consumeBuffer();
			else if (this.#initialBytes.length > 0) this.#refillFromInitial();
			else if (this.#blocked) break;
			else budget -= decoder.pageBytesWanted > 0 ? this.#readPages(budget) : this.#readBuffer();
			budget -= this.#applier.workBytes - workBefore;
		}

		// Applying may have used the budget up: what was read is then gone on with, and not waited behind.
		if (this.blocked) this.#awaitMore(nowMs);
	}

	get #holdsBytes(): boolean {
		return this.#start < this.#end || this.#initialBytes.length > 0;
	}

	#refillFromInitial(): void {
		const part = this.#initialBytes.subarray(0, BUFFER_BYTES);
		this.#buffer.bytes.set(part);
		this.#start = 0;
		this.#end = part.length;
		this.#initialBytes = this.#initialBytes.subarray(part.length);
	}

	/** Gives the buffer's bytes to the decoder, or copies them to the pages that they are of. */
	#consumeBuffer(): void {
		const {decoder} = this.#applier;
		if (decoder.pageBytesWanted === 0) {
			this.#start += this.#applier.push(this.#buffer.bytes.subarray(this.#start, this.#end), this.#buffer.address + this.#start);
			return;
		}

		this.#fillWindow();
		let source = this.#buffer.address + this.#start;
		const copied = this.#window.move(
			(vector, first, count) => {
				const begun = source;
				for (let index = first; index < first + count; index++) {
					copyMemory(vector.addressAt(index), source, vector.lengthAt(index));
					source += vector.lengthAt(index);
				}

				return source - begun;
			},
			Math.min(this.#end - this.#start, this.#windowPageBytes),
		);
		this.#start += copied;
		this.#pagesMoved(copied);
	}

	/** What is not pages: into the buffer, of which nothing is waiting. */
	#readBuffer(): number {
		this.#window.clear();
		this.#window.add(this.#buffer.address, BUFFER_BYTES);
		const got = this.#readWindow(BUFFER_BYTES);
		this.#start = 0;
		this.#end = got;
		return got;
	}

	/** Pages of the record at hand, and behind its last page a little more. */
	#readPages(budget: number): number {
		this.#fillWindow();
		if (this.#windowIsLast && !this.#lookaheadAdded && this.#window.room > 0) {
			this.#window.add(this.#buffer.address, LOOKAHEAD_BYTES);
			this.#lookaheadAdded = true;
		}

		const got = this.#readWindow(Math.min(budget, this.#window.byteCount));
		const pageBytes = Math.min(got, this.#windowPageBytes);
		this.#start = 0;
		this.#end = got - pageBytes;
		if (pageBytes > 0) this.#pagesMoved(pageBytes);
		return got;
	}

	/** Makes the window name the next pages, unless it still does. */
	#fillWindow(): void {
		if (this.#windowPageBytes > 0) return;
		this.#window.clear();
		this.#lookaheadAdded = false;
		this.#windowIsLast = this.#applier.fillPages(this.#window);
		this.#windowPageBytes = this.#window.byteCount;
	}

	#pagesMoved(byteCount: number): void {
		this.#windowPageBytes -= byteCount;
		this.#applier.pageBytesMoved(byteCount);
	}

	/** One read of at most `maxBytes` of the window; 0 when there is nothing now. */
	#readWindow(maxBytes: number): number {
		const got = this.#window.move(this.#readChannel, maxBytes);
		if (got > 0) {
			// A socket that gave less than asked for is empty: asking again before it is readable would be a call for nothing.
			if (got < maxBytes && this.#channel.pollFd !== undefined) this.#blocked = true;
			return got;
		}

		if (got === 0) {
			// Throws: whoever reads on has not seen the stream's end.
			this.#applier.decoder.end();
			throw new TypeError('read beyond the end of the stream');
		}

		if (got === -Errno.EAGAIN) this.#blocked = true;
		else if (got === -Errno.EFAULT) throw memoryError('writing received pages into guest memory', -got);
		else if (got !== -Errno.EINTR) throw this.#channel.errorOf('reading the stream', -got);
		return 0;
	}

	/** How much must come before it is worth waking up, and when to look all the same: the sender may be held back by its window. */
	#awaitMore(nowMs: number): void {
		const wanted = Math.min(this.#applier.decoder.pageBytesWanted, LOW_WATER_BYTES);
		const lookedInVain = this.#deadlineMs !== undefined && nowMs >= this.#deadlineMs;
		const wait = wanted > 1 && !lookedInVain;
		this.#channel.wantAtLeast(wait ? wanted : 1);
		this.#deadlineMs = wait ? nowMs + LOW_WATER_DELAY_MS : undefined;
	}
}
