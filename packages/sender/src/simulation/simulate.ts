import type {SourceDomain} from '@sterna/domain';
import {PageBitmap} from '@sterna/domain/page-bitmap';
import type {IterationSummary} from '../engine/iteration-log.ts';
import type {PolicyDecision, PrecopyPolicy} from '../engine/policy/decision.ts';
import {firstOf} from '../engine/policy/first-of.ts';
import {policyOf, type Limits} from '../engine/policy/limits-policy.ts';
import {precopy} from '../engine/precopy.ts';
import {StatsRecorder} from '../engine/stats.ts';
import {stopAndCopy, type PauseParts} from '../engine/stop-and-copy.ts';
import {BatchWriter} from '../engine/writer.ts';
import {DEFAULT_COSTS, type MigrationCosts} from './costs.ts';
import type {DirtyModel} from './dirty-model.ts';
import type {LinkModel, WireContent} from './link-model.ts';
import {SimulatedChannels} from './simulated-channels.ts';
import {SimulatedDirtyLog} from './simulated-dirty-log.ts';
import {VirtualClock} from './virtual-clock.ts';

export type SimulationInput = {
	readonly memoryPages: number;
	readonly dirty: DirtyModel;
	readonly link: LinkModel;
	/** Every page in full where undefined. */
	readonly content?: WireContent | undefined;
	/** The built-in policies with these limits, or any other. */
	readonly policy: Limits | PrecopyPolicy;
	/** What the parts cost that are neither pages nor the engine's; those of the reference machine where undefined. */
	readonly costs?: MigrationCosts | undefined;
	/** For how long the last pass ignores the link's limit. */
	readonly downtimeBudgetMs?: number | undefined;
	/** The simulation ends here where no policy ended it; an hour where undefined. */
	readonly horizonMs?: number | undefined;
	readonly seed: number;
};

/** Times in milliseconds. */
export type SimulatedMigration = {
	/** `unfinished`: no policy had ended it at the horizon. */
	readonly outcome: 'completed' | 'aborted' | 'unfinished';
	/** Of the decision that ended the precopy. */
	readonly because: string;
	/** From the request to the report of its end. */
	readonly totalMs: number;
	/** From the beginning of the precopy to its end. */
	readonly precopyMs: number;
	/** Undefined where the guest was not paused. */
	readonly downtimeMs: number | undefined;
	readonly downtimeParts: (PauseParts & {readonly load: number; readonly handover: number; readonly resume: number}) | undefined;
	/** Passes that were over when the precopy ended. */
	readonly iterationCount: number;
	/** The last 64 of them. */
	readonly iterations: readonly IterationSummary[];
	/** Of all passes. */
	readonly pagesSent: number;
	/** Of those, the last pass's. */
	readonly lastPassPages: number;
	/** On the wire. */
	readonly bytesSent: number;
};

const DEFAULT_HORIZON_MS = 3_600_000;

/** Enough for a horizon's batches of any link; a policy that goes on for ever over an idle guest ends here. */
const MOST_QUESTIONS = 2_000_000;

/**
 * What would happen if a guest that writes by this model were migrated over this link: the engine itself, from the policies to the last pass, in a time of its own.
 * Deterministic. Keeps two bitmaps of the guest beside the engine's, and nothing for each page or batch that is over.
 */
export async function simulate(input: SimulationInput): Promise<SimulatedMigration> {
	const clock = new VirtualClock();
	return clock.run(new Simulation(input, clock).run());
}

class Simulation {
	readonly #input: SimulationInput;
	readonly #clock: VirtualClock;
	readonly #costs: MigrationCosts;
	readonly #channels: SimulatedChannels;
	readonly #due: PageBitmap;
	#questions = 0;
	#isCut = false;

	constructor(input: SimulationInput, clock: VirtualClock) {
		const {memoryPages, link, content, costs = DEFAULT_COSTS} = input;
		this.#input = input;
		this.#clock = clock;
		this.#costs = costs;
		this.#channels = new SimulatedChannels(link, {clock, sent: new PageBitmap(memoryPages), content});
		this.#due = new PageBitmap(memoryPages);
		this.#due.addRun(0, memoryPages);
	}

	async run(): Promise<SimulatedMigration> {
		const {memoryPages, dirty, seed} = this.#input;
		const clock = this.#clock;
		const {openMs, scanMs} = this.#costs;
		const {signal} = new AbortController();
		const stats = new StatsRecorder(0, memoryPages);
		const dirtyLog = new SimulatedDirtyLog(dirty, {memoryPages, scanMs, seed, clock});
		await clock.until(openMs);
		const channels = this.#channels;
		const writer = new BatchWriter(channels, {zerosGoEmpty: true, nowMs: clock.nowMs});
		const decision = await precopy(
			{
				dirtyLog,
				channels,
				writer,
				policy: this.#policy(),
				stats,
				observer: {asked: () => undefined, scanned: () => undefined},
				audit: undefined,
				creditedBytes: () => channels.progress.creditedBytes,
				nowMs: clock.nowMs,
				wait: clock.wait,
			},
			this.#due,
			signal,
		);
		const {iteration, iterations, totalWritten} = stats.snapshot(clock.nowMs());
		const precopied = {because: decision.because, precopyMs: clock.nowMs() - openMs, iterationCount: iteration, iterations};
		if (decision.action === 'abort') {
			const outcome = this.#isCut ? 'unfinished' : 'aborted';
			return {...precopied, ...this.#sums(stats), outcome, downtimeMs: undefined, downtimeParts: undefined, lastPassPages: 0};
		}

		const {parts} = await stopAndCopy(
			{
				domain: this.#domain(),
				dirtyLog,
				channels,
				writer,
				stats,
				nowMs: clock.nowMs,
				lookAgain: async () => undefined,
				downtimeBudgetMs: this.#input.downtimeBudgetMs ?? 0,
			},
			this.#due,
			signal,
		);
		const downtimeParts = {...parts, ...(await this.#handOver())};
		return {
			...precopied,
			...this.#sums(stats),
			outcome: 'completed',
			downtimeMs: Object.values(downtimeParts).reduce((sum, ms) => sum + ms, 0),
			downtimeParts,
			lastPassPages: stats.snapshot(clock.nowMs()).totalWritten - totalWritten,
		};
	}

	/** The receiver takes what is on its way, loads the device state, and is told to run the guest. */
	async #handOver(): Promise<{readonly load: number; readonly handover: number; readonly resume: number}> {
		const {loadMs, handoverMs, resumeMs} = this.#costs;
		const sentMs = this.#clock.nowMs();
		await this.#channels.applied();
		await this.#clock.until(this.#clock.nowMs() + loadMs);
		const load = this.#clock.nowMs() - sentMs;
		const handover = handoverMs + this.#input.link.roundTripMs;
		await this.#clock.until(this.#clock.nowMs() + handover + resumeMs);
		return {load, handover, resume: resumeMs};
	}

	/** The horizon is a policy too, behind the others. */
	#policy(): PrecopyPolicy {
		const {policy, horizonMs = DEFAULT_HORIZON_MS} = this.#input;
		const horizon: PrecopyPolicy = ({elapsedMs}): PolicyDecision => {
			this.#questions += 1;
			this.#isCut = elapsedMs >= horizonMs || this.#questions >= MOST_QUESTIONS;
			if (!this.#isCut) return {action: 'continue', because: ''};
			return {action: 'abort', because: `no policy had ended it after ${(elapsedMs / 1000).toFixed(0)} s`};
		};
		return firstOf(typeof policy === 'function' ? policy : policyOf(policy), horizon);
	}

	#domain(): Pick<SourceDomain, 'pause' | 'saveDeviceState'> {
		const {pauseMs, deviceStateMs} = this.#costs;
		return {
			pause: async () => {
				await this.#clock.until(this.#clock.nowMs() + pauseMs);
				return {lastStepNs: 0n};
			},
			saveDeviceState: async () => {
				await this.#clock.until(this.#clock.nowMs() + pauseMs + deviceStateMs);
				return {libxc: [], libxl: []};
			},
		};
	}

	#sums(stats: StatsRecorder): Pick<SimulatedMigration, 'totalMs' | 'pagesSent' | 'bytesSent'> {
		const {setupMs, closeMs} = this.#costs;
		const nowMs = this.#clock.nowMs();
		return {
			totalMs: setupMs + nowMs + closeMs,
			pagesSent: stats.snapshot(nowMs).totalWritten,
			bytesSent: Math.round(this.#channels.progress.writtenBytes),
		};
	}
}
