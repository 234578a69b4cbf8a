import {addressOf, type Address} from './libc.ts';

/** Most entries that the kernel takes in one readv or writev. Linux UIO_MAXIOV. */
export const IOV_MAX = 1024;

const ENTRY_WORDS = 4;
const ENTRY_BYTES = 16;
const TWO_TO_32 = 2 ** 32;

/**
 * A reusable `struct iovec[]` off the JavaScript heap: nothing is allocated per entry or per call.
 * It holds addresses only: the memory behind them is kept alive by the caller.
 */
export class IovecArray {
	/** Number of entries. */
	readonly capacity: number;
	/** Address of entry 0, for the calls of `vectored-io.ts`. */
	readonly address: number;
	readonly #words: Uint32Array<ArrayBuffer>;

	/** `capacity`: 1 … 1024 (IOV_MAX). */
	constructor(capacity: number = IOV_MAX) {
		if (!Number.isInteger(capacity) || capacity < 1 || capacity > IOV_MAX)
			throw new RangeError(`an iovec array has 1 to ${IOV_MAX} entries, not ${capacity}`);
		this.capacity = capacity;
		this.#words = new Uint32Array(new ArrayBuffer(capacity * ENTRY_BYTES));
		this.address = addressOf(this.#words);
	}

	/** Writes one entry. Throws RangeError for an index outside of the array. */
	set(index: number, address: Address, length: number): void {
		this.#assertIndex(index);
		const start = typeof address === 'number' ? address : Number(address);
		const word = index * ENTRY_WORDS;
		// Storing in a Uint32Array takes the value modulo 2^32.
		this.#words[word] = start;
		this.#words[word + 1] = start / TWO_TO_32;
		this.#words[word + 2] = length;
		this.#words[word + 3] = length / TWO_TO_32;
	}

	addressAt(index: number): number {
		this.#assertIndex(index);
		return this.#word(index, 0) + this.#word(index, 1) * TWO_TO_32;
	}

	lengthAt(index: number): number {
		this.#assertIndex(index);
		return this.#word(index, 2) + this.#word(index, 3) * TWO_TO_32;
	}

	/**
	 * Takes `byteCount` moved bytes off the entries from `first` on: after a short read or write. The entry that was moved in
	 * part is trimmed in place. Returns the index of the first entry with bytes left; `end` when none has. Entries of length 0 are skipped.
	 */
	consume(first: number, end: number, byteCount: number): number {
		let left = byteCount;
		let index = first;
		while (index < end) {
			const length = this.lengthAt(index);
			if (left < length) {
				if (left > 0) this.set(index, this.addressAt(index) + left, length - left);
				return index;
			}

			left -= length;
			index += 1;
		}

		if (left > 0) throw new RangeError(`${byteCount} bytes were moved, ${left} more than the entries hold`);
		return end;
	}

	#word(index: number, offset: number): number {
		return this.#words[index * ENTRY_WORDS + offset] ?? 0;
	}

	#assertIndex(index: number): void {
		if (!(index >= 0 && index < this.capacity)) throw new RangeError(`entry ${index} of an iovec array of ${this.capacity}`);
	}
}
