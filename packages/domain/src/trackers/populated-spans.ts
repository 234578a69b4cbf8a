import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol';
import {seekData, seekHole} from '@sterna/system';
import type {PageRun} from '../page-bitmap.ts';

/** What of a memory file has pages, kept up to date by looking into its holes only: what was found once is not looked for again. */
export class PopulatedSpans {
	readonly #fd: number;
	readonly #pageLimit: number;
	#spans: readonly PageRun[] = [];

	constructor({fd, pageLimit}: {readonly fd: number; readonly pageLimit: number}) {
		this.#fd = fd;
		this.#pageLimit = pageLimit;
	}

	/** As of the last `update`: ascending, apart from each other. */
	get spans(): readonly PageRun[] {
		return this.#spans;
	}

	/** Adds the pages that came into being since the last update. A hole of at most `maxHolePages` between two spans is taken into them. */
	update(maxHolePages: number): void {
		const spans: PageRun[] = [];
		let at = 0;
		for (const span of this.#spans) {
			this.#search(at, span.pfn, maxHolePages, spans);
			join(spans, span, maxHolePages);
			at = span.pfn + span.pageCount;
		}

		this.#search(at, this.#pageLimit, maxHolePages, spans);
		this.#spans = spans;
	}

	#search(from: Pfn, to: Pfn, maxHolePages: number, into: PageRun[]): void {
		const end = to * PAGE_SIZE_BYTES;
		for (let at = from * PAGE_SIZE_BYTES; at < end;) {
			const data = seekData(this.#fd, at);
			if (data === undefined || data >= end) return;
			at = Math.min(seekHole(this.#fd, data), end);
			const pfn = Math.floor(data / PAGE_SIZE_BYTES);
			join(into, {pfn, pageCount: Math.ceil(at / PAGE_SIZE_BYTES) - pfn}, maxHolePages);
		}
	}
}

/** Appends a span that lies behind all others. */
function join(spans: PageRun[], span: PageRun, maxHolePages: number): void {
	const last = spans.at(-1);
	if (last !== undefined && span.pfn - (last.pfn + last.pageCount) <= maxHolePages)
		spans[spans.length - 1] = {pfn: last.pfn, pageCount: span.pfn + span.pageCount - last.pfn};
	else spans.push(span);
}
