import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory, mapAnonymous, unmapMemory} from '@sterna/system';

/**
 * Pages as they were last sent, the most recently used ones of a bounded number. Owns that much native memory, which the kernel gives as it is
 * filled, and about 100 bytes a page for finding them: 1.6 MiB for a cache of 64 MiB.
 */
export class VersionCache implements Disposable {
	readonly #byteLength: number;
	readonly #address: number;
	readonly #slotOf = new Map<number, number>();
	/** Of each slot; −1: free. */
	readonly #pfnOf: Float64Array;
	/** Whether a slot was used since the hand last passed it. */
	readonly #used: Uint8Array;
	/** The clock's hand: where the next page goes unless that slot was used meanwhile. */
	#hand = 0;

	/** `byteLength`: of the pages; rounded down to whole ones, at least one. */
	constructor(byteLength: number) {
		const slots = Math.max(1, Math.floor(byteLength / PAGE_SIZE_BYTES));
		this.#byteLength = slots * PAGE_SIZE_BYTES;
		this.#address = Number(mapAnonymous(this.#byteLength));
		this.#pfnOf = new Float64Array(slots).fill(-1);
		this.#used = new Uint8Array(slots);
	}

	/** Where the last version of a page lies, until it is replaced; undefined where it is not here. */
	find(pfn: number): number | undefined {
		const slot = this.#slotOf.get(pfn);
		return slot === undefined ? undefined : this.#addressOf(slot);
	}

	/** Copies a page as it has just been sent. */
	keep(pfn: number, source: number): void {
		const slot = this.#slotOf.get(pfn) ?? this.#take(pfn);
		this.#used[slot] = 1;
		copyMemory(this.#addressOf(slot), source, PAGE_SIZE_BYTES);
	}

	/** A page went in a version that nobody kept: what is here is not what the target has. */
	forget(pfn: number): void {
		const slot = this.#slotOf.get(pfn);
		if (slot === undefined) return;
		this.#slotOf.delete(pfn);
		this.#pfnOf[slot] = -1;
		this.#used[slot] = 0;
	}

	/** Forgets everything. */
	clear(): void {
		this.#slotOf.clear();
		this.#pfnOf.fill(-1);
		this.#used.fill(0);
	}

	[Symbol.dispose](): void {
		unmapMemory(this.#address, this.#byteLength);
	}

	#addressOf(slot: number): number {
		return this.#address + slot * PAGE_SIZE_BYTES;
	}

	/** A slot for a page that has none. */
	#take(pfn: number): number {
		while (this.#used[this.#hand] === 1) {
			this.#used[this.#hand] = 0;
			this.#hand = (this.#hand + 1) % this.#pfnOf.length;
		}

		const slot = this.#hand;
		this.#hand = (this.#hand + 1) % this.#pfnOf.length;
		const before = this.#pfnOf[slot] ?? -1;
		if (before >= 0) this.#slotOf.delete(before);
		this.#pfnOf[slot] = pfn;
		this.#slotOf.set(pfn, slot);
		return slot;
	}
}
