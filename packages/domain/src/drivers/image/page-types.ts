import {isPageType, pageTypeHasData, pageTypeIsPopulated} from '@sterna/protocol';
import {DomainError} from '../../domain-error.ts';
import type {PageBitmap} from '../../page-bitmap.ts';

/** In the array of page types: a pfn that no record has named. No type of the format, as those are nibbles. */
export const NEVER_NAMED = 0xff;

/** Most pfns of an image, 1 TiB of them: the array has a byte for each. */
export const MAX_IMAGE_PFNS = 2 ** 28;

/** An array of page types in shared memory, all never named. Throws ERR_NOT_SUPPORTED above 2^28 pfns. */
export function newPageTypes(pfnLimit: number): Uint8Array<SharedArrayBuffer> {
	if (pfnLimit > MAX_IMAGE_PFNS)
		throw new DomainError('ERR_NOT_SUPPORTED', `an image has at most ${MAX_IMAGE_PFNS} page numbers, not ${pfnLimit}`);
	return new Uint8Array(new SharedArrayBuffer(pfnLimit)).fill(NEVER_NAMED);
}

/** How many pfns from 0 on it takes to have all that were named. */
export function namedLength(types: Uint8Array): number {
	let length = types.length;
	while (length > 0 && types[length - 1] === NEVER_NAMED) length -= 1;
	return length;
}

/** Adds every pfn that was named, with a page or without. */
export function addNamedPages(types: Uint8Array, into: PageBitmap): void {
	let at = 0;
	while (at < types.length) {
		if (types[at] === NEVER_NAMED) {
			at += 1;
			continue;
		}

		const start = at;
		while (at < types.length && types[at] !== NEVER_NAMED) at += 1;
		into.addRun(start, at - start);
	}
}

/** Counts for people. Throws ERR_FILE for a byte that is no page type. */
export function countPages(types: Uint8Array): {readonly named: number; readonly populated: number; readonly withData: number} {
	const byType = new Uint32Array(256);
	for (const type of types) byType[type] = (byType[type] ?? 0) + 1;
	let [named, populated, withData] = [0, 0, 0];
	for (const [type, count] of byType.entries()) {
		if (type === NEVER_NAMED || count === 0) continue;
		if (!isPageType(type))
			throw new DomainError('ERR_FILE', `an image has ${count} pages of the type 0x${type.toString(16)}, which there is not`);
		named += count;
		if (pageTypeIsPopulated(type)) populated += count;
		if (pageTypeHasData(type)) withData += count;
	}

	return {named, populated, withData};
}
