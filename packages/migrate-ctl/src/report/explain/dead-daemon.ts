import type {RecordedFault} from '@sterna/host/record';
import {hostOf, phaseAt, sinceStart} from '../facts.ts';
import type {LineOf, MigrationRecord} from '../record.ts';
import type {EndingPart} from './explanation.ts';
import {againOf, undoneOf} from './remedies.ts';

/** The daemon that settled what one before it left: undefined where none did. */
export function settledBy({main}: MigrationRecord, {code}: RecordedFault): LineOf<'begin'> | undefined {
	return code === 'ERR_DAEMON_UNREACHABLE' ? main.restarts.at(-1) : undefined;
}

/** The daemon that moved the guest died, and the next one found it and gave the guest back. */
export function deadDaemonPart(record: MigrationRecord, restart: LineOf<'begin'>): EndingPart {
	const {domain, lines} = record;
	const host = hostOf(record, 'sender');
	const before = lines.findLast(({side, atMs}) => side === 'sender' && atMs < restart.atMs);
	const phase = phaseAt(record.main, restart.atMs)?.phase;
	const during = phase === undefined ? '' : ` in ${phase}`;
	return {
		headline: `${domain} ${undoneOf(record)}: sterna-sender on ${host} was gone${during}`,
		why: [
			`What sterna-sender on ${host} recorded breaks off${before === undefined ? '' : ` at ${sinceStart(record, before.atMs)}`}${during}: it was killed or crashed, or its host failed.`,
			`The next one, at ${sinceStart(record, restart.atMs)}, found what was left of it and gave the guest back.`,
		],
		whatToDo: [
			{text: `See why the daemon went, on ${host}.`, command: 'journalctl -u sterna-sender'},
			...againOf(record, 'Then move it again; nothing is left over from this attempt.'),
		],
	};
}
