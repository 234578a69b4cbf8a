import type {ForecastReply} from '@sterna/protocol/control';

/** What a migration really was. */
export type Real = {readonly totalMs: number; readonly downtimeMs: number; /** Why its precopy ended. */ readonly because: string};

export type Scored = {readonly name: string; readonly forecast: ForecastReply; readonly real: Real};

export type Verdict = 'right' | 'wrong' | 'open';

/** Whether the precopy ended as its target was met. */
export function isTargetMet(because: string): boolean {
	return / dirty pages, fewer than |^expected downtime /.test(because);
}

/** Of one that may converge neither end is wrong. */
export function verdictOf({forecast, real}: Scored): Verdict {
	if (forecast.convergence === 'may-converge') return 'open';
	return (forecast.convergence === 'converges') === isTargetMet(real.because) ? 'right' : 'wrong';
}

export function isTotalInside({forecast, real}: Scored): boolean {
	return real.totalMs >= forecast.totalLowMs && real.totalMs <= forecast.totalHighMs;
}

export function isDowntimeInside({forecast, real}: Scored): boolean {
	return real.downtimeMs >= forecast.downtimeLowMs && real.downtimeMs <= forecast.downtimeHighMs;
}

/** How far the range of the total goes from its middle, as a part of it: 0.3 is ±30 %. */
export function widthOf({totalLowMs, totalHighMs}: ForecastReply): number {
	return (totalHighMs - totalLowMs) / (totalHighMs + totalLowMs);
}

/** Targets: 90 % inside, totals of converging guests no wider than ±30 %. */
export function summarize(scored: readonly Scored[]): string[] {
	const share = (count: number, of: number): string => `${count} of ${of} (${of === 0 ? '-' : Math.round((count / of) * 100)} %)`;
	const converging = scored.filter(({forecast}) => forecast.convergence === 'converges');
	const widths = converging.map(({forecast}) => widthOf(forecast)).toSorted((one, other) => one - other);
	const percent = (value: number | undefined): string => (value === undefined ? '-' : `±${Math.round(value * 100)} %`);
	const verdicts = scored.map(each => verdictOf(each));
	const insides = scored.filter(each => isTotalInside(each)).length + scored.filter(each => isDowntimeInside(each)).length;
	return [
		`totals inside their range: ${share(scored.filter(each => isTotalInside(each)).length, scored.length)}`,
		`downtimes inside their range: ${share(scored.filter(each => isDowntimeInside(each)).length, scored.length)}`,
		`both together: ${share(insides, scored.length * 2)}, target 90 %`,
		`width of totals of converging guests: median ${percent(widths[Math.floor(widths.length / 2)])}, widest ${percent(widths.at(-1))}, target ±30 %`,
		`verdicts: ${verdicts.filter(verdict => verdict === 'right').length} right, ${verdicts.filter(verdict => verdict === 'wrong').length} wrong, ${verdicts.filter(verdict => verdict === 'open').length} said that both may be`,
	];
}
