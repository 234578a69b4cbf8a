import type {IterationInfo, MigrationStatus} from '@sterna/protocol/control';
import {formatDuration, formatRate} from '@sterna/host/units';
import {printable} from '../render/printable.ts';
import type {Role, Style} from '../render/style.ts';
import {renderTable} from '../render/table.ts';
import {renderBar, type BarCells} from './bar.ts';
import {describeConvergence, describeLeft, describePolicyFault, sizeOf} from './describe-outlook.ts';
import {describeDirty, describeDisks, describeExpectedDowntime, describePhase, describeRoute, describeSent} from './describe.ts';
import type {Rates} from './rate-history.ts';
import {renderSparkline} from './sparkline.ts';

/** Widest bar in columns; wider ones say no more. */
const MAX_BAR_WIDTH = 60;

/** A bar below this says less than the text that it makes room for. */
const LEAST_BAR_WIDTH = 10;

/** Passes that are shown, where there is room. */
const MAX_ITERATIONS = 8;

/** What a frame is drawn of. `progress`: 0 to 1. */
export type Shown = {readonly status: MigrationStatus; readonly progress: number; readonly rates: Rates};

/** What a frame is drawn for: `columns` and `rows` are the most that it may take. */
export type Canvas = {readonly style: Style; readonly cells: BarCells; readonly columns: number; readonly rows: number};

/** One frame, as at most `rows` lines, which may be wider than the terminal. Where there is little room, what matters least is left out. */
export function renderFrame(shown: Shown, canvas: Canvas): string[] {
	const {status} = shown;
	const {style, cells, columns, rows} = canvas;
	const arrows = cells === 'blocks' ? {to: '→', from: '←'} : {to: '->', from: '<-'};
	const isBad = status.convergence === 'will-not-converge';
	// The order on the screen, and how soon each makes room for the others: 0 is the last to go.
	const lines: ReadonlyArray<readonly [rank: number, line: string | undefined]> = [
		[
			0,
			`${style('title', printable(describeRoute(status, arrows)))}  ${printable(describePhase(status))}  ${style('label', formatDuration(status.elapsedMs))}`,
		],
		[1, renderProgress(shown, canvas)],
		...described(3, describePolicyFault(status), 'bad'),
		...described(2, status.waitsFor),
		...described(isBad ? 2 : 5, describeConvergence(status), isBad ? 'warning' : 'label'),
		[4, status.pagesSent > 0 ? describeSent(status) : undefined],
		[6, renderRates(shown, canvas)],
		...described(7, dirtyLine(status)),
		...described(5, status.reason === '' ? undefined : status.reason, 'label'),
	];
	const known = lines.filter((line): line is readonly [number, string] => line[1] !== undefined);
	const lastRank = known.map(([rank]) => rank).toSorted((one, other) => one - other)[Math.max(0, rows - 1)] ?? Infinity;
	const kept = known.filter(([rank]) => rank <= lastRank).map(([, line]) => line);
	return [...kept, ...renderIterations(status.iterations, rows - kept.length, style)].slice(0, Math.max(1, rows));

	/** Sentences are whole, on as many lines as they take. */
	function described(rank: number, text: string | undefined, role?: Role): ReadonlyArray<readonly [rank: number, line: string]> {
		const wrapped = text === undefined ? [] : wrapWords(printable(inCells(text, cells)), columns);
		return wrapped.map(line => [rank, role === undefined ? line : style(role, line)]);
	}
}

/** Lines of at most `columns` characters, broken between words where one fits; a word that does not is a line of its own. */
export function wrapWords(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > columns) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}

	return [...lines, line];
}

/** Text of a daemon for a terminal that shows no more than ASCII. */
export function inCells(text: string, cells: BarCells): string {
	return cells === 'blocks' ? text : text.replaceAll('≤', '<=');
}

function renderProgress({status, progress}: Shown, {style, cells, columns}: Canvas): string {
	const percent = `${String(Math.floor(progress * 100)).padStart(3)} %`;
	const left = describeLeft(status);
	const withLeft = left === undefined ? percent : `${percent}  ${left}`;
	const room = columns - withLeft.length - 1;
	const text = room < LEAST_BAR_WIDTH ? percent : withLeft;
	const bar = renderBar(progress, Math.min(MAX_BAR_WIDTH, columns - text.length - 1), cells);
	return `${style('bar', bar.full)}${style('rest', bar.rest)} ${text}`;
}

/** Both on one scale: where the guest is as fast as the link, one sees it. */
function renderRates({status, rates}: Shown, {style, cells, columns}: Canvas): string | undefined {
	if (status.direction !== 'outgoing' || !(Math.max(0, ...rates.bandwidth) > 0)) return undefined;
	const most = Math.max(...rates.bandwidth, ...rates.dirty);
	const link = `link ${formatRate(status.bandwidthBytesPerSecond)} `;
	const guest = `guest ${formatRate(status.dirtyBytesPerSecond)} `;
	const width = Math.floor((columns - link.length - guest.length - 2) / 2);
	if (width < 1) return undefined;
	const line = (values: readonly number[]): string => renderSparkline(values, {most, width, cells});
	return `${style('label', link)}${style('bar', line(rates.bandwidth))}  ${style('label', guest)}${style('warning', line(rates.dirty))}`;
}

function dirtyLine(status: MigrationStatus): string | undefined {
	const facts = [describeDisks(status), describeDirty(status), describeExpectedDowntime(status)].filter(fact => fact !== undefined);
	return facts.length === 0 ? undefined : facts.join('; ');
}

/** The last passes below their titles; nothing where there is no room for one. */
function renderIterations(iterations: readonly IterationInfo[], rows: number, style: Style): string[] {
	const count = Math.min(MAX_ITERATIONS, rows - 1, iterations.length);
	if (count < 1) return [];
	const rate = (bytesPerSecond: number | undefined): string => (bytesPerSecond === undefined ? '-' : formatRate(bytesPerSecond));
	return renderTable<IterationInfo>(
		[
			{title: 'iteration', align: 'right', cell: ({iteration}) => String(iteration)},
			{title: 'dirty', align: 'right', cell: ({dirtyPages}) => sizeOf(dirtyPages)},
			{title: 'sent', align: 'right', cell: ({writtenPages}) => sizeOf(writtenPages)},
			{title: 'took', align: 'right', cell: ({durationMs}) => formatDuration(durationMs)},
			{title: 'link', align: 'right', cell: ({bandwidthBytesPerSecond}) => rate(bandwidthBytesPerSecond)},
			{title: 'guest', align: 'right', cell: ({dirtyBytesPerSecond}) => rate(dirtyBytesPerSecond)},
		],
		iterations.slice(-count),
		style,
	).split('\n');
}
