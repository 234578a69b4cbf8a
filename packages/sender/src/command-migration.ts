import {hostError} from '@sterna/host';
import type {MigrationCommand, MigrationStatus} from '@sterna/protocol/control';
import type {Migration} from './migration.ts';
import {abortedByOperator} from './start-migration.ts';

export type MigrationAction = MigrationCommand['action'];

/** Phases in which a precopy is still to come, or under way. */
const BEFORE_THE_SWITCH: ReadonlySet<Migration['phase']> = new Set(['queued', 'prepare', 'precopy', 'reconnecting']);

/**
 * Tells a migration what to do, and answers with where it stands. Every command is idempotent: one that has come true already, or is about to, is answered
 * like the first. Throws ERR_DOMAIN_STATE where it comes too late, and ERR_NOT_SUPPORTED for what a save has not.
 */
export function commandMigration(migration: Migration, action: MigrationAction, {host}: {readonly host: string}): MigrationStatus {
	if (migration.direction === 'save' && action !== 'abort') {
		throw hostError('ERR_NOT_SUPPORTED', `a save has no ${action}: its guest stands still until it is written; it can be aborted`, {
			side: 'sender',
			next: `migrate-ctl abort ${migration.id}`,
		});
	}

	if (migration.result !== undefined) assertCameTrue(migration, action);
	else if (action === 'abort') abort(migration, host);
	else steer(migration, action);
	migration.recording?.commanded(action, '');
	return migration.status();
}

function abort(migration: Migration, host: string): void {
	if (migration.abort(abortedByOperator(host, migration))) return;
	const what =
		migration.direction === 'save'
			? `the save of ${migration.domain} is written already`
			: `${migration.domain} is being handed over to ${migration.peer}`;
	throw tooLate(migration, `${what}: it can no longer be aborted`);
}

function steer(migration: Migration, action: Exclude<MigrationAction, 'abort'>): void {
	const {operator, phase, domain} = migration;
	const isSwitching = operator.isSwitching || !BEFORE_THE_SWITCH.has(phase);
	switch (action) {
		case 'stop-and-copy':
			operator.stopAndCopy();
			return;
		case 'continue':
			// What is switched is not paused.
			operator.continue();
			return;
		case 'pause':
			if (isSwitching) throw tooLate(migration, `${domain} is being switched to ${migration.peer}: the transfer can no longer be paused`);
			operator.pause();
			return;
		default:
			throw hostError('ERR_USAGE', `${String(action)} is no command`, {side: 'sender', next: 'migrate-ctl --help'});
	}
}

/** Of one that is over. */
function assertCameTrue(migration: Migration, action: MigrationAction): void {
	const {domain, result} = migration;
	if (result === undefined) return;
	if (action === 'abort' && result.outcome === 'aborted') return;
	if (action === 'stop-and-copy' && result.outcome === 'completed') return;
	const runsOn = result.runsOn === '' || result.runsOn === '?' ? '' : `; ${domain} runs on ${result.runsOn}`;
	throw tooLate(migration, `migration ${migration.id} of ${domain} has ended: ${result.outcome}${runsOn}`);
}

function tooLate({id}: Migration, message: string): Error {
	return hostError('ERR_DOMAIN_STATE', message, {side: 'sender', next: `migrate-ctl status ${id}`});
}
