import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {SimulatedMigration} from '@sterna/sender/simulation';
import type {Replay} from '../replay/replay.ts';
import type {MigrationRecord} from '../report/record.ts';
import {printable} from './printable.ts';
import {formatCount} from './quantity.ts';
import type {Style} from './style.ts';
import {type Column, renderTable} from './table.ts';
import {TEXT_WIDTH, wrap, wrapped} from './wrap.ts';

/** As measured by `npm run bench -- what-if`: docs/spec/what-if.md. */
export const STATED_ERROR =
	'of 16 migrations that were then made on a quiet host, totals were 2 % off in the median and 15 % at worst, downtimes 7 ms and 8 ms; on a busy one 9 % and 45 %, 24 ms and 56 ms';

type Row = {readonly what: string; readonly happened: string; readonly unchanged: string; readonly changed: string};

/** What happened beside what the same guest and link give in a replay, and what they would have given; ends without a line break. */
export function renderReplay(record: MigrationRecord, replay: Replay, style: Style): string {
	const {unchanged, changed, assumptions} = replay;
	const shown = changed ?? unchanged;
	const columns: Array<Column<Row>> = [
		{title: '', cell: ({what}) => what},
		{title: 'HAPPENED', align: 'right', cell: ({happened}) => happened},
		{title: 'REPLAYED', align: 'right', cell: row => row.unchanged},
		...(changed === undefined ? [] : [{title: 'WOULD HAVE', align: 'right', cell: row => row.changed} satisfies Column<Row>]),
	];
	return [
		`${record.domain}: ${verdict(shown, changed !== undefined)}`,
		renderTable(columns, rows(record, replay), style),
		causes(record, replay),
		passTable(shown, style),
		[...assumptions.map(text => `Assumed: ${text}.`), `Error: ${STATED_ERROR}`]
			.map(text => wrapped(text, TEXT_WIDTH - 2).join('\n  '))
			.join('\n'),
	]
		.filter(text => text !== '')
		.join('\n\n');
}

/** For programs; times are milliseconds, and what is not known is null. */
export function replayJson({id, domain, main: {end}}: MigrationRecord, {unchanged, changed, assumptions}: Replay): object {
	const happened = {
		outcome: end?.outcome ?? null,
		totalMs: end?.totalMs ?? null,
		downtimeMs: end?.downtimeMs ?? null,
		iterations: end?.iterations ?? null,
		pagesSent: end?.pagesSent ?? null,
		because: end?.because ?? null,
	};
	return {
		id,
		domain,
		happened,
		replayed: simulatedJson(unchanged),
		wouldHave: changed === undefined ? null : simulatedJson(changed),
		assumptions,
		error: STATED_ERROR,
	};
}

function simulatedJson({
	outcome,
	totalMs,
	downtimeMs,
	iterationCount,
	iterations,
	pagesSent,
	bytesSent,
	because,
}: SimulatedMigration): object {
	return {outcome, totalMs, downtimeMs: downtimeMs ?? null, iterations: iterationCount, pagesSent, bytesSent, because, passes: iterations};
}

function verdict({outcome, totalMs, downtimeMs}: SimulatedMigration, isChanged: boolean): string {
	const would = isChanged ? 'it would have ' : 'replayed, it ';
	switch (outcome) {
		case 'completed':
			return `${would}completed in ${formatDuration(totalMs)} with a downtime of ${formatDuration(downtimeMs ?? 0)}`;
		case 'aborted':
			return `${would}aborted after ${formatDuration(totalMs)}`;
		case 'unfinished':
			return isChanged ? `it would not have ended` : `replayed, it does not end`;
	}
}

function rows({main: {end}}: MigrationRecord, {unchanged, changed}: Replay): Row[] {
	const row = (what: string, happened: string | undefined, of: (run: SimulatedMigration) => string): Row => ({
		what,
		happened: happened ?? '',
		unchanged: of(unchanged),
		changed: changed === undefined ? '' : of(changed),
	});
	const duration = (ms: number | undefined): string => (ms === undefined ? '' : formatDuration(ms));
	return [
		row('outcome', end?.outcome, ({outcome}) => outcome),
		row('total', duration(end?.totalMs), ({totalMs}) => duration(totalMs)),
		row('downtime', duration(end?.downtimeMs), ({downtimeMs}) => duration(downtimeMs)),
		row('iterations', end && String(end.iterations), ({iterationCount}) => String(iterationCount)),
		row('sent', end && formatSize(end.bytesSent), ({bytesSent}) => formatSize(bytesSent)),
	];
}

/** Why each came to its end. */
function causes({main: {end}}: MigrationRecord, {unchanged, changed}: Replay): string {
	const entries = [
		['happened', end?.because],
		['replayed', unchanged.because],
		['would have', changed?.because],
	] as const;
	const told = entries.flatMap(([what, because]) =>
		because === undefined ? [] : [wrap(printable(because), {first: `  ${what.padEnd(10)}  `, width: TEXT_WIDTH})],
	);
	return ['Ended by', ...told].join('\n');
}

type Pass = SimulatedMigration['iterations'][number];

function passTable({iterations: passes}: SimulatedMigration, style: Style): string {
	const columns: ReadonlyArray<Column<Pass>> = [
		{title: 'ITERATION', align: 'right', cell: ({iteration}) => String(iteration)},
		{title: 'DUE', align: 'right', cell: ({dirtyPages}) => formatSize(dirtyPages * PAGE_SIZE_BYTES)},
		{title: 'PAGES', align: 'right', cell: ({writtenPages}) => formatCount(writtenPages)},
		{title: 'TIME', align: 'right', cell: ({durationMs}) => formatDuration(durationMs)},
		{
			title: 'DIRTIED',
			align: 'right',
			cell: ({dirtyBytesPerSecond}) => (dirtyBytesPerSecond === undefined ? '' : formatRate(dirtyBytesPerSecond)),
		},
	];
	return passes.length === 0 ? '' : renderTable(columns, passes, style);
}
