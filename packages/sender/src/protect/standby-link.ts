import {setTimeout as pause} from 'node:timers/promises';
import {PageBitmap, type DirtyLog, type GuestEvent, type OutputGate, type ReplicatedDisk, type SourceDomain} from '@sterna/domain';
import {operationError, orAborted, TaskGroup, type FaultContext, type Logger, type RemoteHost} from '@sterna/host';
import type {StandbyReply, StandbyRequest} from '@sterna/protocol/control';
import {type CommittedCheckpoint, openPageChecker, type SendChannels} from '@sterna/transport';
import {chooseCompression} from '../choose-compression.ts';
import {Checkpointer, type LastCheckpoint} from '../engine/checkpoint/checkpointer.ts';
import type {CheckpointLink} from '../engine/checkpoint/checkpoint-link.ts';
import {EpochController} from '../engine/checkpoint/epoch-controller.ts';
import {StagingArena} from '../engine/checkpoint/staging-arena.ts';
import {fillPageTables} from '../engine/fill-page-tables.ts';
import {firstOf} from '../engine/policy.ts';
import {precopy} from '../engine/precopy.ts';
import {SentPages} from '../engine/sent-pages.ts';
import {StatsRecorder} from '../engine/stats.ts';
import {writeHead} from '../engine/stream-frame.ts';
import {BatchWriter} from '../engine/writer.ts';
import {Migration} from '../migration.ts';
import type {MigrationLimits} from '../migration-limits.ts';
import {heartbeatOf, openChannels} from '../open-channels.ts';
import {dataSecurity} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {SourceProof} from '../source-proof.ts';
import type {StandbySession} from '../standby-session.ts';
import type {Tee} from '../tee.ts';
import type {ProtectSettings} from './protect-settings.ts';
import {NO_FIGURES, type Protection, type ProtectionFigures} from './protection.ts';

export type StandbyLinkDependencies = {
	readonly services: SenderServices;
	readonly peer: RemoteHost;
	readonly session: StandbySession;
	readonly source: SourceDomain;
	/** Undefined: what the guest says is not held. */
	readonly gate: OutputGate | undefined;
	readonly disks: readonly ReplicatedDisk[];
	readonly protection: Protection;
	readonly settings: ProtectSettings;
	readonly limits: MigrationLimits;
	/** Has its descriptor still, or there is none. */
	readonly tee: Tee | undefined;
	/** CLOCK_BOOTTIME in nanoseconds from which on nothing is let out; undefined without a lease. */
	readonly untilBootNs: () => bigint | undefined;
	readonly context: () => FaultContext;
	readonly log: Logger;
	/** The standby has its first checkpoint of this link. */
	readonly onInStep: () => void;
};

/** How often it is looked whether what was on its way when the guest ended has been committed, and for how long, in milliseconds. */
const SETTLE_STEP_MS = 5;
const SETTLE_MS = 2000;
const GONE_PATIENCE_MS = 200;

/** An epoch ends early when the guest has written so much to one of its disks: what the standby keeps back for it stays bounded. */
const DISK_LOG_BYTES = 32 * 1024 * 1024;

/** CLOCK_MONOTONIC, which a guest tells its last step by. */
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** One link to a standby: makes or takes it up, brings it in step, and keeps it there, checkpoint after checkpoint, for as long as `run` lasts. */
export class StandbyLink implements AsyncDisposable {
	readonly #dependencies: StandbyLinkDependencies;
	readonly #request: StandbyRequest;
	readonly #resources = new AsyncDisposableStack();
	/** Freed behind the connections that send from them. */
	readonly #arenas = new DisposableStack();
	readonly #inStep = Promise.withResolvers<void>();
	/** Ends what waits for a guest that is gone, and nothing else. */
	readonly #guestGone = new AbortController();
	/** By what ended `run`. */
	readonly #ended = new AbortController();
	readonly #settled = Promise.withResolvers<void>();
	#isSettled = false;
	#checkpointer: Checkpointer | undefined;
	#committed: CommittedCheckpoint | undefined;
	#committedBefore = 0;
	#beganCheckpoints = false;

	constructor(dependencies: StandbyLinkDependencies, request: StandbyRequest) {
		this.#dependencies = dependencies;
		this.#request = request;
	}

	/** Resolves when the standby has its first checkpoint of this link. Never rejects. */
	get inStep(): Promise<void> {
		return this.#inStep.promise;
	}

	/** Something of a checkpoint may be at the standby: it may be one that can take over. */
	get mayBeInStep(): boolean {
		return this.#beganCheckpoints;
	}

	get isInStep(): boolean {
		return this.#committed !== undefined;
	}

	/** The last epoch that the standby is known to have. */
	get committedEpoch(): number {
		return this.#committed?.epoch ?? this.#committedBefore;
	}

	/** Resolves when the guest's process has ended, by none of the guest's own doing, and the standby has committed all that it will have of it. The link is open as before. */
	get guestGone(): Promise<void> {
		return this.#settled.promise;
	}

	/** Whether `guestGone` has resolved. */
	get isGuestGone(): boolean {
		return this.#isSettled;
	}

	/** Keeps the standby in step until something ends it, and rejects with that. A guest that ended by itself is ERR_GUEST_EXITED. */
	async run(signal: AbortSignal): Promise<void> {
		const group = new TaskGroup();
		const stop = (): void => {
			group.abort(signal.reason);
		};
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, {once: true});
		try {
			group.run('guest', inner => this.#watchGuest(inner));
			const proof = this.#newProof();
			const {prepare, ...request} = this.#request;
			const hashKey = proof.sentHashes?.key;
			group.run('standby', inner => this.#dependencies.session.open({...request, prepare: {...prepare, hashKey}}, inner));
			group.run('engine', async inner => {
				try {
					await this.#keepInStep(proof, group, inner);
				} catch (error) {
					if (!this.#guestGone.signal.aborted && !(await this.#isAboutToBeGone(error))) throw error;
					// Before its first checkpoint there is nothing that anybody could go on with.
					if (this.committedEpoch === 0) throw this.#guestGone.signal.reason;
					await this.#settle(inner);
					this.#isSettled = true;
					this.#settled.resolve();
				}
			});
			await group.join();
		} catch (error) {
			this.#ended.abort(error);
			throw error;
		} finally {
			signal.removeEventListener('abort', stop);
		}
	}

	/**
	 * Takes the last checkpoint: the guest stands still behind it, and the standby has it. Only while in step. Rejects as `Checkpointer.last`, and with what ends the link, whose word
	 * would not come any more; the guest goes on then.
	 */
	async last(signal: AbortSignal): Promise<LastCheckpoint> {
		if (this.#checkpointer === undefined) throw new TypeError('the last checkpoint of a standby that is not in step');
		return this.#checkpointer.last(AbortSignal.any([signal, this.#ended.signal]));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#resources.disposeAsync();
		this.#arenas.dispose();
	}

	async #keepInStep(proof: SourceProof, group: TaskGroup, signal: AbortSignal): Promise<void> {
		const {source, session, protection, limits, log} = this.#dependencies;
		const dirtyLog = await source.startDirtyLog();
		this.#resources.use(dirtyLog);
		log.info({tracker: dirtyLog.kind, fallbackBecause: dirtyLog.fallbackBecause}, 'dirty tracking armed');
		group.run('page-tables', stop => fillPageTables(source.memory, stop));
		const all = new PageBitmap(source.memory.pageLimit);
		source.addAllPages(all);
		const prepared = await orAborted(session.prepared, signal);
		const sent = new SentPages(source.memory.pageLimit);
		const due = await this.#due(prepared, {proof, all, sent}, signal);

		const migration = new Migration({id: protection.id, domain: protection.domain, direction: 'outgoing', peer: protection.peer, limits});
		const stats = new StatsRecorder(nowMs(), due.count);
		migration.opened({tracker: dirtyLog.kind, totalPages: all.count, stats});
		migration.proved(proof.kind, () => proof.digest);
		protection.measuredBy(() => this.#figures(migration));
		const channels = await this.#open(prepared, {proof, migration}, signal);
		this.#watch(channels, group, signal);
		const zerosGoEmpty = this.#hasOwnRecords && session.features.has('zero-pages');
		const writer = new BatchWriter(channels, {sent, zerosGoEmpty});
		const creditedBytes = migration.linkOpened(() => channels.progress);
		migration.enter('precopy');
		await writeHead(channels.primary, source);
		channels.startHeartbeats();
		await this.#copyDisks(channels.primary, signal);
		const audit = proof.audit(sent.pages);
		const policy = firstOf(migration.operator.policy, limits.policy.policy);
		const decision = await precopy({dirtyLog, channels, writer, policy, stats, audit, creditedBytes, nowMs}, due, signal);
		log.info({decision, stats: stats.snapshot(nowMs())}, 'precopy ended');
		if (decision.action === 'abort') {
			throw operationError('ERR_ABORTED_BY_POLICY', `the precopy policy aborted: ${decision.because}`, this.#dependencies.context());
		}

		migration.enter('stop-and-copy', decision.because);
		// What is on its way arrives while the guest still runs. A standby that has a checkpoint holds all of it back until the next one is whole.
		await (this.#committedBefore === 0 ? writer.applied() : writer.drain());
		const arenas = await this.#newArenas();
		const checkpointer = this.#newCheckpointer({dirtyLog, channels, zerosGoEmpty, arenas});
		this.#beganCheckpoints = true;
		await checkpointer.first(due, signal);
		protection.beganCheckpoints();
		const either = AbortSignal.any([signal, this.#guestGone.signal]);
		await checkpointer.run(either);
	}

	get #hasOwnRecords(): boolean {
		return this.#request.prepare.stream === 'sterna';
	}

	/** Its key goes with the request, so that both ends hash alike from the first page on. */
	#newProof(): SourceProof {
		const {services, session, source, settings} = this.#dependencies;
		const {memory} = source;
		const kind = this.#hasOwnRecords && session.features.has('proof') ? settings.transfer.proof : 'off';
		return this.#resources.use(
			new SourceProof({kind, memory, openChecker: pageHashes => openPageChecker(services.pool, {memory, pageHashes})}),
		);
	}

	/** Which pages the standby does not have as they are here. */
	async #due(
		{hasBase, committedEpoch}: StandbyReply,
		{proof, all, sent}: {readonly proof: SourceProof; readonly all: PageBitmap; readonly sent: SentPages},
		signal: AbortSignal,
	): Promise<PageBitmap> {
		this.#committedBefore = committedEpoch;
		if (!hasBase) return all;
		const {session, source, log} = this.#dependencies;
		const {migrationId, incarnation} = this.#request.prepare;
		sent.pages.addAll(all);
		const due = new PageBitmap(source.memory.pageLimit);
		// As the memory is now: what was on its way over an earlier link is not known any more.
		if (proof.kind !== 'off') await proof.enterMemory();
		await proof.compareWithReceiver(
			hashKey => range => session.receiver.pageHashes({migrationId, incarnation, hashKey, ...range}, signal),
			due,
		);
		log.info({pages: due.count, of: all.count, committedEpoch}, 'pages that the standby has otherwise are sent to it');
		this.#dependencies.protection.note('compared', {differingPages: due.count, pages: all.count, committedEpoch});
		return due;
	}

	async #open(
		{prepared}: StandbyReply,
		{proof, migration}: {readonly proof: SourceProof; readonly migration: Migration},
		signal: AbortSignal,
	): Promise<SendChannels> {
		const {services, peer, session, source, settings, limits, tee} = this.#dependencies;
		const {features} = session;
		const stream = this.#request.prepare.stream;
		const {config, pool} = services;
		const channels = await openChannels(
			{
				pool,
				peer,
				security: dataSecurity(services, peer, features),
				migration,
				limits,
				source,
				tee,
				compression: chooseCompression(settings.transfer, features),
				heartbeat: heartbeatOf(config.peer, stream, features),
				channels: 1,
				windowBytes: config.data.windowBytes,
				onCommitted: checkpoint => {
					this.#onCommitted(checkpoint);
				},
			},
			{link: 0, prepared, features, pageHashes: proof.sentHashes},
			signal,
		);
		this.#resources.use(channels);
		return channels;
	}

	/** Ends the link with its connection. */
	#watch(channels: SendChannels, group: TaskGroup, signal: AbortSignal): void {
		signal.addEventListener(
			'abort',
			() => {
				void channels.destroy(signal.reason as Error);
			},
			{once: true},
		);
		group.run('link', async () => {
			const error = await channels.closed;
			if (error) throw error;
		});
	}

	async #copyDisks(link: Pick<CheckpointLink, 'writeDiskExtent'>, signal: AbortSignal): Promise<void> {
		for (const [index, disk] of this.#dependencies.disks.entries()) {
			this.#resources.defer(() => disk.stopLog());
			for await (const {offset, bytes} of disk.copy(signal)) await link.writeDiskExtent(index, offset, bytes);
		}
	}

	async #newArenas(): Promise<readonly StagingArena[]> {
		const {inFlight, stagingBytes} = this.#dependencies.settings;
		const arenas: StagingArena[] = [];
		for (let count = 0; count < inFlight; count++) {
			const arena = await StagingArena.create(stagingBytes);
			this.#arenas.use(arena);
			arenas.push(arena);
		}

		return arenas;
	}

	#newCheckpointer({
		dirtyLog,
		channels,
		zerosGoEmpty,
		arenas,
	}: {
		readonly dirtyLog: DirtyLog;
		readonly channels: SendChannels;
		readonly zerosGoEmpty: boolean;
		readonly arenas: readonly StagingArena[];
	}): Checkpointer {
		const {source, gate, disks, settings, untilBootNs, protection, log} = this.#dependencies;
		const checkpointer = new Checkpointer(
			{
				domain: source,
				dirtyLog,
				link: channels.primary,
				gate,
				disks,
				pages: {zeroPages: zerosGoEmpty ? 'record' : 'in-full'},
				nowMs,
				arenas,
				controller: new EpochController(settings.objectives, nowMs()),
				untilBootNs,
				wallMs: Date.now,
				onAlarm: alarm => {
					if (alarm === undefined) log.info('the objectives of the checkpoints are met again');
					else log.warn({alarm}, 'the objectives of the checkpoints are not met');
					protection.note('alarm', {alarm: alarm ?? ''});
				},
			},
			{inFlight: settings.inFlight, committedEpoch: this.#committedBefore, diskLogBytes: DISK_LOG_BYTES},
		);
		this.#checkpointer = checkpointer;
		return checkpointer;
	}

	#onCommitted(checkpoint: CommittedCheckpoint): void {
		const isFirst = this.#committed === undefined;
		this.#committed = checkpoint;
		this.#checkpointer?.committed(checkpoint);
		if (!isFirst) return;
		this.#dependencies.onInStep();
		this.#inStep.resolve();
	}

	/** What the engine asked of a guest may fail before the end of its process is told. */
	async #isAboutToBeGone(error: unknown): Promise<boolean> {
		if (!(error instanceof Error && 'code' in error && error.code === 'ERR_GUEST_EXITED')) return false;
		const until = nowMs() + GONE_PATIENCE_MS;
		while (!this.#guestGone.signal.aborted && nowMs() < until) await pause(SETTLE_STEP_MS);
		return this.#guestGone.signal.aborted;
	}

	/** The guest's process is gone: waits until nothing more is committed that was on its way. */
	async #settle(signal: AbortSignal): Promise<void> {
		const until = nowMs() + SETTLE_MS;
		let before = -1;
		let sinceMs = nowMs();
		while (!signal.aborted && nowMs() < until) {
			if (this.committedEpoch !== before) {
				before = this.committedEpoch;
				sinceMs = nowMs();
			}

			if (nowMs() - sinceMs > 20 * SETTLE_STEP_MS) return;
			await pause(SETTLE_STEP_MS);
		}
	}

	#figures(migration: Migration): ProtectionFigures {
		if (this.#checkpointer === undefined) return {...NO_FIGURES, committedEpoch: this.#committedBefore, precopy: migration.status()};
		const {alarm = '', lastCheckpoints, ...status} = this.#checkpointer.status;
		return {
			...status,
			alarm,
			lastCheckpoints: lastCheckpoints.map(({epoch, pages, bytes, digest, committedAtMs}) => ({
				epoch,
				pages,
				bytes,
				digest: digest.toString(16).padStart(16, '0'),
				committedAtMs,
			})),
		};
	}

	async #watchGuest(signal: AbortSignal): Promise<void> {
		const {source, context, protection} = this.#dependencies;
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		signal.addEventListener(
			'abort',
			() => {
				resolve();
			},
			{once: true},
		);
		source.onGuestEvent = event => {
			protection.note('guest', event);
			if (event.kind === 'exited' && event.isSudden === true) {
				this.#guestGone.abort(operationError('ERR_GUEST_EXITED', event.detail, context()));
				return;
			}

			const error = guestError(event, context());
			if (error !== undefined) reject(error);
		};
		try {
			await promise;
		} finally {
			source.onGuestEvent = undefined;
		}
	}
}

/** What ends a protection. A guest that reboots goes on in the same memory, with the same devices; one that somebody has paused is no less in step. */
function guestError(event: GuestEvent, context: FaultContext): Error | undefined {
	switch (event.kind) {
		case 'exited':
			return operationError('ERR_GUEST_EXITED', `the guest exited: ${event.detail}`, context);
		case 'rebooted':
		case 'paused':
			return undefined;
		case 'resized':
			return operationError('ERR_GUEST_RESIZED', `the memory of the guest was resized to ${event.memoryBytes} bytes`, context);
		case 'device-added':
			return operationError('ERR_GUEST_DEVICE_ADDED', `a device was added to the guest: ${event.detail}`, context);
	}
}
