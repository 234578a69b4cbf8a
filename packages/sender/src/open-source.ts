import {driverFor, type SourceDomain} from '@sterna/domain';
import {DomainLock, hostError, type DomainRecord} from '@sterna/host';
import type {SenderServices} from './services.ts';

/** States of a domain that an operation may begin in. */
const AT_REST: ReadonlySet<DomainRecord['state']> = new Set(['running', 'paused', 'image']);

/** Takes a domain for one operation: its lock, which the caller owns, and its record. Rejects ERR_DOMAIN_UNKNOWN, ERR_DOMAIN_BUSY, ERR_DOMAIN_STATE. */
export async function takeDomain(
	{registry, directories}: SenderServices,
	name: string,
	what: string,
): Promise<{lock: DomainLock; record: DomainRecord}> {
	const found = await registry.need(name);
	// Ahead of the lock, which says less of a standby; of everything else it says who is at work.
	if (found.protection !== undefined) assertAtRest(found);
	const lock = DomainLock.acquire(directories, name, {side: 'sender', what});
	try {
		const record = await registry.need(name); // Again: it may have changed before the lock was ours.
		assertAtRest(record);
		return {lock, record};
	} catch (error) {
		lock[Symbol.dispose]();
		throw error;
	}
}

/** Throws ERR_DOMAIN_STATE for a domain that something is going on with, or that is no guest of this host's own. */
function assertAtRest(record: DomainRecord): void {
	if (AT_REST.has(record.state)) return;
	throw inUse(record);
}

/** What a domain is in use by, and the command that ends that. */
export function inUse({definition: {name}, state, protection}: DomainRecord): Error {
	const refuse = (message: string, next: string): Error => hostError('ERR_DOMAIN_STATE', message, {side: 'sender', next});
	switch (state) {
		case 'protected':
			return refuse(`${name} is protected: it has a standby on ${protection?.peer ?? 'another host'}`, `migrate-ctl unprotect ${name}`);
		case 'standby':
			return refuse(
				`${name} is a standby: it runs on ${protection?.peer ?? 'another host'}`,
				`migrate-ctl failover ${name} # or, on ${protection?.peer ?? 'that host'}: migrate-ctl unprotect ${name}`,
			);
		case 'stale':
			return refuse(
				`${name} runs on ${protection?.peer ?? 'another host'}, which took it over: the copy here is out of date`,
				`migrate-ctl status ${name} # migrate-ctl protect ${name} HOST, on ${protection?.peer ?? 'that host'}, makes it the standby; migrate-ctl domain destroy ${name} removes it`,
			);
		case 'running':
		case 'paused':
		case 'image':
		case 'incoming':
		case 'outgoing':
		case 'undecided':
			return refuse(`${name} is ${state === 'outgoing' ? 'migrating' : state}`, 'migrate-ctl status');
	}
}

/** Opens a domain as a source. Rejects ERR_GUEST_EXITED when its guest is gone. */
export async function openSource({config, directories}: SenderServices, {definition, handle}: DomainRecord): Promise<SourceDomain> {
	const driver = driverFor(definition.kind);
	if (!driver.isAlive(handle)) {
		throw hostError('ERR_GUEST_EXITED', `the guest of ${definition.name} is gone`, {
			side: 'sender',
			next: `migrate-ctl domain destroy ${definition.name}`,
		});
	}

	return driver.openSource(definition, handle, directories.guestPlace(definition.name), {tracker: config.sender.tracker});
}
