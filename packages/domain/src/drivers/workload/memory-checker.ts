import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol/model';
import {seekData} from '@sterna/system';
import type {OwnMemory} from './own-memory.ts';
import {describePage, isZeroPage, type PageContent} from './page-content.ts';
import type {ProgramCursor} from './program.ts';

/** A page that does not hold what the program's position says it must. */
export type BadPage = {readonly pfn: Pfn; readonly expected: string; readonly found: string};

/** For the output and the operator: one line. */
export function describeBadPage({pfn, expected, found}: BadPage): string {
	return `CORRUPT pfn=${pfn} expected ${expected} found ${found}`;
}

/** Compares memory with what must be in it. Looks at pages only: who stops when one is bad is the caller. */
export class MemoryChecker {
	readonly #memory: OwnMemory;
	readonly #content: PageContent;
	readonly #cursor: ProgramCursor;

	constructor(memory: OwnMemory, content: PageContent, cursor: ProgramCursor) {
		this.#memory = memory;
		this.#content = content;
		this.#cursor = cursor;
	}

	/** What is wrong with a page now; undefined when nothing is. Reads every word of it. */
	check(pfn: Pfn): BadPage | undefined {
		const words = this.#memory.windowOf(pfn);
		const base = this.#memory.baseOf(pfn);
		const generation = this.#cursor.expectedGeneration(pfn);
		const good = generation === undefined ? isZeroPage(words, base) : this.#content.matches(words, base, pfn, generation);
		if (good) return undefined;
		return {
			pfn,
			expected: generation === undefined ? 'a page of zeros, never touched' : `generation ${generation}`,
			found: describePage(words, base),
		};
	}

	/**
	 * The page to check after `pfn`; undefined at the end of memory. Where memory was never touched, holes of the memory file are
	 * passed over: they are zero by definition, and reading one through the mapping would allocate it.
	 */
	nextAfter(pfn: Pfn): Pfn | undefined {
		return this.firstFrom(pfn + 1);
	}

	/** The first page at or after `pfn` that has to be looked at; undefined when there is none. */
	firstFrom(pfn: Pfn): Pfn | undefined {
		if (pfn < this.#cursor.layout.touchedPages) return pfn;
		if (pfn >= this.#memory.pageCount) return undefined;
		const data = seekData(this.#memory.fd, pfn * PAGE_SIZE_BYTES);
		return data === undefined ? undefined : Math.floor(data / PAGE_SIZE_BYTES);
	}
}
