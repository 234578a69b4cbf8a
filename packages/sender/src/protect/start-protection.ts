import {randomUUID} from 'node:crypto';
import path from 'node:path';
import {type DomainRecord, hostError, type RemoteHost} from '@sterna/host';
import type {ProtectRequest} from '@sterna/protocol/control';
import {openSource, takeDomain} from '../open-source.ts';
import {needHost} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {Tee} from '../tee.ts';
import {FlightRecorder} from './flight-recorder.ts';
import {LeaseGuard} from './lease-guard.ts';
import {assertStagingFits, protectSettings, type ProtectPlan} from './protect-settings.ts';
import {ProtectedGuest, type ProtectedGuestDependencies} from './protected-guest.ts';
import {Protection} from './protection.ts';
import {ProtectionJournal} from './protection-journal.ts';

/** What was asked for, checked against the configuration. Throws ERR_HOST_UNKNOWN, ERR_USAGE. */
export function planOf(services: SenderServices, request: ProtectRequest): ProtectPlan & {readonly peer: RemoteHost} {
	const {config} = services;
	if (request.host === config.hostName) {
		throw hostError('ERR_HOST_UNKNOWN', `${request.host} is this host: a standby beside its guest would be lost with it`, {
			side: 'sender',
			next: 'migrate-ctl hosts',
		});
	}

	return {request, settings: protectSettings(config, request), peer: needHost(services, request.host)};
}

/**
 * Begins to protect a guest that has no standby; it goes on by itself. Rejects for what is wrong with the request, ERR_LEASE_HELD and ERR_LEASE_STORE: the guest runs on as it was then.
 */
export async function startProtection(services: SenderServices, request: ProtectRequest): Promise<Protection> {
	const {config, leases, log} = services;
	const {settings, peer} = planOf(services, request);
	assertStagingFits(config, settings, services.protections.stagingBytes);
	const id = randomUUID();
	const {lock, record} = await takeDomain(services, request.domain, `protection ${id} on ${peer.name}`);
	await using undo = new AsyncDisposableStack();
	undo.use(lock);
	const {holdsOutput} = await assertProtectable(services, record, request);
	const tee = request.tee === '' ? undefined : undo.use(Tee.create(request.tee));
	const journal = await ProtectionJournal.begin(services, lock, record, {
		id,
		peer: peer.name,
		request,
		leaseStore: leases.kind,
		holdsOutput,
	});
	undo.defer(() => journal.ended());
	const guest = newProtectedGuest(services, {plan: {request, settings}, journal, tee});
	undo.defer(async () => {
		guest.protection.letGo();
		await guest.releaseLease();
	});
	await guest.takeLease(
		AbortSignal.any([services.stopping, AbortSignal.timeout(config.lease.store === 'etcd' ? config.lease.ttlMs : 1000)]),
	);
	undo.move();
	log.info({domain: request.domain, protection: id, peer: peer.name, settings}, 'protection begins');
	services.protections.add(guest, guest.run({isRestarted: false}));
	return guest.protection;
}

export type Begun = {
	readonly plan: ProtectPlan;
	readonly journal: ProtectionJournal;
	readonly tee: Tee | undefined;
	/** Of a protection that an earlier daemon began: the state in its journal. */
	readonly found?: 'protecting' | 'stopped' | 'alone' | 'handing-over' | 'gone';
};

/** The parts of a protected guest, of a protection that is in the journal. */
export function newProtectedGuest(services: SenderServices, {plan, journal, tee, found}: Begun): ProtectedGuest {
	const {config, directories, leases} = services;
	const {id, peer} = journal.protection;
	const {name} = journal.record.definition;
	const log = services.log.child({protection: id, domain: name, peer});
	const recorder = new FlightRecorder({directory: path.join(directories.state, 'protections'), id});
	const protection = new Protection({id, domain: name, leaseStore: leases.kind, recorder, log}, {peer, incarnation: journal.incarnation});
	const dependencies: ProtectedGuestDependencies = {
		services,
		journal,
		protection,
		leases:
			config.lease.store === 'manual'
				? undefined
				: {store: leases, ttlMs: config.lease.ttlMs, guard: new LeaseGuard(services, journal, log)},
		tee,
		log,
	};
	return new ProtectedGuest(dependencies, plan, {state: found ?? 'protecting', takesUp: found !== undefined});
}

/** Throws ERR_DOMAIN_STATE, ERR_NOT_SUPPORTED with what keeps a standby of this guest from being kept. */
async function assertProtectable(
	services: SenderServices,
	record: DomainRecord,
	{unsafeOutput}: ProtectRequest,
): Promise<{readonly holdsOutput: boolean}> {
	const {name, kind} = record.definition;
	const refuse = (message: string, next?: string): Error =>
		hostError('ERR_NOT_SUPPORTED', message, {side: 'sender', ...(next === undefined ? {} : {next})});
	if (record.state === 'image') throw refuse(`${name} is an image: it does not run, and needs no standby`, `migrate-ctl save ${name} FILE`);
	if (record.state !== 'running') {
		throw hostError('ERR_DOMAIN_STATE', `${name} is ${record.state}: a standby is kept of a guest that runs`, {
			side: 'sender',
			next: `migrate-ctl domain resume ${name}`,
		});
	}

	await using source = await openSource(services, record);
	const {checkpoints} = source;
	if (checkpoints === undefined) throw refuse(`no standby can be kept of ${name}: guests of kind ${kind} have no checkpoints`);
	const [obstacle, ...others] = checkpoints.obstacles;
	if (obstacle !== undefined) throw refuse(`no standby of ${name} can be kept in step: ${[obstacle, ...others].join('; ')}`);
	if (checkpoints.gate === undefined && !unsafeOutput) {
		throw refuse(
			`what ${name} says to the world cannot be held until its standby knows of it`,
			`migrate-ctl protect ${name} HOST --unsafe-output # if a failover may make the guest forget what it said`,
		);
	}

	return {holdsOutput: checkpoints.gate !== undefined};
}
