import {setTimeout as sleep} from 'node:timers/promises';
import {crashPoint, crashPointBehindAnswer, hostError, operationError} from '@sterna/host';
import type {MigrationCommand, MigrationStatus, ServerMessage} from '@sterna/protocol/control';
import type {Reply, RequestHandler} from '@sterna/transport';
import {acceptMigration} from './accept-migration.ts';
import type {Arrival} from './arrivals.ts';
import {diskStream} from './disk-stream.ts';
import {pageHashes} from './page-hashes.ts';
import {go, outcome, peerAbort} from './peer-commands.ts';
import {peerConsole} from './peer-console.ts';
import {resumeMigration} from './resume-migration.ts';
import {resolveArrival} from './resolve.ts';
import {restoreDomain} from './restore.ts';
import type {ReceiverServices} from './services.ts';

/** Time between two statuses that a watcher is shown. */
const WATCH_INTERVAL_MS = 200;

/** Answers senders of other hosts. */
export function createPeerController(services: ReceiverServices): RequestHandler {
	return async (request, reply, connection): Promise<ServerMessage> => {
		services.stopping.throwIfAborted();
		switch (request.kind) {
			case 'prepare':
				return acceptMigration(services, request.body, reply, connection);
			case 'resume':
				return resumeMigration(services, request.body, reply, connection);
			case 'pageHashes':
				return {kind: 'pageHashes', body: await pageHashes(services, request.body, connection)};
			case 'diskStream':
				await diskStream(services, request.body, reply, connection);
				return {kind: 'done', body: {}};
			case 'peerConsole':
				return peerConsole(services, request.body, reply, connection);
			case 'go': {
				const answer = await go(services, request.body);
				return tell('running' in answer ? {kind: 'running', body: answer.running} : {kind: 'outcome', body: answer.outcome});
			}

			case 'peerAbort':
				await peerAbort(services, request.body);
				return {kind: 'done', body: {}};
			case 'outcome':
				return tell({kind: 'outcome', body: await outcome(services, request.body, connection.peer.host)});
			default:
				throw hostError('ERR_NOT_SUPPORTED', `the receiver does not answer ${request.kind} from another host`, {side: 'receiver'});
		}
	};
}

/** The word that decides, on its way to the source. */
function tell(answer: ServerMessage): ServerMessage {
	const word = answer.kind === 'running' || (answer.kind === 'outcome' && answer.body.state === 'running') ? 'running' : 'declined';
	crashPoint(`target.send-${word}.before`);
	crashPointBehindAnswer(`target.send-${word}.after`);
	return answer;
}

/** Answers operators of this host. */
export function createOperatorController(services: ReceiverServices): RequestHandler {
	return async (request, reply): Promise<ServerMessage> => {
		services.stopping.throwIfAborted();
		switch (request.kind) {
			case 'restore':
				return {kind: 'restored', body: await restoreDomain(services, request.body, reply)};
			case 'watch':
				return watch(needArrival(services, request.body.id), reply);
			case 'resolve':
				return {kind: 'resolved', body: await resolveArrival(services, request.body)};
			case 'status':
				return {kind: 'status', body: {migrations: statuses(services, request.body.id)}};
			case 'command':
				return {kind: 'migration', body: await command(services, request.body)};
			default:
				throw hostError('ERR_NOT_SUPPORTED', `the receiver does not answer ${request.kind}: the sender of this host may`, {
					side: 'receiver',
				});
		}
	};
}

function statuses({arrivals}: ReceiverServices, id: string): MigrationStatus[] {
	if (id === '') return arrivals.statuses();
	const arrival = arrivals.find(id);
	return arrival ? [arrival.status()] : [];
}

async function command(services: ReceiverServices, {id, action}: MigrationCommand): Promise<MigrationStatus> {
	const arrival = needArrival(services, id);
	if (action === 'stop-and-copy') {
		throw hostError('ERR_NOT_SUPPORTED', 'only the sending host can switch now', {
			side: 'receiver',
			next: `migrate-ctl stop-and-copy ${arrival.domain}, on the sending host`,
		});
	}

	const state = await arrival.decline(
		operationError('ERR_ABORTED_BY_RECEIVER', `an operator aborted it on ${services.config.hostName}`, {
			side: 'receiver',
			phase: arrival.state === 'ready' ? 'handover' : 'precopy',
			runsOn: {kind: 'host', host: arrival.peer},
			domain: arrival.domain,
		}),
	);
	if (state === 'running') {
		throw hostError('ERR_DOMAIN_STATE', `${arrival.domain} runs here already: it can no longer be aborted`, {
			side: 'receiver',
			next: 'migrate-ctl domain list',
		});
	}

	return arrival.status();
}

/** Shows an arrival to the client until it is over. */
async function watch(arrival: Arrival, reply: Reply): Promise<ServerMessage> {
	for (;;) {
		const status = arrival.status();
		if (status.result) return {kind: 'result', body: status.result};
		reply.event({kind: 'migration', body: status});
		await sleep(WATCH_INTERVAL_MS, undefined, {signal: reply.signal});
	}
}

function needArrival({arrivals}: ReceiverServices, id: string): Arrival {
	const arrival = arrivals.find(id);
	if (arrival) return arrival;
	throw hostError('ERR_MIGRATION_UNKNOWN', `no migration ${id} comes in on this host`, {side: 'receiver', next: 'migrate-ctl status'});
}
