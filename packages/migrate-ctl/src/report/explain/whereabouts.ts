import {hostOf} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {isHandedOver} from './no-end.ts';

/** Where the guest is after all this: one sentence. */
export function whereTheGuestIs(record: MigrationRecord): string {
	const {main, sender, direction, domain} = record;
	// What a receiver knows in the end may be less than what the source knows.
	const end = sender?.end ?? main.end;
	if (end === undefined) return withoutEnd(record);
	switch (end.runsOn) {
		case null:
			return direction === 'save' ? `${domain} runs nowhere: it is in the file.` : `${domain} runs nowhere.`;
		case '?':
			return `It is not known which host runs ${domain}.`;
		default:
			return end.outcome === 'completed'
				? `${domain} runs on ${end.runsOn}.`
				: `${domain} runs on ${end.runsOn}, as if nothing had been asked.`;
	}
}

function withoutEnd(record: MigrationRecord): string {
	if (isHandedOver(record)) return `It is not known which host runs ${record.domain}: the recording breaks off in the handover.`;
	return record.direction === 'restore'
		? `${record.domain} was not running yet.`
		: `${record.domain} was on ${hostOf(record, 'sender')} when the recording broke off, before any handover; guests do not die with the daemon.`;
}
