import type {DiskProgress} from '@sterna/domain';
import type {Proof} from '@sterna/host';
import {faultToMessage, type DowntimeParts, type IterationInfo, type MigrationResult, type MigrationStatus} from '@sterna/protocol/control';
import {type OperationError, PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {LinkProgress} from '@sterna/transport';
import {LinkTotals} from './link-totals.ts';
import type {IterationSummary} from './engine/iteration-log.ts';
import type {PolicyDecision} from './engine/policy/decision.ts';
import {OperatorPolicy} from './engine/policy/operator-policy.ts';
import type {PrecopyObserver} from './engine/precopy-observer.ts';
import type {StatsRecorder} from './engine/stats.ts';
import type {MigrationLimits} from './migration-limits.ts';
import {MigrationProgress} from './progress/migration-progress.ts';
import type {MigrationRecording} from './recording/migration-recording.ts';

export type MigrationPhase = MigrationStatus['phase'];

/** How an operation ended; what `MigrationResult` says of it beyond the running figures. */
export type MigrationEnd = {
	readonly outcome: MigrationResult['outcome'];
	/** Host name; empty: nowhere; `?`: not known. */
	readonly runsOn: string;
	readonly downtimeMs?: number | undefined;
	readonly downtimeParts?: DowntimeParts | undefined;
	readonly error?: OperationError | undefined;
};

/** Time between two statuses that watchers are shown. */
const STATUS_INTERVAL_MS = 200;

/** One outgoing migration or save: where it stands, who watches it, and the operator's commands to it. It decides nothing. */
export class Migration {
	readonly id: string;
	readonly domain: string;
	readonly direction: 'outgoing' | 'save';
	readonly peer: string;
	/** The operator's commands as a policy, composed in front of the configured one. */
	readonly operator = new OperatorPolicy();
	/** Hears what its precopy does. */
	readonly observer: PrecopyObserver = {
		asked: (stats, decision) => {
			this.#latestDecision = decision;
			this.#progress.asked(stats, decision);
			this.recording?.observer.asked(stats, decision);
		},
		scanned: scan => {
			this.#progress.scanned(scan);
			this.recording?.observer.scanned(scan);
		},
	};
	/** Undefined for a save, which has none. */
	readonly limits: MigrationLimits | undefined;
	/** Where it is recorded; undefined where it is not. */
	recording: MigrationRecording | undefined;
	readonly startedAtMs = Date.now();
	readonly #started = performance.now();
	readonly #progress = new MigrationProgress(() => performance.now() - this.#started);
	readonly #watchers = new Set<(status: MigrationStatus) => void>();
	readonly #ended = Promise.withResolvers<MigrationResult>();
	#phase: MigrationPhase = 'queued';
	#reason = '';
	#latestDecision: PolicyDecision | undefined;
	#because: string | undefined;
	#tracker = '';
	#totalPages = 0;
	#stats: StatsRecorder | undefined;
	readonly #links = new LinkTotals();
	#interruptions = 0;
	#interruptedMs = 0;
	#pagesSentAgain = 0;
	#proof: Proof | undefined;
	#digest: () => string | undefined = () => undefined;
	#repairedPages = 0;
	#diskProgress: (() => DiskProgress) | undefined;
	/** Over links before the one at hand. */
	#diskBytesBefore = 0;
	#result: MigrationResult | undefined;
	#timer: NodeJS.Timeout | undefined;
	#abort: ((error: OperationError) => void) | undefined;
	/** By which it was aborted first. */
	#abortedBy: OperationError | undefined;

	constructor({
		id,
		domain,
		direction,
		peer,
		limits,
	}: {
		readonly id: string;
		readonly domain: string;
		readonly direction: 'outgoing' | 'save';
		readonly peer: string;
		readonly limits?: MigrationLimits | undefined;
	}) {
		this.id = id;
		this.domain = domain;
		this.direction = direction;
		this.peer = peer;
		this.limits = limits;
	}

	get phase(): MigrationPhase {
		return this.#phase;
	}

	/** What the policies said last; undefined before the precopy. */
	get latestDecision(): PolicyDecision | undefined {
		return this.#latestDecision;
	}

	get result(): MigrationResult | undefined {
		return this.#result;
	}

	/** Resolves when every task of the operation has stopped. */
	get ended(): Promise<MigrationResult> {
		return this.#ended.promise;
	}

	/** `pagesInHand`: of a switch, pages that are sent yet before the guest is paused. */
	enter(phase: MigrationPhase, reason = '', pagesInHand?: number): void {
		this.#phase = phase;
		this.#reason = reason;
		this.#progress.entered(phase);
		this.recording?.entered(phase, reason, pagesInHand);
		// In the next turn: whoever enters a phase has something to do in it, and the last ones lie in the downtime.
		setImmediate(() => {
			this.#tell();
		});
	}

	/** The guest is open: from here there are figures to show. */
	opened({tracker, totalPages, stats}: {tracker: string; totalPages: number; stats: StatsRecorder}): void {
		this.#tracker = tracker;
		this.#totalPages = totalPages;
		this.#stats = stats;
		this.recording?.opened({tracker, totalPages});
		this.#timer = setInterval(() => {
			this.#tell();
			if (!this.#isStill) this.recording?.sampled(this.status());
		}, STATUS_INTERVAL_MS).unref(); // A display keeps nobody alive.
	}

	/** Why there is no precopy any more; of several, behind lost links, the last counts. */
	precopyEnded(because: string): void {
		this.#because = because;
	}

	/** The next link is open. Returns how much the receiver has taken over all links. */
	linkOpened(progress: () => LinkProgress): () => number {
		this.#links.open(progress);
		this.recording?.linkOpened();
		return () => this.#links.progress.creditedBytes;
	}

	/** The disks go over the link at hand, from their beginning. */
	disksMirrored(progress: () => DiskProgress): void {
		this.#diskBytesBefore = this.#diskBytesSent;
		this.#diskProgress = progress;
	}

	/** The link was lost, and another is tried to be opened. */
	interrupted(lost: OperationError): void {
		this.#interruptions += 1;
		this.#progress.interrupted();
		this.recording?.linkLost(lost);
		this.enter('reconnecting', lost.message);
	}

	/** Something arrives again, after so many milliseconds without a link. */
	interruptionEnded(withoutMs: number): void {
		this.#interruptedMs += withoutMs;
		this.#progress.interrupted();
	}

	/** How the memory is proved, and of what it is known to be made. */
	proved(kind: Proof, digest: () => string | undefined): void {
		this.#proof = kind;
		this.#digest = digest;
	}

	/** So many pages were found different from what was sent, and are sent again. */
	repaired(pages: number): void {
		this.#repairedPages += pages;
		if (pages > 0) this.recording?.noted(`${pages} pages were found different from what was sent, and are sent again`);
	}

	/** So many pages were on their way when a link was lost, and are sent again. */
	sentAgain(pages: number): void {
		this.#pagesSentAgain += pages;
		if (pages > 0) this.recording?.noted(`${pages} pages were on their way when the link was lost, and are sent again`);
	}

	/** Says how the operation can be aborted; undefined once it no longer can be. One that was aborted already is so at once. */
	abortWith(abort: ((error: OperationError) => void) | undefined): void {
		this.#abort = abort;
		if (this.#abortedBy !== undefined) abort?.(this.#abortedBy);
	}

	/** Aborts, if it still can be; idempotent. Returns whether the operation will end by it or has ended already. */
	abort(error: OperationError): boolean {
		if (this.#result) return true;
		if (!this.#abort) return false;
		this.#abortedBy ??= error;
		this.#abort(this.#abortedBy);
		return true;
	}

	end(end: MigrationEnd): void {
		if (this.#result) return;
		clearInterval(this.#timer);
		const stats = this.#stats?.snapshot(performance.now());
		const {writtenBytes, zeroPages, savedBytes} = this.#links.progress;
		this.#result = {
			id: this.id,
			domain: this.domain,
			outcome: end.outcome,
			runsOn: end.runsOn,
			totalMs: performance.now() - this.#started,
			downtimeMs: end.downtimeMs,
			downtimeParts: end.downtimeParts,
			iterations: stats?.iteration ?? 0,
			pagesSent: stats?.totalWritten ?? 0,
			bytesSent: writtenBytes,
			zeroPages,
			savedBytes,
			interruptions: this.#interruptions,
			interruptedMs: this.#interruptedMs,
			resentBytes: this.#pagesSentAgain * PAGE_SIZE_BYTES,
			proof: this.#proof,
			digest: this.#digest(),
			repairedPages: this.#repairedPages,
			diskBytesSent: this.#diskProgress === undefined ? undefined : this.#diskBytesSent,
			because: this.#because,
			error: end.error && faultToMessage(end.error),
		};
		this.#letGo();
		this.#phase = end.outcome;
		this.#reason = end.error?.message ?? this.#reason;
		this.#tell();
		this.#watchers.clear();
		this.#ended.resolve(this.#result);
		this.recording?.ended(this.#result);
	}

	/** An undecided end became a decided one: the result that `status` shows from now on. Who waited for the end has heard of the undecided one. */
	settle(end: MigrationEnd): void {
		if (this.#result?.outcome !== 'undecided') return;
		const {outcome, runsOn, error} = end;
		this.#result = {...this.#result, outcome, runsOn, error: error && faultToMessage(error)};
		this.recording?.ended(this.#result);
		this.#phase = outcome;
		this.#reason = error?.message ?? 'decided after the two daemons talked again';
	}

	/** Calls `watcher` with every status from now on until the signal fires or the operation ends. */
	watch(watcher: (status: MigrationStatus) => void, signal: AbortSignal): void {
		if (this.#result || signal.aborted) return;
		this.#watchers.add(watcher);
		signal.addEventListener('abort', () => this.#watchers.delete(watcher), {once: true});
		watcher(this.status());
	}

	status(): MigrationStatus {
		const stats = this.#stats?.snapshot(performance.now());
		const {writtenBytes, zeroPages, savedBytes} = this.#links.progress;
		const elapsedMs = this.#result?.totalMs ?? performance.now() - this.#started;
		return {
			id: this.id,
			domain: this.domain,
			direction: this.direction,
			peer: this.peer,
			phase: this.#phase,
			iteration: stats?.iteration ?? 0,
			totalPages: this.#totalPages,
			pagesSent: stats?.totalWritten ?? 0,
			bytesSent: writtenBytes,
			zeroPages,
			savedBytes,
			dirtyPages: stats?.dirtyCount,
			remainingPages: stats?.remainingPages ?? 0,
			elapsedMs,
			bandwidthBytesPerSecond: stats?.bandwidthBytesPerSecond ?? 0,
			dirtyBytesPerSecond: stats?.dirtyBytesPerSecond ?? 0,
			expectedDowntimeMs: stats?.expectedDowntimeMs,
			tracker: this.#tracker,
			reason: this.#reason,
			result: this.#result,
			startedAtMs: this.startedAtMs,
			bandwidthLimitBytesPerSecond: this.limits?.bytesPerSecond,
			interruptions: this.#interruptions,
			proof: this.#proof,
			diskBytesLeft: this.#result === undefined ? this.#diskProgress?.().bytesLeft : undefined,
			digest: this.#result === undefined ? this.#digest() : this.#result.digest,
			iterations: (stats?.iterations ?? []).map(iteration => iterationInfo(iteration, this.#progress.behind(iteration.iteration))),
			...this.#progress.look({
				atMs: elapsedMs,
				phase: this.#phase,
				stats,
				totalPages: this.#totalPages,
				limits: this.limits?.policy.limits,
				isPaused: this.operator.isPaused,
				limitBytesPerSecond: this.limits?.bytesPerSecond,
				wireBytesPerPage: stats === undefined || stats.totalWritten === 0 ? undefined : writtenBytes / stats.totalWritten,
				disks: this.#result === undefined ? this.#diskProgress?.() : undefined,
			}),
			policyFault: this.limits?.policy.fault,
			transferPaused: this.direction === 'outgoing' ? this.#result === undefined && this.operator.isPaused : undefined,
		};
	}

	/** A migration is remembered for long after its end, and the tables of its guest must not be: what is shown of it from here on is in the result. */
	#letGo(): void {
		this.#links.close();
		this.#diskProgress = undefined;
		this.#abort = undefined;
		this.#digest = () => undefined;
	}

	/** In these phases the guest stands still. */
	get #isStill(): boolean {
		return this.#phase === 'stop-and-copy' || this.#phase === 'handover';
	}

	get #diskBytesSent(): number {
		return this.#diskBytesBefore + (this.#diskProgress?.().bytesSent ?? 0);
	}

	#tell(): void {
		if (this.#watchers.size === 0) return;
		const status = this.status();
		for (const watcher of this.#watchers) watcher(status);
	}
}

function iterationInfo(
	{iteration, dirtyPages, writtenPages, durationMs, bandwidthBytesPerSecond, dirtyBytesPerSecond}: IterationSummary,
	waitsFor: string | undefined,
): IterationInfo {
	return {iteration, dirtyPages, writtenPages, durationMs, bandwidthBytesPerSecond, dirtyBytesPerSecond, waitsFor};
}
