import type {IterationInfo, MigrationStatus} from '@sterna/protocol/control';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatDuration, formatRate, formatSize} from '@sterna/host/units';

/** Milliseconds of each unit that time left is told in, and from where on. */
const UNITS = [
	{name: 's', ms: 1000, untilMs: 120_000},
	{name: 'min', ms: 60_000, untilMs: 7_200_000},
	{name: 'h', ms: 3_600_000, untilMs: Infinity},
] as const;

/** `8 to 14 s left`, in whole units, the range never narrower than it was told; undefined where no end is in sight, or the migration is over. */
export function describeLeft({etaLowMs, etaHighMs}: Pick<MigrationStatus, 'etaLowMs' | 'etaHighMs'>): string | undefined {
	if (etaLowMs === undefined || etaHighMs === undefined) return undefined;
	const unit = UNITS.find(({untilMs}) => etaHighMs < untilMs);
	if (unit === undefined) return undefined;
	const low = Math.floor(etaLowMs / unit.ms);
	const high = Math.max(1, Math.ceil(etaHighMs / unit.ms));
	return low === 0 ? `less than ${high} ${unit.name} left` : `${low} to ${high} ${unit.name} left`;
}

/** Whether it converges, and by what that is known; undefined where that is not known. */
export function describeConvergence({convergence, convergenceBecause = ''}: MigrationStatus): string | undefined {
	if (convergence === undefined) return undefined;
	const because = convergenceBecause === '' ? '' : `: ${convergenceBecause}`;
	return `${convergence === 'converges' ? 'converges' : 'will not converge'}${because}`;
}

/** What an operator's own policy did wrong; undefined where it did nothing wrong, or there is none. */
export function describePolicyFault({policyFault}: MigrationStatus): string | undefined {
	return policyFault === undefined || policyFault === '' ? undefined : `the policy failed, and the built-in ones decide: ${policyFault}`;
}

/** One pass that is over, in one line. */
export function describeIteration(pass: IterationInfo): string {
	const {iteration, dirtyPages, writtenPages, durationMs, bandwidthBytesPerSecond, waitsFor} = pass;
	const rate = bandwidthBytesPerSecond === undefined ? '' : ` at ${formatRate(bandwidthBytesPerSecond)}`;
	const sent = `${sizeOf(writtenPages)} of ${sizeOf(dirtyPages)} sent in ${formatDuration(durationMs)}${rate}`;
	return `iteration ${iteration} is over: ${sent}${waitsFor === undefined ? '' : `; ${waitsFor}`}`;
}

export function sizeOf(pages: number): string {
	return formatSize(pages * PAGE_SIZE_BYTES);
}
