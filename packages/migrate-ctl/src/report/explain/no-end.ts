import {hostOf, otherSide, phaseAt, sinceStart} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import type {EndingPart} from './explanation.ts';
import {lastHeard} from './story.ts';

/** The daemon was still recording as this was fetched. */
export function underWayPart(record: MigrationRecord): EndingPart {
	const phase = phaseAt(record.main);
	return {
		headline: `${record.domain} is on its way from ${hostOf(record, 'sender')} to ${hostOf(record, 'receiver')}${phase === undefined ? '' : `: ${phase.phase}`}`,
		why: [`It goes on: ${record.main.decisions.at(-1)?.because ?? (phase?.reason || 'nothing has been decided yet')}.`],
		whatToDo: [{text: 'Follow it:', command: `migrate-ctl watch ${record.domain}`}],
	};
}

/** No end is recorded: the daemon that recorded died, or its host did. */
export function noEndPart(record: MigrationRecord): EndingPart {
	const side = record.main === record.sender ? 'sender' : 'receiver';
	const host = hostOf(record, side);
	const phase = phaseAt(record.main)?.phase;
	return {
		headline: `${record.domain}: no end is recorded; sterna-${side} on ${host} stopped in the middle${phase === undefined ? '' : ` of ${phase}`}`,
		why: [
			`The last line of ${host} is of ${sinceStart(record, record.main.lastAtMs)}${phase === undefined ? '' : `, in ${phase}`}: its daemon was killed or crashed, or the host failed, right after it.`,
			...(record.unreadLines > 0 ? ['The file ends in the middle of a line, as one does that is not written to its end.'] : []),
			...(otherSide(record) === undefined ? [] : [lastHeard(record, side === 'sender' ? 'receiver' : 'sender')]),
		],
		whatToDo: [
			{text: `See why the daemon went, on ${host}.`, command: `journalctl -u sterna-${side}`},
			{text: 'See where the guest is now.', command: `migrate-ctl domain show ${record.domain}`},
			...(isHandedOver(record)
				? [{text: 'See what both hosts know of its handover.', command: `migrate-ctl resolve ${record.domain}`}]
				: []),
		],
	};
}

const AFTER_GO: ReadonlySet<string> = new Set(['handover', 'running']);

/** Whether the recording breaks off where the target may have been told to run the guest. */
export function isHandedOver({main}: MigrationRecord): boolean {
	return AFTER_GO.has(phaseAt(main)?.phase ?? '');
}
