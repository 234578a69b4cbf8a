import {batchesInHand, FULL_PAGES, PAGE_ENTRY_BYTES, type ContentSegment, type WireContent} from '@sterna/sender/simulation';
import type {SideRecord} from '../report/record.ts';

/** Above this part of a page's bytes all pages go in full. */
const FULL = 0.9;
/** Pages of one batch. */
const BATCH_PAGES = 1024;
/** Fewer pages say nothing of what one takes. */
const LEAST_PAGES = 2048;

/** What the pages of a migration took on the wire, by their place in the first pass, and when they were sent again. */
export function recordedContent(
	{samples, end}: SideRecord,
	{memoryPages, channels}: {readonly memoryPages: number; readonly channels: number},
): WireContent {
	const full = FULL_PAGES.againBytesPerPage;
	if (end !== undefined && end.pagesSent > 0 && end.bytesSent / end.pagesSent >= FULL * full) return FULL_PAGES;
	const later = samples.find(({iteration}) => iteration > 0);
	const pagesAgain = end === undefined || later === undefined ? 0 : end.pagesSent - later.pagesSent;
	const againBytesPerPage =
		end === undefined || later === undefined || pagesAgain < LEAST_PAGES ? full : within((end.bytesSent - later.bytesSent) / pagesAgain);
	return {
		first: segments([...samples.filter(({iteration}) => iteration === 0), ...(later === undefined ? [] : [later])], memoryPages, channels),
		againBytesPerPage,
	};
}

function segments(samples: SideRecord['samples'], memoryPages: number, channels: number): ContentSegment[] {
	const found: ContentSegment[] = [];
	let from = {pages: 0, bytes: 0};
	let before: SideRecord['samples'][number] | undefined;
	for (const sample of samples) {
		const {pagesSent, bytesSent} = sample;
		const pages = pagesSent >= memoryPages ? memoryPages : Math.max(0, pagesSent - aheadPages(before, sample, channels));
		before = sample;
		if (pages - from.pages < LEAST_PAGES) continue;
		found.push({untilPfn: pages, bytesPerPage: within((bytesSent - from.bytes) / (pages - from.pages))});
		from = {pages, bytes: bytesSent};
	}

	const last = found.at(-1);
	return last === undefined ? [] : [...found, {untilPfn: memoryPages, bytesPerPage: last.bytesPerPage}];
}

/** Pages that were given to the connections ahead of what the kernel had, by the pace between two samples. */
function aheadPages(before: SideRecord['samples'][number] | undefined, now: SideRecord['samples'][number], channels: number): number {
	const batches = (now.pagesSent - (before?.pagesSent ?? 0)) / BATCH_PAGES / channels;
	const batchMs = before === undefined || batches <= 0 ? 0 : (now.atMs - before.atMs) / batches;
	return batchesInHand(batchMs) * channels * BATCH_PAGES;
}

function within(bytesPerPage: number): number {
	return Math.min(FULL_PAGES.againBytesPerPage, Math.max(PAGE_ENTRY_BYTES, bytesPerPage));
}
