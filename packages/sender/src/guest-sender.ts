import {PageBitmap, type DirtyLog, type GuestMemory, type OpenDisk, type SourceDomain} from '@sterna/domain';
import {operationError, orAborted, type FaultContext, type Logger, type Proof, type TaskGroup} from '@sterna/host';
import type {PrepareReply, PrepareRequest, ReadyEvent} from '@sterna/protocol/control';
import type {PageChecker, PageHashes, SendChannels} from '@sterna/transport';
import {mirrorDisks} from './engine/mirror-disks.ts';
import {fillPageTables} from './engine/fill-page-tables.ts';
import type {PolicyDecision, PrecopyPolicy} from './engine/policy/decision.ts';
import {firstOf} from './engine/policy/first-of.ts';
import {precopy, type PrecopyDependencies} from './engine/precopy.ts';
import {SentPages} from './engine/sent-pages.ts';
import {StatsRecorder} from './engine/stats.ts';
import {stopAndCopy, type PausedGuest} from './engine/stop-and-copy.ts';
import {writeHead} from './engine/stream-frame.ts';
import {wait} from './engine/wait.ts';
import {BatchWriter} from './engine/writer.ts';
import type {Migration} from './migration.ts';
import type {ReceiverSession} from './receiver-session.ts';
import type {Reconnection} from './reconnect.ts';
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

export type GuestSenderDependencies = {
	readonly domain: SourceDomain;
	readonly policy: PrecopyPolicy;
	readonly migration: Migration;
	/** Opens the data connections that were offered, and puts them on data workers. */
	readonly openChannels: (offer: LinkOffer, signal: AbortSignal) => Promise<SendChannels>;
	/** Opens the way to one of the target's disks. */
	readonly openDisk: OpenDisk;
	/** Hashes the guest's memory in a data worker. */
	readonly openChecker: (memory: GuestMemory, pageHashes: PageHashes) => PageChecker;
	readonly reconnection: Reconnection;
	/** Writes `go` to the journal ahead of its time. */
	readonly journalGo: () => Promise<void>;
	readonly context: () => FaultContext;
	readonly log: Logger;
};

export type GuestSenderOptions = {
	readonly request: PrepareRequest;
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

/** One link, and the tasks that end with it. */
export type LinkRun = {readonly link: number; readonly session: Session; readonly group: TaskGroup};

/** What is kept from one link to the next. */
type State = {
	readonly dirtyLog: DirtyLog;
	/** Pages of this pass that are still to be sent. */
	readonly due: PageBitmap;
	readonly sent: SentPages;
	readonly stats: StatsRecorder;
	readonly proof: SourceProof;
};

const nowMs = (): number => performance.now();

/** Between two questions to the policy while no precopy asks it. */
const ASK_MEANWHILE_MS = 100;

/** Sends a guest's memory and state over the link at hand, and knows from one link to the next what the receiver has of them. */
export class GuestSender implements AsyncDisposable {
	readonly #dependencies: GuestSenderDependencies;
	readonly #options: GuestSenderOptions;
	#proof: SourceProof | undefined;
	#state: State | undefined;
	/** Of the latest link. */
	#writer: BatchWriter | undefined;
	#isPrepared: boolean;
	#mayBePaused = false;
	#isWhole = false;
	/** Over the link at hand. */
	#isPrecopyOver = false;

	constructor(dependencies: GuestSenderDependencies, options: GuestSenderOptions) {
		this.#dependencies = dependencies;
		this.#options = options;
		this.#isPrepared = options.takesUp;
	}

	/** The receiver has made the guest: there is something to resume. */
	get isPrepared(): boolean {
		return this.#isPrepared;
	}

	/** The guest was asked to pause, and nobody has resumed it. */
	get mayBePaused(): boolean {
		return this.#mayBePaused;
	}

	/** The receiver has the whole guest: the data connections have done their part. */
	get isWhole(): boolean {
		return this.#isWhole;
	}

	/** For the request that opens a link. */
	get hashKey(): number | undefined {
		return this.#proof?.sentHashes?.key;
	}

	/** Ahead of every link's request: how the memory is proved is decided with the first. */
	agree({features}: Session): void {
		if (this.#proof !== undefined) return;
		const {domain, migration, openChecker} = this.#dependencies;
		const kind = this.#options.request.stream === 'sterna' && features.has('proof') ? this.#options.proof : 'off';
		const {memory} = domain;
		const proof = new SourceProof({kind, memory, openChecker: pageHashes => openChecker(domain.memory, pageHashes)});
		this.#proof = proof;
		migration.proved(kind, () => proof.digest);
	}

	/** Once for all links, others do nothing: arms the dirty log, and takes every page as due, unless the receiver has some already. */
	async begin(group: TaskGroup): Promise<void> {
		if (this.#state !== undefined) return;
		const {domain, migration, log} = this.#dependencies;
		if (this.#proof === undefined) throw new TypeError('begun before it was agreed on the proof');
		const dirtyLog = await domain.startDirtyLog();
		log.info({tracker: dirtyLog.kind, fallbackBecause: dirtyLog.fallbackBecause}, 'dirty tracking armed');
		// Beside the receiver, which populates the target meanwhile.
		group.run('page-tables', stop => fillPageTables(domain.memory, stop));
		const all = new PageBitmap(domain.memory.pageLimit);
		domain.addAllPages(all);
		const sent = new SentPages(domain.memory.pageLimit);
		if (this.#options.takesUp) sent.pages.addAll(all);
		const due = this.#options.takesUp ? new PageBitmap(domain.memory.pageLimit) : all;
		const stats = new StatsRecorder(nowMs(), due.count);
		migration.opened({tracker: dirtyLog.kind, totalPages: all.count, stats});
		this.#state = {dirtyLog, due, sent, stats, proof: this.#proof};
	}

	/** While no link is open: what the receiver has otherwise than it is here, or was sent from here, is due. */
	async compare(session: Session, signal: AbortSignal): Promise<void> {
		const {migration, log} = this.#dependencies;
		const {migrationId, incarnation} = this.#options.request;
		const {due, stats, proof} = this.#needState();
		const isTakenUp = this.#options.takesUp && this.#writer === undefined;
		if (isTakenUp && proof.kind !== 'off') await proof.begin();
		this.#writer?.takeBack(due, []);
		const before = due.count;
		await proof.compareWithReceiver(hashKey => range => session.pageHashes({migrationId, incarnation, hashKey, ...range}, signal), due);
		const pages = due.count - before;
		if (!isTakenUp) migration.repaired(pages);
		stats.takenBack(due.count);
		log.warn({pages, first: due.nextRun(0, 16)}, 'pages that the receiver has otherwise are sent to it');
	}

	/**
	 * Everything of one link behind its request: the pages that are due, those that become it, and the last pass. `handOver` is called when the
	 * receiver has the whole guest; the data connections are taken down behind it.
	 */
	async send({link, session, group}: LinkRun, handOver: HandOver, signal: AbortSignal): Promise<void> {
		const {domain, migration, openChannels, openDisk, journalGo} = this.#dependencies;
		const {features} = session;
		const {proof, sent} = this.#needState();
		const prepared = await orAborted(session.prepared, signal);
		this.#isPrepared = true;
		if (link > 0) this.#dueAgain(prepared.appliedBytes);
		this.#isPrecopyOver = false;
		await using channels = await openChannels({link, prepared, features, pageHashes: proof.sentHashes}, signal);
		this.#watch(channels, group, signal);

		const zerosGoEmpty = this.#options.request.stream === 'sterna' && features.has('zero-pages');
		const writer = new BatchWriter(channels, {sent, zerosGoEmpty, nowMs});
		this.#writer = writer;
		const creditedBytes = migration.linkOpened(() => channels.progress);
		migration.enter('precopy');
		await writeHead(channels.primary, domain);
		channels.startHeartbeats();
		// Before its memory, of which the guest would dirty the more, the longer it takes. They are kept equal from here on.
		await using _disks = await mirrorDisks({domain, migration, openDisk}, group, signal);
		const because = await this.#precopy({channels, writer, creditedBytes}, signal);
		migration.enter('stop-and-copy', because, writer.pagesInHand);
		const paused = await this.#stopAndCopy({channels, writer}, signal);
		const sentMs = nowMs();
		// Ahead of its time, while the receiver loads the device state: a `go` that is in the journal and was never sent is only a reason to ask.
		await journalGo();
		const ready = await orAborted(session.ready, signal);
		this.#isWhole = true;
		await handOver({paused, ready, loadMs: nowMs() - sentMs, because}, signal);
	}

	/** Behind a lost link: the guest, where it was paused for the last pass, runs on here. */
	async resumeGuest(): Promise<void> {
		this.#isPrecopyOver = false;
		if (!this.#mayBePaused) return;
		this.#mayBePaused = false;
		await this.#dependencies.domain.resume();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#proof?.[Symbol.asyncDispose]();
		await this.#state?.dirtyLog[Symbol.asyncDispose]();
	}

	/** Ends the link with the first of its connections, and them with it. */
	#watch(channels: SendChannels, group: TaskGroup, signal: AbortSignal): void {
		const stop = (): void => {
			void channels.destroy(signal.reason as Error);
		};
		signal.addEventListener('abort', stop, {once: true});
		group.run('link', async () => {
			const error = await channels.closed;
			if (error && !this.#isWhole) throw error;
		});
	}

	/** Returns why it ended. */
	async #precopy(
		{channels, writer, creditedBytes}: Pick<PrecopyDependencies, 'channels' | 'writer' | 'creditedBytes'>,
		signal: AbortSignal,
	): Promise<string> {
		const {migration, policy, context, log} = this.#dependencies;
		const {dirtyLog, due, stats, sent, proof} = this.#needState();
		const asked = migration.operator.over(firstOf(this.#noticingProgress(channels), policy));
		const audit = proof.audit(sent.pages);
		const {observer} = migration;
		const decision = await precopy(
			{dirtyLog, channels, writer, policy: asked, stats, observer, audit, creditedBytes, nowMs, wait},
			due,
			signal,
		);
		const {pagesInHand} = writer;
		log.info({decision, stats: stats.snapshot(nowMs()), pagesInHand, audited: audit?.pagesLookedAt}, 'precopy ended');
		this.#isPrecopyOver = true;
		migration.precopyEnded(decision.because);
		if (decision.action === 'stop-and-copy') return decision.because;
		throw abortedByPolicy(decision.because, context());
	}

	/**
	 * Asks the policy also where no precopy does, until the signal fires: while there is no link or one is made, and while the disks go first. Nothing can be
	 * switched then, but aborted. Rejects with ERR_ABORTED_BY_POLICY.
	 */
	async keepAsking(signal: AbortSignal): Promise<void> {
		const {migration, policy, context} = this.#dependencies;
		for (;;) {
			if (signal.aborted) return;
			if (this.#state !== undefined && !this.#isPrecopyOver) {
				const stats = this.#state.stats.snapshot(nowMs());
				const decision = policy(stats);
				if (decision.action === 'abort') {
					migration.observer.asked(stats, decision);
					migration.precopyEnded(decision.because);
					throw abortedByPolicy(decision.because, context());
				}
			}

			await wait(ASK_MEANWHILE_MS, signal).catch(() => undefined);
		}
	}

	async #stopAndCopy({channels, writer}: Pick<PrecopyDependencies, 'channels' | 'writer'>, signal: AbortSignal): Promise<PausedGuest> {
		const {domain, migration, log} = this.#dependencies;
		const {dirtyLog, due, stats, proof} = this.#needState();
		const lookAgain = async (pages: PageBitmap): Promise<void> => {
			const missed = await proof.checkAll(pages);
			if (missed === 0) return;
			migration.repaired(missed);
			log.error({missed}, 'pages were written that the dirty log did not name; they are sent all the same');
		};
		this.#mayBePaused = true;
		const downtimeBudgetMs = this.#options.downtimeBudgetMs();
		return stopAndCopy({domain, dirtyLog, channels, writer, stats, nowMs, lookAgain, downtimeBudgetMs}, due, signal);
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

			return {action: 'continue', because: ''};
		};
	}

	/** What was on its way over the link before is due again, unless the receiver has it. */
	#dueAgain(appliedBytes: readonly number[]): void {
		const {migration, log} = this.#dependencies;
		const {due, stats} = this.#needState();
		const pages = this.#writer?.takeBack(due, appliedBytes) ?? 0;
		stats.takenBack(due.count);
		migration.sentAgain(pages);
		log.info({pages, due: due.count}, 'pages that were on their way are sent again');
	}

	#needState(): State {
		if (this.#state === undefined) throw new TypeError('sent before it was begun');
		return this.#state;
	}
}

function abortedByPolicy(because: string, context: FaultContext): Error {
	return operationError('ERR_ABORTED_BY_POLICY', `the precopy policy aborted: ${because}`, context);
}
