import type {WorkloadDefinition} from '../../definition.ts';
import type {CheckResult} from '../../driver.ts';
import type {Registers} from './cpu-state.ts';
import {type BadPage, describeBadPage, MemoryChecker} from './memory-checker.ts';
import {mix32} from './mix32.ts';
import type {OutputChannel} from './output-channel.ts';
import type {OwnMemory} from './own-memory.ts';
import {PageContent} from './page-content.ts';
import {PAGE_SIZE_BYTES} from '@sterna/protocol/model';
import {PAGE_WORDS} from './page-header.ts';
import {ProgramCursor} from './program.ts';
import {Sweep} from './sweep.ts';

/** How long one slice may take in milliseconds: a pause is answered between two of them. */
const SLICE_MS = 0.8;
/** Of which a sweep gets this much, so that the program goes on beside it. */
const SWEEP_SLICE_MS = 0.4;
/** Pages between two looks at the clock: about 15 µs. */
const PAGES_BETWEEN_CLOCKS = 16;
/** Pages of the continuous check in each slice. */
const CHECKED_PAGES_PER_SLICE = 4;
/** Longest wait of an idle guest, so that its continuous check goes on. */
const IDLE_WAIT_MS = 10;
/** A guest that was held up makes good no more than this much time: it does not burst. */
const MAX_CREDIT_MS = 20;
/** Enough of them that the compiler has seen the loops. */
const WARM_UP_ROUNDS = 100;
/** Bad pages named in the output; all are counted. */
const MAX_NAMED_BAD_PAGES = 16;

export type WorkloadCpuDependencies = {
	readonly definition: Pick<WorkloadDefinition, 'memoryBytes' | 'program'>;
	readonly memory: OwnMemory;
	readonly output: OutputChannel;
	/** Called once, when the first bad page was found: the program makes no further step. */
	readonly onCorrupt: (detail: string) => void;
};

/**
 * The CPU of a workload guest: its registers, and the steps that it makes. Knows nothing of sockets and states: who calls
 * `slice` lets it run, who does not has paused it.
 */
export class WorkloadCpu {
	readonly #definition: WorkloadCpuDependencies['definition'];
	readonly #memory: OwnMemory;
	readonly #output: OutputChannel;
	readonly #onCorrupt: (detail: string) => void;
	readonly #content: PageContent;
	readonly #cursor: ProgramCursor;
	readonly #checker: MemoryChecker;
	/** Bytes a millisecond; Infinity without a limit. */
	readonly #bytesPerMs: number;
	#ticks = 0;
	#boots = 0;
	#lines = 0;
	#random: number;
	#untilLineMs: number;
	#writeCreditBytes = 0;
	#checkCursor = 0;
	#pagesChecked = 0;
	/** `performance.now()` of the last look at the clock. */
	#clockMs = 0;
	#badPages = 0;
	#firstBad: string | undefined;
	#sweeps: Sweep[] = [];
	#sweepsDone = 0;

	constructor({definition, memory, output, onCorrupt}: WorkloadCpuDependencies) {
		this.#definition = definition;
		this.#memory = memory;
		this.#output = output;
		this.#onCorrupt = onCorrupt;
		this.#content = new PageContent(definition.program);
		this.#cursor = new ProgramCursor(definition);
		this.#checker = new MemoryChecker(memory, this.#content, this.#cursor);
		const rate = definition.program.rateBytesPerSecond;
		this.#bytesPerMs = rate === undefined ? Number.POSITIVE_INFINITY : rate / 1000;
		this.#random = mix32(definition.program.seed % 2 ** 32) >>> 0 || 1;
		this.#untilLineMs = definition.program.lineIntervalMs;
	}

	get facts(): {
		readonly steps: number;
		readonly ticks: number;
		readonly lines: number;
		readonly boots: number;
		readonly pagesChecked: number;
		readonly badPages: number;
		readonly firstBad: string | undefined;
		readonly sweepsDone: number;
		readonly sweepsUnderWay: number;
	} {
		return {
			steps: this.steps,
			ticks: this.#ticks,
			lines: this.#lines,
			boots: this.#boots,
			pagesChecked: this.#pagesChecked,
			badPages: this.#badPages,
			firstBad: this.#firstBad,
			sweepsDone: this.#sweepsDone,
			sweepsUnderWay: this.#sweeps.length,
		};
	}

	/** Steps since the last boot. */
	get steps(): number {
		return this.#cursor.position;
	}

	get isCorrupt(): boolean {
		return this.#badPages > 0;
	}

	/** Back to the first step, with memory filled as the program expects it there. Gives way to other work while filling. */
	async boot(): Promise<void> {
		this.#boots += 1;
		this.#cursor.moveTo(0);
		for (let pfn = 0; pfn < this.#cursor.layout.touchedPages;) {
			const deadline = performance.now() + SLICE_MS;
			do {
				this.#content.write(this.#memory.windowOf(pfn), this.#memory.baseOf(pfn), pfn, 0);
				pfn += 1;
			} while (pfn < this.#cursor.layout.touchedPages && (pfn % PAGES_BETWEEN_CLOCKS !== 0 || performance.now() < deadline));

			await new Promise<void>(resolve => {
				setImmediate(resolve);
			});
		}
	}

	/** Has the code of the steps compiled before the first one, on memory of its own: a fresh process makes its first steps twenty times slower. */
	async warmUp(): Promise<void> {
		const scratch = new Int32Array(PAGE_WORDS);
		for (let round = 1; round <= WARM_UP_ROUNDS; round++) {
			for (let page = 0; page < PAGES_BETWEEN_CLOCKS; page++) {
				this.#content.write(scratch, 0, page, round);
				this.#content.matches(scratch, 0, page, round);
				this.#content.headerMatches(scratch, 0, page, round);
			}

			await new Promise<void>(resolve => {
				setImmediate(resolve);
			});
		}
	}

	/** Time goes on from here: what passed since the last slice does not count. */
	continueAt(nowMs: number): void {
		this.#clockMs = nowMs;
	}

	/** One step, now, whatever the rate says: the last before a pause and the first after it are made so, and can be timed. */
	step(): void {
		this.#ticks += 1;
		if (this.#bytesPerMs > 0 && this.#cursor.layout.writablePages > 0 && !this.isCorrupt) {
			this.#writePage();
			this.#writeCreditBytes -= PAGE_SIZE_BYTES;
		}
	}

	/** Runs for at most about a millisecond. Returns the milliseconds until there is something to do again: 0 = at once. */
	slice(): number {
		const startMs = performance.now();
		this.#ticks += 1;
		this.#passTime(startMs - this.#clockMs);
		this.#clockMs = startMs;
		this.#sweepSlice(startMs + SWEEP_SLICE_MS);
		if (this.isCorrupt) return IDLE_WAIT_MS;
		this.#checkSomePages();
		this.#writePages(startMs + SLICE_MS);
		if (this.#sweeps.length > 0) return 0;
		if (this.isCorrupt || this.#bytesPerMs === 0 || this.#cursor.layout.writablePages === 0) return this.#idleWaitMs(IDLE_WAIT_MS);
		if (this.#writeCreditBytes >= PAGE_SIZE_BYTES) return 0;
		return this.#idleWaitMs((PAGE_SIZE_BYTES - this.#writeCreditBytes) / this.#bytesPerMs);
	}

	/** Work of the checker that goes on while the program is paused or has crashed. True when there is more of it. */
	sweepSlice(): boolean {
		this.#sweepSlice(performance.now() + SLICE_MS);
		return this.#sweeps.length > 0;
	}

	/** Begins a full sweep; resolves with its result. Needs slices. */
	async sweep(): Promise<CheckResult> {
		const sweep = new Sweep(this.#checker, this.#memory.pageCount);
		this.#sweeps.push(sweep);
		return sweep.finished;
	}

	/** The registers. Whole between two slices. */
	save(): Registers {
		return {
			program: this.#definition.program,
			memoryBytes: this.#definition.memoryBytes,
			position: this.#cursor.position,
			ticks: this.#ticks,
			boots: this.#boots,
			lines: this.#lines,
			random: this.#random,
			untilLineMs: this.#untilLineMs,
			writeCreditBytes: Number.isFinite(this.#writeCreditBytes) ? this.#writeCreditBytes : 0,
			checkCursor: this.#checkCursor,
			pagesChecked: this.#pagesChecked,
		};
	}

	/** Sets the registers, checked by `parseCpuState`. */
	load(state: Registers): void {
		this.#cursor.moveTo(state.position);
		this.#ticks = state.ticks;
		this.#boots = state.boots;
		this.#lines = state.lines;
		this.#random = state.random;
		this.#untilLineMs = state.untilLineMs;
		this.#writeCreditBytes = state.writeCreditBytes;
		this.#checkCursor = state.checkCursor < this.#memory.pageCount ? state.checkCursor : 0;
		this.#pagesChecked = state.pagesChecked;
	}

	/** A line outside of the numbered ones, for what an operator must see. */
	say(line: string): void {
		this.#output.write(line);
	}

	#passTime(elapsedMs: number): void {
		if (this.#bytesPerMs === Number.POSITIVE_INFINITY) this.#writeCreditBytes = Number.POSITIVE_INFINITY;
		else {
			const most = Math.max(PAGE_SIZE_BYTES, this.#bytesPerMs * MAX_CREDIT_MS);
			this.#writeCreditBytes = Math.min(most, this.#writeCreditBytes + this.#bytesPerMs * elapsedMs);
		}

		this.#untilLineMs -= elapsedMs;
		if (this.#untilLineMs > 0 || this.isCorrupt) return;
		this.#writeLine();
		// A guest that was held up for several intervals writes one line, not all that it missed.
		const {lineIntervalMs} = this.#definition.program;
		this.#untilLineMs = Math.max(this.#untilLineMs + lineIntervalMs, Math.min(1, lineIntervalMs));
	}

	#writeLine(): void {
		let random = this.#random;
		random ^= random << 13;
		random ^= random >>> 17;
		random ^= random << 5;
		this.#random = random >>> 0;
		this.#lines += 1;
		const hex = this.#random.toString(16).padStart(8, '0');
		this.#output.write(`LINE ${this.#lines} step=${this.#cursor.position} tick=${this.#ticks} random=${hex} ns=${process.hrtime.bigint()}`);
	}

	#idleWaitMs(most: number): number {
		return Math.max(0, Math.min(most, this.#untilLineMs, IDLE_WAIT_MS));
	}

	#writePages(deadlineMs: number): void {
		if (this.#cursor.layout.writablePages === 0) return;
		let sinceClock = 0;
		while (this.#writeCreditBytes >= PAGE_SIZE_BYTES && !this.isCorrupt) {
			this.#writePage();
			this.#writeCreditBytes -= PAGE_SIZE_BYTES;
			sinceClock += 1;
			if (sinceClock < PAGES_BETWEEN_CLOCKS) continue;
			sinceClock = 0;
			if (performance.now() > deadlineMs) return;
		}
	}

	/** The step itself: the next page gets its next generation. What it overwrites is looked at first, as nobody can check it later. */
	#writePage(): void {
		const pfn = this.#cursor.page;
		const {generation} = this.#cursor;
		const words = this.#memory.windowOf(pfn);
		const base = this.#memory.baseOf(pfn);
		// While a sweep is under way it would never see the pages that are rewritten before it comes by: so they are checked in full here.
		const good =
			this.#sweeps.length > 0
				? this.#content.matches(words, base, pfn, generation - 1)
				: this.#content.headerMatches(words, base, pfn, generation - 1);
		if (!good) {
			const bad = this.#checker.check(pfn);
			this.#reportBad(bad ?? {pfn, expected: `generation ${generation - 1}`, found: 'a page that changed while it was looked at'});
			return;
		}

		this.#content.write(words, base, pfn, generation);
		this.#cursor.advance();
	}

	#checkSomePages(): void {
		for (let count = 0; count < CHECKED_PAGES_PER_SLICE; count++) {
			const pfn = this.#checker.firstFrom(this.#checkCursor) ?? this.#checker.firstFrom(0);
			if (pfn === undefined) return;
			this.#checkCursor = pfn + 1;
			this.#pagesChecked += 1;
			const bad = this.#checker.check(pfn);
			if (bad) this.#reportBad(bad);
		}
	}

	#sweepSlice(deadlineMs: number): void {
		const [sweep] = this.#sweeps;
		if (sweep === undefined) return;
		const {pages, done} = sweep.slice(deadlineMs, bad => this.#reportBad(bad));
		this.#pagesChecked += pages;
		if (!done) return;
		this.#sweeps = this.#sweeps.slice(1);
		this.#sweepsDone += 1;
	}

	#reportBad(bad: BadPage): void {
		const text = describeBadPage(bad);
		this.#badPages += 1;
		if (this.#badPages <= MAX_NAMED_BAD_PAGES) this.#output.write(text);
		if (this.#firstBad !== undefined) return;
		this.#firstBad = text;
		this.#onCorrupt(text);
	}
}
