import {MAX_BATCH_PAGES, PAGE_SIZE_BYTES} from '@sterna/protocol';
import {batchesInHand} from '../engine/batches-in-hand.ts';
import type {PrecopyPolicy} from '../engine/policy/decision.ts';
import {StatsRecorder, type PrecopyStats} from '../engine/stats.ts';
import type {WriteCurve} from './write-curve.ts';

/** What pages of one kind cost on the link. */
export type PageCost = {readonly ms: number; readonly wireBytes: number};

/** One migration as it might be. Everything that is not known for sure has a value here. */
export type Course = {
	/** Pages that the first pass names. */
	readonly populatedPages: number;
	/** While the migration is under way. */
	readonly writes: WriteCurve;
	/** Pages that are written at all: of those the ones that wait to be sent are written again. */
	readonly workingSetPages: number;
	readonly ofAll: PageCost;
	readonly ofWritten: PageCost;
	/** In the last pass, before the limits of bandwidth hold again. */
	readonly unlimited: PageCost;
	readonly downtimeBudgetMs: number;
	readonly channels: number;
	readonly scanMs: number;
	/** Before the first page: the guest is opened here and made there, connections. */
	readonly prepareMs: number;
	/** Of the downtime, without pages and scan. */
	readonly fixedDowntimeMs: number;
	/** Behind the downtime: the guest here is taken down. */
	readonly finishMs: number;
};

export type Foreseen = {
	readonly totalMs: number;
	readonly downtimeMs: number;
	readonly iterations: number;
	/** `ended`: the policy switched; `aborted`: it aborted; `endless`: it did neither in the longest time that is looked at. */
	readonly end: 'ended' | 'aborted' | 'endless';
	readonly because: string;
	/** As of the question that ended it. */
	readonly stats: PrecopyStats;
};

/** A pass over much memory is foreseen in so many steps: the policy is asked as often, and not millions of times. */
const MOST_STEPS = 400;

/** As in the precopy, where a scan found nothing. */
const NOTHING_DIRTY_PAUSE_MS = 10;

const ENDLESS_MS = 3_600_000;
const ENDLESS_STEPS = 20_000;

/** Plays one precopy and its last pass with the engine's own statistics and policy, in a time of its own. Pure, but for the policy. */
export function foresee(course: Course, policy: PrecopyPolicy): Foreseen {
	const link = new FluidLink(course);
	const stats = new StatsRecorder(0, course.populatedPages);
	let due = course.populatedPages;
	let isFirst = true;
	let scannedMs = 0;
	let steps = 0;
	const ask = () => {
		steps += 1;
		stats.acknowledged(link.nowMs, link.takenBytes);
		const snapshot = stats.snapshot(link.nowMs);
		return {...policy(snapshot), stats: snapshot};
	};

	let decision = ask();
	for (;;) {
		const step = Math.max(MAX_BATCH_PAGES, Math.ceil(due / MOST_STEPS));
		while (decision.action === 'continue' && due > 0) {
			const pages = Math.min(step, due);
			link.queue(pages, isFirst ? course.ofAll : course.ofWritten);
			due -= pages;
			stats.batchWritten(pages);
			if (due === 0) stats.passEnded(link.nowMs);
			decision = ask();
		}

		if (decision.action === 'continue') {
			const dirtyPages = Math.round(course.writes(link.nowMs - scannedMs));
			link.pass(course.scanMs);
			scannedMs = link.nowMs;
			due = dirtyPages;
			isFirst = false;
			stats.scanned(link.nowMs, dirtyPages, due);
			decision = ask();
			if (decision.action === 'continue' && dirtyPages === 0) {
				link.pass(NOTHING_DIRTY_PAUSE_MS);
				stats.passEnded(link.nowMs);
				decision = ask();
			}
		}

		const isEndless = link.nowMs > ENDLESS_MS || steps > ENDLESS_STEPS;
		if (decision.action === 'continue' && !isEndless) continue;
		const {because, stats: last} = decision;
		const end = decision.action === 'continue' ? 'endless' : decision.action === 'abort' ? 'aborted' : 'ended';
		link.drain();
		const downtimeMs = lastPassMs(course, {deferred: due, isFirst, sinceMs: link.nowMs - scannedMs});
		const totalMs = course.prepareMs + link.nowMs + downtimeMs + course.finishMs;
		return {totalMs, downtimeMs, iterations: last.iteration, end, because, stats: last};
	}
}

/** Pause, last scan, last pages and handover. */
function lastPassMs(course: Course, {deferred, isFirst, sinceMs}: {deferred: number; isFirst: boolean; sinceMs: number}): number {
	const {writes, workingSetPages, ofAll, ofWritten, unlimited, downtimeBudgetMs, scanMs, fixedDowntimeMs} = course;
	const written = writes(sinceMs);
	// A page that was deferred and is written again is sent once.
	const again = workingSetPages === 0 ? 0 : deferred * Math.min(1, written / (isFirst ? course.populatedPages : workingSetPages));
	const pages = deferred + Math.max(0, written - again);
	const within = Math.min(pages, downtimeBudgetMs / unlimited.ms);
	return fixedDowntimeMs + scanMs + within * unlimited.ms + (pages - within) * (isFirst ? ofAll : ofWritten).ms;
}

/** A link on which pages take their time one after another, behind a queue of as many batches as the engine's writer has in hand. */
class FluidLink {
	readonly #channels: number;
	/** What is queued and not taken: until when it takes, and its bytes. Oldest first. */
	#queued: Array<{readonly endMs: number; readonly bytes: number}> = [];
	#busyUntilMs = 0;
	#nowMs = 0;
	#takenBytes = 0;

	constructor({channels}: Course) {
		this.#channels = channels;
	}

	get nowMs(): number {
		return this.#nowMs;
	}

	/** Bytes that the receiver has taken by now; of what is on its way, the part that its time has passed of. */
	get takenBytes(): number {
		return this.#takenBytes;
	}

	queue(pages: number, {ms, wireBytes}: PageCost): void {
		const startMs = Math.max(this.#nowMs, this.#busyUntilMs);
		this.#busyUntilMs = startMs + pages * ms;
		this.#queued.push({endMs: this.#busyUntilMs, bytes: pages * wireBytes});
		// Connections share the link: each takes so much longer for a batch.
		const batchMs = MAX_BATCH_PAGES * ms * this.#channels;
		const oldest = this.#queued.at(-batchesInHand(batchMs) * this.#channels - 1);
		if (oldest !== undefined) this.#passUntil(oldest.endMs);
	}

	pass(ms: number): void {
		this.#passUntil(this.#nowMs + ms);
	}

	/** Until everything is taken. */
	drain(): void {
		this.#passUntil(this.#busyUntilMs);
	}

	#passUntil(ms: number): void {
		this.#nowMs = Math.max(this.#nowMs, ms);
		const left = this.#queued.findIndex(({endMs}) => endMs > this.#nowMs);
		const taken = left === -1 ? this.#queued : this.#queued.slice(0, left);
		for (const {bytes} of taken) this.#takenBytes += bytes;
		this.#queued = left === -1 ? [] : this.#queued.slice(left);
	}
}

/** Bytes of guest memory a second that pages of this cost come to. */
export function memoryRate({ms}: PageCost): number {
	return (PAGE_SIZE_BYTES * 1000) / ms;
}
