import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {MappedMemory} from './messages.ts';

/** Where the contents of a batch's pages are. Pages that follow each other in the batch's runs and in the guest lie together. */
export interface PageSource {
	/** Whether nobody writes the pages meanwhile. */
	readonly holdsStill: boolean;
	/** Of a page of the batch. */
	addressOf(pfn: number): number;
}

/** Pages as they lie in the guest, which may write them at any time. */
export class GuestPages implements PageSource {
	readonly holdsStill = false;
	readonly #address: number;

	constructor({address}: Pick<MappedMemory, 'address'>) {
		this.#address = address;
	}

	addressOf(pfn: number): number {
		return this.#address + pfn * PAGE_SIZE_BYTES;
	}
}

/** Copies of the pages of one batch, one behind another in the order of its runs. */
export class CopiedPages implements PageSource {
	readonly holdsStill = true;
	readonly #runs: Uint32Array;
	readonly #address: number;
	/** Of each run, how many pages are in front of it. */
	readonly #before: Uint32Array;
	/** The run that was last asked for: the next question is mostly for it, or for the one behind it. */
	#run = 0;

	/** `runs`: pairs of pfn and page count, ascending, none of them overlapping; kept. */
	constructor(runs: Uint32Array, address: number) {
		this.#runs = runs;
		this.#address = address;
		this.#before = new Uint32Array(runs.length / 2);
		for (let run = 1; run < this.#before.length; run++) this.#before[run] = (this.#before[run - 1] ?? 0) + (runs[run * 2 - 1] ?? 0);
	}

	addressOf(pfn: number): number {
		if (!this.#isIn(this.#run, pfn)) this.#run = this.#isIn(this.#run + 1, pfn) ? this.#run + 1 : this.#find(pfn);
		return this.#address + ((this.#before[this.#run] ?? 0) + pfn - (this.#runs[this.#run * 2] ?? 0)) * PAGE_SIZE_BYTES;
	}

	#isIn(run: number, pfn: number): boolean {
		const first = this.#runs[run * 2] ?? Infinity;
		return pfn >= first && pfn < first + (this.#runs[run * 2 + 1] ?? 0);
	}

	#find(pfn: number): number {
		let low = 0;
		let high = this.#before.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.#runs[middle * 2] ?? 0) <= pfn) low = middle;
			else high = middle - 1;
		}

		if (!this.#isIn(low, pfn)) throw new TypeError(`page ${pfn} is not of the batch`);
		return low;
	}
}
