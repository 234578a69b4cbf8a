import {PAGE_SIZE_BYTES, pageTypeHasData, StreamError, type PageBatch, type ZeroPages} from '@sterna/protocol';
import {walkStream} from './walk-stream.ts';
import type {StreamSource} from './stream-source.ts';

/** Pfns that are compared in one pass over the file, at 8 bytes each: 16 GiB of guest in 32 MiB. */
const PFNS_PER_PASS = 2 ** 22;

/** No page of this pfn was sent before VERIFY. */
const NOT_SENT = -1;
/** It was named in a ZERO_PAGES record. */
const ZEROS = -2;

/**
 * Compares every page that a stream sends behind its VERIFY record with the last one it sent before. Reads the file again, once for each
 * 4 Mi pfns, so that memory does not depend on the guest's size. Returns the first difference in pfn windows, in stream order within one.
 */
export async function comparePages(source: StreamSource, verifyOffset: number, pfnLimit: number): Promise<StreamError | undefined> {
	const offsets = new Float64Array(Math.min(PFNS_PER_PASS, pfnLimit));
	for (let first = 0; first < pfnLimit; first += PFNS_PER_PASS) {
		const difference = await compareWindow(source, verifyOffset, first, offsets);
		if (difference !== undefined) return difference;
	}

	return undefined;
}

async function compareWindow(
	source: StreamSource,
	verifyOffset: number,
	firstPfn: number,
	offsets: Float64Array,
): Promise<StreamError | undefined> {
	offsets.fill(NOT_SENT);
	const before = new Uint8Array(PAGE_SIZE_BYTES);
	const after = new Uint8Array(PAGE_SIZE_BYTES);
	let difference: StreamError | undefined;
	const eachPage = ({count, pfns, types, pagesOffset}: PageBatch, visit: (index: number, offset: number, pfn: number) => void): void => {
		let offset = pagesOffset;
		for (let entry = 0; entry < count; entry++) {
			if (!pageTypeHasData(types[entry] ?? 0)) continue;
			const pfn = pfns[entry] ?? 0;
			const index = pfn - firstPfn;
			if (index >= 0 && index < offsets.length) visit(index, offset, pfn);
			offset += PAGE_SIZE_BYTES;
		}
	};
	const read = (into: Uint8Array, offset: number): boolean => {
		if (offset !== ZEROS) return offset !== NOT_SENT && source.readAt(into, offset) === PAGE_SIZE_BYTES;
		into.fill(0);
		return true;
	};
	/** `at`: where the fault is, if it is one; `offset`: where the page is. */
	const compare = (index: number, offset: number, pfn: number, at: number): void => {
		const sent = offsets[index] ?? NOT_SENT;
		const same = read(before, sent) && read(after, offset) && Buffer.compare(before, after) === 0;
		if (same || difference !== undefined) return;
		const place = sent === ZEROS ? 'sent as zeros' : `sent at ${sent}`;
		difference = new StreamError({
			code: 'ERR_VERIFY_MISMATCH',
			offset: at,
			pfn,
			problem: sent === NOT_SENT ? 'was never sent before' : `differs from the one ${place}`,
		});
	};
	const onZeroPages = ({runs}: ZeroPages, recordOffset: number): void => {
		for (let run = 0; run < runs.length; run += 2) {
			const start = runs[run] ?? 0;
			const end = Math.min(start + (runs[run + 1] ?? 0), firstPfn + offsets.length);
			for (let pfn = Math.max(start, firstPfn); pfn < end; pfn++) {
				if (recordOffset < verifyOffset) offsets[pfn - firstPfn] = ZEROS;
				else compare(pfn - firstPfn, ZEROS, pfn, recordOffset);
			}
		}
	};
	source.rewind();
	await walkStream(source, {
		decoder: {begins: 'auto', mode: 'any', strict: false, sternaRecords: true},
		handler: {
			onHeader() {},
			onRecord({fields, offset}) {
				if (fields.name === 'ZERO_PAGES') onZeroPages(fields, offset);
			},
			onPageData(batch) {
				if (batch.offset < verifyOffset) {
					eachPage(batch, (index, offset) => {
						offsets[index] = offset;
					});
					return;
				}

				eachPage(batch, (index, offset, pfn) => {
					compare(index, offset, pfn, offset);
				});
			},
		},
	});
	return difference;
}
