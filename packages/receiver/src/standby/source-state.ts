import {driverFor} from '@sterna/domain';
import {OperationError} from '@sterna/protocol';
import type {StandbyQuery, StandbyState} from '@sterna/protocol/control';
import {connectToHost} from '../connect-host.ts';
import type {ReceiverServices} from '../services.ts';
import type {Standby} from './standby.ts';

/** How long the source's host may take to answer, in milliseconds. */
const PROBE_TIMEOUT_MS = 3000;

/** Serves `standby_query`: what this host has of a domain, as one that keeps its standby, or as the one that it is protected on. */
export async function standbyQuery(
	{standbys, registry}: ReceiverServices,
	{migrationId, incarnation, domain}: StandbyQuery,
): Promise<StandbyState> {
	const standby = standbys.get(migrationId) ?? standbys.find(domain);
	if (standby !== undefined) return stateOf(standby);
	const record = await registry.get(domain);
	if (record === undefined) return {state: 'unknown', committedEpoch: 0, incarnation: 0};
	// Its guest is gone: whether it took a step is not known, so that nobody else may run it.
	if (record.protection?.role === 'standby') return {state: 'promoted', committedEpoch: 0, incarnation: record.protection.incarnation + 1};
	if (record.migration !== undefined) return {state: 'unknown', committedEpoch: 0, incarnation: 0};
	const isStale = record.state === 'stale';
	// The outcomes are bounded, the domain is not forgotten.
	if (!isStale && record.incarnation >= incarnation) return {state: 'promoted', committedEpoch: 0, incarnation: record.incarnation};
	const isThere = !isStale && driverFor(record.definition.kind).isAlive(record.handle);
	return {state: isThere ? 'source' : 'source-gone', committedEpoch: 0, incarnation: record.incarnation};
}

function stateOf(standby: Standby): StandbyState {
	const {phase, committedEpoch, nextIncarnation: incarnation} = standby;
	switch (phase) {
		case 'receiving':
		case 'holding':
			return {state: committedEpoch > 0 ? 'holding' : 'receiving', committedEpoch, incarnation};
		case 'promoting':
		case 'promoted':
		case 'lost':
			return {state: 'promoted', committedEpoch, incarnation};
		case 'removed':
			return {state: 'unknown', committedEpoch: 0, incarnation: 0};
	}
}

/** What the source's host says of the guest. `silent`: it does not answer; `says`: in words, what was heard instead. */
export type SourceAnswer = {readonly kind: 'there' | 'gone' | 'silent'; readonly says: string};

/** Asks the host that the guest is protected on whether the guest is there. Never rejects. */
export async function askSource(services: ReceiverServices, {id, domain, peer, nextIncarnation}: Standby): Promise<SourceAnswer> {
	const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
	try {
		await using client = await connectToHost(services, peer, signal);
		const body = {migrationId: id, incarnation: nextIncarnation, domain};
		const {state, incarnation} = await client.ask('standbyQuery', body, 'standbyState', {signal});
		switch (state) {
			case 'source-gone':
				return {kind: 'gone', says: `${peer} says that its guest is gone`};
			case 'unknown':
				return {kind: 'there', says: `${peer} answers, and does not know where the guest is`};
			default:
				return {kind: 'there', says: `${peer} answers, and has ${domain} (incarnation ${incarnation})`};
		}
	} catch (error) {
		const heard = error instanceof OperationError ? error : undefined;
		// It was reached and could not say: that is no silence.
		if (heard?.code === 'ERR_FILE' || heard?.code === 'ERR_INTERNAL')
			return {kind: 'there', says: `${peer} answers, and cannot say where the guest is`};
		return {kind: 'silent', says: `${peer} does not answer (${error instanceof Error ? error.message : String(error)})`};
	}
}
