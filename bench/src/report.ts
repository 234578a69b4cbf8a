import type {Machine} from './machine.ts';
import type {Row} from './row.ts';
import type {Failure} from './run-scenario.ts';
import {OURS} from './scenario.ts';
import type {Spread} from './statistics.ts';
import {describeTarget, type TargetOutcome} from './target.ts';

/** Three significant digits: the spread is never smaller. */
export function formatNumber(value: number): string {
	return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function formatSpread({median, min, max}: Spread, unit: string): string {
	return `${formatNumber(median)} ${unit} (${formatNumber(min)} to ${formatNumber(max)})`;
}

function renderTarget(target: TargetOutcome, unit: string): string {
	const verdict = target.met === null ? 'not measured' : target.met ? 'met' : 'missed';
	return `  target ${describeTarget(target, unit)}: ${verdict}`;
}

/** One row as text: the ratios first, then the targets, then the figures that all come from. */
export function renderRow(row: Row): string {
	const ratios = Object.entries(row.ratios).map(
		([peer, {median, min, max}]) => `${formatNumber(median)} × ${peer} (${formatNumber(min)} to ${formatNumber(max)})`,
	);
	const parties = Object.entries({[OURS]: row, ...row.peers});
	const width = Math.max(...parties.map(([name]) => name.length));
	return [
		`${row.id}: ${row.title} (${row.better} is better)`,
		...(ratios.length === 0 ? [] : [`  ${ratios.join(', ')}`]),
		...row.targets.map(target => renderTarget(target, row.unit)),
		...parties.map(([name, spread]) => `  ${name.padEnd(width)}  ${formatSpread(spread, row.unit)}`),
	].join('\n');
}

export function renderFailure({scenario, contender, reason}: Failure): string {
	return `${scenario}${contender === undefined ? '' : `, ${contender}`}: FAILED: ${reason}`;
}

/** `12 of 15 targets met`, and those that were not. */
export function renderTargets(rows: readonly Row[]): string {
	const all = rows.flatMap(row => row.targets.map(target => ({row, target})));
	const missed = all.filter(({target}) => target.met !== true);
	return [
		`${all.length - missed.length} of ${all.length} targets met`,
		...missed.map(
			({row, target}) =>
				`  ${row.id}: ${describeTarget(target, row.unit)}: ${target.value === null ? 'not measured' : formatNumber(target.value)}`,
		),
	].join('\n');
}

export function renderMachine(machine: Machine): string {
	const gibibytes = (machine.memoryBytes / 2 ** 30).toFixed(0);
	return [
		`${machine.cpuCount} × ${machine.cpu}, ${gibibytes} GiB, Linux ${machine.kernel}, Node ${machine.node}`,
		...Object.entries(machine.peers).map(([name, version]) => `${name}: ${version}`),
	].join('\n');
}

/** The result for programs: stable keys, and what the text shows. */
export function toJson(
	machine: Machine,
	{rows, failures, quick}: {readonly rows: readonly Row[]; readonly failures: readonly Failure[]; readonly quick: boolean},
): string {
	return `${JSON.stringify({machine, quick, rows, failures}, undefined, '\t')}\n`;
}
