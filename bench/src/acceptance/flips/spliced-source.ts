import type {StreamSource} from '@sterna/migrate-ctl/stream';

/** A piece of the bytes; `to` is exclusive. */
export type Range = {readonly from: number; readonly to: number};

/** So much is given to the decoder at once: it then steps over pages instead of looking at them. */
const PEEK_BYTES = 16 * 1024;

/** Some pieces of bytes in memory, read as one stream. Nothing is copied. */
export class SplicedSource implements StreamSource {
	readonly name = 'a stream in memory';
	readonly sizeBytes: number;
	readonly #bytes: Uint8Array;
	readonly #ranges: readonly Range[];
	#range = 0;
	/** In `bytes`. */
	#at: number;

	/** `ranges` rise; they may be empty. */
	constructor(bytes: Uint8Array, ranges: readonly Range[]) {
		this.#bytes = bytes;
		this.#ranges = ranges;
		this.#at = ranges[0]?.from ?? 0;
		this.sizeBytes = ranges.reduce((sum, {from, to}) => sum + to - from, 0);
	}

	peek(): Uint8Array {
		const end = this.#rangeEnd();
		return this.#bytes.subarray(this.#at, Math.min(end, this.#at + PEEK_BYTES));
	}

	consume(count: number): void {
		this.skip(count);
	}

	skip(count: number): number {
		let left = count;
		while (left > 0) {
			const end = this.#rangeEnd();
			const step = Math.min(left, end - this.#at);
			if (step === 0) break;
			this.#at += step;
			left -= step;
		}

		return count - left;
	}

	readInto(target: Uint8Array): number {
		let filled = 0;
		while (filled < target.length) {
			const rangeEnd = this.#rangeEnd();
			const end = Math.min(rangeEnd, this.#at + target.length - filled);
			if (end === this.#at) break;
			target.set(this.#bytes.subarray(this.#at, end), filled);
			filled += end - this.#at;
			this.#at = end;
		}

		return filled;
	}

	readAt(target: Uint8Array, offset: number): number {
		const other = new SplicedSource(this.#bytes, this.#ranges);
		other.skip(offset);
		return other.readInto(target);
	}

	rewind(): void {
		this.#range = 0;
		this.#at = this.#ranges[0]?.from ?? 0;
	}

	/** The place in the bytes of a place in the stream. */
	placeOf(offset: number): number {
		let left = offset;
		for (const {from, to} of this.#ranges) {
			if (left < to - from) return from + left;
			left -= to - from;
		}

		return (this.#ranges.at(-1)?.to ?? 0) + left;
	}

	/** Where the piece ends in which the next byte is; goes on to the next piece at the end of one. */
	#rangeEnd(): number {
		for (;;) {
			const range = this.#ranges[this.#range];
			if (range === undefined) return this.#at;
			if (this.#at < range.to) return range.to;
			const next = this.#ranges[this.#range + 1];
			if (next === undefined) return this.#at;
			this.#range += 1;
			this.#at = next.from;
		}
	}
}
