import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {renderBar} from '../../progress/bar.ts';
import {printable} from '../../render/printable.ts';
import {formatCount} from '../../render/quantity.ts';
import type {Role, Style} from '../../render/style.ts';
import {type Column, renderTable} from '../../render/table.ts';
import {downtimeParts} from '../downtime.ts';
import type {Ending, Explanation, Remedy} from '../explain/explanation.ts';
import {hostOf, sinceStart} from '../facts.ts';
import {configurationOf, errorsOf, type Fact, hostsOf} from '../particulars.ts';
import type {LineOf, MigrationRecord} from '../record.ts';
import {wrapped} from '../../render/wrap.ts';

export type TextOptions = {
	readonly style: Style;
	/** Columns; no line is longer, commands aside, which are not to be broken. */
	readonly width: number;
	readonly unicode: boolean;
};

/** A report longer than this is read in the page, or as JSON. */
const MAX_TIMELINE_ROWS = 60;
const MAX_ITERATION_ROWS = 24;

/** The whole report for a terminal; ends without a line break. */
export function renderReport(record: MigrationRecord, explanation: Explanation, options: TextOptions): string {
	const {style} = options;
	const sections = [
		headline(explanation, options),
		section('What happened', sentences(explanation.whatHappened, options), style),
		section('Why', sentences(explanation.why, options), style),
		section('Where the guest is', sentences([explanation.whereTheGuestIs], options), style),
		section('What to do', remedies(explanation.whatToDo, options), style),
		section('Timeline', timeline(record, explanation, options), style),
		section('Iterations', iterations(record, style), style),
		section('Downtime', downtime(record, options), style),
		section('Errors of both ends', errors(record, options), style),
		section('Configuration', facts(configurationOf(record), options), style),
		section('Hosts', facts(hostsOf(record), options), style),
	];
	const unread =
		record.unreadLines === 0 ? [] : [style('label', `${formatCount(record.unreadLines)} lines of the recording could not be read.`)];
	return [...sections.filter(text => text !== ''), ...unread].join('\n\n');
}

const ROLE_OF_ENDING: Readonly<Record<Ending, Role>> = {
	completed: 'good',
	aborted: 'warning',
	failed: 'bad',
	undecided: 'bad',
	'under-way': 'warning',
	'no-end': 'bad',
};

function headline({headline: text, ending, error}: Explanation, {style, width}: TextOptions): string {
	const lines = wrapped(printable(text), width).map(line => style(ROLE_OF_ENDING[ending], line));
	return [...lines, style('label', error === undefined ? ending : `${ending}, ${printable(error.code)}`)].join('\n');
}

function section(title: string, body: string, style: Style): string {
	return body === '' ? '' : `${style('title', title)}\n${body}`;
}

function indented(text: string, {width}: TextOptions): string {
	return wrapped(printable(text), width - 2)
		.map(line => `  ${line}`)
		.join('\n');
}

function sentences(list: readonly string[], options: TextOptions): string {
	return list.map(text => indented(text, options)).join('\n');
}

function remedies(list: readonly Remedy[], options: TextOptions): string {
	return list
		.flatMap(({text, command}) => [
			indented(text, options),
			...(command === undefined ? [] : [`    ${options.style('title', printable(command))}`]),
		])
		.join('\n');
}

function timeline(record: MigrationRecord, {evidence}: Explanation, options: TextOptions): string {
	const rows = evidence.map(({atMs, side, text}) => ({at: sinceStart(record, atMs), host: hostOf(record, side), text}));
	const shown = middleCut(rows, MAX_TIMELINE_ROWS);
	const hostWidth = Math.min(16, Math.max(0, ...shown.map(row => row?.host.length ?? 0)));
	return shown
		.map(row => {
			if (row === undefined)
				return `  ${options.style('label', `… ${formatCount(rows.length - MAX_TIMELINE_ROWS)} more: --html shows when they were`)}`;
			const first = `  ${row.at.padStart(10)}  ${printable(row.host).slice(0, hostWidth).padEnd(hostWidth)}  `;
			return wrapped(printable(row.text), Math.max(20, options.width - first.length))
				.map((line, index) => `${index === 0 ? options.style('label', first) : ' '.repeat(first.length)}${line}`)
				.join('\n');
		})
		.join('\n');
}

/** At most `count` of them: the first and the last ones, with undefined where some were left out. */
function middleCut<Row>(rows: readonly Row[], count: number): readonly (Row | undefined)[] {
	if (rows.length <= count) return rows;
	const half = Math.floor(count / 2);
	return [...rows.slice(0, half), undefined, ...rows.slice(half - count)];
}

type Iteration = LineOf<'iteration'>;
const rate = (value: number | undefined): string => (value === undefined ? '' : formatRate(value));
const ITERATION_COLUMNS: readonly Column<Iteration | undefined>[] = [
	{title: 'PASS', align: 'right', cell: row => (row === undefined ? '…' : String(row.iteration))},
	{title: 'DUE', align: 'right', cell: row => (row === undefined ? '' : formatSize(row.dirtyPages * PAGE_SIZE_BYTES))},
	{title: 'SENT', align: 'right', cell: row => (row === undefined ? '' : formatSize(row.writtenPages * PAGE_SIZE_BYTES))},
	{title: 'TOOK', align: 'right', cell: row => (row === undefined ? '' : formatDuration(row.durationMs))},
	{title: 'BANDWIDTH', align: 'right', cell: row => rate(row?.bandwidthBytesPerSecond)},
	{title: 'GUEST WROTE', align: 'right', cell: row => rate(row?.dirtyBytesPerSecond)},
];

function iterations({main}: MigrationRecord, style: Style): string {
	if (main.iterations.length === 0) return '';
	return renderTable(ITERATION_COLUMNS, middleCut(main.iterations, MAX_ITERATION_ROWS), style)
		.split('\n')
		.map(line => `  ${line}`)
		.join('\n');
}

/** Of the whole downtime. */
const BAR_COLUMNS = 30;

function downtime({main}: MigrationRecord, {style, unicode, width}: TextOptions): string {
	const parts = downtimeParts(main.downtime);
	const totalMs = main.downtime?.totalMs ?? 0;
	if (parts.length === 0 || totalMs <= 0) return '';
	const nameWidth = Math.max('total'.length, ...parts.map(({name}) => name.length));
	const row = (name: string, ms: number, bar: string): string =>
		`  ${style('label', printable(name).padEnd(nameWidth))}  ${formatDuration(ms).padStart(9)}${bar === '' ? '' : `  ${style('bar', bar)}`}`;
	const bars = parts.map(({name, ms}) =>
		row(name, ms, renderBar(ms / totalMs, Math.min(BAR_COLUMNS, width - nameWidth - 15), unicode ? 'blocks' : 'ascii').full),
	);
	return [...bars, row('total', totalMs, '')].join('\n');
}

function errors(record: MigrationRecord, options: TextOptions): string {
	return errorsOf(record)
		.slice(-12)
		.map(({atMs, side, error}) => {
			const told = `${sinceStart(record, atMs)} ${hostOf(record, side)}: ${error.code} in ${error.phase}: ${error.message}`;
			const causes = error.causes.flatMap(cause => wrapped(printable(`cause: ${cause}`), options.width - 4).map(line => `    ${line}`));
			return [indented(told, options)].concat(causes).join('\n');
		})
		.join('\n');
}

/** Long values go on below themselves. */
function facts(list: readonly Fact[], {style, width}: TextOptions): string {
	const nameWidth = Math.min(16, Math.max(0, ...list.map(([name]) => name.length)));
	return list
		.flatMap(([name, value]) =>
			wrapped(printable(value), width - nameWidth - 4).map(
				(line, index) => `  ${style('label', (index === 0 ? printable(name).slice(0, nameWidth) : '').padEnd(nameWidth))}  ${line}`,
			),
		)
		.join('\n');
}
