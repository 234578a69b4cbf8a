import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {viewMemory} from '@sterna/system';

/**
 * Memory whose pages can be told from pages of zeros, mostly without a call: by the first double of each. The memory outlives it. To be made once for a memory: its bytes count as garbage
 * of JavaScript's, and one for each batch would have the collector run all the time.
 */
export class PageGlance {
	readonly #address: number;
	readonly #doubles: Float64Array;

	constructor(address: number, pageCount: number) {
		this.#address = address;
		this.#doubles = new Float64Array(viewMemory(address, pageCount * PAGE_SIZE_BYTES).buffer);
	}

	/** Whether the page at an address in it may be one of zeros: what begins with anything else is none. */
	mayBeZeros(address: number): boolean {
		return this.#doubles[(address - this.#address) / Float64Array.BYTES_PER_ELEMENT] === 0;
	}
}
