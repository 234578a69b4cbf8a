import type {Machine} from './machine.ts';
import {OURS, type Row} from './scenario.ts';
import type {Spread} from './statistics.ts';

/** Three significant digits: the spread is never smaller. */
function formatNumber(value: number): string {
	return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function formatSpread({median, min, max}: Spread, unit: string): string {
	return `${formatNumber(median)} ${unit} (${formatNumber(min)} to ${formatNumber(max)})`;
}

/** One row as text: the ratios first, then the figures that they come from. */
export function renderRow(row: Row): string {
	const ratios = Object.entries(row.vs).map(([peer, ratio]) => `${ratio.toFixed(2)} × ${peer}`);
	const lines = [
		`${row.id}: ${row.title} (${row.better} is better)`,
		`  ${ratios.length === 0 ? 'no peer measures this' : ratios.join(', ')}`,
	];
	for (const [name, spread] of Object.entries({[OURS]: row, ...row.peers}))
		lines.push(`  ${name.padEnd(8)} ${formatSpread(spread, row.unit)}`);
	return lines.join('\n');
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
	rows: readonly Row[],
	{rounds, quick}: {readonly rounds: number; readonly quick: boolean},
): string {
	return `${JSON.stringify({machine, rounds, quick, rows}, undefined, '\t')}\n`;
}
