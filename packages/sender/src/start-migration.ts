import {randomUUID} from 'node:crypto';
import {hostError, operationError, toOperationError, type RemoteHost} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {StartRequest} from '@sterna/protocol/control';
import {openPageChecker, openRemoteDisk} from '@sterna/transport';
import type {SourceDomain} from '@sterna/domain';
import {askBeforeGo} from './before-go.ts';
import {chooseCompression} from './choose-compression.ts';
import {DomainJournal} from './domain-journal.ts';
import {migrateOut} from './migrate-out.ts';
import {Migration, type MigrationEnd} from './migration.ts';
import {noting} from './noting.ts';
import {heartbeatOf, openChannels} from './open-channels.ts';
import {limitsOf, MigrationLimits} from './migration-limits.ts';
import {openSource, takeDomain} from './open-source.ts';
import {connectReceiver, dataSecurity, needHost, queryOutcome} from './peers.ts';
import {migrationBegins} from './recording/begin-facts.ts';
import {ReceiverSession} from './receiver-session.ts';
import type {SenderServices} from './services.ts';
import {sizeOf} from './size-of.ts';
import {Tee} from './tee.ts';
import {transferSettings, type TransferSettings} from './transfer-settings.ts';
import {settleAttempt} from './undecided.ts';
import {policyModules} from './user-policy/modules.ts';

/** How long a migration waits for a receiver that was told to run the guest and fell silent, before it is reported as undecided. */
const UNDECIDED_PATIENCE_MS = 10_000;

/** A receiver keeps what it has for longer than the source tries to come back: it notices a loss at another time. */
const HOLD_MARGIN_MS = 15_000;

/** Begins a migration; it goes on by itself. Rejects for what is wrong with the request: nothing was touched then. */
export async function startMigration(services: SenderServices, request: StartRequest): Promise<Migration> {
	const {config} = services;
	if (request.host === config.hostName) {
		throw hostError('ERR_HOST_UNKNOWN', `${request.host} is this host: the guest is there already`, {
			side: 'sender',
			next: 'migrate-ctl hosts',
		});
	}

	const peer = needHost(services, request.host);
	const settings = transferSettings(config, request);
	const limits = new MigrationLimits(limitsOf(config, request.limits), settings, services.bandwidth, policyModules(config));
	const migration = new Migration({id: randomUUID(), domain: request.domain, direction: 'outgoing', peer: peer.name, limits});
	const {lock, record} = await takeDomain(services, request.domain, `migration ${migration.id} to ${peer.name}`);
	let tee: Tee | undefined;
	let journal: DomainJournal;
	try {
		tee = request.tee === '' ? undefined : Tee.create(request.tee);
		journal = await DomainJournal.begin(services, lock, record, {
			migrationId: migration.id,
			peer: peer.name,
			requestJson: settings.reconnectMs === 0 ? undefined : JSON.stringify(request),
		});
	} catch (error) {
		tee?.[Symbol.dispose]();
		lock[Symbol.dispose]();
		throw error;
	}

	launch(services, {request, settings, limits, peer, journal, migration, tee, takesUp: false});
	return migration;
}

/**
 * Goes on with a migration that an earlier daemon of this host began, whose guest runs here: its receiver may still have what it had. Owns the
 * journal. Throws where what was asked for is nothing that this daemon can do; the journal is the caller's then.
 */
export function takeUpMigration(services: SenderServices, journal: DomainJournal, request: StartRequest): Migration {
	const peer = needHost(services, request.host);
	const settings = transferSettings(services.config, request);
	const {config} = services;
	const limits = new MigrationLimits(limitsOf(config, request.limits), settings, services.bandwidth, policyModules(config));
	const {migrationId: id} = journal;
	const migration = new Migration({id, domain: request.domain, direction: 'outgoing', peer: peer.name, limits});
	launch(services, {request, settings, limits, peer, journal, migration, tee: undefined, takesUp: true});
	return migration;
}

function launch(services: SenderServices, run: Run): void {
	const {journal, migration, tee, limits} = run;
	services.recordings.begin(migration, migrationBegins(services, migration, journal, run));
	let settling = false;
	limits.onPolicyFault(fault => {
		migration.recording?.noted(`the built-in policies decide from here on: ${fault}`);
		services.log.error({migration: migration.id, fault}, "the operator's own policy is at fault: the built-in ones decide from here on");
	});
	services.operations.add(migration, {
		host: services.config.hostName,
		run: async () => {
			const end = await runMigration(services, run);
			settling = end.outcome === 'undecided';
			if (settling || end.outcome === 'completed') tee?.keep();
			// Before the end is told: the same command can be typed again then.
			tee?.[Symbol.dispose]();
			return end;
		},
		release: () => {
			limits[Symbol.dispose]();
			tee?.[Symbol.dispose]();
			if (settling) void settleLater(services, journal, migration);
			else void giveBackUnlessRun(run);
		},
	});
}

/** A migration that was aborted while it waited never ran: its journal is closed here. */
async function giveBackUnlessRun({journal, migration, takesUp}: Run): Promise<void> {
	if (migration.phase === 'aborted') await journal.returned({receiverKnows: !takesUp}).catch(() => undefined);
	journal[Symbol.dispose]();
}

type Run = {
	readonly request: StartRequest;
	readonly settings: TransferSettings;
	readonly limits: MigrationLimits;
	readonly peer: RemoteHost;
	readonly journal: DomainJournal;
	readonly migration: Migration;
	readonly tee: Tee | undefined;
	/** An earlier daemon began it. */
	readonly takesUp: boolean;
};

async function runMigration(
	services: SenderServices,
	{request, settings, limits, peer, journal, migration, tee, takesUp}: Run,
): Promise<MigrationEnd> {
	const {config, pool} = services;
	const log = services.log.child({migration: migration.id, domain: migration.domain, peer: peer.name});
	let domain: SourceDomain;
	try {
		domain = await openSource(services, journal.record);
	} catch (error) {
		await noting(log, 'the return of the guest', journal.returned({receiverKnows: !takesUp}));
		const context = {side: 'sender', phase: 'prepare', runsOn: {kind: 'host', host: config.hostName}, domain: migration.domain} as const;
		return {outcome: 'failed', runsOn: config.hostName, error: toOperationError(error, context)};
	}

	await using source = domain;
	const end = await migrateOut(
		{
			domain: source,
			policy: limits.policy.policy,
			journal,
			openSession: async signal => {
				const session = new ReceiverSession(await connectReceiver(services, peer, signal));
				// Beside what it is opened for: nobody waits for it, and a daemon that cannot tell its time is none the worse.
				session.peerFacts(services.recordings.keeper.clock.nowMs, signal).then(
					facts => migration.recording?.wrote(facts),
					() => undefined,
				);
				return session;
			},
			openChannels: (offer, signal) => {
				const compression = chooseCompression(settings, offer.features);
				const security = dataSecurity(services, peer, offer.features);
				const heartbeat = heartbeatOf(config.peer, request.stream, offer.features);
				const asked = {channels: settings.channels, windowBytes: config.data.windowBytes};
				return openChannels({pool, peer, security, migration, limits, source, tee, compression, heartbeat, ...asked}, offer, signal);
			},
			openDisk: async (node, inner) => {
				const {migrationId, incarnation} = journal;
				return openRemoteDisk(await connectReceiver(services, peer, inner), {migrationId, incarnation, node}, inner);
			},
			openChecker: (memory, pageHashes) => openPageChecker(pool, {memory, pageHashes}),
			queryOutcome: () =>
				queryOutcome(
					services,
					{migrationId: migration.id, peer: peer.name, domain: migration.domain, incarnation: journal.incarnation},
					AbortSignal.any([services.stopping, AbortSignal.timeout(UNDECIDED_PATIENCE_MS)]),
				),
			beforeGo: async signal => {
				const {id: migrationId} = migration;
				await askBeforeGo(
					services,
					{domain: migration.domain, migrationId, peer: peer.name, incarnation: journal.incarnation},
					log,
					signal,
				);
			},
			host: config.hostName,
			log,
		},
		{
			request: {
				migrationId: migration.id,
				incarnation: journal.incarnation,
				definitionJson: JSON.stringify(source.definition),
				stream: request.stream,
				guestType: source.guestType,
				streamVersion: source.streamVersion,
				...sizeOf(source, request.stream),
				paused: request.paused || journal.wasPaused,
				windowBytes: config.data.windowBytes,
				channels: settings.channels,
				holdMs: settings.reconnectMs === 0 ? undefined : settings.reconnectMs + HOLD_MARGIN_MS,
			},
			wasPaused: journal.wasPaused,
			proof: settings.proof,
			takesUp,
			downtimeBudgetMs: () => limits.downtimeBudgetMs,
			reconnectMs: settings.reconnectMs,
		},
		migration,
	);
	if (end.outcome === 'completed') await noting(log, 'that the guest is gone', journal.remove());
	if (end.outcome === 'undecided') await noting(log, 'that it is undecided', journal.undecided());
	return end;
}

/** An undecided migration resolves itself as soon as the two daemons talk again. Holds the domain until then. */
async function settleLater(services: SenderServices, journal: DomainJournal, migration: Migration): Promise<void> {
	const {config, log} = services;
	try {
		const end = await settleAttempt(services, journal, {
			migrationId: migration.id,
			peer: migration.peer,
			state: 'undecided',
			goesOn: () => false,
		});
		if (end === 'handed-over') migration.settle({outcome: 'completed', runsOn: migration.peer});
		if (end === 'given-back') {
			const context = {
				side: 'sender',
				phase: 'handover',
				runsOn: {kind: 'host', host: config.hostName},
				domain: migration.domain,
				peer: migration.peer,
			} as const;
			const error = operationError(
				'ERR_CONNECTION_LOST',
				`the connection was lost at the handover; ${migration.peer} has declined the guest since`,
				context,
			);
			migration.settle({outcome: 'failed', runsOn: config.hostName, error});
		}
	} catch (error) {
		log.error({error, migration: migration.id}, 'an undecided migration could not be settled');
	} finally {
		journal[Symbol.dispose]();
	}
}

export function abortedByOperator(host: string, {domain, peer, phase}: Migration): OperationError {
	return operationError('ERR_ABORTED_BY_OPERATOR', `the operator aborted it on ${host}`, {
		side: 'sender',
		phase: phase === 'queued' || phase === 'prepare' ? 'prepare' : phase === 'precopy' ? 'precopy' : 'stop-and-copy',
		runsOn: {kind: 'host', host},
		domain,
		...(peer === '' ? {} : {peer}),
	});
}
