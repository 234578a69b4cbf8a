import type {PageBitmap} from './page-bitmap.ts';

/** Which mechanism finds written pages. `pagemap-scan`: userfaultfd async write-protect and PAGEMAP_SCAN. `compare`: against a shadow copy. `none`: an image. */
export type TrackerKind = 'pagemap-scan' | 'compare' | 'none';

export type TakeOptions = {
	/**
	 * Pages that were written between any two of the last calls may be reported without a look, whether or not they were written again: the guest does not fault on them. For who calls many
	 * times a second, and copies them faster than the guest would fault.
	 */
	readonly mayGuess?: boolean;
};

/** An armed dirty log. */
export interface DirtyLog extends AsyncDisposable {
	readonly kind: TrackerKind;
	/** Why it is not the kernel's, where that was not what the operator asked for. */
	readonly fallbackBecause?: string | undefined;
	/**
	 * Reads and clears in one step: adds the pages written since the last call to `into` and returns how many were found (a page that is set already counts, and one that is written again
	 * during the scan may count twice; one that was guessed does not count). Behind a call that might guess, the next one may report pages that were written before.
	 */
	take(into: PageBitmap, options?: TakeOptions): Promise<number>;
}
