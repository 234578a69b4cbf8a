import type {IovecArray} from '../iovec-array.ts';
import {copyMemory} from '../memory-operations.ts';

/** Walks over the bytes of iovec entries in pieces that lie together: long entries as they are, short ones copied into a stage. */
export class GatherSource {
	/** Of the gathered piece: in an entry's memory or the stage. */
	address = 0;
	byteLength = 0;
	readonly #stageAddress: number;
	#vector: IovecArray | undefined;
	#index = 0;
	#end = 0;
	/** Bytes of entry `#index` that are behind us. */
	#offset = 0;

	/** `stageAddress`: memory for the largest piece. */
	constructor(stageAddress: number) {
		this.#stageAddress = stageAddress;
	}

	/** Begins anew, with `count` entries from `first` on. */
	begin(vector: IovecArray, first: number, count: number): void {
		this.#vector = vector;
		this.#index = first;
		this.#end = first + count;
		this.#offset = 0;
	}

	/** Makes the next `maxBytes` bytes, or as many as there are, the piece; they stay ahead until `advance`. Returns how many. */
	gather(maxBytes: number): number {
		const vector = this.#vector;
		this.byteLength = 0;
		if (vector === undefined || this.#index === this.#end) return 0;
		const left = vector.lengthAt(this.#index) - this.#offset;
		if (left >= maxBytes || this.#index === this.#end - 1) {
			this.address = vector.addressAt(this.#index) + this.#offset;
			this.byteLength = Math.min(left, maxBytes);
			return this.byteLength;
		}

		this.address = this.#stageAddress;
		let offset = this.#offset;
		for (let index = this.#index; index < this.#end && this.byteLength < maxBytes; index++) {
			const length = Math.min(vector.lengthAt(index) - offset, maxBytes - this.byteLength);
			copyMemory(this.#stageAddress + this.byteLength, vector.addressAt(index) + offset, length);
			this.byteLength += length;
			offset = 0;
		}

		return this.byteLength;
	}

	/** Puts the piece behind us. */
	advance(): void {
		this.skip(this.byteLength);
	}

	/** Puts so many bytes behind us; all, where there are fewer. */
	skip(byteCount: number): void {
		const vector = this.#vector;
		if (vector === undefined) return;
		let left = byteCount;
		while (this.#index < this.#end) {
			const here = vector.lengthAt(this.#index) - this.#offset;
			if (left < here) {
				this.#offset += left;
				return;
			}

			left -= here;
			this.#index += 1;
			this.#offset = 0;
		}
	}
}
