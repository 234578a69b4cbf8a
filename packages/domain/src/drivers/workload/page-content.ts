import type {Pfn} from '@sterna/protocol/model';
import type {WorkloadProgram} from '../../definition.ts';
import {mix32} from './mix32.ts';
import {checksumOf, matchesRandom, matchesText, writeRandom, writeText} from './page-body.ts';
import {Header, PAGE_MAGIC, PAGE_WORDS} from './page-header.ts';

const CONTENT_NUMBER = {random: 1, text: 2, zero: 3} as const;

const TWO_TO_32 = 2 ** 32;

/** The state that a page's body is unrolled from: of the guest's seed, the page and its generation. */
function pageKey(seedHash: number, pfn: Pfn, generation: number): number {
	let key = mix32(seedHash ^ ((pfn % TWO_TO_32) | 0));
	key = mix32(key + (Math.floor(pfn / TWO_TO_32) | 0) + 1);
	key = mix32(key ^ ((generation % TWO_TO_32) | 0));
	return mix32(key + (Math.floor(generation / TWO_TO_32) | 0));
}

/**
 * Writes and checks whole pages. Generation 0 of content `zero` is a page of zeros without a header. What a page holds follows from (seed, content, pfn, generation) alone: a header with pfn,
 * generation and checksum, and a body unrolled from a hash of all of them. The loops allocate nothing and touch each word once.
 * `words` is a window of guest memory, `base` the index of the page's first word in it.
 */
export class PageContent {
	readonly #kind: WorkloadProgram['content'];
	readonly #seedHash: number;

	constructor({seed, content}: Pick<WorkloadProgram, 'seed' | 'content'>) {
		this.#kind = content;
		this.#seedHash = mix32(((seed % TWO_TO_32) | 0) ^ mix32(Math.floor(seed / TWO_TO_32) + 1));
	}

	/** Rewrites the whole page. */
	write(words: Int32Array, base: number, pfn: Pfn, generation: number): void {
		if (this.#kind === 'zero' && generation === 0) {
			words.fill(0, base, base + PAGE_WORDS);
			return;
		}

		words[base + Header.magic] = PAGE_MAGIC;
		words[base + Header.pfnLow] = pfn;
		words[base + Header.pfnHigh] = pfn / TWO_TO_32;
		words[base + Header.generationLow] = generation;
		words[base + Header.generationHigh] = generation / TWO_TO_32;
		words[base + Header.content] = CONTENT_NUMBER[this.#kind];
		const key = pageKey(this.#seedHash, pfn, generation);
		const first = base + Header.words;
		const end = base + PAGE_WORDS;
		if (this.#kind === 'random') writeRandom(words, base, key);
		else if (this.#kind === 'text') writeText(words, base, key);
		else {
			words.fill(0, first, end);
			words[base + Header.checksum] = 0;
			words[base + Header.checksumCascade] = 0;
		}
	}

	/** Whether the page is exactly this generation, every word of it. */
	matches(words: Int32Array, base: number, pfn: Pfn, generation: number): boolean {
		if (this.#kind === 'zero' && generation === 0) return isZeroPage(words, base);
		if (!this.headerMatches(words, base, pfn, generation)) return false;
		const key = pageKey(this.#seedHash, pfn, generation);
		if (this.#kind === 'random') return matchesRandom(words, base, key);
		if (this.#kind === 'text') return matchesText(words, base, key);
		return (
			words[base + Header.checksum] === 0 &&
			words[base + Header.checksumCascade] === 0 &&
			isZero(words, base + Header.words, base + PAGE_WORDS)
		);
	}

	/** The quick look before a page is rewritten: its pfn and generation only. */
	headerMatches(words: Int32Array, base: number, pfn: Pfn, generation: number): boolean {
		if (this.#kind === 'zero' && generation === 0) return words[base] === 0 && words[base + Header.generationLow] === 0;
		return (
			words[base + Header.magic] === PAGE_MAGIC &&
			words[base + Header.pfnLow] === (pfn | 0) &&
			words[base + Header.pfnHigh] === ((pfn / TWO_TO_32) | 0) &&
			words[base + Header.generationLow] === ((generation % TWO_TO_32) | 0) &&
			words[base + Header.generationHigh] === ((generation / TWO_TO_32) | 0) &&
			words[base + Header.content] === CONTENT_NUMBER[this.#kind]
		);
	}
}

/** Whether all words of a page are zero. */
export function isZeroPage(words: Int32Array, base: number): boolean {
	return isZero(words, base, base + PAGE_WORDS);
}

function isZero(words: Int32Array, from: number, to: number): boolean {
	let seen = 0;
	for (let at = from; at < to; at++) seen |= words[at] ?? 0;
	return seen === 0;
}

/** For people: what a page that should hold something else says of itself. */
export function describePage(words: Int32Array, base: number): string {
	if (isZeroPage(words, base)) return 'a page of zeros';
	if (words[base + Header.magic] !== PAGE_MAGIC) return 'bytes that are no page of a guest';
	const unsigned = (index: number): number => (words[base + index] ?? 0) >>> 0;
	const pfn = unsigned(Header.pfnLow) + unsigned(Header.pfnHigh) * TWO_TO_32;
	const generation = unsigned(Header.generationLow) + unsigned(Header.generationHigh) * TWO_TO_32;
	const {sum, cascade} = checksumOf(words, base);
	const whole = sum === words[base + Header.checksum] && cascade === words[base + Header.checksumCascade];
	return `generation ${generation} of pfn ${pfn}${whole ? '' : ', torn or damaged'}`;
}
