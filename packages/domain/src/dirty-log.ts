import type {PageBitmap} from './page-bitmap.ts';

/** Which mechanism finds written pages. `pagemap-scan`: userfaultfd async write-protect and PAGEMAP_SCAN. `compare`: against a shadow copy. `none`: an image. */
export type TrackerKind = 'pagemap-scan' | 'compare' | 'none';

/** An armed dirty log. */
export interface DirtyLog extends AsyncDisposable {
	readonly kind: TrackerKind;
	/** Why it is not the kernel's, where that was not what the operator asked for. */
	readonly fallbackBecause?: string | undefined;
	/** Reads and clears in one step: adds the pages written since the last call to `into` and returns how many were found (a page that is set already counts, and one that is written again during the scan may count twice). */
	take(into: PageBitmap): Promise<number>;
}
