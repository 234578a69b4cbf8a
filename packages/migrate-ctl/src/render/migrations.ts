import type {MigrationStatus} from '@sterna/protocol/control';
import {faultFromMessage} from '@sterna/protocol/control';
import {describeDirty, describeDisks, describeDowntimeParts, describeEffort, describePhase, describeSent} from '../progress/describe.ts';
import {renderFault} from './fault.ts';
import {formatDuration, formatSize} from '@sterna/host/units';
import {formatTime} from './quantity.ts';
import {roleOfPhase} from './role-of-phase.ts';
import type {Style} from './style.ts';
import {type Column, renderFacts, renderTable} from './table.ts';

const COLUMNS: readonly Column<MigrationStatus>[] = [
	{title: 'ID', cell: ({id}) => id},
	{title: 'DOMAIN', cell: ({domain}) => domain},
	{title: 'DIRECTION', cell: ({direction}) => direction},
	{title: 'PEER', cell: ({peer}) => peer},
	{title: 'PHASE', cell: describePhase, role: ({phase}) => roleOfPhase(phase)},
	{title: 'SENT', align: 'right', cell: ({bytesSent}) => formatSize(bytesSent)},
	{title: 'TIME', align: 'right', cell: ({result, elapsedMs}) => formatDuration(result?.totalMs ?? elapsedMs)},
	{title: 'DOWNTIME', align: 'right', cell: ({result}) => (result?.downtimeMs === undefined ? '' : formatDuration(result.downtimeMs))},
	{title: 'RUNS ON', cell: ({result}) => (result === undefined ? '' : describeRunsOn(result.runsOn))},
];

/** Migrations, one a row; ends without a line break. */
export function migrationTable(migrations: readonly MigrationStatus[], style: Style): string {
	return renderTable(COLUMNS, migrations, style);
}

/** Everything that is known of one migration; ends without a line break. */
export function migrationFacts(status: MigrationStatus, style: Style): string {
	const {result} = status;
	const parts = result?.downtimeParts === undefined ? undefined : describeDowntimeParts(result.downtimeParts);
	const facts = renderFacts(
		[
			['id', status.id],
			['domain', status.domain],
			['direction', status.direction],
			['peer', status.peer],
			['phase', describePhase(status)],
			['reason', status.reason],
			['begun', formatTime(status.startedAtMs)],
			['elapsed', formatDuration(status.elapsedMs)],
			['amount', describeSent(status)],
			['disks', describeDisks(status)],
			['dirty', describeDirty(status)?.replace(/^dirty /, '')],
			[
				'expected downtime',
				status.phase !== 'precopy' || status.expectedDowntimeMs === undefined ? undefined : formatDuration(status.expectedDowntimeMs),
			],
			['tracker', status.tracker],
			['interruptions', status.interruptions === undefined || status.interruptions === 0 ? undefined : String(status.interruptions)],
			['proof', describeProof(status)],
			['result', result === undefined ? undefined : `${result.outcome}: ${describeEffort(result)}`],
			['downtime', parts],
			['runs on', result === undefined ? undefined : describeRunsOn(result.runsOn)],
		],
		style,
	);
	return result?.error === undefined ? facts : `${facts}\n${renderFault(faultFromMessage(result.error).fault, style)}`;
}

function describeProof({proof, digest, result}: MigrationStatus): string | undefined {
	const shown = result?.digest ?? digest;
	if (proof === undefined) return shown;
	return shown === undefined ? proof : `${proof}, digest ${shown}`;
}

function describeRunsOn(runsOn: string): string {
	if (runsOn === '?') return 'not known';
	return runsOn === '' ? 'nowhere' : runsOn;
}
