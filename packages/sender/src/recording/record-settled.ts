import {OperationError} from '@sterna/protocol';
import {faultToMessage} from '@sterna/protocol/control';
import type {DomainJournal} from '../domain-journal.ts';
import type {SenderServices} from '../services.ts';
import type {SourceHandover} from '../source-handover.ts';
import {operationBegins} from './begin-facts.ts';

/** A migration that an earlier daemon left has come to its end with this one: its recording, which has none, is gone on with to that. */
export function recordSettled(
	services: Pick<SenderServices, 'config' | 'software' | 'recordings'>,
	journal: Pick<DomainJournal, 'migrationId' | 'incarnation' | 'record'>,
	peer: string,
	end: SourceHandover['state'],
): void {
	if (end !== 'handed-over' && end !== 'given-back') return;
	const {migrationId: id, record} = journal;
	const {hostName} = services.config;
	const domain = record.definition.name;
	const recording = services.recordings.open(
		operationBegins(services, {id, domain, direction: peer === '' ? 'save' : 'outgoing', peer}, journal),
	);
	recording?.noted('an earlier daemon ended while it was under way');
	const isGone = end === 'handed-over';
	const error = new OperationError({
		code: 'ERR_DAEMON_UNREACHABLE',
		message: `the sender on ${hostName} ended while it was under way; the guest stays there`,
		side: 'sender',
		phase: 'precopy',
		runsOn: {kind: 'host', host: hostName},
		// This daemon is there: what helps is to do it again.
		next: peer === '' ? `migrate-ctl domain show ${domain}` : `migrate-ctl start ${domain} ${peer}`,
		causes: [],
	});
	recording?.ended({
		id,
		domain,
		outcome: isGone ? 'completed' : 'failed',
		runsOn: isGone ? peer : hostName,
		totalMs: 0,
		iterations: 0,
		pagesSent: 0,
		bytesSent: 0,
		error: isGone ? undefined : faultToMessage(error),
	});
}
