import {closeSync, openSync, readdirSync, readlinkSync, readSync} from 'node:fs';
import type {Lab} from '../lab/lab.ts';
import type {LabHost} from '../lab/lab-host.ts';
import {mergeGuestOutput} from '../guest-lines.ts';
import {type Sighting, together, type Together} from './sightings.ts';

/** Pages that the watched guest writes, one after another and for ever: its hot set has to be of this size. */
export const WATCHED_PAGES = 16;

const SAMPLE_MS = 3;
const PAGE_BYTES = 4096;
/** In a page of a workload guest: the lower half of its generation, which grows with each writing. */
const GENERATION_OFFSET = 12;
const MEMORY_FILE = /^\/memfd:sterna-guest-/;

export type StepWatchOptions = {
	readonly lab: Lab;
	readonly domain: string;
	/** Where the guest runs now. */
	readonly source: LabHost;
	readonly standby: LabHost;
};

/**
 * Sees on which host a workload guest takes steps, without a word to it or to a daemon, so that what is stopped, frozen or cut off is seen as well as what runs. At its source by what it
 * writes to its memory, as nobody else writes there, and the lines that it says may be held; on both by the times in its released lines. A standby is a guest
 * that has said nothing: its memory is written by its daemon.
 */
export class StepWatch implements Disposable {
	readonly #options: StepWatchOptions;
	readonly #memory: number;
	readonly #startedMs = nowMs();
	readonly #written: Sighting[] = [];
	readonly #page = new Uint32Array(1);
	#timer: NodeJS.Timeout | undefined;
	#lookedMs = nowMs();
	#generations: number;
	#longestGapMs = 0;

	private constructor(options: StepWatchOptions, memory: number) {
		this.#options = options;
		this.#memory = memory;
		this.#generations = this.#readGenerations();
		this.#timer = setInterval(() => this.#look(), SAMPLE_MS);
	}

	/** Begins to watch. */
	static async start(options: StepWatchOptions): Promise<StepWatch> {
		return new StepWatch(options, openMemory(await options.source.guestPid(options.domain)));
	}

	/** Longest time between two looks at the source's memory, in milliseconds: what happened on both hosts within less may not be seen. */
	get longestGapMs(): number {
		return this.#longestGapMs;
	}

	/** Milliseconds of CLOCK_MONOTONIC at which the guest was first seen to run at the standby's host; undefined: it was not. */
	get tookOverAtMs(): number | undefined {
		return this.seenOn(this.#options.standby)[0]?.fromMs;
	}

	/** In the order of time. */
	seenOn(host: LabHost): Sighting[] {
		const {lines} = mergeGuestOutput({[host.name]: host.output(this.#options.domain)});
		const said = lines.map(({ns}) => Number(ns) / 1e6).filter(ms => ms >= this.#startedMs);
		const seen = said.map((ms): Sighting => ({fromMs: ms, toMs: ms}));
		if (host === this.#options.source) seen.push(...this.#written);
		return seen.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
	}

	/** Hosts on which the guest took a step within the last milliseconds. */
	runsOn(withinMs: number): LabHost[] {
		const since = nowMs() - withinMs;
		return this.#options.lab.hosts.filter(host => (this.seenOn(host).at(-1)?.fromMs ?? 0) >= since);
	}

	/** Steps on both hosts at the same time. */
	together(): Together {
		const {source, standby} = this.#options;
		return together(this.seenOn(source), this.seenOn(standby));
	}

	/** Sees no more; what was seen stays. Idempotent. */
	[Symbol.dispose](): void {
		if (this.#timer === undefined) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
		closeSync(this.#memory);
	}

	#look(): void {
		// Ahead of the reading, and behind it: a step that is seen was made in between.
		const beforeMs = nowMs();
		const generations = this.#readGenerations();
		const fromMs = this.#lookedMs;
		this.#longestGapMs = Math.max(this.#longestGapMs, beforeMs - fromMs);
		this.#lookedMs = beforeMs;
		if (generations === this.#generations) return;
		this.#generations = generations;
		this.#written.push({fromMs, toMs: nowMs()});
	}

	/** Sum of the generations of all watched pages: grows with each step. */
	#readGenerations(): number {
		let sum = 0;
		for (let page = 0; page < WATCHED_PAGES; page++) {
			readSync(this.#memory, this.#page, 0, 4, page * PAGE_BYTES + GENERATION_OFFSET);
			sum += this.#page[0] ?? 0;
		}

		return sum;
	}
}

/** The clock that guests put into their lines. */
export function nowMs(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

/** A descriptor of a workload guest's memory, which outlives its process. */
function openMemory(pid: number): number {
	const directory = `/proc/${pid}/fd`;
	const found = readdirSync(directory).find(fd => MEMORY_FILE.test(readLink(`${directory}/${fd}`)));
	if (found === undefined) throw new Error(`process ${pid} has no memory of a guest's`);
	return openSync(`${directory}/${found}`, 'r');
}

/** Empty where it is closed meanwhile. */
function readLink(file: string): string {
	try {
		return readlinkSync(file);
	} catch {
		return '';
	}
}
