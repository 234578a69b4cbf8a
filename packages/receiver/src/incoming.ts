import {setImmediate as nextTurn} from 'node:timers/promises';
import {orAborted, TaskGroup, toOperationError, operationError, type FaultContext, type Logger} from '@sterna/host';
import type {TargetDomain} from '@sterna/domain';
import type {ErrorCode, OperationError, Phase, TargetState} from '@sterna/protocol';
import {faultToMessage, type MigrationResult, type MigrationStatus, type PrepareRequest, type ReadyEvent} from '@sterna/protocol/control';
import type {ReceiveEvent, ReceiveLink} from '@sterna/transport';
import type {Arrival} from './arrivals.ts';
import {RecordCollector} from './engine/record-collector.ts';
import {streamHeadersOf} from './engine/stream-headers.ts';
import {TargetHandover, type TargetJournal} from './target-handover.ts';

export type IncomingDependencies = {
	/** Made by its driver: empty and paused. Owned by the migration from here. */
	readonly target: TargetDomain;
	readonly journal: TargetJournal;
	/** Waits for the data connection and puts it on a data worker. */
	readonly openLink: (onEvent: (event: ReceiveEvent) => void, signal: AbortSignal) => Promise<ReceiveLink>;
	readonly host: string;
	readonly log: Logger;
};

/** What the peer is told while its `prepare` is open. */
export interface IncomingListener {
	onReady(event: ReadyEvent): void;
	onProgress(figures: {readonly pagesReceived: number; readonly bytesReceived: number}): void;
}

/** One guest on its way in: from the prepared, empty target to a guest that runs here, or is gone from here. */
export class Incoming implements Arrival {
	readonly id: string;
	readonly domain: string;
	readonly peer: string;
	readonly #request: PrepareRequest;
	readonly #dependencies: IncomingDependencies;
	readonly #listener: IncomingListener;
	readonly #group = new TaskGroup();
	readonly #handover: TargetHandover;
	readonly #startedAtMs = Date.now();
	readonly #started = performance.now();
	/** Settles when the migration is over on this side: running, or declined with its reason. */
	readonly #over = Promise.withResolvers<TargetState>();
	#pagesReceived = 0;
	#bytesReceived = 0;
	#loadMs = 0;
	#warming = false;
	#stopped: Promise<void> = Promise.resolve();
	/** Fires when the last byte of the stream is here. */
	readonly #whole = new AbortController();
	/** The data link of a guest that is ready. */
	readonly #held = new AsyncDisposableStack();
	#failure: OperationError | undefined;
	#firstStepNs: bigint | undefined;
	#endedMs: number | undefined;

	constructor(
		dependencies: IncomingDependencies,
		options: {readonly request: PrepareRequest; readonly peer: string; readonly listener: IncomingListener},
	) {
		this.#dependencies = dependencies;
		this.#request = options.request;
		this.#listener = options.listener;
		this.id = options.request.migrationId;
		this.domain = dependencies.target.name;
		this.peer = options.peer;
		this.#handover = new TargetHandover({
			journal: dependencies.journal,
			sendReady: () => {
				this.#listener.onReady(this.#readyEvent());
			},
			resumeGuest: async () => {
				if (this.#request.paused) return;
				this.#firstStepNs = (await dependencies.target.resume()).firstStepNs;
			},
			destroyGuest: async () => {
				await this.#held.disposeAsync(); // Nothing touches the guest's memory any more when it is destroyed.
				await dependencies.target.destroy();
			},
			onResumeFailed: error => {
				this.#failure = toOperationError(error, this.#context('handover'));
				dependencies.log.error({error}, 'the guest could not be resumed here: it goes back');
			},
		});
	}

	get state(): TargetState {
		return this.#handover.state;
	}

	get incarnation(): number {
		return this.#request.incarnation;
	}

	get firstStepNs(): bigint | undefined {
		return this.#firstStepNs;
	}

	/** Why it failed; undefined while it has not. */
	get failure(): OperationError | undefined {
		return this.#failure;
	}

	/** Resolves with `running` or `declined` when the migration is over here. */
	get over(): Promise<TargetState> {
		return this.#over.promise;
	}

	/**
	 * Receives the stream, loads the device state and says ready. Resolves when the guest is ready or declined (see `failure`);
	 * every task has stopped by then. Called once.
	 */
	async receive(): Promise<void> {
		this.#group.run('stream', signal => this.#stream(signal));
		this.#group.run('journal', () => this.#prepareJournal());
		this.#stopped = this.#group.join();
		try {
			await this.#stopped;
			await this.#handover.play('loaded');
		} catch (error) {
			await this.#decline(error, 'failed');
		}
	}

	/** Ends a migration that is not decided: an operator's abort, the peer's word, a lost connection. Idempotent; no effect once the guest is ready. */
	fail(error: OperationError): void {
		this.#group.abort(error);
	}

	/** `go` of this incarnation: the guest runs here, or was declined for good. */
	async go(): Promise<TargetState> {
		const state = await this.#handover.play('go');
		await this.#endIfOver();
		return state;
	}

	/** The source asks, or says that it keeps the guest: declines durably unless the guest runs here. */
	async decline(reason: OperationError): Promise<TargetState> {
		this.#group.abort(reason);
		await Promise.allSettled([this.#stopped]);
		await this.#decline(reason, 'query');
		return this.state;
	}

	/** Once over: lets go of the guest's memory and files. */
	async release(): Promise<void> {
		await this.#held.disposeAsync();
		await this.#dependencies.target[Symbol.asyncDispose]();
	}

	status(): MigrationStatus {
		const elapsedMs = this.#endedMs ?? performance.now() - this.#started;
		return {
			id: this.id,
			domain: this.domain,
			direction: 'incoming',
			peer: this.peer,
			phase: this.#phaseShown(),
			iteration: 0,
			totalPages: this.#request.populatedPages,
			pagesSent: this.#pagesReceived,
			bytesSent: this.#bytesReceived,
			dirtyPages: undefined,
			remainingPages: 0,
			elapsedMs,
			bandwidthBytesPerSecond: elapsedMs > 0 ? (this.#bytesReceived * 1000) / elapsedMs : 0,
			dirtyBytesPerSecond: 0,
			expectedDowntimeMs: undefined,
			tracker: '',
			reason: this.#failure?.message ?? '',
			result: this.#result(),
			startedAtMs: this.#startedAtMs,
		};
	}

	#result(): MigrationResult | undefined {
		if (this.#endedMs === undefined) return undefined;
		const arrived = this.state === 'running';
		return {
			id: this.id,
			domain: this.domain,
			outcome: arrived ? 'completed' : this.#failure?.code.startsWith('ERR_ABORTED') === true ? 'aborted' : 'failed',
			runsOn: arrived ? this.#dependencies.host : this.peer,
			totalMs: this.#endedMs,
			iterations: 0,
			pagesSent: this.#pagesReceived,
			bytesSent: this.#bytesReceived,
			error: arrived || this.#failure === undefined ? undefined : faultToMessage(this.#failure),
		};
	}

	/** The slow half of the journal's next steps, while the guest runs at its source. */
	async #prepareJournal(): Promise<void> {
		const {journal, log} = this.#dependencies;
		await journal.prepare().catch((error: unknown) => {
			log.warn({error}, 'the journal could not be prepared: the handover will write all of it');
		});
	}

	async #stream(signal: AbortSignal): Promise<void> {
		const {target, openLink, log} = this.#dependencies;
		const ended = Promise.withResolvers<void>();
		const records = new RecordCollector(record => {
			target.acceptStaticRecord(record);
		});
		const onEvent = (event: ReceiveEvent): void => {
			try {
				this.#receive(event, records, ended);
			} catch (error) {
				ended.reject(error);
			}
		};
		ended.promise.catch(() => undefined); // It may fail before anyone waits for it.
		await using opened = new AsyncDisposableStack();
		const link = opened.use(await openLink(onEvent, signal));
		try {
			await orAborted(ended.promise, signal);
			this.#whole.abort();
			log.debug({bytes: this.#bytesReceived, pages: this.#pagesReceived}, 'stream whole');
			const started = performance.now();
			const loading = target.loadDeviceState(records.deviceState());
			loading.catch(() => undefined); // Awaited below; a journal that fails first must not leave it unhandled.
			await this.#handover.journalReady();
			await loading;
			this.#loadMs = performance.now() - started;
			log.debug({loadMs: this.#loadMs}, 'device state loaded');
			// The sender closes the connection when it has heard `ready`: until then its end would look like a loss.
			this.#held.use(opened.move());
		} catch (error) {
			// The sender learns the real reason on the back channel, before the connection ends.
			await link.fail(toOperationError(error, this.#context('precopy')));
			throw error;
		}
	}

	#receive(event: ReceiveEvent, records: RecordCollector, ended: PromiseWithResolvers<void>): void {
		switch (event.kind) {
			case 'headers':
				if (event.guestType !== this.#request.guestType) {
					throw this.#error('ERR_STREAM', `a ${event.guestType} stream for a guest that was prepared as ${this.#request.guestType}`);
				}

				this.#dependencies.target.acceptHeaders(streamHeadersOf(event));
				return;
			case 'record':
				records.add(event);
				return;
			case 'progress':
				this.#pagesReceived = event.pagesReceived;
				this.#bytesReceived = event.bytesReceived;
				this.#listener.onProgress(event);
				this.#warmOnce();
				return;
			case 'end':
				this.#bytesReceived = event.bytesReceived;
				ended.resolve();
				return;
			case 'failed':
				ended.reject(event.error);
				return;
			default:
				throw this.#error('ERR_STREAM', `a plain migration cannot hold ${event.kind}`);
		}
	}

	/** When the first pass is in, the guest's own page tables are filled: while the source still runs, and not in the downtime. */
	#warmOnce(): void {
		if (this.#warming || this.#pagesReceived < this.#request.populatedPages) return;
		this.#warming = true;
		this.#group.run('warm', signal => this.#warm(AbortSignal.any([signal, this.#whole.signal])));
	}

	/** Not begun, and not waited for, once the stream is whole: what is not done by then the guest does as it runs, and the downtime is not for it. */
	async #warm(signal: AbortSignal): Promise<void> {
		// The end of the stream may be the next event of the same report.
		await nextTurn();
		if (signal.aborted) return;
		await orAborted(this.#dependencies.target.warm(), signal).catch(() => undefined);
	}

	async #decline(error: unknown, event: 'failed' | 'query'): Promise<void> {
		this.#failure ??= toOperationError(error, this.#context('precopy'));
		try {
			await this.#handover.play(event);
		} catch (journalError) {
			this.#dependencies.log.error({error: journalError}, 'the end of the migration could not be journaled');
		}

		await this.#endIfOver();
	}

	async #endIfOver(): Promise<void> {
		if (this.state !== 'running' && this.state !== 'declined') return;
		this.#endedMs ??= performance.now() - this.#started;
		this.#over.resolve(this.state);
	}

	#readyEvent(): ReadyEvent {
		return {incarnation: this.incarnation, pagesReceived: this.#pagesReceived, bytesReceived: this.#bytesReceived, loadMs: this.#loadMs};
	}

	#phaseShown(): MigrationStatus['phase'] {
		switch (this.state) {
			case 'receiving':
				return 'precopy';
			case 'ready':
				return 'handover';
			case 'running':
				return 'completed';
			case 'declined':
				return this.#failure?.code.startsWith('ERR_ABORTED') ? 'aborted' : 'failed';
		}
	}

	#context(phase: Phase): FaultContext {
		// Until the handover the source has the guest.
		return {side: 'receiver', phase, runsOn: {kind: 'host', host: this.peer}, domain: this.domain};
	}

	#error(code: ErrorCode, message: string): OperationError {
		return operationError(code, message, this.#context('precopy'));
	}
}
