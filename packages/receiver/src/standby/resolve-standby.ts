import {driverFor} from '@sterna/domain';
import {DomainLock, type DomainRecord, hostError} from '@sterna/host';
import type {StandbyPhase} from '@sterna/protocol';
import type {ResolveReply, ResolveRequest} from '@sterna/protocol/control';
import type {ReceiverServices} from '../services.ts';
import {CheckpointFile} from './checkpoint-file.ts';

const STEPS: Readonly<Record<StandbyPhase, ResolveReply['step']>> = {
	receiving: 'receiving',
	holding: 'ready',
	promoting: 'running',
	promoted: 'running',
	lost: 'lost',
	removed: 'declined',
};

/**
 * What this host knows of a standby of its, or of a guest that was to go on from one and is gone. `destroy-here` gives it up. Rejects ERR_DOMAIN_STATE for `run-here`: that is what `failover` is for, which asks
 * the source first; ERR_STALE for a guest that runs here.
 */
export async function resolveStandby(services: ReceiverServices, record: DomainRecord, {force}: ResolveRequest): Promise<ResolveReply> {
	const {definition, protection} = record;
	const domain = definition.name;
	const peer = protection?.peer ?? '';
	if (force === 'run-here')
		throw hostError('ERR_DOMAIN_STATE', `the standby of ${domain} is not forced to run`, {
			side: 'receiver',
			next: `migrate-ctl failover ${domain}`,
		});
	const standby = services.standbys.find(domain);
	const phase = standby?.phase ?? 'lost';
	if (force === 'destroy-here') {
		if (standby === undefined) await removeLost(services, record);
		else
			await standby.end(
				hostError('ERR_ABORTED_BY_OPERATOR', `the operator of ${services.config.hostName} gave the standby up`, {side: 'receiver'}),
			);
	}

	return {
		domain,
		role: 'target',
		step: force === '' ? STEPS[phase] : '',
		peer,
		peerSays: '',
		runsOn: phase === 'lost' && force === '' ? '' : peer,
		done: force === '' ? '' : `nothing of the standby is left on ${services.config.hostName}`,
		choices: force === '' ? [choiceOf(phase, services.config.hostName, peer)] : [],
	};
}

/** With the meaning of it. */
function choiceOf(phase: StandbyPhase, here: string, peer: string): string {
	if (phase === 'lost')
		return `--force destroy-here: says that the guest took no step on ${here} before it was gone; ${peer} may run it again. Should it have taken some, what it did is forgotten, and may be done again.`;
	return `--force destroy-here: removes the standby from ${here}. Safe while the guest runs on ${peer}; where that host is lost, so is the guest.`;
}

/** A guest that was to go on from its standby here when the daemon ended, and was gone when the next one came. */
async function removeLost({directories, registry}: ReceiverServices, {definition, handle}: DomainRecord): Promise<void> {
	const {name, kind} = definition;
	using lock = DomainLock.acquire(directories, name, {side: 'receiver', what: 'resolve'});
	const place = directories.guestPlace(name);
	await driverFor(kind).remove(handle, place);
	new CheckpointFile(place).remove();
	await registry.remove(name, lock, 'standby.journal-removed');
}
