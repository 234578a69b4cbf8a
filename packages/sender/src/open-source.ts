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
	await registry.need(name);
	const lock = DomainLock.acquire(directories, name, {side: 'sender', what});
	try {
		const record = await registry.need(name); // Again: it may have changed before the lock was ours.
		if (!AT_REST.has(record.state)) {
			throw hostError('ERR_DOMAIN_STATE', `${name} is ${record.state}`, {side: 'sender', next: 'migrate-ctl status'});
		}

		return {lock, record};
	} catch (error) {
		lock[Symbol.dispose]();
		throw error;
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
