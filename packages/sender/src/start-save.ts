import {randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import {hostError, toOperationError} from '@sterna/host';
import type {SaveRequest} from '@sterna/protocol/control';
import {duplicateDescriptor} from '@sterna/system';
import {openSendChannels} from '@sterna/transport';
import {DomainJournal} from './domain-journal.ts';
import {Migration, type MigrationEnd} from './migration.ts';
import {openSource, takeDomain} from './open-source.ts';
import {noting} from './noting.ts';
import {operationBegins} from './recording/begin-facts.ts';
import {saveDomain} from './save.ts';
import type {SenderServices} from './services.ts';

/** Begins to save a domain; it goes on by itself. Rejects for what is wrong with the request: nothing was touched then. */
export async function startSave(services: SenderServices, request: SaveRequest): Promise<Migration> {
	if (!request.file.startsWith('/')) throw hostError('ERR_USAGE', `${request.file} is not an absolute path`, {side: 'sender'});
	if (existsSync(request.file)) throw hostError('ERR_FILE', `${request.file} exists already`, {side: 'sender'});
	const migration = new Migration({id: randomUUID(), domain: request.domain, direction: 'save', peer: ''});
	const {lock, record} = await takeDomain(services, request.domain, `save ${migration.id} to ${request.file}`);
	const journal = await DomainJournal.begin(services, lock, record, {migrationId: migration.id, peer: '', requestJson: undefined}).catch(
		(error: unknown) => {
			lock[Symbol.dispose]();
			throw error;
		},
	);
	services.recordings.begin(migration, operationBegins(services, migration, journal));
	services.operations.add(migration, {
		host: services.config.hostName,
		run: () => runSave(services, request, journal, migration),
		release: () => {
			journal[Symbol.dispose]();
		},
	});
	return migration;
}

async function runSave(
	services: SenderServices,
	{file, checkpoint}: SaveRequest,
	journal: DomainJournal,
	migration: Migration,
): Promise<MigrationEnd> {
	const {config, pool} = services;
	const log = services.log.child({save: migration.id, domain: migration.domain, file});
	const host = config.hostName;
	try {
		await using domain = await openSource(services, journal.record);
		const end = await saveDomain(
			{
				domain,
				openLink: fd =>
					openSendChannels(pool, {
						connections: [{fd: duplicateDescriptor(fd)}],
						kind: 'file',
						memory: domain.memory,
						pageTypes: domain.pageTypes,
						windowBytes: undefined,
						teeFd: undefined,
					}),
				host,
				log,
			},
			{file, checkpoint, wasPaused: journal.wasPaused},
			migration,
		);
		if (end.outcome === 'completed' && !checkpoint) await noting(log, 'that the guest is gone', journal.remove());
		else await noting(log, 'the return of the guest', journal.returned({receiverKnows: true}));
		return end;
	} catch (error) {
		await noting(log, 'the return of the guest', journal.returned({receiverKnows: true}));
		const context = {side: 'sender', phase: 'save', runsOn: {kind: 'host', host}, domain: migration.domain} as const;
		return {outcome: 'failed', runsOn: host, error: toOperationError(error, context)};
	}
}
