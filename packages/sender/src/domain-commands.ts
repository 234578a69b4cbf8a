import {randomUUID} from 'node:crypto';
import {driverFor, isProcessStopped} from '@sterna/domain';
import {DomainLock, domainInfo, hostError, parseDefinition, type DomainRecord} from '@sterna/host';
import type {CheckReply, DomainCommand, DomainCreateRequest, DomainInfo, DomainListReply} from '@sterna/protocol/control';
import {inUse} from './open-source.ts';
import type {SenderServices} from './services.ts';

/** Every domain of this host, or the one named. Rejects ERR_DOMAIN_UNKNOWN for a name that is none. */
export async function listDomains(services: SenderServices, name: string): Promise<DomainListReply> {
	const {registry, config} = services;
	if (name !== '') return {domains: [domainInfo(await registry.need(name))], host: config.hostName};
	const {records, corrupt} = await registry.list();
	return {
		host: config.hostName,
		domains: [...records.map(record => domainInfo(record)), ...corrupt.map(({domain, error}) => unreadable(domain, error.message))],
	};
}

/** Starts a new guest on this host. Rejects ERR_USAGE for a definition that is wrong, ERR_DOMAIN_EXISTS, ERR_MEMORY_INSUFFICIENT. */
export async function createDomain(services: SenderServices, {definitionJson, paused}: DomainCreateRequest): Promise<DomainInfo> {
	const {registry, directories, budget, log} = services;
	const definition = parseDefinition(definitionJson, {side: 'sender', code: 'ERR_USAGE', defaults: {uuid: randomUUID()}});
	const {name} = definition;
	using lock = DomainLock.acquire(directories, name, {side: 'sender', what: 'create'});
	if (await registry.get(name))
		throw hostError('ERR_DOMAIN_EXISTS', `a domain ${name} exists already`, {side: 'sender', next: 'migrate-ctl domain list'});
	using _memory = await budget.reserve(name, definition.memoryBytes);
	const place = directories.guestPlace(name);
	const driver = driverFor(definition.kind);
	const handle = await driver.create(definition, place, {paused});
	let record: DomainRecord;
	try {
		record = {
			version: 1,
			definition: await driver.describe(definition, handle, place),
			handle,
			state: paused ? 'paused' : 'running',
			incarnation: 0,
			createdAt: new Date().toISOString(),
		};
		await registry.put(record, lock);
	} catch (error) {
		await driver.remove(handle, place); // A guest without a record would be nobody's.
		throw error;
	}

	log.info({domain: name, definition}, 'domain created');
	return domainInfo(record);
}

/** `show`, `pause`, `resume`, `destroy` and `check` of one domain. */
export async function commandDomain(
	services: SenderServices,
	{name, action}: DomainCommand,
): Promise<{info: DomainInfo} | {check: CheckReply}> {
	const {registry, directories, log} = services;
	const record = await registry.need(name);
	const driver = driverFor(record.definition.kind);
	const place = directories.guestPlace(name);
	if (action === 'show' || action === 'check') {
		// One that a signal has stopped answers nothing, and need not: a copy that is out of date, or one that waits for its lease.
		const isStopped = record.handle.kind === 'process' && isProcessStopped(record.handle);
		if (!driver.isAlive(record.handle) || (isStopped && record.protection !== undefined)) {
			if (action === 'check') assertAnswers(record);
			return {info: domainInfo(record)};
		}

		await using guest = await driver.manage(record.definition, record.handle, place);
		if (action === 'show') return {info: domainInfo(record, await guest.show())};
		const {pagesChecked, badPages, firstBad} = await guest.check();
		return {check: {pagesChecked, badPages, firstBad: firstBad ?? ''}};
	}

	if (record.protection !== undefined && !(record.state === 'stale' && action === 'destroy')) throw inUse(record);
	using lock = DomainLock.acquire(directories, name, {side: 'sender', what: action});
	const current = await registry.need(name);
	if (action === 'destroy') {
		if (current.state === 'undecided' || current.state === 'outgoing' || current.state === 'incoming') {
			throw hostError('ERR_DOMAIN_STATE', `${name} is ${current.state}: it is not decided yet whose guest it is`, {
				side: 'sender',
				next: 'migrate-ctl status',
			});
		}

		await driver.remove(current.handle, place);
		await registry.remove(name, lock);
		log.info({domain: name}, 'domain destroyed');
		return {info: domainInfo(current)};
	}

	if (current.state !== 'running' && current.state !== 'paused') {
		throw hostError('ERR_DOMAIN_STATE', `${name} is ${current.state}: it cannot be ${action}d`, {
			side: 'sender',
			next: 'migrate-ctl domain list',
		});
	}

	await using guest = await driver.manage(current.definition, current.handle, place);
	await (action === 'pause' ? guest.pause() : guest.resume());
	const changed: DomainRecord = {...current, state: action === 'pause' ? 'paused' : 'running'};
	await registry.put(changed, lock);
	return {info: domainInfo(changed, await guest.show())};
}

/** Throws for a guest that nothing can be asked: ERR_DOMAIN_STATE where it is stopped. */
function assertAnswers({definition: {name}, protection, state}: DomainRecord): void {
	if (protection === undefined) return;
	throw hostError('ERR_DOMAIN_STATE', `${name} is ${state} and stands still: it checks nothing now`, {
		side: 'sender',
		next: `migrate-ctl status ${name}`,
	});
}

/** A domain whose record cannot be read is shown all the same: its guest may well run. */
function unreadable(name: string, error: string): DomainInfo {
	return {name, uuid: '', kind: 'unknown', state: 'crashed', memoryBytes: 0, pid: 0, incarnation: 0, detailJson: JSON.stringify({error})};
}
