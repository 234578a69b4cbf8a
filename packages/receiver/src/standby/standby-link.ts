import {randomBytes} from 'node:crypto';
import type {TargetDomain} from '@sterna/domain';
import {armedStoreCrash, crashPoint, type FaultContext, type Logger, operationError, orAborted, toOperationError} from '@sterna/host';
import {PAGE_SIZE_BYTES, PLAIN_DATA_FEATURE, TOKEN_BYTES, type OperationError} from '@sterna/protocol';
import type {PrepareRequest} from '@sterna/protocol/control';
import {
	expectChannels,
	LinkError,
	openReceiveChannels,
	type ControlConnection,
	type ReceiveEvent,
	type ReceiveLink,
	type Reply,
} from '@sterna/transport';
import {RecordCollector} from '../engine/record-collector.ts';
import {streamHeadersOf} from '../engine/stream-headers.ts';
import type {ReceiverServices} from '../services.ts';
import type {TargetContents} from '../target-contents.ts';

/** How long the data connection may take to come, in milliseconds; where page hashes are compared first, that is what takes time. */
const CONNECTION_TIMEOUT_MS = 10_000;
const COMPARING_TIMEOUT_MS = 600_000;

/** What a link finds here. */
export type StandbyBase = {
	/** The memory holds an earlier state of the guest. */
	readonly hasBase: boolean;
	/** The last whole checkpoint; 0 = none. */
	readonly committedEpoch: number;
};

export type StandbyLinkOptions = {
	readonly services: ReceiverServices;
	readonly prepare: PrepareRequest;
	readonly reply: Reply;
	readonly connection: ControlConnection;
	readonly contents: TargetContents;
	/** File of the checkpoint store. */
	readonly store: string;
	readonly base: StandbyBase;
	readonly context: FaultContext;
	readonly log: Logger;
	/** A checkpoint is in the store, and the source was told. */
	readonly onCommitted: () => void;
};

/** One link of a standby: its request, its data connection, and the checkpointed stream on it. The standby outlives it. */
export class StandbyLink {
	/** Over which alone `go` is obeyed. */
	readonly connection: ControlConnection;
	readonly #options: StandbyLinkOptions;
	readonly #interrupted = new AbortController();
	readonly #ended = Promise.withResolvers<void>();
	#link: ReceiveLink | undefined;
	#lastSignMs = performance.now();
	#bytes = 0;
	#isCut = false;
	#refusal: OperationError | undefined;

	constructor(options: StandbyLinkOptions) {
		this.#options = options;
		this.connection = options.connection;
		this.#ended.promise.catch(() => undefined); // It may fail before anyone waits for it.
	}

	/** Milliseconds since something came over it. */
	get silentMs(): number {
		return performance.now() - this.#lastSignMs;
	}

	get bytesReceived(): number {
		return this.#bytes;
	}

	/** Whether the data connection has come, and nothing has ended it. */
	get isOpen(): boolean {
		return this.#link !== undefined && !this.#interrupted.signal.aborted;
	}

	/** The source is told that the operator here wants a planned failover. Rejects when it is gone. */
	async wantFailover(): Promise<void> {
		this.#refusal = undefined;
		crashPoint('standby.send-failover-wanted.before');
		await this.#options.reply.send({kind: 'standbyEvent', body: {kind: 'failover-wanted'}});
		crashPoint('standby.send-failover-wanted.after');
	}

	/** Why the source does not hand the guest over, since that was wanted last; undefined where it has not said so. */
	get refusal(): OperationError | undefined {
		return this.#refusal;
	}

	failoverRefused(reason: OperationError): void {
		this.#refusal = reason;
	}

	/**
	 * Ends it with this reason; resolves when nothing touches the guest's memory or the store any more. `tell`: the source hears the reason on the back channel, for which it
	 * gets up to 2 s. `cut`: at once. A checkpoint that is being received is lost.
	 */
	async stop(reason: OperationError, how: 'tell' | 'cut'): Promise<void> {
		this.#isCut ||= how === 'cut';
		this.#interrupted.abort(reason);
		if (!this.#isCut) await this.#link?.fail(reason);
		await this.#link?.destroy();
	}

	/** Receives until the stream or the link ends: resolves at its END, rejects with what ended it, when nothing touches the memory any more. Called once. */
	async receive(): Promise<void> {
		const {reply, contents} = this.#options;
		const onGone = (): void => this.#interrupted.abort(reply.signal.reason);
		if (reply.signal.aborted) onGone();
		else reply.signal.addEventListener('abort', onGone, {once: true});
		const {signal} = this.#interrupted;
		const records = new RecordCollector(record => {
			contents.target.acceptStaticRecord(record);
		});
		try {
			this.#link = await this.#open(event => {
				try {
					this.#take(event, records, contents.target);
				} catch (error) {
					this.#ended.reject(error);
				}
			}, signal);
			await orAborted(this.#ended.promise, signal);
		} catch (error) {
			const reason = toOperationError(error, this.#options.context);
			// A source that says nothing need not hear why, and a takeover would wait for its answer.
			if (!this.#isCut && reason.code !== 'ERR_PEER_SILENT') await this.#link?.fail(reason);
			throw error;
		} finally {
			reply.signal.removeEventListener('abort', onGone);
			this.#interrupted.abort(operationError('ERR_CONNECTION_LOST', 'the link has ended', this.#options.context));
			await this.#link?.destroy();
		}
	}

	#take(event: ReceiveEvent, records: RecordCollector, target: TargetDomain): void {
		this.#lastSignMs = performance.now();
		switch (event.kind) {
			case 'headers':
				target.acceptHeaders(streamHeadersOf(event));
				return;
			case 'record':
				records.add(event);
				return;
			case 'progress':
				this.#bytes = event.bytesReceived;
				this.#options.reply.event({
					kind: 'receiverProgress',
					body: {pagesReceived: event.pagesReceived, bytesReceived: event.bytesReceived},
				});
				return;
			case 'checkpoint':
				this.#options.onCommitted();
				return;
			case 'end':
				this.#ended.resolve();
				return;
			case 'failed':
			case 'broken-off':
				this.#ended.reject(event.error);
				return;
			default:
				event satisfies never;
		}
	}

	async #open(onEvent: (event: ReceiveEvent) => void, signal: AbortSignal): Promise<ReceiveLink> {
		const {services, prepare, connection, contents, store, base, log} = this.#options;
		const {config, listener, pool, credentials} = services;
		const {features} = connection;
		const {memory, pageTypes, replicas = []} = contents.target;
		const windowBytes = Math.min(prepare.windowBytes, config.data.windowBytes);
		const hashKey = features.has('proof') ? prepare.hashKey : undefined;
		if (!base.hasBase) {
			if (hashKey !== undefined) contents.hashes.begin(hashKey);
			// Later on most pages have memory, and the source waits.
			await contents.populate(prepare.contentPages ?? prepare.populatedPages, signal);
		}

		const token = randomBytes(TOKEN_BYTES);
		const timeoutMs = base.hasBase ? COMPARING_TIMEOUT_MS : CONNECTION_TIMEOUT_MS;
		const timeout = AbortSignal.timeout(timeoutMs);
		const connected = expectChannels(listener, {
			token,
			migrationId: prepare.migrationId,
			link: 0,
			channelCount: 1,
			secured: credentials !== undefined && !features.has(PLAIN_DATA_FEATURE),
			signal: AbortSignal.any([signal, timeout]),
		}).catch((error: unknown) => {
			throw error === timeout.reason ? notConnected(timeoutMs) : error;
		});
		connected.catch(() => undefined); // It may fail while the answer is on its way.
		await this.#sendPrepared({dataPort: listener.port, token, windowBytes, channels: 1, appliedBytes: []});
		const connections = await connected;
		// Only now: pages were compared by the table until the connection came.
		const pageHashes = await orAborted(contents.hashesFor(hashKey), signal);
		log.info({windowBytes, ...base}, 'the data connection of a standby is here');
		return openReceiveChannels(pool, {
			connections,
			kind: 'socket',
			begins: 'xl',
			mode: 'checkpointed',
			memory,
			pageTypes,
			populatedPagesLimit: memory.memoryBytes / PAGE_SIZE_BYTES,
			targetPages: contents.pages,
			pageHashes,
			digestRecords: prepare.stream === 'sterna',
			keepsHoles: prepare.stream === 'sterna',
			checkpoints: {file: store, hasBase: base.committedEpoch > 0, disks: replicas, crashAt: armedStoreCrash()},
			backChannel: true,
			windowBytes,
			heartbeat: features.has('heartbeat')
				? {
						intervalMs: config.peer.heartbeatIntervalMs,
						silenceMs: prepare.stream === 'sterna' ? config.peer.silenceTimeoutMs : undefined,
					}
				: undefined,
			onEvent,
		});
	}

	async #sendPrepared(prepared: {
		dataPort: number;
		token: Uint8Array;
		windowBytes: number;
		channels: number;
		appliedBytes: number[];
	}): Promise<void> {
		crashPoint('standby.send-prepared.before');
		await this.#options.reply.send({kind: 'standbyPrepared', body: {prepared, ...this.#options.base}});
		crashPoint('standby.send-prepared.after');
	}
}

function notConnected(timeoutMs: number): LinkError {
	const message = `the data connection of the standby's link did not come within ${timeoutMs / 1000} s`;
	return new LinkError({code: 'ERR_CONNECTION_LOST', message});
}
