import type {PageBitmap} from './page-bitmap.ts';

/** Which mechanism finds written pages. `pagemap-scan`: userfaultfd async write-protect and PAGEMAP_SCAN. `compare`: against a shadow copy. `none`: an image. */
export type TrackerKind = 'pagemap-scan' | 'compare' | 'none';

/** An armed dirty log. */
export interface DirtyLog extends AsyncDisposable {
	readonly kind: TrackerKind;
	/** Reads and clears in one step: adds the pages written since the last call to `into` and returns how many were found (an already set page counts too). */
	take(into: PageBitmap): Promise<number>;
}
