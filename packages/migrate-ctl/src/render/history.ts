import type {HistoryEntry} from '@sterna/protocol/control';
import {formatDuration, formatSize} from '@sterna/host/units';
import {formatTime} from './quantity.ts';
import {roleOfPhase} from './role-of-phase.ts';
import type {Style} from './style.ts';
import {type Column, renderTable} from './table.ts';

/** A reason is told whole by `report`. */
const MAX_WHY = 60;

const COLUMNS: readonly Column<HistoryEntry>[] = [
	{title: 'BEGUN', cell: ({startedAtMs}) => formatTime(startedAtMs).replace(/\.\d+Z$/v, 'Z')},
	{title: 'ID', cell: ({id}) => id.slice(0, 8)},
	{title: 'DOMAIN', cell: ({domain}) => domain},
	{title: 'DIRECTION', cell: ({direction}) => direction},
	{title: 'PEER', cell: ({peer}) => peer},
	{title: 'RESULT', cell: ({outcome}) => (outcome === '' ? 'no end known' : outcome), role: ({outcome}) => roleOfPhase(outcome)},
	{title: 'TIME', align: 'right', cell: ({outcome, totalMs}) => (outcome === '' ? '' : formatDuration(totalMs))},
	{title: 'DOWNTIME', align: 'right', cell: ({downtimeMs}) => (downtimeMs === undefined ? '' : formatDuration(downtimeMs))},
	{title: 'SENT', align: 'right', cell: ({outcome, bytesSent}) => (outcome === '' ? '' : formatSize(bytesSent))},
	{title: 'WHY', cell: why},
];

/** Migrations that are over, one a row; ends without a line break. */
export function historyTable(entries: readonly HistoryEntry[], style: Style): string {
	return renderTable(COLUMNS, entries, style);
}

/** An entry as `--json` has it: null where a thing is not known, or there is none. */
export function historyJson(entry: HistoryEntry): object {
	const {outcome, runsOn, downtimeMs, because, errorCode, errorMessage, peer} = entry;
	const isOver = outcome !== '';
	return {
		id: entry.id,
		domain: entry.domain,
		direction: entry.direction,
		peer: peer === '' ? null : peer,
		outcome: isOver ? outcome : null,
		runsOn: isOver && runsOn !== '' ? runsOn : null,
		startedAt: formatTime(entry.startedAtMs),
		totalMs: isOver ? entry.totalMs : null,
		downtimeMs: downtimeMs ?? null,
		iterations: isOver ? entry.iterations : null,
		bytesSent: isOver ? entry.bytesSent : null,
		because: because === '' ? null : because,
		error: errorCode === '' ? null : {code: errorCode, message: errorMessage},
		hasRecord: entry.hasRecord,
	};
}

function why({errorCode, errorMessage, because}: HistoryEntry): string {
	const text = errorCode === '' ? because : `${errorCode}: ${errorMessage}`;
	return text.length > MAX_WHY ? `${text.slice(0, MAX_WHY - 1)}…` : text;
}
