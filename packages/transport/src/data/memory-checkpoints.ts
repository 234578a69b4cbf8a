import type {PageStore} from './page-store.ts';
import {StagedPages, type Staging} from './staged-pages.ts';

/** In the types held back: not named by the checkpoint under way. Not a nibble. */
const NOT_NAMED = 0xff;

/**
 * The checkpoints of a stream, held in memory of this process: up to the first whole one pages go straight into the guest's, from there on they wait until
 * theirs is whole. Owns the memory until it is disposed of; what is held then is dropped.
 */
export class MemoryCheckpoints implements Disposable {
	readonly #target: PageStore;
	readonly #pageTypes: Uint8Array | undefined;
	#staged: StagedPages | undefined;
	#stagedTypes: Uint8Array | undefined;

	constructor(target: PageStore, pageTypes: Uint8Array | undefined) {
		this.#target = target;
		this.#pageTypes = pageTypes;
	}

	/** Where pages wait; undefined while they go straight into memory. */
	get staging(): Staging | undefined {
		return this.#staged;
	}

	/** Takes the type nibble of each pfn that is named; undefined where types are of no interest. */
	get namedTypes(): Uint8Array | undefined {
		return this.#staged === undefined ? this.#pageTypes : this.#stagedTypes;
	}

	/** Everything so far belongs to a whole checkpoint: it becomes the guest, and what follows is held. Throws LinkError. */
	commit(): void {
		const {pageLimit} = this.#target;
		if (this.#staged === undefined) {
			this.#staged = new StagedPages(pageLimit);
			if (this.#pageTypes !== undefined) this.#stagedTypes = new Uint8Array(pageLimit).fill(NOT_NAMED);
			return;
		}

		this.#staged.copyTo(this.#target);
		this.#staged.release();
		if (this.#pageTypes !== undefined && this.#stagedTypes !== undefined) applyTypes(this.#stagedTypes, this.#pageTypes);
	}

	/** Idempotent. */
	[Symbol.dispose](): void {
		this.#staged?.[Symbol.dispose]();
		this.#staged = undefined;
	}
}

function applyTypes(staged: Uint8Array, pageTypes: Uint8Array): void {
	for (let pfn = 0; pfn < staged.length; pfn++) {
		const type = staged[pfn] ?? NOT_NAMED;
		if (type !== NOT_NAMED) pageTypes[pfn] = type;
	}

	staged.fill(NOT_NAMED);
}
