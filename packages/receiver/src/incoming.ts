import {setImmediate as nextTurn} from 'node:timers/promises';
import {type FaultContext, type Logger, operationError, toOperationError} from '@sterna/host';
import type {DeviceState, DomainError, TargetDisks} from '@sterna/domain';
import type {OperationError, Phase, TargetState} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {PageHashes} from '@sterna/transport';
import {Ahead} from './ahead.ts';
import type {Arrival} from './arrivals.ts';
import {IncomingLink, type LinkRequest} from './incoming-link.ts';
import {incomingStatus} from './incoming-status.ts';
import {isLinkLoss} from './link-loss.ts';
import {LinkSequence} from './link-sequence.ts';
import type {IncomingDependencies, IncomingOptions} from './incoming-parts.ts';
import type {ArrivalRecording} from './recording/arrival-recording.ts';
import type {TargetContents} from './target-contents.ts';
import {TargetHandover} from './target-handover.ts';

/** How long a guest that is to be declined waits for a journal that did not take it, in milliseconds. */
const DECLINE_AGAIN_MS = 10_000;

/**
 * One guest on its way in: from the prepared, empty target to a guest that runs here, or is gone from here. It comes over one link
 * after another; between two of them it waits, for as long as was agreed.
 */
export class Incoming implements Arrival {
	readonly id: string;
	readonly domain: string;
	readonly peer: string;
	readonly incarnation: number;
	readonly contents: TargetContents;
	readonly log: Logger;
	readonly #options: IncomingOptions;
	readonly #dependencies: IncomingDependencies;
	readonly #handover: TargetHandover;
	readonly #links: LinkSequence;
	readonly #startedAtMs = Date.now();
	readonly #started = performance.now();
	readonly #over = Promise.withResolvers<TargetState>();
	readonly #ahead: Ahead;
	readonly #recording: ArrivalRecording | undefined;
	#loadMs = 0;
	/** Why the last link ended, while no other has begun. */
	#loss: OperationError | undefined;
	/** Of the end of the wait for a link; then of another try to journal that the guest is declined. */
	#timer: NodeJS.Timeout | undefined;
	/** Why the guest will not run here, from when that is settled on. */
	#refusal: OperationError | undefined;
	#failure: OperationError | undefined;
	#firstStepNs: bigint | undefined;
	#resumeMs = 0;
	#endedMs: number | undefined;

	/** Listens for the end of its target from here on. */
	constructor(dependencies: IncomingDependencies, options: IncomingOptions) {
		const {contents, journal, log} = dependencies;
		this.#dependencies = dependencies;
		this.#options = options;
		this.id = options.id;
		this.domain = contents.target.name;
		this.peer = options.peer;
		this.incarnation = options.incarnation;
		this.contents = contents;
		this.log = log;
		this.#ahead = new Ahead(contents.target, journal, log);
		this.#links = new LinkSequence({latest: options.takenUpAt ?? 0, takenUp: options.takenUpAt !== undefined});
		this.#over.promise.catch(() => undefined); // Whoever waits for it hears of it.
		this.#handover = new TargetHandover({
			journal,
			sendReady: () => {
				this.#links.open?.request.onReady({incarnation: this.incarnation, ...this.#links.figures, loadMs: this.#loadMs});
			},
			resumeGuest: async () => {
				if (options.paused) return;
				const started = performance.now();
				this.#firstStepNs = (await contents.target.resume()).firstStepNs;
				this.#resumeMs = performance.now() - started;
				this.#recording?.noted(`let run in ${this.#resumeMs.toFixed(2)} ms`);
			},
			destroyGuest: async () => {
				await this.#letGoOfMemory();
				await contents.target.destroy();
			},
			onResumeFailed: error => {
				this.#failure = toOperationError(error, this.#context('handover'));
				this.#recording?.failed(this.#failure);
				log.error({error}, 'the guest could not be resumed here: it goes back');
			},
		});
		this.#recording = dependencies.record?.(() => this.status());
		void contents.target.gone.then(async error => this.#onTargetGone(error));
	}

	get state(): TargetState {
		return this.#handover.state;
	}

	get link(): number {
		return this.#links.latest;
	}

	get disks(): TargetDisks | undefined {
		return this.contents.target.disks;
	}

	get firstStepNs(): bigint | undefined {
		return this.#firstStepNs;
	}

	get resumeMs(): number {
		return this.#resumeMs;
	}

	/** Why it failed; undefined while it has not. */
	get failure(): OperationError | undefined {
		return this.#failure;
	}

	/** As of `LinkSequence`. */
	get appliedBytes(): readonly number[] {
		return this.#links.appliedBytes;
	}

	/** Resolves when it is over here and nothing of it is held any more; with `receiving` or `ready` it is left to the next daemon. Rejects where the journal did not take the end. */
	get over(): Promise<TargetState> {
		return this.#over.promise;
	}

	/** A link of this guest, for `receive` or `resume`. */
	createLink(request: LinkRequest): IncomingLink {
		return new IncomingLink(request, this.#context('precopy'));
	}

	/**
	 * Receives over the first link, loads the device state and says ready. Resolves when the guest is ready or declined (see `failure`). Rejects
	 * with what the link was lost by, where the guest waits for another one.
	 */
	async receive(link: IncomingLink): Promise<void> {
		this.#recording?.entered('prepare', '');
		return this.#links.carry(link, async () => this.#receive(link));
	}

	/** Goes on over a further link, as `receive`, when the one before has ended. Rejects ERR_TARGET_REFUSED where the guest cannot come over it. */
	async resume(link: IncomingLink): Promise<void> {
		const {number} = link.request;
		this.#assertResumable();
		const {latest} = this.#links;
		if (!this.#links.claim(number)) throw this.#refused(`link ${number} is not above link ${latest}, which it has seen`);
		await this.#links.end(this.#lost(`the source has begun link ${number}`), 'supersede');
		this.#assertResumable();
		if (number !== this.#links.latest) throw this.#refused(`the source has begun link ${this.#links.latest} since`);
		clearTimeout(this.#timer);
		return this.#links.carry(link, async () => {
			this.#loss = undefined;
			return this.#receive(link);
		});
	}

	/** The hashes of what the guest has, for a source that has no link to it. Rejects ERR_TARGET_REFUSED where it cannot go on to come in. */
	async pageHashes(key: number): Promise<PageHashes> {
		this.#assertResumable();
		await this.#links.end(this.#lost('the source asks for page hashes'), 'supersede');
		this.#assertResumable();
		if (this.#links.open !== undefined) throw this.#refused('another link was begun');
		// Whoever asks is still there.
		if (this.#loss !== undefined) this.#wait(this.#loss);
		try {
			return await this.contents.hashes.of(key);
		} catch (error) {
			throw toOperationError(error, this.#context('precopy'));
		}
	}

	/** A guest that came over links of an earlier daemon waits for the next one. */
	waitForLink(loss: OperationError): void {
		this.#wait(loss);
	}

	/** `go` of this incarnation: the guest runs here, or was declined for good. */
	async go(): Promise<TargetState> {
		// No source of ours says it before it has heard `ready`. What still comes in must have stopped before the guest is destroyed.
		if (this.state === 'receiving') return this.decline(this.#refused('the guest is not whole'));
		const state = await this.#handover.play('go');
		this.#endIfOver();
		return state;
	}

	async decline(reason: OperationError): Promise<TargetState> {
		this.#refusal ??= reason;
		await this.#links.end(reason, 'interrupt');
		await this.#decline(reason, 'query');
		if (this.#endedMs !== undefined) await this.#over.promise.catch(() => undefined);
		return this.state;
	}

	async giveUp(reason: OperationError): Promise<TargetState> {
		return this.decline(reason);
	}

	async stop(reason: OperationError): Promise<void> {
		if (this.state === 'receiving') await this.decline(reason);
		clearTimeout(this.#timer);
		if (this.#endedMs === undefined) {
			await this.#recording?.left();
			await this.#release();
			this.#over.resolve(this.state);
		}

		await this.#over.promise.catch(() => undefined);
	}

	status(): MigrationStatus {
		return incomingStatus({
			id: this.id,
			domain: this.domain,
			peer: this.peer,
			host: this.#dependencies.host,
			state: this.state,
			totalPages: this.#options.totalPages,
			...this.#links.figures,
			startedAtMs: this.#startedAtMs,
			elapsedMs: this.#endedMs ?? performance.now() - this.#started,
			isOver: this.#endedMs !== undefined,
			interruptions: this.#links.interruptions,
			digest: this.contents.hashes.digest,
			loss: this.#loss,
			failure: this.#failure,
		});
	}

	async #receive(link: IncomingLink): Promise<void> {
		const {journal, memory} = this.#dependencies;
		try {
			this.#assertWanted();
			if (link.request.number > 0) await journal.resuming(link.request.number);
			this.#ahead.prepareJournal();
			const deviceState = await link.receive(this.contents.target, {
				onOpen: () => this.#onOpen(link),
				onProgress: () => this.#onProgress(),
			});
			await this.#load(link, deviceState);
			this.#assertWanted();
			await this.#handover.play('loaded');
			memory[Symbol.dispose]();
		} catch (error) {
			const isLost = this.#options.holdMs !== undefined && !link.isWhole && this.#refusal === undefined && isLinkLoss(error);
			if (isLost) throw this.#keep(link, error);
			await this.#decline(error, 'failed');
		}
	}

	/** The stream is whole: the guest becomes what it says. */
	async #load(link: IncomingLink, deviceState: DeviceState): Promise<void> {
		this.#ahead.end();
		this.#recording?.whole();
		this.log.debug(this.#links.figures, 'stream whole');
		const started = performance.now();
		try {
			const loading = this.contents.target.loadDeviceState(deviceState);
			loading.catch(() => undefined); // Awaited below; a journal that fails first must not leave it unhandled.
			await this.#handover.journalReady();
			await loading;
			await this.#ahead.journalPrepared();
		} catch (error) {
			// What comes with the pages is done, and the source has paused the guest for this.
			const failure = toOperationError(error, this.#context('stop-and-copy'));
			await link.fail(failure);
			throw failure;
		}

		this.#loadMs = performance.now() - started;
		this.#recording?.entered('handover', `device state loaded in ${this.#loadMs.toFixed(2)} ms`);
		this.log.debug({loadMs: this.#loadMs}, 'device state loaded');
	}

	/** What came is gone with it: no link brings it here any more. */
	async #onTargetGone(error: DomainError): Promise<void> {
		if (this.state === 'receiving') await this.decline(toOperationError(error, this.#context('precopy')));
	}

	#onOpen({request}: IncomingLink): void {
		this.#recording?.linkOpened(request.number);
		this.#recording?.entered('precopy', '');
	}

	#onProgress(): void {
		if (this.#links.figures.pagesReceived >= this.#options.totalPages) this.#ahead.warm();
	}

	/** The link is lost; what came over it is kept. Returns what its request is told. */
	#keep(link: IncomingLink, error: unknown): OperationError {
		this.#links.lost(link, error);
		const loss = toOperationError(error, this.#context('precopy'));
		const {holdMs} = this.#options;
		this.#recording?.linkLost(link.request.number, loss);
		this.log.warn({code: loss.code, causes: loss.fault.causes, link: link.request.number, holdMs}, `${loss.message}; what came is kept`);
		this.#wait(loss);
		return loss;
	}

	/** From now on, for as long as was agreed. */
	#wait(loss: OperationError): void {
		this.#loss = loss;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#decline(loss, 'failed'), this.#options.holdMs);
	}

	async #decline(error: unknown, event: 'failed' | 'query'): Promise<void> {
		const reason = toOperationError(error, this.#context('precopy'));
		this.#refusal ??= reason;
		this.#ahead.end();
		clearTimeout(this.#timer);
		try {
			await this.#handover.play(event);
		} catch (journalError) {
			this.log.error({error: journalError}, 'the end of the migration could not be journaled');
			// Of a guest that is whole its source asks again.
			if (this.state === 'receiving') this.#timer = setTimeout(() => void this.#decline(error, 'failed'), DECLINE_AGAIN_MS);
		}

		if (this.state === 'declined') {
			this.#failure ??= reason;
			this.#recording?.failed(this.#failure);
			const {code, message, fault} = this.#failure;
			this.log.warn({code, causes: fault.causes}, message);
		}

		this.#endIfOver();
	}

	#endIfOver(): void {
		if (this.#endedMs !== undefined || (this.state !== 'running' && this.state !== 'declined')) return;
		this.#endedMs = performance.now() - this.#started;
		this.#over.resolve(this.#end());
	}

	async #end(): Promise<TargetState> {
		const {journal} = this.#dependencies;
		try {
			// The answer to `go` goes out first: the source counts the downtime until it hears of it.
			await nextTurn();
			this.#recording?.ended(this.state, this.state === 'running' ? this.#dependencies.host : this.peer, this.#failure);
			if (this.state === 'running') await journal.arrived();
			else await journal.gone();
		} catch (error) {
			this.log.error({error}, 'the journal did not take the end of the migration');
			throw error;
		} finally {
			await this.#release();
		}

		return this.state;
	}

	/** Nothing here touches the guest's memory any more when this resolves. */
	async #letGoOfMemory(): Promise<void> {
		await this.#links.open?.[Symbol.asyncDispose]();
		await this.contents.release();
	}

	/** The guest stays as it is. */
	async #release(): Promise<void> {
		const {journal, memory} = this.#dependencies;
		await this.#letGoOfMemory();
		await this.contents.target[Symbol.asyncDispose]();
		memory[Symbol.dispose]();
		journal[Symbol.dispose]();
	}

	/** Throws why the guest will not run here. */
	#assertWanted(): void {
		if (this.#refusal) throw this.#refusal;
	}

	#assertResumable(): void {
		if (this.#options.holdMs === undefined) throw this.#refused('it was not agreed to keep the guest without a link');
		if (this.#refusal) throw this.#refused('the guest does not come here any more', this.#refusal);
		if (this.state !== 'receiving') throw this.#refused(`the guest is ${this.state}`);
	}

	#context(phase: Phase): FaultContext {
		// Until the handover the source has the guest.
		return {side: 'receiver', phase, runsOn: {kind: 'host', host: this.peer}, domain: this.domain};
	}

	#lost(why: string): OperationError {
		return operationError('ERR_CONNECTION_LOST', why, this.#context('precopy'));
	}

	#refused(why: string, cause?: Error): OperationError {
		const message = `${this.#dependencies.host} cannot go on with migration ${this.id}: ${why}`;
		return operationError('ERR_TARGET_REFUSED', message, this.#context('precopy'), {cause});
	}
}
