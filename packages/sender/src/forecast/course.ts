import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {costOf, type Facts} from './facts.ts';
import {DEVIATIONS, FIRST_TOUCH, FIXED_COSTS, PROCESS_START_MS, WORDS_IN_DOWNTIME} from './fixed-costs.ts';
import type {Course, PageCost} from './foresee.ts';
import type {LinkFigures} from './probe-link.ts';
import {randomFactor} from './random.ts';
import {writeCurve, type WriteCurve} from './write-curve.ts';

/** Changes to a migration or its guest that are tried on paper: factors, 1 = as it is. */
export type Change = {readonly speed?: number; readonly writes?: number};

/** What was measured, made ready for any number of courses. */
export type Model = {
	readonly facts: Facts;
	/** Of the guest alone. */
	readonly writes: WriteCurve;
	/** How fast the guest writes beside a transfer, against how fast it does alone. */
	readonly pace: number;
	readonly paceDeviation: number;
	readonly scanMs: number;
};

const MIN_PACE = 0.1;
const MAX_PACE = 4;
/** Closer than this a scan says nothing else than the curve: least of all where it is flat. */
const ALIKE = 0.05;

/** Holds the scans beside the transfer against the curve of the guest alone. */
export function modelOf(facts: Facts): Model {
	const writes = writeCurve(facts.sample.scans, facts.memoryPages);
	const paces = facts.besideProbe.scans.map(({sinceMs, dirtyPages}) => paceOf(writes, sinceMs, dirtyPages));
	const logs = paces.map(pace => Math.log(pace));
	return {
		facts,
		writes,
		pace: median(paces) ?? 1,
		paceDeviation: Math.max(DEVIATIONS.writes, deviationOf(logs) / Math.sqrt(Math.max(1, logs.length))),
		scanMs: median(facts.sample.scans.map(({scanMs}) => scanMs)) ?? 0,
	};
}

/** One way in which it may go; without `random`, the middle of all. */
export function courseOf(model: Model, {speed = 1, writes: slower = 1}: Change, random?: () => number): Course {
	const {facts, writes, pace, paceDeviation, scanMs} = model;
	const {probe, populatedPages, memoryPages, sample} = facts;
	const draw = (deviation: number): number => (random === undefined ? 1 : randomFactor(random, deviation));
	const fixed = FIXED_COSTS[facts.kind];
	const linkFactor = draw(DEVIATIONS.speed);
	const paceNow = pace * slower * draw(paceDeviation);
	const cost = ({ms, wireBytes}: PageCost): PageCost => ({ms: (ms * linkFactor) / speed, wireBytes});
	const ofAll = cost(firstTouch(probe.ofAll));
	const ofWritten = probe.ofWritten === undefined ? ofAll : cost(costOf(probe.ofWritten));
	// No faster than without a limit: a change of the limit does not change the link.
	const fastest = probe.unlimited === undefined ? ofWritten : cost(costOf(probe.unlimited));
	const unlimited = {...fastest, ms: fastest.ms * (probe.unlimited === undefined ? 1 : speed) * draw(DEVIATIONS.lastPass)};
	const capped = (each: PageCost): PageCost =>
		speed > 1 && probe.unlimited !== undefined && each.ms < fastest.ms * speed ? {...each, ms: fastest.ms * speed} : each;
	const gib = (memoryPages * PAGE_SIZE_BYTES) / 2 ** 30;
	const isDense = facts.contentPages >= memoryPages / 2;
	const fixedFactor = draw(DEVIATIONS.fixed);
	const createMs = fixed.createStarts * (probe.processStartMs ?? PROCESS_START_MS);
	return {
		populatedPages,
		writes: ms => writes(ms * paceNow),
		workingSetPages: sample.writtenPages,
		ofAll: capped(ofAll),
		ofWritten: capped(ofWritten),
		unlimited,
		downtimeBudgetMs: probe.unlimited === undefined ? Infinity : facts.downtimeBudgetMs,
		channels: facts.channels,
		scanMs,
		prepareMs: fixedFactor * (facts.openMs + createMs + (isDense ? memoryPages * probe.populateMsPerPage : 0)) + probe.connectMs,
		fixedDowntimeMs: (fixed.downtimeMs + WORDS_IN_DOWNTIME * probe.roundTripMs) * draw(DEVIATIONS.downtime),
		finishMs: fixedFactor * (fixed.finishMs + fixed.finishMsPerGib * gib),
	};
}

/** What a page of the first pass takes: no longer than on the probe, where the link is what holds it. */
function firstTouch(figures: LinkFigures): PageCost {
	const {ms, wireBytes} = costOf(figures);
	return {ms: ms * Math.max(1, Math.min(1, figures.busyCores) * FIRST_TOUCH), wireBytes};
}

/** By what factor the curve's time must run for it to come to what was found. */
function paceOf(writes: WriteCurve, sinceMs: number, found: number): number {
	const expected = writes(sinceMs);
	if (Math.abs(found - expected) <= ALIKE * Math.max(expected, 1)) return 1;
	let [low, high] = [MIN_PACE, MAX_PACE];
	for (let step = 0; step < 30; step++) {
		const middle = Math.sqrt(low * high);
		if (writes(sinceMs * middle) < found) low = middle;
		else high = middle;
	}

	return Math.sqrt(low * high);
}

function median(values: readonly number[]): number | undefined {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

function deviationOf(values: readonly number[]): number {
	if (values.length < 2) return 0;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
