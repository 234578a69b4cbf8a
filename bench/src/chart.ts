import {scaleLog} from 'd3-scale';
import {formatNumber} from './report.ts';
import type {Row} from './row.ts';
import type {Spread} from './statistics.ts';
import {element, textElement} from './svg.ts';
import type {TargetOutcome} from './target.ts';

/** One line of the chart: ours over a peer's, or a figure of ours over the limit that it has. */
export type Bar = {
	readonly row: string;
	/** `pump`, or `median / 5 ms`. */
	readonly against: string;
	readonly better: Row['better'];
	readonly ratio: Spread;
	/** What the target allows, on this scale: none, one or two. */
	readonly bounds: readonly number[];
	readonly met: boolean | null;
};

const LINE_HEIGHT = 20;
const BAR_HEIGHT = 11;
const PLOT = {left: 330, width: 560, right: 220, top: 86} as const;
const WIDTH = PLOT.left + PLOT.width + PLOT.right;
/** Further from 1 than this a bar only runs on to the edge: the rest would be squeezed. */
const LIMITS = [1 / 100, 100] as const;
const COLOURS = {
	met: '#1b7f5c',
	missed: '#c8553d',
	better: '#6b9ac4',
	worse: '#b8b8b8',
	ink: '#222',
	faint: '#e4e4e4',
	target: '#111',
} as const;

/** The bars of the rows that can be compared with something, in their order. */
export function barsOf(rows: readonly Row[]): Bar[] {
	return rows.flatMap(row => [
		...Object.entries(row.ratios).map(([peer, ratio]): Bar => {
			const target = row.targets.find(each => 'vs' in each && each.vs === peer);
			return {row: row.id, against: peer, better: row.better, ratio, bounds: boundsOf(target, 1), met: target?.met ?? null};
		}),
		...row.targets.flatMap(target => ('vs' in target ? [] : [limitBar(row, target, target.figure)])),
	]);
}

function limitBar(row: Row, target: TargetOutcome, figure: 'median' | 'max'): Bar {
	const limit = target.atMost ?? target.atLeast ?? 1;
	const ratio = {median: row[figure] / limit, min: row.min / limit, max: row.max / limit};
	const against = `${figure} / ${limit} ${row.unit}`;
	return {row: row.id, against, better: row.better, ratio, bounds: boundsOf(target, limit), met: target.met};
}

function boundsOf(target: TargetOutcome | undefined, unit: number): number[] {
	return [target?.atLeast, target?.atMost].filter(bound => bound !== undefined).map(bound => bound / unit);
}

function colourOf({met, better, ratio}: Bar): string {
	if (met !== null) return met ? COLOURS.met : COLOURS.missed;
	return (better === 'more' ? ratio.median >= 1 : ratio.median <= 1) ? COLOURS.better : COLOURS.worse;
}

/** The whole result as a picture: ratios as bars from 1 outwards on a logarithmic scale, their spread, and where the targets are. */
export function renderChart(rows: readonly Row[], {title, subtitle}: {readonly title: string; readonly subtitle: string}): string {
	const bars = barsOf(rows);
	const values = bars.flatMap(({ratio, bounds}) => [ratio.median, ...bounds]).filter(value => value > 0);
	const domain = [Math.max(LIMITS[0], Math.min(0.5, ...values) / 1.2), Math.min(LIMITS[1], Math.max(2, ...values) * 1.2)];
	const logarithmic = scaleLog(domain, [PLOT.left, PLOT.left + PLOT.width]).clamp(true);
	// A figure that fell has a ratio below zero, which has no logarithm.
	const scale = (value: number): number => logarithmic(Math.max(value, LIMITS[0] / 10));
	const bottom = PLOT.top + bars.length * LINE_HEIGHT;
	const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter(
		tick => tick >= (domain[0] ?? 0) && tick <= (domain[1] ?? Infinity),
	);
	const children = [
		element('rect', {width: WIDTH, height: bottom + 40, fill: 'white'}),
		textElement({x: 16, y: 26, 'font-size': 17, 'font-weight': 'bold'}, title),
		textElement({x: 16, y: 45, fill: '#555'}, subtitle),
		...legend(),
		...ticks.flatMap(tick => tickMark(scale(tick), tick, bottom)),
		...bars.flatMap((bar, index) => renderBar(bar, {y: PLOT.top + index * LINE_HEIGHT, scale, isFirst: bars[index - 1]?.row !== bar.row})),
		element('line', {x1: scale(1), x2: scale(1), y1: PLOT.top - 4, y2: bottom, stroke: COLOURS.ink, 'stroke-width': 1.2}),
	];
	const size = {width: WIDTH, height: bottom + 40, viewBox: `0 0 ${WIDTH} ${bottom + 40}`};
	const font = {'font-family': 'DejaVu Sans, Helvetica, Arial, sans-serif', 'font-size': 12, fill: COLOURS.ink};
	return `${element('svg', {xmlns: 'http://www.w3.org/2000/svg', ...size, ...font}, children)}\n`;
}

type Place = {readonly y: number; readonly scale: (value: number) => number; readonly isFirst: boolean};

function renderBar(bar: Bar, {y, scale, isFirst}: Place): string[] {
	const {row, against, better, ratio, bounds} = bar;
	const [one, end] = [scale(1), scale(ratio.median)];
	const [centre, text] = [y + LINE_HEIGHT / 2, y + LINE_HEIGHT / 2 + 4];
	return [
		...(isFirst
			? [
					element('line', {x1: 16, x2: WIDTH - 16, y1: y, y2: y, stroke: COLOURS.faint}),
					textElement({x: 16, y: text, 'font-weight': 'bold'}, `${row} ${better === 'more' ? '↑' : '↓'}`),
				]
			: []),
		textElement({x: PLOT.left - 8, y: text, 'text-anchor': 'end', fill: '#555'}, against),
		element('rect', {
			x: Math.min(one, end),
			y: centre - BAR_HEIGHT / 2,
			width: Math.max(1, Math.abs(end - one)),
			height: BAR_HEIGHT,
			fill: colourOf(bar),
		}),
		element('line', {x1: scale(ratio.min), x2: scale(ratio.max), y1: centre, y2: centre, stroke: COLOURS.ink, 'stroke-width': 1}),
		...bounds.map(limit =>
			element('line', {
				x1: scale(limit),
				x2: scale(limit),
				y1: centre - LINE_HEIGHT / 2 + 1,
				y2: centre + LINE_HEIGHT / 2 - 1,
				stroke: COLOURS.target,
				'stroke-width': 2.5,
			}),
		),
		textElement(
			{x: PLOT.left + PLOT.width + 12, y: text},
			`${formatNumber(ratio.median)} (${formatNumber(ratio.min)} to ${formatNumber(ratio.max)})`,
		),
	];
}

function tickMark(x: number, tick: number, bottom: number): string[] {
	return [
		element('line', {x1: x, x2: x, y1: PLOT.top, y2: bottom, stroke: COLOURS.faint}),
		textElement({x, y: PLOT.top - 8, 'text-anchor': 'middle', fill: '#555'}, `${tick}×`),
		textElement({x, y: bottom + 18, 'text-anchor': 'middle', fill: '#555'}, `${tick}×`),
	];
}

function legend(): string[] {
	const entries = [
		[COLOURS.met, 'target met'],
		[COLOURS.missed, 'target missed'],
		[COLOURS.better, 'no target, better than the peer'],
		[COLOURS.worse, 'no target, not better'],
	] as const;
	let x = 16;
	return entries.flatMap(([colour, text]) => {
		const parts = [
			element('rect', {x, y: 54, width: 10, height: 10, fill: colour}),
			textElement({x: x + 15, y: 63, 'font-size': 11}, text),
		];
		x += 34 + text.length * 6;
		return parts;
	});
}
