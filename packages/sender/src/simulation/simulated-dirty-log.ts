import type {DirtyLog} from '@sterna/domain';
import {PageBitmap} from '@sterna/domain/page-bitmap';
import {ownTimeBetween, partWritten, type DirtyClass, type DirtyModel} from './dirty-model.ts';
import {SeededNumbers} from './seeded-numbers.ts';
import type {VirtualClock} from './virtual-clock.ts';

/** Pages are written in groups of neighbours, so many at most in all of memory: what a scan costs here does not depend on the guest's size. */
const MOST_GROUPS = 16_384;

/** Where the pages of a class lie: the groups that are its own, the last perhaps in part. `next`: of a sweep, the page that it is about to write. */
type Placed = {readonly kind: DirtyClass; readonly pages: number; readonly groups: Uint32Array; next: number};

/** What a guest writes by a model, as its dirty log finds it. The same for the same seed and the same moments of `take`. */
export class SimulatedDirtyLog implements DirtyLog {
	readonly kind = 'none';
	readonly #model: DirtyModel;
	readonly #clock: VirtualClock;
	readonly #scanMs: number;
	readonly #random: SeededNumbers;
	readonly #groupPages: number;
	readonly #found: PageBitmap;
	readonly #placed: readonly Placed[];
	#lastMs: number;

	/** Tracking begins at the clock's now. A class that has no room left in `memoryPages` is cut. */
	constructor(
		model: DirtyModel,
		{
			memoryPages,
			scanMs,
			seed,
			clock,
		}: {readonly memoryPages: number; readonly scanMs: number; readonly seed: number; readonly clock: VirtualClock},
	) {
		this.#model = model;
		this.#clock = clock;
		this.#scanMs = scanMs;
		this.#random = new SeededNumbers(seed);
		this.#groupPages = Math.max(1, Math.ceil(memoryPages / MOST_GROUPS));
		this.#found = new PageBitmap(memoryPages);
		this.#placed = this.#place();
		this.#lastMs = clock.nowMs();
	}

	async take(into: PageBitmap): Promise<number> {
		const nowMs = this.#clock.nowMs();
		const ownMs = ownTimeBetween(this.#model.pace, this.#lastMs, nowMs);
		this.#lastMs = nowMs;
		this.#found.clear();
		for (const placed of this.#placed) this.#write(placed, ownMs);
		into.addAll(this.#found);
		if (this.#scanMs > 0) await this.#clock.until(nowMs + this.#scanMs);
		return this.#found.count;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		return undefined;
	}

	/** The classes side by side over all of memory, by a permutation of its groups: a guest's busy pages are not at one end of it. */
	#place(): Placed[] {
		const groupCount = Math.floor(this.#found.pfnLimit / this.#groupPages);
		const order = Uint32Array.from({length: groupCount}, (_, index) => index);
		for (let left = groupCount; left > 1; left--) {
			const other = Math.floor(this.#random.next() * left);
			const last = order[left - 1] ?? 0;
			order[left - 1] = order[other] ?? 0;
			order[other] = last;
		}

		let taken = 0;
		return this.#model.classes.map(kind => {
			const groups = order.subarray(taken, taken + Math.ceil(kind.pages / this.#groupPages));
			taken += groups.length;
			return {kind, pages: Math.min(Math.round(kind.pages), groups.length * this.#groupPages), groups, next: 0};
		});
	}

	#write(placed: Placed, ownMs: number): void {
		if (placed.kind.pattern === 'sweep') this.#sweep(placed, ownMs);
		else this.#scatter(placed, this.#random.nextBinomial(placed.pages, partWritten(placed.kind, ownMs)));
	}

	/** So many pages of the class, group by group, each group as likely as the other (Knuth's algorithm S), but for what would have no room behind it. */
	#scatter({pages, groups}: Placed, count: number): void {
		let wanted = count;
		let left = pages;
		for (const group of groups) {
			if (wanted === 0) return;
			const size = Math.min(this.#groupPages, left);
			left -= size;
			if (wanted <= left && this.#random.next() * (left + size) >= wanted) continue;
			const written = Math.min(size, wanted);
			this.#found.addRun(group * this.#groupPages, written);
			wanted -= written;
		}
	}

	#sweep(placed: Placed, ownMs: number): void {
		const {kind, pages, groups} = placed;
		if (pages === 0) return;
		const advance = (kind.writesPerSecond * pages * ownMs) / 1000;
		const first = Math.floor(placed.next);
		const end = Math.floor(placed.next + advance);
		placed.next = (placed.next + advance) % pages;
		let at = first;
		for (const stop = Math.min(end, first + pages); at < stop;) {
			const place = at % pages;
			const within = place % this.#groupPages;
			const count = Math.min(this.#groupPages - within, pages - place, stop - at);
			this.#found.addRun((groups[Math.floor(place / this.#groupPages)] ?? 0) * this.#groupPages + within, count);
			at += count;
		}
	}
}
