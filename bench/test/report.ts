import test from 'ava';
import type {Machine} from '../src/machine.ts';
import {renderFailure, renderRow, renderTargets, toJson} from '../src/report.ts';
import {type Row, rowOf} from '../src/row.ts';
import {figures, OURS, type RowDefinition} from '../src/scenario.ts';

const MACHINE: Machine = {
	cpu: 'a processor',
	cpuCount: 2,
	memoryBytes: 24 * 2 ** 30,
	kernel: '6.18',
	node: 'v24',
	peers: {iperf3: 'iperf 3.12'},
};

function row(definition: Partial<RowDefinition> = {}): Row {
	const measured = rowOf({id: 'bulk-plain-1', title: 'throughput', unit: 'GB/s', better: 'more', ...definition}, [
		[...figures(OURS, {'bulk-plain-1': 2.7}), ...figures('pump', {'bulk-plain-1': 3}), ...figures('qemu', {'bulk-plain-1': 1})],
	]);
	if (measured === undefined) throw new TypeError('not measured');
	return measured;
}

test('a row is shown with its ratios first, then its targets, then the figures', t => {
	const targets = [
		{vs: 'pump', atLeast: 0.95},
		{vs: 'qemu', atLeast: 2.2},
	];
	t.deepEqual(renderRow(row({targets})).split('\n'), [
		'bulk-plain-1: throughput (more is better)',
		'  0.900 × pump (0.900 to 0.900), 2.70 × qemu (2.70 to 2.70)',
		'  target ≥ 0.95 × pump: missed',
		'  target ≥ 2.2 × qemu: met',
		'  sterna  2.70 GB/s (2.70 to 2.70)',
		'  pump    3.00 GB/s (3.00 to 3.00)',
		'  qemu    1.00 GB/s (1.00 to 1.00)',
	]);
});

test('targets that were not met, or not measured, are listed at the end', t => {
	const targets = [
		{vs: 'pump', atLeast: 0.95},
		{vs: 'qemu', atLeast: 2.2},
		{vs: 'node-tls', atLeast: 0.9},
		{figure: 'median', atMost: 1},
	] as const;
	t.deepEqual(renderTargets([row({targets})]).split('\n'), [
		'1 of 4 targets met',
		'  bulk-plain-1: ≥ 0.95 × pump: 0.900',
		'  bulk-plain-1: ≥ 0.9 × node-tls: not measured',
		'  bulk-plain-1: median ≤ 1 GB/s: 2.70',
	]);
});

test('the result for programs has machine and rows, with id, unit, median, min, max and vs', t => {
	const json = JSON.parse(toJson(MACHINE, {rows: [row()], failures: [], quick: true})) as unknown;
	t.like(json, {
		machine: {cpuCount: 2, peers: {iperf3: 'iperf 3.12'}},
		rows: [{id: 'bulk-plain-1', unit: 'GB/s', median: 2.7, min: 2.7, max: 2.7, vs: {qemu: 2.7}}],
		failures: [],
		quick: true,
	});
});

test('a failure says who failed and why', t => {
	t.is(renderFailure({scenario: 'bulk', contender: 'qemu', reason: 'it is not there'}), 'bulk, qemu: FAILED: it is not there');
	t.is(renderFailure({scenario: 'bulk', reason: 'no memory'}), 'bulk: FAILED: no memory');
});
