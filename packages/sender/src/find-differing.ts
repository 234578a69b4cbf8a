import type {PageBitmap} from '@sterna/domain';
import {HASH_GROUP_PAGES} from '@sterna/protocol';
import type {PageHashesRequest} from '@sterna/protocol/control';
import type {PageHashes} from '@sterna/transport';

/** Hashes of one request: 512 KiB of them. */
const MAX_HASHES = 65_536;

/** Asks the receiver for hashes: 8 bytes each, little-endian. */
export type AskHashes = (range: Pick<PageHashesRequest, 'of' | 'first' | 'count'>) => Promise<Uint8Array>;

/**
 * Adds the pages that the receiver does not have as `hashes` says to `due`; returns how many they are. First the groups are compared, then the
 * pages of those that differ. Rejects as `ask` does, and with RangeError for an answer of another size than was asked for.
 */
export async function findDiffering(hashes: PageHashes, ask: AskHashes, due: PageBitmap): Promise<number> {
	let pages = 0;
	for (let first = 0; first < hashes.groupCount; first += MAX_HASHES) {
		const count = Math.min(MAX_HASHES, hashes.groupCount - first);
		const groups = hashes.differingGroups(first, await asked(ask, 'groups', first, count));
		for (let at = 0; at < groups.length;) {
			// Groups that lie together are asked for together.
			const group = groups[at] ?? 0;
			let together = 1;
			while (groups[at + together] === group + together && together < MAX_HASHES / HASH_GROUP_PAGES) together += 1;
			at += together;
			const pfn = group * HASH_GROUP_PAGES;
			const pageCount = Math.min(together * HASH_GROUP_PAGES, hashes.pageLimit - pfn);
			const differing = hashes.differingPages(pfn, await asked(ask, 'pages', pfn, pageCount));
			for (const page of differing) due.addRun(page, 1);
			pages += differing.length;
		}
	}

	return pages;
}

async function asked(ask: AskHashes, of: 'groups' | 'pages', first: number, count: number): Promise<Uint8Array> {
	const bytes = await ask({of, first, count});
	if (bytes.length !== count * 8) throw new RangeError(`${bytes.length} bytes for ${count} hashes`);
	return bytes;
}
