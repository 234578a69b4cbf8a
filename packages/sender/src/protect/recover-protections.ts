import {DomainLock, type DomainRecord} from '@sterna/host';
import type {SenderServices} from '../services.ts';
import {stopGuest} from './guest-control.ts';
import {ProtectionJournal, type SourceProtection} from './protection-journal.ts';
import {newProtectedGuest, planOf} from './start-protection.ts';

/**
 * Takes up the protections that an earlier daemon left. Each goes on in the background: whether a guest may run is for its lease, its standby or a person to say, and none of them may be
 * there. A copy that is out of date is kept from running.
 */
export async function recoverProtections(services: SenderServices): Promise<void> {
	const {registry, log} = services;
	const {records} = await registry.list();
	for (const record of records) {
		const {protection, definition} = record;
		if (protection?.role !== 'source') continue;
		try {
			await takeUp(services, record, protection);
		} catch (error) {
			log.error(
				{error, domain: definition.name},
				'a protection that an earlier daemon began cannot be gone on with: its record is left as it is',
			);
		}
	}
}

async function takeUp(services: SenderServices, record: DomainRecord, protection: SourceProtection): Promise<void> {
	const {directories, protections, log} = services;
	const {name} = record.definition;
	const {step, id, peer} = protection;
	if (step === 'stale') {
		await stopGuest(services, record, 'signal');
		log.error({domain: name, protection: id, peer}, `${name} runs on ${peer}: the copy here is out of date, and never runs`);
		return;
	}

	const lock = DomainLock.acquire(directories, name, {side: 'sender', what: `protection ${id} on ${peer}`});
	try {
		const journal = ProtectionJournal.resume(services, lock, record, protection);
		const {request} = journal;
		if (request === undefined) throw new TypeError('what was asked for cannot be read');
		const {settings} = planOf(services, {...request, host: peer});
		log.warn({domain: name, protection: id, peer, step}, 'a protection goes on that an earlier daemon began');
		// The file of a tee has the stream of one link.
		const plan = {request: {...request, tee: ''}, settings: {...settings}};
		const guest = newProtectedGuest(services, {plan, journal, tee: undefined, found: step});
		protections.add(guest, guest.run({isRestarted: true}));
	} catch (error) {
		lock[Symbol.dispose]();
		throw error;
	}
}
