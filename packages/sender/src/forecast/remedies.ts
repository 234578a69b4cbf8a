import {formatDuration, formatRate} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {ForecastReply} from '@sterna/protocol/control';
import type {Limits} from '../engine/policy/limits-policy.ts';
import type {Change, Model} from './course.ts';
import {costOf} from './facts.ts';
import {outlookOf, type Outlook} from './outlook.ts';

/** Enough to see whether a change is one. */
const COURSES = 20;
/** A change that helps so often is told. */
const HELPS = 0.9;
/** This process, or a data connection's share of it, was busy for so much of the time: it could not have sent more. */
const BUSY = 0.85;
const MANY_ITERATIONS = 30;
const NEAR = 0.9;

type Binding = ForecastReply['binding'];

/** What holds the migration most: what, changed alone, would help it most. */
export function bindingOf(model: Model, limits: Limits, {likelihood, total}: Outlook): Binding {
	const {bandwidthLimit, probe, channels} = model.facts;
	const isLimited = bandwidthLimit !== undefined && (probe.ofAll.wireBytes * 1000) / probe.ofAll.ms >= bandwidthLimit * NEAR;
	const link: Binding = !isLimited && probe.ofAll.busyCores >= BUSY * channels ? 'cpu' : 'bandwidth';
	// Of one that converges the time is what is left to gain. Where nothing helps, it is the guest that writes too much.
	const gain = (outlook: Outlook): number =>
		likelihood < HELPS ? outlook.likelihood - likelihood : (total.middle - outlook.total.middle) / total.middle;
	const candidates: ReadonlyArray<readonly [Binding, number]> = [
		['working-set', gain(look(model, limits, {writes: 0.5}))],
		[link, gain(look(model, limits, {speed: 2}))],
		['limits', likelihood < HELPS && look(model, {...limits, maxIterations: MANY_ITERATIONS}).likelihood >= HELPS ? Infinity : 0],
	];
	return candidates.toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? link;
}

/** Changes that would make it converge, each by itself, the one that asks for least first. */
export function remediesOf(model: Model, limits: Limits): string[] {
	return [moreIterations(model, limits), ...faster(model, limits), longerDowntime(model, limits), slowerGuest(model, limits)].filter(
		remedy => remedy !== undefined,
	);
}

function moreIterations(model: Model, limits: Limits): string | undefined {
	if (limits.maxIterations >= MANY_ITERATIONS) return undefined;
	const helps = look(model, {...limits, maxIterations: MANY_ITERATIONS}).likelihood >= HELPS;
	return helps ? `--max-iterations ${MANY_ITERATIONS}` : undefined;
}

function faster(model: Model, limits: Limits): string[] {
	const {bandwidthLimit, probe, channels} = model.facts;
	const factor = [1.5, 2, 3, 4, 6, 8, 12, 16, 32].find(speed => look(model, limits, {speed}).likelihood >= HELPS);
	if (factor === undefined) return [];
	const {ms, wireBytes} = costOf(probe.ofWritten ?? probe.ofAll);
	if (bandwidthLimit !== undefined) {
		const most = probe.unlimited === undefined ? undefined : costOf(probe.unlimited);
		const rate = bandwidthLimit * factor;
		// No more than the link has been seen to carry.
		return most === undefined || rate <= (most.wireBytes * 1000) / most.ms
			? [`--bandwidth ${formatRate(rate).replaceAll(' ', '')}`]
			: ['--bandwidth none'];
	}

	const needed = `a link that carries ${formatRate((wireBytes * 1000 * factor) / ms)}`;
	return probe.ofAll.busyCores >= BUSY * channels ? [`--channels ${channels * 2}, where both hosts have cores for them`, needed] : [needed];
}

function longerDowntime(model: Model, limits: Limits): string | undefined {
	const {downtime} = look(model, limits);
	const from = Math.max(limits.maxDowntimeMs ?? 0, downtime.low, 10);
	const found = [1, 1.5, 2, 3, 5, 8]
		.map(factor => roundUp(from * factor))
		.find(ms => look(model, {...limits, maxDowntimeMs: ms}).likelihood >= HELPS);
	return found === undefined ? undefined : `--max-downtime ${formatDuration(found).replaceAll(' ', '')}`;
}

function slowerGuest(model: Model, limits: Limits): string | undefined {
	const factor = [0.75, 0.5, 0.25, 0.1].find(writes => look(model, limits, {writes}).likelihood >= HELPS);
	if (factor === undefined) return undefined;
	return `throttle the guest: at ${factor * 100} % of its pace, ${formatRate(model.writes(1000 * model.pace * factor) * PAGE_SIZE_BYTES)} written, it converges`;
}

function look(model: Model, limits: Limits, change: Change = {}): Outlook {
	return outlookOf(model, limits, {...change, courses: COURSES});
}

/** To one or two digits, as an operator would type it. */
function roundUp(ms: number): number {
	const unit = 10 ** Math.max(0, Math.floor(Math.log10(ms)) - 1) * (ms < 100 ? 10 : 1);
	return Math.ceil(ms / unit) * unit;
}
