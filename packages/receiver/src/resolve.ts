import {type DomainRecord, hostError} from '@sterna/host';
import type {ResolveReply, ResolveRequest} from '@sterna/protocol/control';
import type {Arrival} from './arrivals.ts';
import {recoverRecord} from './recovery.ts';
import type {ReceiverServices} from './services.ts';
import {resolveStandby} from './standby/resolve-standby.ts';

/**
 * What this host knows of a handover that it is the target of. Its source asks by itself as soon as it is there, so nothing is done about one that waits, unless a person
 * decides by `force`. Rejects ERR_DOMAIN_UNKNOWN, ERR_MIGRATION_UNKNOWN where this host is the source, ERR_DOMAIN_STATE where there is nothing to force.
 */
export async function resolveArrival(services: ReceiverServices, {domain, force}: ResolveRequest): Promise<ResolveReply> {
	const {registry, arrivals, config} = services;
	const record = await registry.need(domain);
	if (record.protection?.role === 'standby') return resolveStandby(services, record, {domain, force});
	if (record.migration === undefined) {
		if (force !== '') throw cannotForce(domain, 'no handover of it is under way');
		return {domain, role: '', step: '', peer: '', peerSays: '', runsOn: config.hostName, done: '', choices: []};
	}

	if (record.migration.role === 'source') {
		throw hostError('ERR_MIGRATION_UNKNOWN', `${domain} leaves this host: the sender knows of it`, {side: 'receiver'});
	}

	let arrival = arrivals.underWay(domain);
	let done = '';
	if (arrival === undefined) {
		// Its end could not be written: what a restarted daemon would do is done.
		arrival = await recoverRecord(services, record);
		done = `an arrival that nobody worked on (${record.migration.step}) was taken up`;
	}

	if (force !== '' && arrival !== undefined) done = await decide(arrival, force);
	const {peer} = record.migration;
	const left = await registry.get(domain);
	return {
		domain,
		role: 'target',
		step: left?.migration === undefined ? '' : (arrival?.state ?? left.migration.step),
		peer,
		peerSays: '',
		runsOn: placeOf(left, config.hostName, peer),
		done,
		choices: left?.migration === undefined ? [] : choicesOf(arrival?.state, {here: config.hostName, peer}),
	};
}

async function decide(arrival: Arrival, force: 'run-here' | 'destroy-here'): Promise<string> {
	const {state, domain} = arrival;
	if (state === 'receiving')
		throw cannotForce(domain, 'half a guest is here, and its migration is under way', `migrate-ctl abort ${domain}`);
	if (force === 'run-here') {
		if (state === 'lost') throw cannotForce(domain, 'the guest is gone from here');
		const end = await arrival.go();
		return end === 'running' ? 'the guest runs here' : 'the guest could not be resumed here, and was declined';
	}

	await arrival.giveUp(hostError('ERR_ABORTED_BY_OPERATOR', 'the operator of the target gave it up', {side: 'receiver'}));
	return 'what was here of the guest is gone, and will never run here';
}

function placeOf(record: DomainRecord | undefined, here: string, peer: string): string {
	if (record === undefined) return peer;
	return record.migration === undefined ? here : '';
}

/** What a person may decide, with what it means. */
function choicesOf(state: Arrival['state'] | undefined, {here, peer}: {readonly here: string; readonly peer: string}): string[] {
	if (state === 'ready') {
		return [
			`--force run-here: runs the copy on ${here}. Should ${peer} run the guest again, it goes on twice, and what it did there since is not in this copy.`,
			`--force destroy-here: destroys the copy on ${here}, for good; ${peer} runs the guest when it asks. Safe, unless ${peer} is lost with its copy.`,
		];
	}

	if (state === 'lost') {
		return [
			`--force destroy-here: says that the guest took no step on ${here} before it was gone; ${peer} runs it when it asks. Should it have taken some, what it did is forgotten, and may be done again.`,
		];
	}

	return [];
}

function cannotForce(domain: string, because: string, next = `migrate-ctl domain show ${domain}`): Error {
	return hostError('ERR_DOMAIN_STATE', `there is nothing to force about ${domain}: ${because}`, {side: 'receiver', next});
}
