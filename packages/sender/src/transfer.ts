import {setTimeout as sleep} from 'node:timers/promises';
import {PageBitmap, type DirtyLog, type SourceDomain} from '@sterna/domain';
import {operationError, orAborted, TaskGroup, toOperationError, type FaultContext, type Logger} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {PrepareReply, PrepareRequest, ReadyEvent} from '@sterna/protocol/control';
import type {SendChannels} from '@sterna/transport';
import {fillPageTables} from './engine/fill-page-tables.ts';
import {firstOf, type PolicyDecision, type PrecopyPolicy} from './engine/policy.ts';
import {precopy} from './engine/precopy.ts';
import {SentPages} from './engine/sent-pages.ts';
import {StatsRecorder} from './engine/stats.ts';
import {stopAndCopy, type PausedGuest} from './engine/stop-and-copy.ts';
import {writeHead} from './engine/stream-frame.ts';
import {BatchWriter} from './engine/writer.ts';
import type {Migration} from './migration.ts';
import type {ReceiverSession} from './receiver-session.ts';
import type {Reconnection} from './reconnect.ts';

/** What a migration says to its receiver over one link, and hears from it. */
export type Session = Pick<ReceiverSession, 'features' | 'prepare' | 'resume' | 'prepared' | 'ready' | 'go' | 'abort' | 'close'>;

export type TransferDependencies = {
	readonly domain: SourceDomain;
	readonly policy: PrecopyPolicy;
	readonly migration: Migration;
	readonly openSession: (signal: AbortSignal) => Promise<Session>;
	/** Opens the data connections that `prepared` offered for this link, and puts them on data workers. */
	readonly openChannels: (
		prepared: PrepareReply,
		link: number,
		features: ReadonlySet<string>,
		signal: AbortSignal,
	) => Promise<SendChannels>;
	readonly reconnection: Reconnection;
	/** Whether `go` cannot have left: the guest is the source's whatever happens. */
	readonly isOurs: () => boolean;
	/** `go` was written to the journal ahead of its time, and will not be sent: takes it back. */
	readonly withdrawGo: () => Promise<void>;
	/** Writes it ahead of its time. */
	readonly journalGo: () => Promise<void>;
	readonly context: () => FaultContext;
	readonly log: Logger;
};

export type TransferOptions = {
	readonly request: PrepareRequest;
	/** The guest was paused before the migration, and is not resumed by it. */
	readonly wasPaused: boolean;
	/** For so long the last pass ignores every limit of bandwidth, in milliseconds; asked when it begins. */
	readonly downtimeBudgetMs: () => number;
};

/** The guest is whole, loaded and paused at the receiver, and paused here. */
export type WholeGuest = {
	readonly session: Session;
	readonly paused: PausedGuest;
	readonly ready: ReadyEvent;
	/** From the last byte to `ready`, in milliseconds. */
	readonly loadMs: number;
	/** Why the precopy ended. */
	readonly because: string;
};

/** What a transfer has come to, whatever becomes of the link that it goes over. */
type State = {
	readonly dirtyLog: DirtyLog;
	/** Pages of this pass that are still to be sent. */
	readonly due: PageBitmap;
	/** Undefined: pages of zeros go in full. */
	readonly sent: SentPages | undefined;
	readonly stats: StatsRecorder;
};

const nowMs = (): number => performance.now();

/**
 * Brings a guest's memory and state to the receiver, over one link after another where they are lost: what both sides have outlives a link.
 * While there is none, the guest runs here.
 */
export class Transfer implements AsyncDisposable {
	readonly #dependencies: TransferDependencies;
	readonly #options: TransferOptions;
	#session: Session | undefined;
	#state: State | undefined;
	#writer: BatchWriter | undefined;
	/** The receiver has made the guest: there is something to resume. */
	#isPrepared = false;
	#mayBePaused = false;
	/** The receiver has the whole guest: the data connections have done their part. */
	#isWhole = false;

	constructor(dependencies: TransferDependencies, options: TransferOptions) {
		this.#dependencies = dependencies;
		this.#options = options;
	}

	/** Of the latest link. */
	get session(): Session | undefined {
		return this.#session;
	}

	/**
	 * Resolves with what `handOver` did when the receiver had the whole guest. Rejects with the first failure that another link cannot mend; every
	 * task has stopped by then, and the guest may be paused.
	 */
	async run(handOver: (whole: WholeGuest, signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
		let session = await this.#dependencies.openSession(signal);
		for (let link = 0; ; link += 1) {
			const lost = await this.#overLink(link, session, handOver, signal);
			if (lost === undefined) return;
			await this.#takeBack();
			session = await this.#reconnect(lost, signal);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#state?.dirtyLog[Symbol.asyncDispose]();
		await this.#session?.close();
	}

	/** One link from its request to its end. Returns the error that it was lost by, where the transfer can go on over another. */
	async #overLink(
		link: number,
		session: Session,
		handOver: (whole: WholeGuest, signal: AbortSignal) => Promise<void>,
		signal: AbortSignal,
	): Promise<OperationError | undefined> {
		this.#session = session;
		const group = new TaskGroup();
		const stop = (): void => {
			group.abort(signal.reason);
		};
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, {once: true});
		try {
			group.run('receiver', inner => this.#request(link, session, inner));
			group.run('engine', inner => this.#send(link, session, group, handOver, inner));
			await group.join();
			return undefined;
		} catch (error) {
			const lost = toOperationError(error, this.#dependencies.context());
			if (signal.aborted || !this.#mayGoOn(session, lost)) throw error;
			return lost;
		} finally {
			signal.removeEventListener('abort', stop);
		}
	}

	/** A guest that is whole waits for `go` alone: no link brings it anything. */
	#mayGoOn({features}: Session, {code}: OperationError): boolean {
		const {isOurs, reconnection} = this.#dependencies;
		return isOurs() && this.#isPrepared && !this.#isWhole && features.has('resume') && reconnection.mayGoOn(code, nowMs());
	}

	/** Open as long as the link. */
	async #request(link: number, session: Session, signal: AbortSignal): Promise<void> {
		const {request} = this.#options;
		if (link === 0) return session.prepare(request, signal);
		const {migrationId, incarnation, windowBytes, channels, hashKey} = request;
		return session.resume({migrationId, incarnation, link, windowBytes, channels, hashKey}, signal);
	}

	/** The engine's task on one link: from its first byte to the answer to `go`. */
	async #send(
		link: number,
		session: Session,
		group: TaskGroup,
		handOver: (whole: WholeGuest, signal: AbortSignal) => Promise<void>,
		signal: AbortSignal,
	): Promise<void> {
		const {domain, migration, policy, openChannels, log} = this.#dependencies;
		const state = (this.#state ??= await this.#begin(session, group));
		const prepared = await orAborted(session.prepared, signal);
		this.#isPrepared = true;
		if (link > 0) this.#dueAgain(state, prepared.appliedBytes);

		await using channels = await openChannels(prepared, link, session.features, signal);
		const stopChannels = (): void => {
			void channels.destroy(signal.reason as Error);
		};
		signal.addEventListener('abort', stopChannels, {once: true});
		group.run('link', async () => {
			const error = await channels.closed;
			if (error && !this.#isWhole) throw error;
		});

		const {dirtyLog, due, stats, sent} = state;
		const writer = new BatchWriter(channels, sent);
		this.#writer = writer;
		const creditedBytes = migration.linkOpened(() => channels.progress);
		migration.enter('precopy');
		await writeHead(channels.primary, domain);

		const asked = firstOf(migration.operator.policy, this.#noticingProgress(channels), policy);
		const decision = await precopy({dirtyLog, channels, writer, policy: asked, stats, creditedBytes, nowMs}, due, signal);
		log.info({decision, stats: stats.snapshot(nowMs())}, 'precopy ended');
		if (decision.action === 'abort')
			throw operationError('ERR_ABORTED_BY_POLICY', `the precopy policy aborted: ${decision.because}`, this.#dependencies.context());

		migration.enter('stop-and-copy', decision.because);
		const downtimeBudgetMs = this.#options.downtimeBudgetMs();
		this.#mayBePaused = true;
		const paused = await stopAndCopy({domain, dirtyLog, channels, writer, stats, nowMs, downtimeBudgetMs}, due, signal);
		const sentMs = nowMs();
		// Ahead of its time, while the receiver loads the device state: a `go` that is in the journal and was never sent is only a reason to ask.
		await this.#dependencies.journalGo();
		const ready = await orAborted(session.ready, signal);
		this.#isWhole = true;
		await handOver({session, paused, ready, loadMs: nowMs() - sentMs, because: decision.because}, signal);
	}

	/** Once for all links: arms the dirty log, and takes every page as due. */
	async #begin(session: Session, group: TaskGroup): Promise<State> {
		const {domain, migration, log} = this.#dependencies;
		const dirtyLog = await domain.startDirtyLog();
		log.info({tracker: dirtyLog.kind}, 'dirty tracking armed');
		// Beside the receiver, which populates the target meanwhile.
		group.run('page-tables', stop => fillPageTables(domain.memory, stop));
		const due = new PageBitmap(domain.memory.pageLimit);
		domain.addAllPages(due);
		const stats = new StatsRecorder(nowMs(), due.count);
		const zerosGoEmpty = this.#options.request.stream === 'sterna' && session.features.has('zero-pages');
		migration.opened({tracker: dirtyLog.kind, totalPages: due.count, stats});
		return {dirtyLog, due, sent: zerosGoEmpty ? new SentPages(domain.memory.pageLimit) : undefined, stats};
	}

	/** A policy without an opinion, which sees that something arrives. */
	#noticingProgress(channels: SendChannels): PrecopyPolicy {
		const {reconnection, migration} = this.#dependencies;
		let isOver = false;
		return (): PolicyDecision => {
			if (!isOver && channels.progress.appliedBytes > 0) {
				isOver = true;
				migration.interruptionEnded(reconnection.madeProgress(nowMs()));
			}

			return {action: 'continue'};
		};
	}

	/** Behind a lost link: the guest runs on here, and nothing is said of `go` any more. */
	async #takeBack(): Promise<void> {
		const {domain, withdrawGo} = this.#dependencies;
		await this.#session?.close();
		if (!this.#mayBePaused) return;
		this.#mayBePaused = false;
		if (!this.#options.wasPaused) await domain.resume();
		await withdrawGo();
	}

	/** Opens the next control connection. Rejects with the loss, where its time is over. */
	async #reconnect(lost: OperationError, signal: AbortSignal): Promise<Session> {
		const {migration, reconnection, openSession, log, context} = this.#dependencies;
		migration.interrupted(lost);
		log.warn({code: lost.code, causes: lost.fault.causes}, `${lost.message}: the migration goes on over another link`);
		for (;;) {
			await sleep(reconnection.nextWaitMs(), undefined, {signal});
			try {
				return await openSession(signal);
			} catch (error) {
				signal.throwIfAborted();
				const failure = toOperationError(error, context());
				if (reconnection.mayGoOn(failure.code, nowMs())) continue;
				throw operationError(lost.code, lost.message, context(), {cause: failure});
			}
		}
	}

	/** What was on its way over the link before is due again, unless the receiver has it. */
	#dueAgain({due, stats}: State, appliedBytes: readonly number[]): void {
		const {migration, log} = this.#dependencies;
		const pages = this.#writer?.takeBack(due, appliedBytes) ?? 0;
		stats.takenBack(due.count);
		migration.sentAgain(pages);
		log.info({pages, due: due.count}, 'pages that were on their way are sent again');
	}
}
