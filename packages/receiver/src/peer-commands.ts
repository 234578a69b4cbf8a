import {hostError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {
	faultFromMessage,
	type GoRequest,
	type OutcomeQuery,
	type OutcomeReply,
	type PeerAbort,
	type RunningReply,
} from '@sterna/protocol/control';
import type {ControlConnection} from '@sterna/transport';
import type {ReceiverServices} from './services.ts';

/** `go`: the guest runs here when this has answered `running`; `declined` is for good. */
export async function go(
	{arrivals, standbys, outcomes}: ReceiverServices,
	request: GoRequest,
	connection: ControlConnection,
): Promise<{running: RunningReply} | {outcome: OutcomeReply}> {
	const {migrationId, incarnation} = request;
	const standby = standbys.get(migrationId);
	if (standby !== undefined) return standby.go(request, connection);
	const arrival = arrivals.get(migrationId);
	if (!arrival || arrival.incarnation !== incarnation) {
		const past = await outcomes.get(migrationId);
		const state = past?.incarnation === incarnation && past.step === 'running' ? 'running' : 'declined';
		return {outcome: {state, incarnation}};
	}

	const state = await arrival.go();
	if (state !== 'running') return {outcome: {state: 'declined', incarnation, fault: arrival.status().result?.error}};
	const {firstStepNs, resumeMs} = arrival;
	return {
		running: {
			incarnation,
			firstStepNs: firstStepNs === undefined ? undefined : Number(firstStepNs),
			resumeMs,
			sinceFirstStepMs: firstStepNs === undefined ? 0 : Number(process.hrtime.bigint() - firstStepNs) / 1e6,
		},
	};
}

/** What became of a migration. One that waits for `go`, or that was never heard of, is declined durably first: its `go` will be refused. */
export async function outcome(
	{arrivals, standbys, outcomes, registry, config}: ReceiverServices,
	{migrationId, incarnation, declineIfReady, domain}: OutcomeQuery,
	peer: string,
): Promise<OutcomeReply> {
	const standby = standbys.get(migrationId);
	if (standby?.nextIncarnation === incarnation) return {state: await standby.outcome({declineIfReady}), incarnation};
	const arrival = arrivals.get(migrationId);
	if (arrival && arrival.incarnation === incarnation) {
		if (!declineIfReady) return {state: arrival.state, incarnation, link: arrival.state === 'receiving' ? arrival.link : undefined};
		const state = await arrival.decline(lost('the source asked for the outcome after it had lost the connection'));
		return {state, incarnation};
	}

	const past = await outcomes.get(migrationId);
	if (past?.incarnation === incarnation && (past.step === 'running' || past.step === 'declined')) return {state: past.step, incarnation};
	// The outcomes are bounded, the domain is not forgotten.
	const record = await registry.get(domain);
	if (record?.protection?.role === 'standby' && record.protection.id === migrationId && record.protection.step === 'promoting') {
		if (!declineIfReady) return {state: 'lost', incarnation};
		throw lostHere(domain, config.hostName);
	}

	if (record && record.incarnation === incarnation && !record.migration && record.state !== 'standby')
		return {state: 'running', incarnation};
	if (!declineIfReady) return {state: 'unknown', incarnation: 0};
	await outcomes.put(
		{
			version: 1,
			id: migrationId,
			domain,
			role: 'target',
			peer,
			incarnation,
			step: 'declined',
			endedAt: new Date().toISOString(),
		},
		'target.outcome-unheard',
	);
	return {state: 'declined', incarnation};
}

/** The source keeps the guest, and says why. Of a standby: the failover that the operator here wanted does not come about, and nothing else changes. */
export async function peerAbort({arrivals, standbys}: ReceiverServices, {migrationId, fault}: PeerAbort): Promise<void> {
	standbys.get(migrationId)?.link?.failoverRefused(fault ? faultFromMessage(fault) : lost('the source keeps the guest'));
	// Its guest may still be being made: nobody would abort it any more behind that, and it would be kept as one whose link was lost.
	const arrival = await arrivals.made(migrationId);
	if (!arrival || arrival.state === 'running') return;
	await arrival.decline(fault ? faultFromMessage(fault) : lost('the source gave the migration up'));
}

function lostHere(domain: string, host: string): OperationError {
	const message = `${domain} was told to run on ${host} and is gone there: whether it took a step before is not known`;
	return hostError('ERR_UNDECIDED', message, {side: 'receiver', next: `migrate-ctl resolve ${domain}`});
}

function lost(message: string): OperationError {
	return hostError('ERR_CONNECTION_LOST', message, {side: 'receiver'});
}
