import {setTimeout as sleep} from 'node:timers/promises';
import {DomainLock, type DomainRecord, hostError} from '@sterna/host';
import type {ResolveReply, ResolveRequest} from '@sterna/protocol/control';
import {DomainJournal} from './domain-journal.ts';
import type {SenderServices} from './services.ts';
import {settleAttempt} from './undecided.ts';
import type {Question} from './verdicts.ts';

/** How long a handover that was decided is given to be carried out. */
const SETTLE_MS = 10_000;
const POLL_MS = 50;

type SourceProtection = Extract<NonNullable<DomainRecord['protection']>, {role: 'source'}>;
type SourceMigration = Extract<NonNullable<DomainRecord['migration']>, {role: 'source'}>;

/**
 * What this host knows of a handover that it is the source of, what the receiver says when it is asked now, and what came of that. With `force` a person decides.
 * Rejects ERR_DOMAIN_UNKNOWN, ERR_MIGRATION_UNKNOWN where this host is the target or has a standby, ERR_DOMAIN_STATE where there is nothing to force, ERR_DOMAIN_BUSY.
 */
export async function resolveHandover(services: SenderServices, {domain, force}: ResolveRequest): Promise<ResolveReply> {
	const {registry, operations, verdicts, config} = services;
	const record = await registry.need(domain);
	const {migration, protection} = record;
	if (protection?.role === 'standby')
		throw hostError('ERR_MIGRATION_UNKNOWN', `${domain} is a standby here: the receiver knows of it`, {side: 'sender'});
	if (protection !== undefined && isUndecided(record)) return resolveFailover(services, {domain, force, protection});
	if (migration === undefined) {
		if (force !== '') throw cannotForce(domain, 'no handover of it is under way');
		return {domain, role: '', step: '', peer: '', peerSays: '', runsOn: config.hostName, done: '', choices: []};
	}

	if (migration.role === 'target') {
		throw hostError('ERR_MIGRATION_UNKNOWN', `${domain} comes in here: the receiver knows of it`, {side: 'sender'});
	}

	const question = verdicts.find(migration.id);
	if (question !== undefined) return decide(services, {domain, force, peer: migration.peer, question});
	if (operations.running.some(({id}) => id === migration.id)) {
		if (force !== '') throw cannotForce(domain, 'its migration is under way', `migrate-ctl abort ${domain}`);
		const {peer, step} = migration;
		return {domain, role: 'source', step, peer, peerSays: '', runsOn: config.hostName, done: '', choices: []};
	}

	return takeUp(services, {domain, migration});
}

/** A planned failover whose standby was told to run the guest: what settles a migration settles it, too. */
async function resolveFailover(
	services: SenderServices,
	{domain, force, protection}: {domain: string; force: ResolveRequest['force']; protection: SourceProtection},
): Promise<ResolveReply> {
	const {id, peer} = protection;
	const question = services.verdicts.find(id);
	if (question !== undefined) return decide(services, {domain, force, peer, question});
	if (force !== '') throw cannotForce(domain, `${peer} is being told to run it`, `migrate-ctl status ${domain}`);
	return {domain, role: 'source', step: 'undecided', peer, peerSays: '', runsOn: '', done: '', choices: []};
}

/** The receiver was told to run the guest and has not answered: it is asked now, or not any more. */
async function decide(
	services: SenderServices,
	{domain, force, peer, question}: {domain: string; force: ResolveRequest['force']; peer: string; question: Question},
): Promise<ResolveReply> {
	let peerSays: string | undefined;
	if (force === '') peerSays = await question.hurry();
	else question.give(force === 'run-here' ? 'kept' : 'running');
	const isDecided = force !== '' || peerSays === 'running' || peerSays === 'declined';
	const record = isDecided ? await settled(services, domain) : await services.registry.get(domain);
	const step = record === undefined || !isUndecided(record) ? '' : (record.migration?.step ?? 'undecided');
	const isElsewhere = record === undefined || record.state === 'stale';
	const runsHere = !isElsewhere && step === '';
	return {
		domain,
		role: 'source',
		step,
		peer,
		peerSays: (peerSays ?? '') as ResolveReply['peerSays'],
		runsOn: runsHere ? services.config.hostName : isElsewhere ? peer : '',
		done: !isDecided ? '' : runsHere ? 'the guest runs on here' : record === undefined ? 'what was left of the guest here is gone' : '',
		choices: isDecided
			? []
			: [
					`--force run-here: runs the copy on ${services.config.hostName}. Should ${peer} have run the guest, it goes on twice, and what it did there since is not in this copy.`,
					`--force destroy-here: destroys the copy on ${services.config.hostName}. Should ${peer} not run the guest, it is lost.`,
				],
	};
}

/** An attempt that nobody works on, as its end could not be written: what a restarted daemon would do is done. */
async function takeUp(
	services: SenderServices,
	{domain, migration}: {readonly domain: string; readonly migration: SourceMigration},
): Promise<ResolveReply> {
	const {directories, registry, config} = services;
	const lock = DomainLock.acquire(directories, domain, {side: 'sender', what: `resolve of ${migration.id}`});
	// It may have gone on between the look and the lock.
	const journal = DomainJournal.resume(services, lock, await registry.need(domain), migration);
	const {id: migrationId, peer, step: state} = migration;
	const settling = settleAttempt(services, journal, {migrationId, peer, state, goesOn: () => false}).finally(() => {
		journal[Symbol.dispose]();
	});
	settling.catch((error: unknown) => {
		services.log.error({error, domain}, 'an attempt that was left could not be settled');
	});
	await Promise.race([settling, sleep(SETTLE_MS)]);
	const record = await registry.get(domain);
	const runsHere = record !== undefined && record.migration === undefined;
	return {
		domain,
		role: 'source',
		step: record?.migration?.step ?? '',
		peer,
		peerSays: '',
		runsOn: runsHere ? config.hostName : record === undefined ? peer : '',
		done: `an attempt that nobody worked on (${state}) was taken up`,
		choices: [],
	};
}

/** The record when its handover is over, or after a while. Undefined when the domain is gone from here. */
async function settled({registry}: SenderServices, domain: string): Promise<DomainRecord | undefined> {
	const deadline = performance.now() + SETTLE_MS;
	for (;;) {
		const record = await registry.get(domain);
		if (record === undefined || !isUndecided(record) || performance.now() > deadline) return record;
		await sleep(POLL_MS);
	}
}

/** Whether a handover of it is not over: of a migration, or of a planned failover. */
function isUndecided({migration, protection}: DomainRecord): boolean {
	return migration !== undefined || (protection?.role === 'source' && protection.step === 'handing-over');
}

function cannotForce(domain: string, because: string, next = `migrate-ctl domain show ${domain}`): Error {
	return hostError('ERR_DOMAIN_STATE', `there is nothing to force about ${domain}: ${because}`, {side: 'sender', next});
}
