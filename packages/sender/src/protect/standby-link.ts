import type {DirtyLog, OutputGate, ReplicatedDisk, SourceDomain} from '@sterna/domain';
import {operationError, orAborted, TaskGroup, type FaultContext, type Logger, type RemoteHost} from '@sterna/host';
import type {StandbyRequest} from '@sterna/protocol/control';
import type {CommittedCheckpoint, SendChannels} from '@sterna/transport';
import {Checkpointer, type LastCheckpoint} from '../engine/checkpoint/checkpointer.ts';
import {EpochController} from '../engine/checkpoint/epoch-controller.ts';
import {StagingArena} from '../engine/checkpoint/staging-arena.ts';
import {fillPageTables} from '../engine/fill-page-tables.ts';
import {precopy} from '../engine/precopy.ts';
import {StatsRecorder} from '../engine/stats.ts';
import {writeHead} from '../engine/stream-frame.ts';
import {wait} from '../engine/wait.ts';
import {BatchWriter} from '../engine/writer.ts';
import {Migration} from '../migration.ts';
import type {MigrationLimits} from '../migration-limits.ts';
import type {SenderServices} from '../services.ts';
import type {SourceProof} from '../source-proof.ts';
import type {StandbySession} from '../standby-session.ts';
import type {Tee} from '../tee.ts';
import {DiskCopy} from './disk-copy.ts';
import {GuestWatch} from './guest-watch.ts';
import type {ProtectSettings} from './protect-settings.ts';
import {NO_FIGURES, type Protection, type ProtectionFigures} from './protection.ts';
import {newStandbyProof, standbyBase} from './standby-base.ts';
import {openStandbyChannels} from './standby-channels.ts';

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

/**
 * An epoch ends early when the guest has written so much to one of its disks: what the standby keeps back for it stays bounded. Ahead of the first one it is copied again then, where the standby need not keep that back:
 * disks that it can are smaller than what their server lets a guest write.
 */
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
	readonly #guest: GuestWatch;
	/** By what ended `run`. */
	readonly #ended = new AbortController();
	readonly #settled = Promise.withResolvers<void>();
	/** A guest that stood still for being handed over goes on here. */
	#goesOn = Promise.withResolvers<void>();
	#isSettled = false;
	#checkpointer: Checkpointer | undefined;
	#committed: CommittedCheckpoint | undefined;
	#committedBefore = 0;
	#beganCheckpoints = false;

	constructor(dependencies: StandbyLinkDependencies, request: StandbyRequest) {
		this.#dependencies = dependencies;
		this.#request = request;
		this.#guest = new GuestWatch({...dependencies, committedEpoch: () => this.committedEpoch});
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
			group.run('guest', inner => this.#guest.watch(inner));
			const proof = this.#resources.use(newStandbyProof(this.#dependencies, this.#hasOwnRecords));
			const {prepare, ...request} = this.#request;
			const hashKey = proof.sentHashes?.key;
			group.run('standby', inner => this.#dependencies.session.open({...request, prepare: {...prepare, hashKey}}, inner));
			group.run('engine', async inner => {
				try {
					await this.#keepInStep(proof, group, inner);
				} catch (error) {
					if (!(await this.#guest.isGoneBy(error))) throw error;
					// Before its first checkpoint there is nothing that anybody could go on with.
					if (this.committedEpoch === 0) throw this.#guest.gone.reason;
					await this.#guest.settle(inner);
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

	/** Behind `last`: the guest is not handed over, goes on here, and is kept in step over this link as before. Rejects where it cannot go on. */
	async goOn(): Promise<void> {
		await this.#dependencies.source.resume();
		this.#goesOn.resolve();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#resources.disposeAsync();
		this.#arenas.dispose();
	}

	async #keepInStep(proof: SourceProof, group: TaskGroup, signal: AbortSignal): Promise<void> {
		const {source, session, disks, protection, limits, log} = this.#dependencies;
		const dirtyLog = await source.startDirtyLog();
		this.#resources.use(dirtyLog);
		log.info({tracker: dirtyLog.kind, fallbackBecause: dirtyLog.fallbackBecause}, 'dirty tracking armed');
		group.run('page-tables', stop => fillPageTables(source.memory, stop));
		const reply = await orAborted(session.prepared, signal);
		this.#committedBefore = reply.committedEpoch;
		const {all, due, sent} = await standbyBase(this.#dependencies, this.#request.prepare, {proof, reply}, signal);

		const migration = new Migration({id: protection.id, domain: protection.domain, direction: 'outgoing', peer: protection.peer, limits});
		const stats = new StatsRecorder(nowMs(), due.count);
		migration.opened({tracker: dirtyLog.kind, totalPages: all.count, stats});
		migration.proved(proof.kind, () => proof.digest);
		protection.measuredBy(() => this.#figures(migration));
		const onCommitted = (checkpoint: CommittedCheckpoint): void => this.#onCommitted(checkpoint);
		const {stream} = this.#request.prepare;
		const {prepared} = reply;
		const channels = await openStandbyChannels(
			this.#dependencies,
			{stream, prepared, pageHashes: proof.sentHashes, migration, onCommitted},
			signal,
		);
		this.#resources.use(channels);
		this.#watch(channels, group, signal);
		const zerosGoEmpty = this.#hasOwnRecords && session.features.has('zero-pages');
		const writer = new BatchWriter(channels, {sent, zerosGoEmpty, nowMs});
		const creditedBytes = migration.linkOpened(() => channels.progress);
		migration.enter('precopy');
		await writeHead(channels.primary, source);
		channels.startHeartbeats();
		for (const disk of disks) this.#resources.defer(() => disk.stopLog());
		const diskCopy = new DiskCopy(disks, channels.primary, this.#committedBefore === 0 ? DISK_LOG_BYTES : Infinity);
		group.run('disks', inner => diskCopy.keep(inner));
		await diskCopy.once(signal);
		const audit = proof.audit(sent.pages);
		const policy = migration.operator.over(limits.policy.policy);
		limits.onPolicyFault(fault => {
			log.error({fault}, "the operator's own policy is at fault: the built-in ones decide from here on");
		});
		this.#resources.use(limits);
		const {observer} = migration;
		const decision = await precopy({dirtyLog, channels, writer, policy, stats, observer, audit, creditedBytes, nowMs, wait}, due, signal);
		log.info({decision, stats: stats.snapshot(nowMs())}, 'precopy ended');
		if (decision.action === 'abort') {
			throw operationError('ERR_ABORTED_BY_POLICY', `the precopy policy aborted: ${decision.because}`, this.#dependencies.context());
		}

		migration.enter('stop-and-copy', decision.because);
		// What is on its way arrives while the guest still runs. A standby that has a checkpoint holds all of it back until the next one is whole.
		await (this.#committedBefore === 0 ? writer.applied() : writer.drain());
		await diskCopy.settle();
		const arenas = await this.#newArenas();
		const checkpointer = this.#newCheckpointer({dirtyLog, channels, zerosGoEmpty, arenas});
		this.#beganCheckpoints = true;
		await checkpointer.first(due, signal);
		protection.beganCheckpoints();
		const either = AbortSignal.any([signal, this.#guest.gone]);
		for (;;) {
			await checkpointer.run(either);
			// It has stopped for the last checkpoint, of which it is not known yet whether that was the last.
			await orAborted(this.#goesOn.promise, either);
			this.#goesOn = Promise.withResolvers();
		}
	}

	get #hasOwnRecords(): boolean {
		return this.#request.prepare.stream === 'sterna';
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
}
