import {driverFor, type GuestFacts} from '@sterna/domain';
import type {DomainInfo} from '@sterna/protocol/control';
import type {DomainRecord} from './domain-record.ts';

/** What `domain list` and `domain show` say of a domain: its record, whether its guest is still there, and with `facts` what the guest says of itself. */
export function domainInfo(record: DomainRecord, facts?: GuestFacts): DomainInfo {
	const {definition, handle, incarnation} = record;
	return {
		name: definition.name,
		uuid: definition.uuid,
		kind: definition.kind,
		state: shownState(record, facts),
		memoryBytes: definition.memoryBytes,
		pid: handle.kind === 'process' ? handle.pid : 0,
		incarnation,
		detailJson: JSON.stringify(facts?.detail ?? {}),
	};
}

function shownState(record: DomainRecord, facts: GuestFacts | undefined): DomainInfo['state'] {
	if (!driverFor(record.definition.kind).isAlive(record.handle) || facts?.state === 'crashed') return 'crashed';
	return record.state === 'outgoing' ? 'migrating' : record.state;
}
