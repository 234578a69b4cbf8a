import test from 'ava';
import {barsOf, renderChart} from '../src/chart.ts';
import {type Row, rowOf} from '../src/row.ts';
import {figures, OURS, type RowDefinition} from '../src/scenario.ts';

const TITLES = {title: 'A <title> & more', subtitle: 'a machine'};

function row(
	definition: Pick<RowDefinition, 'id' | 'better' | 'unit' | 'targets'>,
	ours: number,
	peers: Readonly<Record<string, number>>,
): Row {
	const {id} = definition;
	const theirs = Object.entries(peers).flatMap(([name, value]) => figures(name, {[id]: value}));
	const measured = rowOf({title: id, ...definition}, [[...figures(OURS, {[id]: ours}), ...theirs]]);
	if (measured === undefined) throw new TypeError('not measured');
	return measured;
}

const BULK = row({id: 'bulk', better: 'more', unit: 'GB/s', targets: [{vs: 'pump', atLeast: 0.95}]}, 2, {pump: 4, qemu: 1});
const DOWNTIME = row({id: 'downtime', better: 'less', unit: 'ms', targets: [{figure: 'max', atMost: 20}]}, 5, {});

/** Value of an attribute of each element of a kind, in order. */
function attributes(svg: string, name: string, attribute: string): string[] {
	return [...svg.matchAll(new RegExp(`<${name} [^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map(found => found[1] ?? '');
}

test('every peer of a row is a bar, and so is every limit of its own', t => {
	t.deepEqual(
		barsOf([BULK, DOWNTIME]).map(({row: id, against, ratio, bounds, met}) => ({
			id,
			against,
			ratio: ratio.median,
			bounds,
			met,
		})),
		[
			{id: 'bulk', against: 'pump', ratio: 0.5, bounds: [0.95], met: false},
			{id: 'bulk', against: 'qemu', ratio: 2, bounds: [], met: null},
			{id: 'downtime', against: 'max / 20 ms', ratio: 0.25, bounds: [1], met: true},
		],
	);
});

test('bars go from 1 to either side, equally far for a ratio and its inverse', t => {
	const svg = renderChart([BULK], TITLES);
	// The first rectangle is the paper, the next four are the legend.
	const [worse = 0, better = 0] = attributes(svg, 'rect', 'width').slice(5).map(Number);
	t.true(worse > 10);
	t.true(Math.abs(worse - better) < 0.1);
	const [left = 0, right = 0] = attributes(svg, 'rect', 'x').slice(4).map(Number);
	t.true(Math.abs(left + worse - right) < 0.1);
});

test('ratios beyond the scale, of zero and below stay inside the picture', t => {
	const far = [-1, 0, 1e6].map(ours => row({id: 'far', better: 'more', unit: '%'}, ours, {qemu: 1}));
	const svg = renderChart(far, TITLES);
	const [width = 0] = attributes(svg, 'svg', 'width').map(Number);
	for (const attribute of ['x1', 'x2']) for (const x of attributes(svg, 'line', attribute).map(Number)) t.true(x >= 0 && x <= width);
	t.false(/NaN|Infinity/.test(svg));
});

test('text is escaped, and a chart of nothing is one, too', t => {
	t.true(renderChart([], TITLES).includes('A &lt;title&gt; &amp; more'));
});
