import {formatDuration} from '@sterna/host/units';
import {type CheckpointInfo, faultFromMessage, type ProtectionStatus} from '@sterna/protocol/control';
import {renderFault} from '../render/fault.ts';
import {formatCount, formatTime} from '../render/quantity.ts';
import type {Style} from '../render/style.ts';
import {type Column, renderFacts, renderTable} from '../render/table.ts';
import {
	describeAmount,
	describeEpoch,
	describeLag,
	describeLease,
	describeObjective,
	describePace,
	roleOfPhase,
} from './describe-protection.ts';

/** Checkpoints that are listed below the facts. */
const SHOWN_CHECKPOINTS = 5;

const COLUMNS: readonly Column<ProtectionStatus>[] = [
	{title: 'DOMAIN', cell: ({domain}) => domain},
	{title: 'ROLE', cell: ({role}) => role},
	{title: 'PEER', cell: ({peer}) => peer},
	{title: 'PHASE', cell: ({phase}) => phase, role: roleOfPhase},
	{title: 'CHECKPOINT', align: 'right', cell: ({committedEpoch}) => (committedEpoch === 0 ? '' : formatCount(committedEpoch))},
	{title: 'A SECOND', align: 'right', cell: ({checkpointsPerSecond}) => checkpointsPerSecond?.toFixed(1) ?? ''},
	{title: 'PAUSE', align: 'right', cell: ({pauseMedianMs}) => durationOr(pauseMedianMs)},
	{title: 'LAG', align: 'right', cell: ({ackLagMs}) => durationOr(ackLagMs)},
	{
		title: 'SLOWDOWN',
		align: 'right',
		cell: ({slowdownPercent}) => (slowdownPercent === undefined ? '' : `${slowdownPercent.toFixed(1)} %`),
	},
	{title: 'LEASE', cell: ({leaseStore}) => leaseStore},
];

const CHECKPOINT_COLUMNS: readonly Column<CheckpointInfo>[] = [
	{title: 'CHECKPOINT', align: 'right', cell: ({epoch}) => formatCount(epoch)},
	{title: 'PAGES', align: 'right', cell: ({pages}) => formatCount(pages)},
	{title: 'DIGEST', cell: ({digest}) => digest},
	{title: 'COMMITTED', cell: ({committedAtMs}) => formatTime(committedAtMs)},
];

/** Protections, one a row; ends without a line break. */
export function protectionTable(protections: readonly ProtectionStatus[], style: Style): string {
	return renderTable(COLUMNS, protections, style);
}

/** Everything that is known of one protection; ends without a line break. */
export function protectionFacts(status: ProtectionStatus, style: Style): string {
	const parts = [
		renderFacts(
			[
				['id', status.id],
				['domain', status.domain],
				['role', status.role],
				['peer', status.peer],
				['phase', status.phase],
				['reason', status.reason],
				['alarm', status.alarm],
				['since', formatTime(status.sinceMs)],
				['begun', formatTime(status.startedAtMs)],
				['incarnation', String(status.incarnation)],
				['standby at', describeEpoch(status)],
				['pace', describePace(status)],
				['lag', describeLag(status)],
				['amount', describeAmount(status)],
				['objective', describeObjective(status)],
				['lease', describeLease(status)],
			],
			style,
		),
	];
	const last = status.lastCheckpoints.slice(0, SHOWN_CHECKPOINTS);
	if (last.length > 0) parts.push('', renderTable(CHECKPOINT_COLUMNS, last, style));
	if (status.error !== undefined) parts.push(renderFault(faultFromMessage(status.error).fault, style));
	return parts.join('\n');
}

function durationOr(milliseconds: number | undefined): string {
	return milliseconds === undefined ? '' : formatDuration(milliseconds);
}
