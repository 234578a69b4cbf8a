import type {LinkProgress} from '@sterna/transport';

const NONE: LinkProgress = {writtenBytes: 0, creditedBytes: 0, appliedBytes: 0, zeroPages: 0, savedBytes: 0};

/** What went over all links of one operation together. */
export class LinkTotals {
	#before: LinkProgress = NONE;
	#current: () => LinkProgress = () => NONE;

	/** The next link: what the one before it comes to stays counted. */
	open(progress: () => LinkProgress): void {
		this.#before = this.progress;
		this.#current = progress;
	}

	/** Nothing follows: holds the sums, and no link any more. */
	close(): void {
		const sums = this.progress;
		this.#before = NONE;
		this.#current = () => sums;
	}

	get progress(): LinkProgress {
		const current = this.#current();
		return {
			writtenBytes: this.#before.writtenBytes + current.writtenBytes,
			creditedBytes: this.#before.creditedBytes + current.creditedBytes,
			appliedBytes: this.#before.appliedBytes + current.appliedBytes,
			zeroPages: this.#before.zeroPages + current.zeroPages,
			savedBytes: this.#before.savedBytes + current.savedBytes,
		};
	}
}
