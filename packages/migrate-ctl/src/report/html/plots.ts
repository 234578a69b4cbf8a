import {formatRate, formatSize} from '@sterna/host/units';
import {formatCount} from '../../render/quantity.ts';
import {bandsOf, interruptionsOf, sinceStart} from '../facts.ts';
import {errorsOf} from '../particulars.ts';
import type {MigrationRecord} from '../record.ts';
import {html, type Markup} from './markup.ts';
import {type Axis, type Curve, type Mark, type Plot, renderPlot} from './plot.ts';
import {type Point, type Series, seriesOf, thin} from './series.ts';

/** Rows of the table below the plots: what they show, in numbers. */
const TABLE_ROWS = 40;

/** The plots over one axis of time, what their lines across mean, and their figures as a table; a sentence where nothing was sampled. */
export function renderPlots(record: MigrationRecord): Markup {
	const series = seriesOf(record);
	if (record.main.samples.length < 2 && record.main.scans.length === 0)
		return html`<section class="card"><h2>Over time</h2><p class="soft">It ended before there was anything to plot.</p></section>`;
	const axis: Axis = {fromMs: record.startedAtMs, toMs: record.endedAtMs, bands: bandsOf(record), marks: marksOf(record)};
	return html`<section class="card"><h2>Over time</h2>${plotsOf(series).map(plot => renderFigure(plot, axis))}${renderMarks(axis.marks)}${renderTable(record, series)}</section>`;
}

function plotsOf({dirty, remaining, bandwidth, dirtyRate, limit, pages}: Series): Plot[] {
	const known = (curves: readonly Curve[]): Curve[] => curves.filter(({points}) => points.some(({value}) => value !== undefined));
	return [
		{
			id: 'plot-dirty',
			title: 'Dirty and left to send',
			description: `Guest memory over time: ${describe(dirty, formatSize, 'found dirty by the scans')}; ${describe(remaining, formatSize, 'left to send in the pass under way')}.`,
			curves: known([
				{name: 'left to send in this pass', points: remaining, colour: 'c4', shape: 'area'},
				{name: 'dirty, as a scan found it', points: dirty, colour: 'c2', shape: 'steps'},
			]),
			format: formatSize,
			unit: unitOf([...dirty, ...remaining], 1024),
		},
		{
			id: 'plot-bandwidth',
			title: 'Bandwidth',
			description: `Bytes a second over time: ${describe(bandwidth, formatRate, 'on the wire')}; ${describe(dirtyRate, formatRate, 'written by the guest')}.`,
			curves: known([
				{name: 'on the wire', points: bandwidth, colour: 'c1', shape: 'area'},
				{name: 'written by the guest', points: dirtyRate, colour: 'c2', shape: 'line'},
				{name: 'limit', points: limit, colour: 'c4', shape: 'dashes'},
			]),
			format: formatRate,
			unit: unitOf([...bandwidth, ...dirtyRate, ...limit], 1000),
		},
		{
			id: 'plot-pages',
			title: 'Throughput',
			description: `Pages a second over time: ${describe(pages, value => formatCount(value), 'sent')}.`,
			curves: known([{name: 'pages sent a second', points: pages, colour: 'c3', shape: 'area'}]),
			format: value => formatCount(value),
			unit: 1,
		},
	];
}

/** The unit that an axis of these values counts by: the power below the greatest. */
function unitOf(points: readonly Point[], base: number): number {
	const greatest = points.reduce((most, {value = 0}) => Math.max(most, value), 0);
	return greatest < base ? 1 : base ** Math.floor(Math.log(greatest) / Math.log(base));
}

function describe(points: readonly Point[], format: (value: number) => string, what: string): string {
	const values = points.flatMap(({value}) => (value === undefined ? [] : [value]));
	const [first, last] = [values[0], values.at(-1)];
	if (first === undefined || last === undefined) return `nothing is known of what was ${what}`;
	const greatest = values.reduce((most, value) => Math.max(most, value), first);
	return `${what}, ${format(first)} at first, ${format(last)} at last, at most ${format(greatest)}`;
}

function renderFigure(plot: Plot, axis: Axis): Markup {
	return html`<figure><figcaption>${plot.title}${plot.curves.map(
		({name, colour, shape}) =>
			html`<span class="legend"><svg viewBox="0 0 18 10" aria-hidden="true"><path class="curve ${colour} ${shape === 'dashes' ? 'dashes' : 'line'}" d="M0 5H18"/></svg>${name}</span>`,
	)}</figcaption>${renderPlot(plot, axis)}</figure>`;
}

/** What happened at one moment, on either side. */
export function marksOf(record: MigrationRecord): Mark[] {
	const {main} = record;
	const label = (atMs: number, text: string): string => `${sinceStart(record, atMs)}: ${text}`;
	const links = interruptionsOf(main).flatMap(({fromMs, toMs, errors}): Mark[] => {
		const reason = errors.map(({message}) => `, ${message}`).join('');
		const lost: Mark = {atMs: fromMs, kind: 'lost', label: label(fromMs, `connection lost${reason}`)};
		return toMs === undefined ? [lost] : [lost, {atMs: toMs, kind: 'made', label: label(toMs, 'connection made anew')}];
	});
	const lossesMs = new Set(links.map(({atMs}) => atMs));
	return [
		...links,
		...errorsOf(record)
			.filter(({atMs}) => !lossesMs.has(atMs))
			.map(({atMs, error}): Mark => ({atMs, kind: 'error', label: label(atMs, `${error.code}, ${error.message}`)})),
		...main.commands.map(({atMs, command, detail}): Mark => ({
			atMs,
			kind: 'command',
			label: label(atMs, `operator: ${command} ${detail}`),
		})),
		...main.phases
			.filter(({phase}) => phase === 'stop-and-copy')
			.map(({atMs}): Mark => ({atMs, kind: 'switch', label: label(atMs, 'the guest is paused for the switch')})),
	];
}

const MARK_NAMES: Readonly<Record<Mark['kind'], string>> = {
	lost: 'connection lost',
	made: 'connection made anew',
	error: 'error',
	command: 'command of the operator',
	switch: 'guest paused for the switch',
};

/** A legend of the lines across, as far as there are any. */
function renderMarks(marks: readonly Mark[]): Markup | undefined {
	const kinds = [...new Set(marks.map(({kind}) => kind))];
	if (kinds.length === 0) return undefined;
	return html`<p>${kinds.map(kind => html`<span class="legend"><svg viewBox="0 0 18 10" aria-hidden="true"><g class="mark ${kind}"><line x1="0" y1="5" x2="18" y2="5"/></g></svg>${MARK_NAMES[kind]}</span> `)}</p>`;
}

function renderTable(record: MigrationRecord, series: Series): Markup {
	const moments = thin(
		series.bandwidth.filter(({value}) => value !== undefined),
		TABLE_ROWS / 2,
	);
	const at = (points: readonly Point[], atMs: number): number | undefined => points.findLast(point => point.atMs <= atMs)?.value;
	const cell = (value: number | undefined, format: (value: number) => string): Markup =>
		html`<td class="number">${value === undefined ? '' : format(value)}</td>`;
	return html`<details><summary>The figures of these plots, as a table</summary><div class="scroll"><table><thead><tr><th scope="col">when</th><th scope="col" class="number">dirty</th><th scope="col" class="number">left to send</th><th scope="col" class="number">on the wire</th><th scope="col" class="number">written by the guest</th><th scope="col" class="number">pages a second</th></tr></thead><tbody>
${moments.map(
	({atMs, value}) =>
		html`<tr><th scope="row" class="when">${sinceStart(record, atMs)}</th>${cell(at(series.dirty, atMs), formatSize)}${cell(at(series.remaining, atMs), formatSize)}${cell(value, formatRate)}${cell(at(series.dirtyRate, atMs), formatRate)}${cell(at(series.pages, atMs), formatCount)}</tr>`,
)}</tbody></table></div></details>`;
}
