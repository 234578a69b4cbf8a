import type {DirtyLog, TrackerKind} from '../dirty-log.ts';
import {DomainError} from '../domain-error.ts';
import type {GuestMemory} from '../guest-memory.ts';
import {PageBitmap} from '../page-bitmap.ts';
import {startCompareLog} from './compare-log.ts';
import {ShadowMemory} from './shadow-memory.ts';

export type SourceMemoryOptions = {
	/** The guest's memory, mapped here. Owned from here. */
	readonly original: GuestMemory;
	/** What the operator asked for; `auto` takes the best that works. */
	readonly tracker: TrackerKind | 'auto';
	/** Starts the kernel's own log; undefined where it does not track this guest's writes, `untracked` says why. */
	readonly startKernelLog: (() => DirtyLog) | undefined;
	readonly untracked: string;
};

/**
 * The memory of a guest that runs, as it is sent, and the log of what it writes: by the kernel where it can, else by comparing with a copy,
 * which is then what is sent.
 */
export class SourceMemory implements Disposable {
	readonly #original: GuestMemory;
	readonly #tracking:
		| {readonly by: 'kernel'; readonly start: () => DirtyLog}
		| {readonly by: 'compare'; readonly shadow: ShadowMemory; readonly because: string | undefined};
	#shadowIsTracked = false;
	#disposed = false;

	/** Throws ERR_TRACKER where the tracker that was asked for does not work with this guest; the memory is unmapped then. */
	constructor({original, tracker, startKernelLog, untracked}: SourceMemoryOptions) {
		if (tracker === 'none' || (tracker === 'pagemap-scan' && !startKernelLog)) {
			original[Symbol.dispose]();
			throw new DomainError(
				'ERR_TRACKER',
				`the tracker ${tracker} does not work with this guest: ${tracker === 'none' ? 'its memory changes' : untracked}`,
			);
		}

		this.#original = original;
		this.#tracking =
			startKernelLog && tracker !== 'compare'
				? {by: 'kernel', start: startKernelLog}
				: {by: 'compare', shadow: new ShadowMemory(original), because: tracker === 'compare' ? undefined : untracked};
	}

	/** The memory to send; `SourceDomain.memory` says when it may be read. */
	get memory(): GuestMemory {
		return this.#tracking.by === 'compare' ? this.#tracking.shadow.memory : this.#original;
	}

	/** Adds every page that the guest has populated. */
	addAllPages(into: PageBitmap): void {
		for (const {pfn, pageCount} of this.#original.populatedRuns()) into.addRun(pfn, pageCount);
	}

	/** Armed on return. */
	async startLog(): Promise<DirtyLog> {
		if (this.#tracking.by === 'kernel') return this.#tracking.start();
		this.#shadowIsTracked = true;
		return startCompareLog(this.#tracking.shadow, this.#tracking.because);
	}

	/** To be called when the guest was paused: without a log nobody brings the copy up to date, and it is what is read. */
	async settle(): Promise<void> {
		if (this.#tracking.by === 'kernel' || this.#shadowIsTracked) return;
		await this.#tracking.shadow.refresh(new PageBitmap(this.memory.pageLimit));
	}

	/** Logs must have been disposed of. Idempotent. */
	[Symbol.dispose](): void {
		if (this.#disposed) return;
		this.#disposed = true;
		if (this.#tracking.by === 'compare') this.#tracking.shadow[Symbol.dispose]();
		this.#original[Symbol.dispose]();
	}
}
