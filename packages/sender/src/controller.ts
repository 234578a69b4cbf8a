import {DomainError} from '@sterna/domain';
import {hostError} from '@sterna/host';
import type {ClientMessage, MigrationCommand, MigrationStatus, ServerMessage} from '@sterna/protocol/control';
import type {Reply, RequestHandler} from '@sterna/transport';
import {adoptDomain} from './adopt-domain.ts';
import {commandMigration} from './command-migration.ts';
import {commandDomain, createDomain, listDomains} from './domain-commands.ts';
import {doctor} from './doctor/doctor.ts';
import {domainConsole} from './domain-console.ts';
import {sendOutput} from './domain-output.ts';
import {forecastDomain} from './forecast/forecast-domain.ts';
import {listHosts} from './hosts.ts';
import type {Migration} from './migration.ts';
import {failover, listProtections, protect, unprotect} from './protect/requests.ts';
import {sendRecord} from './recording/send-record.ts';
import {resolveHandover} from './resolve.ts';
import type {SenderServices} from './services.ts';
import {setLimits} from './set-limits.ts';
import {startMigration} from './start-migration.ts';
import {startSave} from './start-save.ts';

/** Answers the operator's requests. Each is one line here; what it does is in the file of its name. */
export function createController(services: SenderServices): RequestHandler {
	return async (request, reply) => {
		services.stopping.throwIfAborted();
		try {
			return await handle(services, request, reply);
		} catch (error) {
			// A driver's error has the operator's code already, and does not know which side it arose on.
			if (error instanceof DomainError) throw hostError(error.code, error.message, {side: 'sender', cause: error.cause});
			throw error;
		}
	};
}

async function handle(services: SenderServices, request: ClientMessage, reply: Reply): Promise<ServerMessage> {
	switch (request.kind) {
		case 'start':
			return follow(await startMigration(services, request.body), request.body.detach, reply);
		case 'save':
			return follow(await startSave(services, request.body), request.body.detach, reply);
		case 'watch':
			return follow(needMigration(services, request.body.id), false, reply);
		case 'command':
			return {kind: 'migration', body: command(services, request.body)};
		case 'set':
			return setLimits(services, request.body, id => needMigration(services, id));
		case 'resolve':
			return {kind: 'resolved', body: await resolveHandover(services, request.body)};
		case 'status':
			return {kind: 'status', body: {migrations: statuses(services, request.body.id)}};
		case 'domainList':
			return {kind: 'domainList', body: await listDomains(services, request.body.name)};
		case 'domainCreate':
			return {kind: 'domain', body: {domain: await createDomain(services, request.body)}};
		case 'domainAdopt':
			return {kind: 'domainAdopted', body: await adoptDomain(services, request.body)};
		case 'domainCommand': {
			const answer = await commandDomain(services, request.body);
			return 'check' in answer ? {kind: 'checked', body: answer.check} : {kind: 'domain', body: {domain: answer.info}};
		}

		case 'domainOutput':
			await sendOutput(services, request.body, reply);
			return {kind: 'done', body: {}};
		case 'domainConsole':
			await domainConsole(services, request.body, reply);
			return {kind: 'done', body: {}};
		case 'protect':
			return protect(services, request.body, reply);
		case 'unprotect':
			return {kind: 'protection', body: await unprotect(services, request.body)};
		case 'failover':
			return {kind: 'failedOver', body: await failover(services, request.body)};
		case 'protections':
			return {kind: 'protections', body: listProtections(services, request.body)};
		case 'history':
			return {kind: 'history', body: await services.recordings.keeper.list(request.body)};
		case 'record':
			return sendRecord(services, request.body, reply);
		case 'forecast':
			return {kind: 'forecast', body: await forecastDomain(services, request.body, reply.signal)};
		case 'hosts':
			return {kind: 'hosts', body: await listHosts(services, request.body)};
		case 'doctor':
			return {kind: 'doctor', body: await doctor(services, request.body)};
		default:
			throw hostError('ERR_NOT_SUPPORTED', `the sender does not answer ${request.kind}`, {side: 'sender'});
	}
}

/** Shows a migration to the client until it has ended. A client that goes away does not end it. */
async function follow(migration: Migration, detach: boolean, reply: Reply): Promise<ServerMessage> {
	if (detach) return {kind: 'migration', body: migration.status()};
	migration.watch(status => reply.event({kind: 'migration', body: status}), reply.signal);
	return {kind: 'result', body: await migration.ended};
}

function statuses({operations}: SenderServices, id: string): MigrationStatus[] {
	if (id === '') return operations.statuses();
	const migration = operations.find(id);
	// Not an error: the receiver of this host may know it, and migrate-ctl asks both.
	return migration ? [migration.status()] : [];
}

function command(services: SenderServices, {id, action}: MigrationCommand): MigrationStatus {
	const migration = needMigration(services, id);
	migration.recording?.commanded(action, '');
	services.log.info({migration: migration.id, phase: migration.phase, action}, 'the operator says');
	return commandMigration(migration, action, {host: services.config.hostName});
}

/** By id, by the beginning of an id, or by domain. Throws ERR_MIGRATION_UNKNOWN, and ERR_DOMAIN_STATE for a protected guest, which is no migration. */
function needMigration({operations, protections, config}: SenderServices, id: string): Migration {
	const migration = operations.find(id);
	const guest = protections.find(id);
	// Of a domain that was migrated here, and is protected now, what goes on is meant.
	if (migration && (migration.result === undefined || guest === undefined || guest.protection.isOver)) return migration;
	if (guest !== undefined) {
		const {domain, peer} = guest.protection;
		throw hostError('ERR_DOMAIN_STATE', `${domain} is protected on ${peer}: that is no migration`, {
			side: 'sender',
			next: `migrate-ctl unprotect ${domain}`,
		});
	}

	throw hostError('ERR_MIGRATION_UNKNOWN', `there is no migration ${id} on ${config.hostName}`, {side: 'sender', next: 'migrate-ctl list'});
}
