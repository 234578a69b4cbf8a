import {setTimeout as sleep} from 'node:timers/promises';
import {PageBitmap, type DirtyLog, type GuestMemory, type SourceDomain} from '@sterna/domain';
import {operationError, orAborted, TaskGroup, toOperationError, type FaultContext, type Logger, type Proof} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {PrepareReply, PrepareRequest, ReadyEvent} from '@sterna/protocol/control';
import type {PageChecker, PageHashes, SendChannels} from '@sterna/transport';
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
import {Reconnection} from './reconnect.ts';
import {SourceProof} from './source-proof.ts';

/** What a migration says to its receiver over one link, and hears from it. */
export type Session = Pick<
	ReceiverSession,
	'features' | 'prepare' | 'resume' | 'outcome' | 'pageHashes' | 'prepared' | 'ready' | 'go' | 'abort' | 'close'
>;

/** What the data connections of one link are made of. */
export type LinkOffer = {
	readonly link: number;
	readonly prepared: PrepareReply;
	readonly features: ReadonlySet<string>;
	/** Undefined: nothing is proved. */
	readonly pageHashes: PageHashes | undefined;
};

export type TransferDependencies = {
	readonly domain: SourceDomain;
	readonly policy: PrecopyPolicy;
	readonly migration: Migration;
	readonly openSession: (signal: AbortSignal) => Promise<Session>;
	/** Opens the data connections that were offered, and puts them on data workers. */
	readonly openChannels: (offer: LinkOffer, signal: AbortSignal) => Promise<SendChannels>;
	/** Hashes the guest's memory in a data worker. */
	readonly openChecker: (memory: GuestMemory, pageHashes: PageHashes) => PageChecker;
	readonly reconnection: Reconnection;
	/** Whether `go` cannot have left: the guest is the source's whatever happens. */
	readonly isOurs: () => boolean;
	/** Writes `go` to the journal ahead of its time. */
	readonly journalGo: () => Promise<void>;
	/** It will not be sent: takes it back. */
	readonly withdrawGo: () => Promise<void>;
	readonly context: () => FaultContext;
	readonly log: Logger;
};

export type TransferOptions = {
	readonly request: PrepareRequest;
	/** The guest was paused before the migration, and is not resumed by it. */
	readonly wasPaused: boolean;
	/** How the memory is to be proved, as far as the receiver can. */
	readonly proof: Proof;
	/** An earlier daemon began the migration, and what it knew is lost: the receiver is asked what it has. */
	readonly takesUp: boolean;
	/** For so long the last pass ignores every limit of bandwidth, in milliseconds; asked when it begins. */
	readonly downtimeBudgetMs: () => number;
};

/** The guest is whole, loaded and paused at the receiver, and paused here. */
export type WholeGuest = {
	readonly paused: PausedGuest;
	readonly ready: ReadyEvent;
	/** From the last byte to `ready`, in milliseconds. */
	readonly loadMs: number;
	/** Why the precopy ended. */
	readonly because: string;
};

/** Called when the receiver has the whole guest, and nothing is decided. */
export type HandOver = (whole: WholeGuest, signal: AbortSignal) => Promise<void>;

/** What a transfer has come to, whatever becomes of the link that it goes over. */
type State = {
	readonly dirtyLog: DirtyLog;
	/** Pages of this pass that are still to be sent. */
	readonly due: PageBitmap;
	readonly sent: SentPages;
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
	#proof: SourceProof | undefined;
	#writer: BatchWriter | undefined;
	/** The receiver has made the guest: there is something to resume. */
	#isPrepared: boolean;
	/** What the receiver has is not what is known of it here. */
	#mustCompare: boolean;
	#mayBePaused = false;
	/** The receiver has the whole guest: the data connections have done their part. */
	#isWhole = false;

	constructor(dependencies: TransferDependencies, options: TransferOptions) {
		this.#dependencies = dependencies;
		this.#options = options;
		this.#isPrepared = options.takesUp;
		this.#mustCompare = options.takesUp;
	}

	/** Of the latest link. */
	get session(): Session | undefined {
		return this.#session;
	}

	/**
	 * Resolves with what `handOver` did when the receiver had the whole guest. Rejects with the first failure that another link cannot mend; every
	 * task has stopped by then, and the guest may be paused.
	 */
	async run(handOver: HandOver, signal: AbortSignal): Promise<void> {
		let session = await this.#openFirst(signal);
		for (let link = this.#options.takesUp ? await this.#nextLink(session, signal) : 0; ; link += 1) {
			const lost = await this.#overLink(link, session, handOver, signal);
			if (lost === undefined) return;
			await this.#takeBack();
			session = await this.#reconnect(lost, signal);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#proof?.[Symbol.asyncDispose]();
		await this.#state?.dirtyLog[Symbol.asyncDispose]();
		await this.#session?.close();
	}

	/** A receiver that never heard of the migration is not waited for; one that has a part of it may take its time to come back. */
	async #openFirst(signal: AbortSignal): Promise<Session> {
		const {openSession, reconnection, context} = this.#dependencies;
		for (;;) {
			try {
				this.#session = await openSession(signal);
				return this.#session;
			} catch (error) {
				const {code} = toOperationError(error, context());
				if (signal.aborted || !this.#options.takesUp || !reconnection.mayGoOn(code, nowMs())) throw error;
				await sleep(reconnection.nextWaitMs(), undefined, {signal});
			}
		}
	}

	/** After a restart: the number of the next link, as the receiver counts them. Rejects ERR_TARGET_REFUSED where it does not wait for one. */
	async #nextLink(session: Session, signal: AbortSignal): Promise<number> {
		const {migrationId, incarnation} = this.#options.request;
		const attempt = {migrationId, incarnation, domain: this.#dependencies.domain.name};
		const {state, link = 0} = await session.outcome(attempt, {declineIfReady: false}, signal);
		if (state === 'receiving') return link + 1;
		throw this.#error('ERR_TARGET_REFUSED', `the receiver does not wait for the rest of the guest: it says ${state}`);
	}

	/** One link from its request to its end. Returns the error that it was lost by, where the transfer can go on over another. */
	async #overLink(link: number, session: Session, handOver: HandOver, signal: AbortSignal): Promise<OperationError | undefined> {
		const group = new TaskGroup();
		const stop = (): void => {
			group.abort(signal.reason);
		};
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, {once: true});
		try {
			const proof = (this.#proof ??= this.#beginProof(session));
			const request = (): void => {
				group.run('receiver', inner => this.#request(link, session, inner));
			};
			// The receiver makes the guest while its writes begin to be tracked here.
			if (link === 0) request();
			group.run('engine', async inner => {
				const state = (this.#state ??= await this.#begin(group));
				if (this.#mustCompare) await this.#compare(state, session, inner);
				if (link > 0) request();
				await this.#send({link, session, state, proof, group}, handOver, inner);
			});
			await group.join();
			return undefined;
		} catch (error) {
			const lost = toOperationError(error, this.#dependencies.context());
			if (signal.aborted || !this.#mayGoOn(session, lost)) throw error;
			this.#mustCompare ||= Reconnection.isSpoiled(lost.code);
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
		const request = {...this.#options.request, hashKey: this.#proof?.sentHashes?.key};
		if (link === 0) return session.prepare(request, signal);
		const {migrationId, incarnation, windowBytes, channels, hashKey} = request;
		return session.resume({migrationId, incarnation, link, windowBytes, channels, hashKey}, signal);
	}

	/** The engine's task on one link: from its first byte to the answer to `go`. */
	async #send(
		{
			link,
			session,
			state,
			proof,
			group,
		}: {
			readonly link: number;
			readonly session: Session;
			readonly state: State;
			readonly proof: SourceProof;
			readonly group: TaskGroup;
		},
		handOver: HandOver,
		signal: AbortSignal,
	): Promise<void> {
		const {domain, migration, policy, openChannels, journalGo, log} = this.#dependencies;
		const {dirtyLog, due, stats, sent} = state;
		const {features} = session;
		const prepared = await orAborted(session.prepared, signal);
		this.#isPrepared = true;
		if (link > 0) this.#dueAgain(state, prepared.appliedBytes);

		await using channels = await openChannels({link, prepared, features, pageHashes: proof.sentHashes}, signal);
		const stopChannels = (): void => {
			void channels.destroy(signal.reason as Error);
		};
		signal.addEventListener('abort', stopChannels, {once: true});
		group.run('link', async () => {
			const error = await channels.closed;
			if (error && !this.#isWhole) throw error;
		});

		const zerosGoEmpty = this.#options.request.stream === 'sterna' && features.has('zero-pages');
		const writer = new BatchWriter(channels, {sent, zerosGoEmpty});
		this.#writer = writer;
		const creditedBytes = migration.linkOpened(() => channels.progress);
		migration.enter('precopy');
		await writeHead(channels.primary, domain);

		const asked = firstOf(migration.operator.policy, this.#noticingProgress(channels), policy);
		const audit = proof.audit(sent.pages);
		const decision = await precopy({dirtyLog, channels, writer, policy: asked, stats, audit, creditedBytes, nowMs}, due, signal);
		log.info({decision, stats: stats.snapshot(nowMs()), audited: audit?.pagesLookedAt}, 'precopy ended');
		if (decision.action === 'abort') throw this.#error('ERR_ABORTED_BY_POLICY', `the precopy policy aborted: ${decision.because}`);

		migration.enter('stop-and-copy', decision.because);
		const downtimeBudgetMs = this.#options.downtimeBudgetMs();
		const lookAgain = (pages: PageBitmap): Promise<void> => this.#lookAgain(proof, pages);
		this.#mayBePaused = true;
		const paused = await stopAndCopy({domain, dirtyLog, channels, writer, stats, nowMs, lookAgain, downtimeBudgetMs}, due, signal);
		const sentMs = nowMs();
		// Ahead of its time, while the receiver loads the device state: a `go` that is in the journal and was never sent is only a reason to ask.
		await journalGo();
		const ready = await orAborted(session.ready, signal);
		this.#isWhole = true;
		await handOver({paused, ready, loadMs: nowMs() - sentMs, because: decision.because}, signal);
	}

	/** Once for all links: arms the dirty log, and takes every page as due, unless the receiver has some already. */
	async #begin(group: TaskGroup): Promise<State> {
		const {domain, migration, log} = this.#dependencies;
		const dirtyLog = await domain.startDirtyLog();
		log.info({tracker: dirtyLog.kind}, 'dirty tracking armed');
		// Beside the receiver, which populates the target meanwhile.
		group.run('page-tables', stop => fillPageTables(domain.memory, stop));
		const all = new PageBitmap(domain.memory.pageLimit);
		domain.addAllPages(all);
		const sent = new SentPages(domain.memory.pageLimit);
		if (this.#options.takesUp) sent.pages.addAll(all);
		const due = this.#options.takesUp ? new PageBitmap(domain.memory.pageLimit) : all;
		const stats = new StatsRecorder(nowMs(), due.count);
		migration.opened({tracker: dirtyLog.kind, totalPages: all.count, stats});
		return {dirtyLog, due, sent, stats};
	}

	#beginProof({features}: Session): SourceProof {
		const {domain, migration, openChecker} = this.#dependencies;
		const kind = this.#options.request.stream === 'sterna' && features.has('proof') ? this.#options.proof : 'off';
		const {memory} = domain;
		const proof = new SourceProof({kind, memory, openChecker: pageHashes => openChecker(domain.memory, pageHashes)});
		migration.proved(kind, () => proof.digest);
		return proof;
	}

	/** With the guest paused: pages that the dirty log should have named are sent with the others. */
	async #lookAgain(proof: SourceProof, due: PageBitmap): Promise<void> {
		const missed = await proof.checkAll(due);
		if (missed === 0) return;
		this.#dependencies.migration.repaired(missed);
		this.#dependencies.log.error({missed}, 'pages were written that the dirty log did not name; they are sent all the same');
	}

	/** What the receiver has otherwise than it is here is due. */
	async #compare({due, stats}: State, session: Session, signal: AbortSignal): Promise<void> {
		const {migration, log} = this.#dependencies;
		const {migrationId, incarnation} = this.#options.request;
		if (this.#proof === undefined) throw new TypeError('a comparison without a proof');
		if (this.#options.takesUp && this.#writer === undefined) await this.#proof.begin();
		this.#writer?.takeBack(due, []);
		const before = due.count;
		await this.#proof.compareWithReceiver(
			hashKey => range => session.pageHashes({migrationId, incarnation, hashKey, ...range}, signal),
			due,
		);
		this.#mustCompare = false;
		const pages = due.count - before;
		if (this.#writer !== undefined) migration.repaired(pages);
		stats.takenBack(due.count);
		log.warn({pages, first: due.nextRun(0, 16)}, 'pages that the receiver has otherwise are sent to it');
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
				this.#session = await openSession(signal);
				return this.#session;
			} catch (error) {
				signal.throwIfAborted();
				const failure = toOperationError(error, context());
				if (reconnection.mayGoOn(failure.code, nowMs())) continue;
				throw operationError(lost.code, lost.message, {...context(), phase: lost.fault.phase}, {cause: failure});
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

	#error(code: OperationError['code'], message: string): OperationError {
		return operationError(code, message, this.#dependencies.context());
	}
}
