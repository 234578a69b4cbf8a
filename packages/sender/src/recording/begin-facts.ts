import type {RecordFacts} from '@sterna/host/record';
import type {StartRequest} from '@sterna/protocol/control';
import type {DomainJournal} from '../domain-journal.ts';
import type {Limits} from '../engine/policy/limits-policy.ts';
import type {MigrationLimits} from '../migration-limits.ts';
import type {Migration} from '../migration.ts';
import type {SenderServices} from '../services.ts';
import type {TransferSettings} from '../transfer-settings.ts';

type Begin = Extract<RecordFacts, {kind: 'begin'}>;

/** What the first line of a recording says of a migration out of this host. */
export function migrationBegins(
	services: SenderServices,
	migration: Migration,
	journal: DomainJournal,
	{request, settings, limits}: {readonly request: StartRequest; readonly settings: TransferSettings; readonly limits: MigrationLimits},
): Begin {
	return {
		...operationBegins(services, migration, journal),
		limits: recordedLimits(limits.policy.limits),
		bandwidthLimitBytesPerSecond: limits.bytesPerSecond ?? null,
		channels: settings.channels,
		compression: settings.compression,
		deltaCacheBytes: settings.deltaCacheBytes,
		downtimeBudgetMs: settings.downtimeBudgetMs,
		reconnectMs: settings.reconnectMs,
		stream: request.stream,
		proof: settings.proof,
	};
}

/** The same of a save, or of whatever else leaves a domain to somebody. */
export function operationBegins(
	{config, software}: Pick<SenderServices, 'config' | 'software'>,
	{id, domain, direction, peer}: Pick<Migration, 'id' | 'domain' | 'direction' | 'peer'>,
	journal: Pick<DomainJournal, 'incarnation' | 'record'>,
): Begin {
	const {definition} = journal.record;
	return {
		kind: 'begin',
		format: 1,
		id,
		domain,
		uuid: definition.uuid,
		direction,
		host: config.hostName,
		peer,
		software,
		memoryBytes: definition.memoryBytes,
		incarnation: journal.incarnation,
		tracker: config.sender.tracker,
	};
}

/** As limits stand in a recording: null decides nothing. */
export function recordedLimits({maxDowntimeMs, deadlineMs, use, ...limits}: Limits): NonNullable<Begin['limits']> {
	return {...limits, maxDowntimeMs: maxDowntimeMs ?? null, deadlineMs: deadlineMs ?? null, use: use && [...use]};
}
