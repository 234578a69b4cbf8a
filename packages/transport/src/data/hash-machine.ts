import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {seekData, seekHole} from '@sterna/system';
import {closingFault} from './closing-fault.ts';
import type {Machine} from './machine.ts';
import type {HashOrder, OpenHash, WorkerReport} from './messages.ts';
import {PageHasher} from './page-hasher.ts';

/** 4 MiB: less than half a millisecond, until the links of the worker get their turn. */
const STEP_PAGES = 1024;
/** Of a hole nothing is read. */
const STEP_HOLE_PAGES = 65_536;

type Job = {
	readonly order: HashOrder;
	readonly runs: Uint32Array;
	/** Index of the run at hand, and its pages that are done. */
	run: number;
	page: number;
	/** Runs of pages that differ, ascending within each run of the order. */
	readonly found: number[];
};

/** Hashes memory that no link moves: holds it against the table, or makes the table anew. Jobs are done in order, each reported by `hashed`. */
export class HashMachine implements Machine {
	readonly pollFd = undefined;
	readonly pollEvents = 0;
	readonly deadlineMs = undefined;
	readonly #options: Omit<OpenHash, 'type'> & {readonly report: (report: WorkerReport) => void};
	readonly #hasher: PageHasher;
	readonly #jobs: Job[] = [];
	/** Up to here, and from the page at hand on, the memory is data. Asking the file for a hole walks through all that lies before it: once for each stretch. */
	#dataEnd = 0;
	#closed = false;

	constructor(options: Omit<OpenHash, 'type'> & {readonly report: (report: WorkerReport) => void}) {
		this.#options = options;
		this.#hasher = new PageHasher(options.memory, options.pageHashes);
	}

	get runnable(): boolean {
		return this.#jobs.length > 0;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** `runs`: pairs of pfn and page count inside of the memory; kept. */
	queue(order: HashOrder, runs: Uint32Array): void {
		if (!this.#closed) this.#jobs.push({order, runs, run: 0, page: 0, found: []});
	}

	step(): void {
		const [job] = this.#jobs;
		if (job === undefined) return;
		if (job.run < job.runs.length) this.#advance(job);
		if (job.run < job.runs.length) return;
		this.#jobs.shift();
		const {link, report} = this.#options;
		report({type: 'hashed', link, differing: Uint32Array.from(job.found)});
	}

	close(cause?: unknown): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#jobs.length = 0;
		const {link, report} = this.#options;
		report({type: 'closed', link, fault: cause === undefined ? undefined : closingFault(cause)});
	}

	/** Does some pages of the run at hand: of data, or of a hole, whose pages are zeros and must not be touched. */
	#advance(job: Job): void {
		const pfn = (job.runs[job.run] ?? 0) + job.page;
		const pagesLeft = (job.runs[job.run + 1] ?? 0) - job.page;
		const holePages = this.#holePages(pfn, pagesLeft);
		if (holePages > 0) {
			const pages = Math.min(holePages, pagesLeft, STEP_HOLE_PAGES);
			this.#zeros(job, pfn, pages);
			job.page += pages;
		} else if (pagesLeft > 0) {
			const pages = Math.min(this.#dataEnd - pfn, pagesLeft, STEP_PAGES);
			this.#pages(job, pfn, pages);
			job.page += pages;
		}

		if (job.page < (job.runs[job.run + 1] ?? 0)) return;
		job.run += 2;
		job.page = 0;
		this.#dataEnd = 0;
	}

	/** Pages from `pfn` on that nothing is behind, at most `pagesLeft`; 0 where the stretch of data up to `#dataEnd` begins. */
	#holePages(pfn: number, pagesLeft: number): number {
		if (pfn < this.#dataEnd) return 0;
		const {fd} = this.#options.memory;
		const data = seekData(fd, pfn * PAGE_SIZE_BYTES);
		const holePages = data === undefined ? pagesLeft : Math.floor(data / PAGE_SIZE_BYTES) - pfn;
		if (holePages === 0) this.#dataEnd = Math.ceil(seekHole(fd, pfn * PAGE_SIZE_BYTES) / PAGE_SIZE_BYTES);
		return holePages;
	}

	#pages({order, found}: Job, pfn: number, pageCount: number): void {
		if (order === 'enter') this.#hasher.enter(pfn, pageCount);
		else for (let page = pfn; page < pfn + pageCount; page++) if (this.#hasher.differs(page)) add(found, page);
	}

	#zeros({order, found}: Job, pfn: number, pageCount: number): void {
		if (order === 'enter') this.#hasher.enterZeros(pfn, pageCount);
		else for (let page = pfn; page < pfn + pageCount; page++) if (this.#hasher.differsFromZeros(page)) add(found, page);
	}
}

/** Adds a page to a list of runs, to its last run where it follows that. */
function add(runs: number[], pfn: number): void {
	const last = runs.length - 2;
	if (last >= 0 && (runs[last] ?? 0) + (runs[last + 1] ?? 0) === pfn) runs[last + 1] = (runs[last + 1] ?? 0) + 1;
	else runs.push(pfn, 1);
}
