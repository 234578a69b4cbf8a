import {randomUUID} from 'node:crypto';
import {isAbsolute} from 'node:path';
import {type Adopted, type AdoptRequest, driverFor, NotAdoptableError} from '@sterna/domain';
import {domainInfo, DomainLock, type DomainRecord, hostError} from '@sterna/host';
import {OperationError} from '@sterna/protocol';
import type {DomainAdoptReply, DomainAdoptRequest} from '@sterna/protocol/control';
import type {SenderServices} from './services.ts';

/** Reasons that a fault has room for beside its message; the rest are counted. */
const MAX_REASONS = 14;

/**
 * Takes a QEMU guest under management that somebody else has started, or says with `dryRun` how that would be. The guest is not touched. Rejects
 * ERR_NOT_SUPPORTED with everything that keeps it from being migrated as causes, ERR_DOMAIN_EXISTS for a name or a guest that is managed already,
 * ERR_DOMAIN_BUSY while another client has its monitor, ERR_GUEST_EXITED where none listens.
 */
export async function adoptDomain(services: SenderServices, request: DomainAdoptRequest): Promise<DomainAdoptReply> {
	const {directories, registry, log} = services;
	if (!isAbsolute(request.qmp)) throw hostError('ERR_USAGE', `${request.qmp} is not an absolute path`, {side: 'sender'});
	const adopted = await lookAt(services, {
		name: request.name === '' ? undefined : request.name,
		uuid: randomUUID(),
		monitorSocket: request.qmp,
		networks: Object.fromEntries(request.networks.map(({netdev, network}) => [netdev, network])),
		disks: Object.fromEntries(request.disks.map(({drive, sharing}) => [drive, sharing])),
	});
	const {definition, handle, paused, notes, command} = adopted;
	const {name} = definition;
	using lock = DomainLock.acquire(directories, name, {side: 'sender', what: 'adopt'});
	await assertNobodys(services, adopted);
	const record: DomainRecord = {
		version: 1,
		definition,
		handle,
		state: paused ? 'paused' : 'running',
		incarnation: 0,
		createdAt: new Date().toISOString(),
	};
	if (!request.dryRun) {
		await registry.put(record, lock);
		log.info({domain: name, definition, notes}, 'domain adopted');
	}

	return {domain: domainInfo(record), notes, command};
}

async function lookAt({directories}: SenderServices, request: AdoptRequest): Promise<Adopted> {
	const driver = driverFor('qemu');
	if (driver.adopt === undefined) throw new TypeError('QEMU guests can be adopted');
	try {
		return await driver.adopt(request, name => directories.placeOf(name));
	} catch (error) {
		if (!(error instanceof NotAdoptableError)) throw error;
		const {obstacles} = error;
		const more = obstacles.length > MAX_REASONS ? [`and ${obstacles.length - MAX_REASONS} more`] : [];
		throw new OperationError({
			code: error.code,
			message: error.summary,
			side: 'sender',
			phase: 'request',
			runsOn: {kind: 'unknown'},
			next: undefined,
			causes: [...obstacles.slice(0, MAX_REASONS), ...more],
		});
	}
}

/** Two records of one guest would be two owners of it. */
async function assertNobodys({registry}: SenderServices, {definition: {name, uuid}, handle}: Adopted): Promise<void> {
	const {records} = await registry.list();
	const same = records.find(
		({definition, handle: other}) =>
			definition.name === name ||
			definition.uuid === uuid ||
			(handle.kind === 'process' && other.kind === 'process' && other.pid === handle.pid && other.startTicks === handle.startTicks),
	);
	if (same === undefined) return;
	const message =
		same.definition.name === name ? `a domain ${name} exists already` : `this guest is the domain ${same.definition.name} already`;
	throw hostError('ERR_DOMAIN_EXISTS', message, {side: 'sender', next: 'migrate-ctl domain list'});
}
