import {type DataChannel, type Digest, PAGE_SIZE_BYTES, pageTypeHasData, type PageBatch} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import {LinkProof} from './link-proof.ts';
import type {MappedMemory} from './messages.ts';
import type {SharedPageHashes} from './page-hashes.ts';
import {PageGlance} from './page-glance.ts';
import type {PageStore} from './page-store.ts';

/** Hashes what a stream brings, and holds it against what the stream's DIGEST records say. Owns native memory until it is disposed of. */
export class ReceivedProof implements Disposable {
	readonly #proof: LinkProof;
	/** Of the record at hand, when its pages come as they are: `#index` is that of the next entry, of which `#filledBytes` have come. */
	#batch: PageBatch | undefined;
	#index = 0;
	#filledBytes = 0;
	/** Where the bytes being decoded lie, and the stream offset of the first that is not hashed yet. */
	#address = 0;
	#offset = 0;
	/** Up to the last DIGEST's header. */
	#bytesHash = 0n;
	/** Up to the end of the last record that may stand in front of a CHECKPOINT_END. */
	#recordsHash = 0n;
	#isProven = false;
	/** Where the pages of the record at hand are held back; undefined: they go into the guest's memory. */
	#heldIn: PageStore | undefined;
	/** At the store that pages were last held back in. */
	#glance: {readonly store: PageStore; readonly at: PageGlance} | undefined;

	constructor(memory: MappedMemory, hashes: SharedPageHashes, channel: DataChannel) {
		this.#proof = new LinkProof(memory, hashes, channel);
	}

	/** Bytes at `address` are about to be decoded, the first of which is at this stream offset. */
	begin(address: number, offset: number): void {
		this.#address = address;
		this.#offset = offset;
	}

	/** They were decoded up to this stream offset, none of them content of a page. */
	decodedTo(offset: number): void {
		const byteLength = offset - this.#offset;
		this.#proof.addBytes(this.#address, byteLength);
		this.#address += byteLength;
		this.#offset = offset;
	}

	/** The header of a DIGEST was read; `offset`: behind it. */
	onDigestHeader(offset: number): void {
		this.decodedTo(offset);
		this.#bytesHash = this.#proof.bytesHash;
	}

	/** Throws LinkError ERR_PROOF_MISMATCH where the record says something else; `offset`: of its header. */
	onDigest({bytesHash, pagesFold}: Digest, offset: number): void {
		const wrong = [
			...(bytesHash === this.#bytesHash ? [] : ['records or device state']),
			...(pagesFold === this.#proof.pagesFold ? [] : ['pages']),
		];
		if (wrong.length > 0) throw mismatch(`${wrong.join(' and ')} before byte ${offset} of the stream are not what was sent`);
		this.#isProven = true;
	}

	/** A record came that bears on the guest: what was proven is not all any more. */
	onOther(): void {
		this.#isProven = false;
	}

	/** A record of a checkpoint behind its pages was read whole; `offset`: behind it. */
	onCheckpointRecord(offset: number): void {
		this.decodedTo(offset);
		this.#recordsHash = this.#proof.bytesHash;
	}

	/**
	 * A CHECKPOINT_END came, whose header is at `offset`: returns the digest of its checkpoint. Throws LinkError ERR_PROOF_MISMATCH where something came
	 * that no DIGEST was sent for, unless such records are not to be expected.
	 */
	onCheckpointEnd(offset: number, expectsRecord: boolean): bigint {
		if (expectsRecord && !this.#isProven)
			throw mismatch(`the checkpoint that ends at byte ${offset} of the stream has no digest of what was sent`);
		this.#isProven = false;
		return this.#recordsHash ^ this.#proof.pagesFold;
	}

	/** The stream ends. Throws LinkError ERR_PROOF_MISMATCH where something came that no DIGEST was sent for. */
	onEnd(offset: number): void {
		if (!this.#isProven) throw mismatch(`the stream ends at byte ${offset} without a digest of what was sent`);
	}

	/** A list of pages came, and their contents come next, to be held back in `heldIn` if that is not undefined; those without are pages of zeros. */
	beginBatch(batch: PageBatch, heldIn: PageStore | undefined): void {
		this.#heldIn = heldIn;
		this.#isProven = false;
		this.#batch = batch;
		this.#index = 0;
		this.#filledBytes = 0;
		if (batch.dataPages < batch.count) this.#enterEmpty(batch);
	}

	/** So many bytes more of the pages are in the memory. */
	pageBytesMoved(byteCount: number): void {
		const batch = this.#batch;
		if (batch === undefined) throw new TypeError('bytes of no pages');
		this.#filledBytes += byteCount;
		let pages = Math.floor(this.#filledBytes / PAGE_SIZE_BYTES);
		this.#filledBytes -= pages * PAGE_SIZE_BYTES;
		while (pages > 0) pages -= this.#enterRun(batch, pages);
	}

	/** All pages of a batch are in the memory at once: they came compressed. */
	pagesMade(batch: PageBatch): void {
		for (let index = 0; index < batch.count; index++) this.#enter(batch.pfns[index] ?? 0, 1);
	}

	/** The rest of the pages of the list will not come: the one that has come in part is what it is now. */
	broughtNoMore(): void {
		if (this.#batch !== undefined && this.#filledBytes > 0) this.#enterRun(this.#batch, 1);
		this.#batch = undefined;
	}

	/** Pages that came compressed could not be made, and those among them that `isBacked` may be anything. */
	pagesSpoiled({pfns, count}: PageBatch, isBacked: (pfn: number) => boolean): void {
		for (let index = 0; index < count; index++) {
			const pfn = pfns[index] ?? 0;
			if (isBacked(pfn)) this.#proof.pages.enter(pfn, 1);
		}
	}

	/** Pages that were held back are dropped: the table says again what the memory has. */
	dropped(pfn: number, pageCount: number, memory: PageStore): void {
		this.#proof.pages.enterZeros(pfn, pageCount);
		memory.eachData(pfn, pageCount, (first, count) => this.#proof.pages.enter(first, count));
	}

	/** Runs of pages were named as zeros. */
	zerosNamed(runs: ArrayLike<number>): void {
		this.#isProven = false;
		for (let index = 0; index < runs.length; index += 2) this.#proof.pages.enterZeros(runs[index] ?? 0, runs[index + 1] ?? 0);
	}

	[Symbol.dispose](): void {
		this.#proof[Symbol.dispose]();
	}

	/** Enters the next pages of the list that lie together, at most so many; returns how many. */
	#enterRun({pfns, types, count}: PageBatch, maxPages: number): number {
		let index = this.#index;
		while (index < count && !pageTypeHasData(types[index] ?? 0)) index += 1;
		if (index >= count) throw new TypeError('more page bytes than the list has pages');
		const pfn = pfns[index] ?? 0;
		let pages = 1;
		while (pages < maxPages && pfns[index + pages] === pfn + pages && pageTypeHasData(types[index + pages] ?? 0)) pages += 1;
		this.#enter(pfn, pages);
		this.#index = index + pages;
		return pages;
	}

	#enter(pfn: number, pageCount: number): void {
		const store = this.#heldIn;
		if (store === undefined) {
			this.#proof.pages.enter(pfn, pageCount);
			return;
		}

		if (this.#glance?.store !== store) this.#glance = {store, at: new PageGlance(store.address, store.pageLimit)};
		this.#proof.pages.enterAt(pfn, pageCount, store.addressOf(pfn), this.#glance.at);
	}

	#enterEmpty({pfns, types, count}: PageBatch): void {
		for (let index = 0; index < count; index++) {
			if (!pageTypeHasData(types[index] ?? 0)) this.#proof.pages.enterZeros(pfns[index] ?? 0, 1);
		}
	}
}

function mismatch(message: string): LinkError {
	return new LinkError({code: 'ERR_PROOF_MISMATCH', message});
}
