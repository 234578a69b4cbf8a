import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol/model';
import type {WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import {mix32} from './mix32.ts';

/** Products of two page numbers must be exact in a double: 2^26 pages are 256 GiB. */
const MAX_TOUCHED_PAGES = 2 ** 26;

/** What of memory the program touches, in pages: [0, writable) is rewritten for ever, [0, touched) has content, the rest is never touched. */
export type ProgramLayout = {
	readonly memoryPages: number;
	readonly touchedPages: number;
	readonly writablePages: number;
};

/** The layout that a definition asks for. Throws ERR_NOT_SUPPORTED above 256 GiB of touched memory. */
export function layoutOf({memoryBytes, program}: Pick<WorkloadDefinition, 'memoryBytes' | 'program'>): ProgramLayout {
	const memoryPages = memoryBytes / PAGE_SIZE_BYTES;
	const touchedPages = Math.min(memoryPages, Math.ceil((program.touchedBytes ?? memoryBytes) / PAGE_SIZE_BYTES));
	if (touchedPages > MAX_TOUCHED_PAGES)
		throw new DomainError('ERR_NOT_SUPPORTED', `a workload guest touches at most ${MAX_TOUCHED_PAGES} pages, not ${touchedPages}`);
	const hotPages = program.pattern === 'hot-set' && program.hotBytes !== undefined ? program.hotBytes / PAGE_SIZE_BYTES : touchedPages;
	return {memoryPages, touchedPages, writablePages: Math.min(hotPages, touchedPages)};
}

/**
 * The order in which one round writes each page of [0, pages) once: page = (index × multiplier + offset) mod pages,
 * with a multiplier that has an inverse, so that the index of a page is computed as easily as the page of an index.
 */
type Round = {readonly multiplier: number; readonly offset: number; readonly inverse: number};

const IN_ORDER: Round = {multiplier: 1, offset: 0, inverse: 1};

/** The inverse of `value` modulo `modulus` by the extended Euclidean algorithm; undefined when they have a common divisor. */
function inverseModulo(value: number, modulus: number): number | undefined {
	let [rest, nextRest] = [modulus, value];
	let [factor, nextFactor] = [0, 1];
	while (nextRest !== 0) {
		const quotient = Math.floor(rest / nextRest);
		[rest, nextRest] = [nextRest, rest - quotient * nextRest];
		[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
	}

	if (rest !== 1) return undefined;
	return ((factor % modulus) + modulus) % modulus;
}

function shuffledRound(seedHash: number, round: number, pages: number): Round {
	// One page has one order; modulo 1 everything is 0.
	if (pages < 3) return IN_ORDER;
	const hash = mix32(seedHash ^ mix32(round | 0) ^ mix32(Math.floor(round / 2 ** 32) + 1));
	const offset = (mix32(hash + 1) >>> 0) % pages;
	for (let candidate = (hash >>> 0) % pages; ; candidate = (candidate + 1) % pages) {
		const inverse = candidate < 2 ? undefined : inverseModulo(candidate, pages);
		if (inverse !== undefined) return {multiplier: candidate, offset, inverse};
	}
}

/**
 * Where the program stands, and what follows from it: the page that the next step writes, and the generation that any page must have.
 * Pure: two cursors at the same position of the same program agree on everything. A round is one pass over the writable pages;
 * the step of round r (from 0) that writes a page gives it generation r + 1.
 */
export class ProgramCursor {
	readonly layout: ProgramLayout;
	readonly #shuffled: boolean;
	readonly #seedHash: number;
	#position = 0;
	#round = 0;
	#indexInRound = 0;
	#order: Round = IN_ORDER;
	#page = 0;

	constructor(definition: Pick<WorkloadDefinition, 'memoryBytes' | 'program'>, position = 0) {
		this.layout = layoutOf(definition);
		this.#shuffled = definition.program.pattern !== 'sequential';
		this.#seedHash = mix32((definition.program.seed | 0) ^ mix32(Math.floor(definition.program.seed / 2 ** 32) + 7));
		this.moveTo(position);
	}

	/** Steps made so far. */
	get position(): number {
		return this.#position;
	}

	/** The page that the next step writes. Meaningless where no page is writable. */
	get page(): Pfn {
		return this.#page;
	}

	/** The generation that the next step gives its page; it has the one before it. */
	get generation(): number {
		return this.#round + 1;
	}

	/** Sets the number of steps made. */
	moveTo(position: number): void {
		const pages = Math.max(1, this.layout.writablePages);
		this.#position = position;
		this.#round = Math.floor(position / pages);
		this.#indexInRound = position % pages;
		this.#order = this.#orderOf(this.#round);
		this.#page = (this.#indexInRound * this.#order.multiplier + this.#order.offset) % pages;
	}

	/** One step made. */
	advance(): void {
		const {writablePages} = this.layout;
		this.#position += 1;
		this.#indexInRound += 1;
		if (this.#indexInRound < writablePages) {
			const page = this.#page + this.#order.multiplier;
			this.#page = page < writablePages ? page : page - writablePages;
			return;
		}

		this.moveTo(this.#position);
	}

	/** The generation that a page must have now; 0 = as filled at the start. Undefined for a page that must never have been touched. */
	expectedGeneration(pfn: Pfn): number | undefined {
		const {touchedPages, writablePages} = this.layout;
		if (pfn >= touchedPages) return undefined;
		if (pfn >= writablePages) return 0;
		const {offset, inverse} = this.#order;
		const index = ((pfn + writablePages - offset) * inverse) % writablePages;
		return this.#round + (index < this.#indexInRound ? 1 : 0);
	}

	#orderOf(round: number): Round {
		return this.#shuffled ? shuffledRound(this.#seedHash, round, this.layout.writablePages) : IN_ORDER;
	}
}
