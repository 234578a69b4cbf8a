import {setTimeout as sleep} from 'node:timers/promises';
import {crashPoint, crashPointBehindAnswer, hostError, operationError} from '@sterna/host';
import type {MigrationCommand, MigrationStatus, ServerMessage} from '@sterna/protocol/control';
import type {Reply, RequestHandler} from '@sterna/transport';
import {acceptMigration} from './accept-migration.ts';
import type {Arrival} from './arrivals.ts';
import {HostExaminer} from './doctor/examine.ts';
import {diskStream} from './disk-stream.ts';
import {linkProbe} from './link-probe.ts';
import {pageHashes} from './page-hashes.ts';
import {go, outcome, peerAbort} from './peer-commands.ts';
import {peerConsole} from './peer-console.ts';
import {sendPeerRecord, sendRecord} from './recording/send-record.ts';
import {resumeMigration} from './resume-migration.ts';
import {resolveArrival} from './resolve.ts';
import {restoreDomain} from './restore.ts';
import type {ReceiverServices} from './services.ts';
import {acceptStandby} from './standby/accept-standby.ts';
import {failover} from './standby/failover.ts';
import {standbyQuery} from './standby/source-state.ts';
import {standbyEnd} from './standby/standby-end.ts';

/** Time between two statuses that a watcher is shown. */
const WATCH_INTERVAL_MS = 200;

/** Answers senders of other hosts. */
export function createPeerController(services: ReceiverServices): RequestHandler {
	const examiner = new HostExaminer(services);
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
				const speaker = services.standbys.get(request.body.migrationId) === undefined ? 'target' : 'standby';
				const answer = await go(services, request.body, connection);
				return tell(speaker, 'running' in answer ? {kind: 'running', body: answer.running} : {kind: 'outcome', body: answer.outcome});
			}

			case 'peerAbort':
				await peerAbort(services, request.body);
				return {kind: 'done', body: {}};
			case 'outcome': {
				const speaker = services.standbys.get(request.body.migrationId) === undefined ? 'target' : 'standby';
				return tell(speaker, {kind: 'outcome', body: await outcome(services, request.body, connection.peer.host)});
			}

			case 'standby':
				return acceptStandby(services, request.body, reply, connection);
			case 'standbyEnd': {
				await standbyEnd(services, request.body, connection);
				crashPoint('standby.send-ended.before');
				crashPointBehindAnswer('standby.send-ended.after');
				return {kind: 'done', body: {}};
			}

			case 'linkProbe':
				await linkProbe(services, request.body, reply, connection);
				return {kind: 'done', body: {}};
			case 'standbyQuery':
				return {kind: 'standbyState', body: await standbyQuery(services, request.body)};
			case 'peerDoctor':
				return {kind: 'doctor', body: await examiner.forPeer(connection.peer.host)};
			case 'clock':
				return {kind: 'clock', body: {nowMs: services.recordings.keeper.tellTime()}};
			case 'peerRecord':
				return sendPeerRecord(services, request.body, reply, connection);
			default:
				throw hostError('ERR_NOT_SUPPORTED', `the receiver does not answer ${request.kind} from another host`, {side: 'receiver'});
		}
	};
}

/** The word that decides, on its way to the source. */
function tell(speaker: 'target' | 'standby', answer: ServerMessage): ServerMessage {
	const word = answer.kind === 'running' || (answer.kind === 'outcome' && answer.body.state === 'running') ? 'running' : 'declined';
	crashPoint(`${speaker}.send-${word}.before`);
	crashPointBehindAnswer(`${speaker}.send-${word}.after`);
	return answer;
}

/** Answers operators of this host. */
export function createOperatorController(services: ReceiverServices): RequestHandler {
	const examiner = new HostExaminer(services);
	return async (request, reply): Promise<ServerMessage> => {
		services.stopping.throwIfAborted();
		switch (request.kind) {
			case 'restore':
				return {kind: 'restored', body: await restoreDomain(services, request.body, reply)};
			case 'failover':
				return {kind: 'failedOver', body: await failover(services, request.body, reply)};
			case 'protections':
				return {
					kind: 'protections',
					body: {protections: services.standbys.statuses(request.body.domain), host: services.config.hostName},
				};
			case 'watch':
				return watch(needArrival(services, request.body.id), reply);
			case 'resolve':
				return {kind: 'resolved', body: await resolveArrival(services, request.body)};
			case 'status':
				return {kind: 'status', body: {migrations: statuses(services, request.body.id)}};
			case 'history':
				return {kind: 'history', body: await services.recordings.keeper.list(request.body)};
			case 'record':
				return sendRecord(services, request.body, reply);
			case 'command':
				return {kind: 'migration', body: await command(services, request.body)};
			case 'peerDoctor':
				return {kind: 'doctor', body: await examiner.forOwnHost()};
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
	assertNoStandby(services, id);
	const arrival = needArrival(services, id);
	if (action !== 'abort') {
		throw hostError('ERR_NOT_SUPPORTED', `${arrival.domain} comes in from ${arrival.peer}: only the sending host can ${VERBS[action]}`, {
			side: 'receiver',
			next: `migrate-ctl ${action} ${arrival.domain} # on ${arrival.peer}`,
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

/** What the sending host alone can do. */
const VERBS = {'stop-and-copy': 'switch now', pause: 'pause the transfer', continue: 'go on with the transfer'} as const;

/** A standby is no migration: what is done about one has commands of its own. */
function assertNoStandby({standbys, config}: ReceiverServices, id: string): void {
	const standby = standbys.find(id);
	if (standby === undefined) return;
	throw hostError('ERR_DOMAIN_STATE', `${standby.domain} is a standby on ${config.hostName}, of the guest on ${standby.peer}`, {
		side: 'receiver',
		next: `migrate-ctl unprotect ${standby.domain} # on ${standby.peer}; or here: migrate-ctl resolve ${standby.domain}`,
	});
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
