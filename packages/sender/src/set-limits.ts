import {hostError} from '@sterna/host';
import type {ServerMessage, SetRequest} from '@sterna/protocol/control';
import type {Migration} from './migration.ts';
import {bandwidthOf} from './migration-limits.ts';
import type {SenderServices} from './services.ts';

/**
 * New limits for a migration under way, or for all of the daemon's together. Idempotent; all of the request is checked before any of it
 * counts. Throws ERR_USAGE, ERR_MIGRATION_UNKNOWN, ERR_DOMAIN_STATE for a migration that has ended, ERR_NOT_SUPPORTED for a save.
 */
export function setLimits(services: SenderServices, request: SetRequest, needMigration: (id: string) => Migration): ServerMessage {
	const {log} = services;
	if (request.id === '') {
		if (request.limits !== undefined || request.downtimeBudgetMs !== undefined)
			throw usage('of the daemon bandwidth alone can be set; the rest is of a migration, or of the configuration');
		if (request.bandwidthBytesPerSecond !== undefined) services.bandwidth.set(bandwidthOf(request.bandwidthBytesPerSecond));
		log.info({bandwidthBytesPerSecond: services.bandwidth.bytesPerSecond}, 'the bandwidth of the daemon was set');
		return {kind: 'done', body: {}};
	}

	const migration = needMigration(request.id);
	if (migration.result !== undefined) {
		throw hostError('ERR_DOMAIN_STATE', `migration ${migration.id} of ${migration.domain} has ended: nothing of it can be set`, {
			side: 'sender',
			next: `migrate-ctl status ${migration.id}`,
		});
	}

	if (migration.limits === undefined) throw hostError('ERR_NOT_SUPPORTED', 'a save has no limits to set', {side: 'sender'});
	migration.limits.change(request);
	const {id: _, ...changed} = request;
	migration.recording?.commanded('set', JSON.stringify(changed));
	log.info({migration: migration.id, request}, 'limits were set');
	return {kind: 'migration', body: migration.status()};
}

function usage(message: string): Error {
	return hostError('ERR_USAGE', message, {side: 'sender', next: 'migrate-ctl set --help'});
}
