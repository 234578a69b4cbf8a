import {setTimeout as sleep} from 'node:timers/promises';
import {hostError, operationError, type Lease, orAborted, runFence} from '@sterna/host';
import {OperationError} from '@sterna/protocol';
import type {FailoverReply, FailoverRequest} from '@sterna/protocol/control';
import type {Reply} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';
import type {Promoted} from './promotion.ts';
import {askSource} from './source-state.ts';
import type {Because} from './standby-journal.ts';
import type {Standby} from './standby.ts';

/** For how long a source is waited for that was asked to hand the guest over, in milliseconds. */
const PLANNED_TIMEOUT_MS = 120_000;
const LOOK_MS = 5;

/** Serves `failover` of an operator: the guest goes on from its standby here. */
export async function failover(services: ReceiverServices, request: FailoverRequest, reply: Reply): Promise<FailoverReply> {
	const standby = services.standbys.find(request.domain);
	if (standby === undefined) throw await noStandby(services, request.domain);
	await standby.settled();
	standby.assertHolding();
	const promoted = request.planned
		? await handOver(standby, reply.signal)
		: await takeOver(services, standby, {isSourceDead: request.sourceIsDead, signal: reply.signal});
	// Whoever asks next finds the domain as one that runs here.
	await orAborted(standby.over, reply.signal);
	return {
		domain: standby.domain,
		id: standby.id,
		planned: promoted.because === 'planned',
		epoch: promoted.epoch,
		incarnation: standby.nextIncarnation,
		decidedToRunningMs: promoted.decidedToRunningMs,
		runsOn: services.config.hostName,
		because: promoted.because,
	};
}

/** With the source's help, without loss. Rejects ERR_DOMAIN_STATE where the source is not there, and with what it ended the attempt by. */
async function handOver(standby: Standby, signal: AbortSignal): Promise<Promoted> {
	const {link} = standby;
	if (link === undefined) {
		throw refused(
			standby,
			`${standby.peer} has no link to the standby of ${standby.domain}: it cannot hand the guest over`,
			`migrate-ctl failover ${standby.domain}`,
		);
	}

	await link.wantFailover();
	const until = performance.now() + PLANNED_TIMEOUT_MS;
	while (performance.now() < until) {
		if (standby.promoted !== undefined) return standby.promoted;
		if (link.refusal !== undefined) throw link.refusal;
		if (standby.link !== link && standby.phase !== 'promoting') {
			// A `go` ends the link before it is obeyed: what is under way comes to its end first.
			await standby.settled();
			if (standby.promoted !== undefined) return standby.promoted;
			throw (
				standby.failure ?? refused(standby, `${standby.peer} ended its link without handing ${standby.domain} over`, 'migrate-ctl status')
			);
		}

		await sleep(LOOK_MS, undefined, {signal});
	}

	const message = `${standby.peer} did not hand ${standby.domain} over within ${PLANNED_TIMEOUT_MS / 1000} s`;
	throw operationError('ERR_PEER_SILENT', message, contextOf(standby));
}

/** Without the source: by the lease, or because it is known not to run the guest. Rejects ERR_DOMAIN_STATE, with what to type next, while it may. */
async function takeOver(
	services: ReceiverServices,
	standby: Standby,
	{isSourceDead, signal}: {readonly isSourceDead: boolean; readonly signal: AbortSignal},
): Promise<Promoted> {
	const {domain, peer} = standby;
	const planned = `migrate-ctl failover ${domain} --planned`;
	if (standby.link !== undefined && standby.link.silentMs < services.config.peer.silenceTimeoutMs)
		throw refused(standby, `${peer} has a link to the standby of ${domain}: it runs the guest`, planned);
	const lease = await tryLease(services, standby, signal);
	if (lease !== undefined) return standby.takeOver('lease', lease);
	const because = await orAborted(whySafe(services, standby, {isSourceDead, planned, signal}), signal);
	return standby.takeOver(because);
}

/** What vouches for it that the source does not run the guest. */
async function whySafe(
	services: ReceiverServices,
	standby: Standby,
	{isSourceDead, planned, signal}: {readonly isSourceDead: boolean; readonly planned: string; readonly signal: AbortSignal},
): Promise<Exclude<Because, 'planned' | 'lease'>> {
	const {domain, uuid, peer, incarnation} = standby;
	const {config, log} = services;
	const answer = await askSource(services, standby);
	log.warn({domain, answer, isSourceDead}, 'failover: the source was asked');
	if (answer.kind === 'there') throw refused(standby, `the guest may run at its source: ${answer.says}`, planned);
	if (answer.kind === 'gone' || isSourceDead) return 'source-is-dead';
	if (config.standby.fence !== undefined) {
		await runFence({settings: config.standby, target: {domain, uuid, source: peer, incarnation}, side: 'receiver', log, signal});
		return 'fence';
	}

	const message = `${answer.says}, and nothing vouches for it that ${domain} does not run there: no fence command is configured (standby.fence)`;
	throw refused(standby, message, `migrate-ctl failover ${domain} --source-is-dead # once you know that ${peer} is off`);
}

/** The lease, where a store decides; undefined where none does, or it does not answer and a person must. Rejects ERR_LEASE_HELD. */
async function tryLease({leases, config}: ReceiverServices, standby: Standby, signal: AbortSignal): Promise<Lease | undefined> {
	if (standby.leaseStore !== 'etcd' || leases.kind !== 'etcd') return undefined;
	const {uuid, nextIncarnation: incarnation} = standby;
	try {
		const limit = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
		return await leases.acquire({uuid, host: config.hostName, incarnation, ttlMs: standby.leaseTtlMs}, limit);
	} catch (error) {
		if (error instanceof OperationError && error.code === 'ERR_LEASE_STORE') return undefined;
		throw error;
	}
}

async function noStandby({registry, config}: ReceiverServices, domain: string): Promise<Error> {
	const record = await registry.get(domain);
	if (record === undefined)
		return hostError('ERR_DOMAIN_UNKNOWN', `there is no standby of ${domain} on ${config.hostName}`, {
			side: 'receiver',
			next: 'migrate-ctl status',
		});
	const message = `${domain} is ${record.state} on ${config.hostName}, which has no standby of it`;
	// One that is protected here is known to the sender of this host, which takes a planned one.
	const code = record.protection?.role === 'source' && record.state !== 'stale' ? 'ERR_PROTECTION_UNKNOWN' : 'ERR_DOMAIN_STATE';
	return hostError(code, message, {side: 'receiver', next: `migrate-ctl status ${domain} # on the host of the standby`});
}

function contextOf({domain, peer}: Standby): Parameters<typeof operationError>[2] {
	return {side: 'receiver', phase: 'failover', runsOn: {kind: 'unknown'}, domain, peer};
}

function refused(standby: Standby, message: string, next: string): OperationError {
	const error = operationError('ERR_DOMAIN_STATE', message, {...contextOf(standby), runsOn: {kind: 'host', host: standby.peer}});
	return new OperationError({...error.fault, next});
}
