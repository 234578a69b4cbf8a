import type {Pfn} from '@sterna/protocol/model';
import type {CheckResult} from '../../driver.ts';
import {type BadPage, describeBadPage, type MemoryChecker} from './memory-checker.ts';

/** Pages between two looks at the clock: about 50 µs. */
const PAGES_BETWEEN_CLOCKS = 32;

/** One look at every page of memory, in slices, while the program goes on. */
export class Sweep {
	/** Settles when every page was looked at. */
	readonly finished: Promise<CheckResult>;
	readonly #checker: MemoryChecker;
	readonly #memoryPages: number;
	readonly #settle: (result: CheckResult) => void;
	#next: Pfn | undefined;
	#looked = 0;
	#badPages = 0;
	#firstBad: string | undefined;

	constructor(checker: MemoryChecker, memoryPages: number) {
		this.#checker = checker;
		this.#memoryPages = memoryPages;
		this.#next = checker.firstFrom(0);
		const {promise, resolve} = Promise.withResolvers<CheckResult>();
		this.finished = promise;
		this.#settle = resolve;
	}

	/** Goes on until `performance.now()` is past the deadline or memory is at its end. Returns the number of pages looked at, and whether that was all. */
	slice(deadlineMs: number, onBad: (page: BadPage) => void): {readonly pages: number; readonly done: boolean} {
		let pages = 0;
		while (this.#next !== undefined) {
			const bad = this.#checker.check(this.#next);
			if (bad) {
				this.#badPages += 1;
				this.#firstBad ??= describeBadPage(bad);
				onBad(bad);
			}

			pages += 1;
			this.#next = this.#checker.nextAfter(this.#next);
			if (pages % PAGES_BETWEEN_CLOCKS === 0 && performance.now() > deadlineMs) break;
		}

		this.#looked += pages;
		const done = this.#next === undefined;
		// Holes that were passed over count: they are what they must be.
		if (done) this.#settle({pagesChecked: Math.max(this.#looked, this.#memoryPages), badPages: this.#badPages, firstBad: this.#firstBad});
		return {pages, done};
	}
}
