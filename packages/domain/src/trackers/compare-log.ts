import type {DirtyLog} from '../dirty-log.ts';
import {PageBitmap} from '../page-bitmap.ts';
import type {ShadowMemory} from './shadow-memory.ts';

/**
 * A dirty log by comparison with a shadow copy: works everywhere, costs the guest's size in memory and about 0.15 s per GiB and scan.
 * The copy is made on return. Pages are to be sent from the copy (`ShadowMemory.memory`).
 */
export async function startCompareLog(shadow: ShadowMemory, fallbackBecause?: string): Promise<DirtyLog> {
	await shadow.refresh(new PageBitmap(shadow.memory.pageLimit));
	return {
		kind: 'compare',
		fallbackBecause,
		take: into => shadow.refresh(into),
		// The copy belongs to the source domain, whose memory it is.
		[Symbol.asyncDispose]: () => Promise.resolve(),
	};
}
