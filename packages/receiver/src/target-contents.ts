import type {TargetDomain} from '@sterna/domain';
import {openPageChecker, TargetPages, type DataWorkerPool, type PageHashes} from '@sterna/transport';
import {populateFirst} from './engine/populate-first.ts';
import {ReceivedHashes} from './received-hashes.ts';

/** What is known of a target's memory, from one link to the next: which pages have memory, which the guest has, their hashes. */
export class TargetContents {
	readonly target: TargetDomain;
	#pages: TargetPages | undefined;
	readonly hashes: ReceivedHashes;

	constructor(pool: DataWorkerPool, target: TargetDomain) {
		const {memory} = target;
		this.target = target;
		this.#pages = new TargetPages(memory.pageLimit);
		this.hashes = new ReceivedHashes(memory, pageHashes => openPageChecker(pool, {memory, pageHashes}));
	}

	/** For the links. Throws once it was released. */
	get pages(): TargetPages {
		if (this.#pages === undefined) throw new TypeError('the contents of a target that nothing comes into any more');
		return this.#pages;
	}

	/** Nothing comes in any more: what is left is the digest. A migration is remembered for long after its end. Resolves when nothing reads the memory. Idempotent. */
	async release(): Promise<void> {
		await this.hashes.stop();
		this.#pages = undefined;
	}

	/** The pages that the memory has came over links of an earlier daemon. */
	adopt(): void {
		for (const {pfn, pageCount} of this.target.memory.populatedRuns()) this.pages.adopt(pfn, pageCount);
	}

	/** Populates the memory of a guest that will fill it, ahead of its first stream. Rejects with the signal's reason. */
	async populate(contentPages: number, signal: AbortSignal): Promise<void> {
		if (await populateFirst(this.target, contentPages, signal)) this.pages.markBacked(0, this.target.memory.pageLimit);
	}

	/** The table for a link that is about to be opened; undefined: its pages are not hashed. Rejects as `ReceivedHashes.of`. */
	async hashesFor(key: number | undefined): Promise<PageHashes | undefined> {
		if (key !== undefined) return this.hashes.of(key);
		await this.hashes.forget();
		return undefined;
	}
}
