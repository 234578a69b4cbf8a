import {scaleLinear} from 'd3-scale';
import {area, curveStepAfter, line} from 'd3-shape';
import {formatDuration} from '@sterna/host/units';
import type {Band} from '../facts.ts';
import {html, type Markup} from './markup.ts';
import {type Point, thin} from './series.ts';

/** One curve of a plot. */
export type Curve = {
	readonly name: string;
	readonly points: readonly Point[];
	/** Which colour of the style sheet: `c1` … `c4`. */
	readonly colour: string;
	readonly shape: 'area' | 'line' | 'steps' | 'dashes';
};

/** Something that happened at a moment: a line across the plots. */
export type Mark = {readonly atMs: number; readonly kind: 'lost' | 'made' | 'error' | 'command' | 'switch'; readonly label: string};

export type Plot = {
	readonly id: string;
	readonly title: string;
	/** The plot in a sentence, for who does not see it. */
	readonly description: string;
	readonly curves: readonly Curve[];
	/** A value as the axis shows it. */
	readonly format: (value: number) => string;
	/** What the axis counts by, so that its steps are round ones. */
	readonly unit: number;
};

export type Axis = {readonly fromMs: number; readonly toMs: number; readonly bands: readonly Band[]; readonly marks: readonly Mark[]};

const SIZE = {width: 960, height: 232, left: 78, right: 14, top: 34, bottom: 30} as const;
const INNER = {right: SIZE.width - SIZE.right, bottom: SIZE.height - SIZE.bottom} as const;
/** Of the width that the curves have, in user units: what is closer would be drawn on one another. */
const BUCKETS = 430;
/** A band narrower than this has no room for its name: about 7 units a letter. */
const LETTER = 6.6;
/** More of them would hide the curves. */
const MAX_MARKS = 60;

/** A plot over time as one SVG, with title and description, in colours of the page's style sheet. Its size does not depend on how much was recorded. */
export function renderPlot({id, title, description, curves, format, unit}: Plot, {fromMs, toMs, bands, marks}: Axis): Markup {
	const x = scaleLinear([fromMs, Math.max(toMs, fromMs + 1)], [SIZE.left, INNER.right]).clamp(true);
	const greatest = Math.max(0, ...curves.flatMap(({points}) => thin(points, BUCKETS).map(({value}) => value ?? 0)));
	const y = scaleLinear([0, (greatest === 0 ? unit : greatest * 1.08) / unit], [INNER.bottom, SIZE.top]).nice(4);
	const at = (value: number): number => y(value / unit);
	const seconds = scaleLinear([0, (Math.max(toMs, fromMs + 1) - fromMs) / 1000], [SIZE.left, INNER.right]);
	return html`<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${bands.map(band => renderBand(band, x))}
${y
	.ticks(4)
	.map(
		tick =>
			html`<line class="grid" x1="${SIZE.left}" x2="${INNER.right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end">${format(tick * unit)}</text>`,
	)}
${seconds.ticks(8).map(tick => html`<text class="tick" x="${seconds(tick)}" y="${INNER.bottom + 20}" text-anchor="middle">${formatTick(tick)}</text>`)}
<line class="axis" x1="${SIZE.left}" x2="${INNER.right}" y1="${INNER.bottom}" y2="${INNER.bottom}"/>
${curves.map(curve => renderCurve(curve, {x, at}))}
${marks.slice(0, MAX_MARKS).map(mark => html`<g class="mark ${mark.kind}"><title>${mark.label}</title><line x1="${x(mark.atMs)}" x2="${x(mark.atMs)}" y1="${SIZE.top}" y2="${INNER.bottom}"/></g>`)}
</svg>`;
}

/** Seconds since the start. */
function formatTick(seconds: number): string {
	return seconds === 0 ? '0' : formatDuration(seconds * 1000);
}

function renderBand({phase, fromMs, toMs}: Band, x: (ms: number) => number): Markup {
	const [left, right] = [x(fromMs), x(toMs)];
	const room = right - left > phase.length * LETTER + 8;
	return html`<g class="band"><title>${phase}, ${formatDuration(toMs - fromMs)}</title><rect class="phase p-${classOf(phase)}" x="${left}" y="${SIZE.top - 18}" width="${Math.max(0.5, right - left)}" height="${INNER.bottom - SIZE.top + 18}"/>${
		room ? html`<text class="phase-name" x="${left + 5}" y="${SIZE.top - 6}">${phase}</text>` : undefined
	}</g>`;
}

/** Phases that the style sheet knows; any other looks plain. */
function classOf(phase: string): string {
	return /^(?:queued|prepare|precopy|reconnecting|stop-and-copy|handover|running)$/.test(phase) ? phase : 'other';
}

function renderCurve({points, colour, shape, name}: Curve, {x, at}: {x: (ms: number) => number; at: (value: number) => number}): Markup {
	const shown = thin(points, BUCKETS).map(({atMs, value}) => ({
		atMs: round(x(atMs)),
		value: value === undefined ? undefined : round(at(value)),
	}));
	const path = line<(typeof shown)[number]>(
		({atMs}) => atMs,
		({value}) => value ?? 0,
	).defined(({value}) => value !== undefined);
	const fill = area<(typeof shown)[number]>(
		({atMs}) => atMs,
		INNER.bottom,
		({value}) => value ?? 0,
	).defined(({value}) => value !== undefined);
	if (shape === 'steps') path.curve(curveStepAfter);
	if (shape === 'steps') fill.curve(curveStepAfter);
	const filled = shape === 'area' || shape === 'steps' ? html`<path class="fill ${colour}" d="${fill(shown) ?? ''}"/>` : undefined;
	const dots =
		shape === 'steps' && shown.length <= 40
			? shown.flatMap(({atMs, value}) =>
					value === undefined ? [] : [html`<circle class="dot ${colour}" cx="${atMs}" cy="${value}" r="2.6"/>`],
				)
			: undefined;
	return html`<g><title>${name}</title>${filled}<path class="curve ${colour} ${shape}" d="${path(shown) ?? ''}"/>${dots}</g>`;
}

/** To tenths of a unit: what is finer cannot be seen, and makes the page longer. */
function round(value: number): number {
	return Math.round(value * 10) / 10;
}
