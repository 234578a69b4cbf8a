import type {IovecArray} from '@sterna/system';

/**
 * The part of an iovec array that still has bytes to move: entries `first` up to `end`, `byteCount` bytes in all.
 * Filled by its owner, moved by `move`.
 */
export class VectorWindow {
	readonly vector: IovecArray;
	#first = 0;
	#end = 0;
	#byteCount = 0;
	/** Address behind the last entry, which must not have moved bytes yet when it grows. */
	#behind = 0;

	constructor(vector: IovecArray) {
		this.vector = vector;
	}

	get byteCount(): number {
		return this.#byteCount;
	}

	/** Entries that can still be added. */
	get room(): number {
		return this.vector.capacity - this.#end;
	}

	clear(): void {
		this.#first = 0;
		this.#end = 0;
		this.#byteCount = 0;
	}

	/** Adds one entry, or makes the last one longer where it ends there; an entry without bytes is left out. */
	add(address: number, byteLength: number): void {
		if (byteLength === 0) return;
		this.#byteCount += byteLength;
		if (this.#end > 0 && address === this.#behind) this.#extend(byteLength);
		else {
			this.vector.set(this.#end, address, byteLength);
			this.#end += 1;
		}

		this.#behind = address + byteLength;
	}

	/**
	 * One system call for at most `maxBytes` (> 0) of the window: `call` gets the entries and returns the number of bytes moved, or
	 * −errno. Moved bytes leave the window. The entry that crosses the limit is trimmed for the call and put right after it.
	 */
	move(call: (vector: IovecArray, first: number, count: number) => number, maxBytes: number): number {
		const {vector} = this;
		let end = this.#end;
		let trimmed = -1;
		let length = 0;
		if (this.#byteCount > maxBytes) {
			let left = maxBytes;
			end = this.#first;
			while (left > 0) {
				length = vector.lengthAt(end);
				if (length > left) {
					trimmed = end;
					vector.set(end, vector.addressAt(end), left);
				}

				left -= length;
				end += 1;
			}
		}

		const moved = call(vector, this.#first, end - this.#first);
		if (trimmed >= 0) vector.set(trimmed, vector.addressAt(trimmed), length);
		if (moved > 0) {
			this.#first = vector.consume(this.#first, this.#end, moved);
			this.#byteCount -= moved;
		}

		return moved;
	}

	#extend(byteLength: number): void {
		const last = this.#end - 1;
		this.vector.set(last, this.vector.addressAt(last), this.vector.lengthAt(last) + byteLength);
	}
}
