import {FULL_PAGES, PAGE_ENTRY_BYTES, type ContentSegment, type WireContent} from '@sterna/sender/simulation';
import type {SideRecord} from '../report/record.ts';

/** Above this part of a page's bytes all pages go in full. */
const FULL = 0.9;
/** Pages that are given to a connection ahead of what the kernel has: four batches. */
const AHEAD_PAGES = 4096;
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
	for (const {pagesSent, bytesSent} of samples) {
		const pages = pagesSent >= memoryPages ? memoryPages : Math.max(0, pagesSent - AHEAD_PAGES * channels);
		if (pages - from.pages < LEAST_PAGES) continue;
		found.push({untilPfn: pages, bytesPerPage: within((bytesSent - from.bytes) / (pages - from.pages))});
		from = {pages, bytes: bytesSent};
	}

	const last = found.at(-1);
	return last === undefined ? [] : [...found, {untilPfn: memoryPages, bytesPerPage: last.bytesPerPage}];
}

function within(bytesPerPage: number): number {
	return Math.min(FULL_PAGES.againBytesPerPage, Math.max(PAGE_ENTRY_BYTES, bytesPerPage));
}
