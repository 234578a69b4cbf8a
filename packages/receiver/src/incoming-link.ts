import type {DeviceState, TargetDomain} from '@sterna/domain';
import {type FaultContext, operationError, orAborted, toOperationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {ReadyEvent} from '@sterna/protocol/control';
import type {ReceiveEvent, ReceiveLink} from '@sterna/transport';
import {RecordCollector} from './engine/record-collector.ts';
import {streamHeadersOf} from './engine/stream-headers.ts';

/** How much came over a link, or over all of a guest's. */
export type ReceivedFigures = {readonly pagesReceived: number; readonly bytesReceived: number};

/** The request that a link belongs to: `prepare`, or `resume`. */
export interface LinkRequest {
	/** 0 is that of `prepare`. */
	readonly number: number;
	/** Data connections that were granted. */
	readonly channels: number;
	/** Waits for the data connections and puts them on data workers. Rejects with the signal's reason. */
	open(onEvent: (event: ReceiveEvent) => void, signal: AbortSignal): Promise<ReceiveLink>;
	/** The source is told. Never throws. */
	onReady(event: ReadyEvent): void;
	onProgress(figures: ReceivedFigures): void;
}

/**
 * One link of a guest that comes in: one request on the control channel, its data connections, and one stream on them. The guest
 * outlives it.
 */
export class IncomingLink {
	readonly request: LinkRequest;
	readonly #context: FaultContext;
	readonly #interrupted = new AbortController();
	#link: ReceiveLink | undefined;
	#figures: ReceivedFigures = {pagesReceived: 0, bytesReceived: 0};
	#isWhole = false;

	constructor(request: LinkRequest, context: FaultContext) {
		this.request = request;
		this.#context = context;
	}

	/** Whether the stream has come to its end: what becomes of the connections does not matter any more. */
	get isWhole(): boolean {
		return this.#isWhole;
	}

	get figures(): ReceivedFigures {
		return this.#figures;
	}

	/** Whether its data connections have come: the source has then heard all that it was answered. */
	get isOpen(): boolean {
		return this.#link !== undefined;
	}

	/** Of each data connection, the stream offset before which everything is in the target's memory. To be read when it has ended. */
	get appliedBytes(): readonly number[] {
		return this.#link?.appliedBytes ?? Array.from({length: this.request.channels}, () => 0);
	}

	/** Ends it, unless its stream is whole. Only the first call has an effect. */
	interrupt(error: OperationError): void {
		if (!this.#isWhole) this.#interrupted.abort(error);
	}

	/** The same where the source has begun another one: nobody reads a last word on this one's connections. */
	supersede(error: OperationError): void {
		if (this.#isWhole) return;
		this.#interrupted.abort(error);
		void this.#link?.destroy();
	}

	/**
	 * Receives the stream into the target, and resolves with its device state when it is whole; the connections then stay open. Rejects with
	 * what ended it when nothing touches the target's memory any more. Called once.
	 */
	async receive(
		target: TargetDomain,
		{onOpen, onProgress}: {readonly onOpen: () => void; readonly onProgress: () => void},
	): Promise<DeviceState> {
		const {signal} = this.#interrupted;
		const ended = Promise.withResolvers<void>();
		ended.promise.catch(() => undefined); // It may fail before anyone waits for it.
		const records = new RecordCollector(record => {
			target.acceptStaticRecord(record);
		});
		const take = (event: ReceiveEvent): void => {
			switch (event.kind) {
				case 'headers':
					target.acceptHeaders(streamHeadersOf(event));
					return;
				case 'record':
					records.add(event);
					return;
				case 'progress':
					this.#figures = event;
					this.request.onProgress(event);
					onProgress();
					return;
				case 'end':
					this.#figures = {...this.#figures, bytesReceived: event.bytesReceived};
					this.#isWhole = !signal.aborted;
					ended.resolve();
					return;
				case 'failed':
					ended.reject(event.error);
					return;
				default:
					throw operationError('ERR_STREAM', `a plain migration cannot hold ${event.kind}`, this.#context);
			}
		};
		const onEvent = (event: ReceiveEvent): void => {
			try {
				take(event);
			} catch (error) {
				ended.reject(error);
			}
		};
		try {
			this.#link = await this.request.open(onEvent, signal);
			onOpen();
			await orAborted(ended.promise, signal);
		} catch (error) {
			await this.fail(error);
			throw error;
		}

		return records.deviceState();
	}

	/** Ends it; the source learns the reason on the back channel, before the connections end. */
	async fail(error: unknown): Promise<void> {
		await this.#link?.fail(toOperationError(error, this.#context));
	}

	/** Ends its connections, from any state. Idempotent. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.#link?.destroy();
	}
}
