import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {ForecastReply} from '@sterna/protocol/control';
import type {Limits} from '../engine/policy/limits-policy.ts';
import {modelOf, type Model} from './course.ts';
import {costOf, type Facts} from './facts.ts';
import {memoryRate} from './foresee.ts';
import {bindingOf, remediesOf} from './remedies.ts';
import {outlookOf, type Outlook} from './outlook.ts';

/** From here on it is said to converge, and below the other one not to. */
export const LIKELY = {converges: 0.9, mayConverge: 0.1} as const;

/** What is said of a migration, whichever it is. */
export type Foretold = Omit<ForecastReply, 'domain' | 'host'>;

/** What a migration would be like, by what was measured. Pure: the same facts give the same forecast. Takes milliseconds, and seconds where limits allow thousands of iterations. */
export function forecast(facts: Facts, limits: Limits): Foretold {
	const model = modelOf(facts);
	const outlook = outlookOf(model, limits);
	const {likelihood, total, downtime} = outlook;
	const {sample, probe, bandwidthLimit} = facts;
	const convergence = likelihood >= LIKELY.converges ? 'converges' : likelihood > LIKELY.mayConverge ? 'may-converge' : 'will-not-converge';
	const writtenPages = sample.scans.reduce((sum, {dirtyPages}) => sum + dirtyPages, 0);
	return {
		convergence,
		likelihood,
		totalLowMs: total.low,
		totalMs: total.middle,
		totalHighMs: total.high,
		downtimeLowMs: downtime.low,
		downtimeMs: downtime.middle,
		downtimeHighMs: downtime.high,
		binding: bindingOf(model, limits, outlook),
		because: becauseOf(model, limits, outlook),
		remedies: convergence === 'converges' ? [] : remediesOf(model, limits),
		sampledMs: sample.sampledMs,
		memoryBytes: facts.populatedPages * PAGE_SIZE_BYTES,
		dirtyBytesPerSecond: sample.sampledMs === 0 ? 0 : (writtenPages * PAGE_SIZE_BYTES * 1000) / sample.sampledMs,
		workingSetBytes: sample.writtenPages * PAGE_SIZE_BYTES,
		bandwidthBytesPerSecond: Math.min(bandwidthLimit ?? Infinity, (probe.ofAll.wireBytes * 1000) / probe.ofAll.ms),
		roundTripMs: probe.roundTripMs,
		assumptions: assumptionsOf(model),
	};
}

/** One sentence: what is written beside what is sent, and how the precopy ends by that. */
function becauseOf({facts, writes, pace}: Model, {maxDowntimeMs, dirtyThresholdPages}: Limits, {because, likelihood}: Outlook): string {
	const {probe} = facts;
	const cost = costOf(probe.ofWritten ?? probe.ofAll);
	const perSecond = formatRate(writes(1000 * pace) * PAGE_SIZE_BYTES);
	const target =
		maxDowntimeMs === undefined
			? `fewer than ${dirtyThresholdPages} dirty pages`
			: `an expected downtime of ${formatDuration(maxDowntimeMs)}, or fewer than ${dirtyThresholdPages} dirty pages`;
	const met = `${Math.round(likelihood * 100)} % of the courses that were played meet it`;
	return `the guest writes ${perSecond}, each page once, while ${formatRate(memoryRate(cost))} of memory are sent; the target is ${target}: ${met}; most likely the precopy ends by ${because}`;
}

function assumptionsOf({facts, pace}: Model): string[] {
	const {sample, besideProbe, probe, deltaCacheBytes, hasDisks, ownPolicies, otherMigrations, bandwidthLimit} = facts;
	const scanned = sample.scans.length + besideProbe.scans.length;
	const first = sample.scans.reduce((sum, {dirtyPages}) => sum + dirtyPages, 0);
	return [
		`the guest goes on as in the ${formatDuration(sample.sampledMs)} in which it was watched`,
		`beside a transfer it writes at ${Math.round(pace * 100)} % of its pace, as beside the probe`,
		`the sample cost the guest ${scanned} scans and the first write to a page behind each: ${Math.round(first / Math.max(1, sample.sampledMs / 1000))} faults a second`,
		`the link stays as the probe met it: ${formatSize(probe.ofAll.wireBytes)} in ${formatDuration(probe.ofAll.ms)}${bandwidthLimit === undefined ? '' : `, limit ${formatRate(bandwidthLimit)}`}`,
		...(deltaCacheBytes === 0 ? [] : ['pages that are sent again are counted in full, and not as differences']),
		...(hasDisks ? ['the disks that would be copied are not counted'] : []),
		...ownPolicies.map(name => `the policy ${name} is not asked`),
		...(otherMigrations === 0 ? [] : [`${otherMigrations} other migrations were under way on this host`]),
	];
}
