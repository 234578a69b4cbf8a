import {OperationError, type Side} from '@sterna/protocol';
import {
	type ClientFrame,
	type ClientMessage,
	ControlError,
	decodeClientFrame,
	encodeServerFrame,
	faultToMessage,
	type Hello,
	type ServerMessage,
	type StreamData,
} from '@sterna/protocol/control';
import type {WebSocket} from 'ws';
import {sideOfRole} from './address.ts';
import {type ByteStream, STREAM_WINDOW_BYTES, StreamEnd} from './byte-stream.ts';
import {connectionError} from './connection-error.ts';
import {describeEnd, FrameSocket, type SocketEnd} from './frame-socket.ts';
import {agree, type Agreement, helloMessage, type LocalHello} from './hello.ts';
import type {ControlLimits} from './limits.ts';

/** A client as a request handler sees it. */
export type ControlConnection = Agreement & {
	/** Where the client is: `unix`, or its IP address and port. */
	readonly remote: string;
	/** Fires when the connection has ended, with an OperationError as its reason. */
	readonly signal: AbortSignal;
};

/** How a handler answers before its last word. */
export type Reply = {
	/** Fires when the client cancels this request or goes away, with an OperationError as its reason. */
	readonly signal: AbortSignal;
	/** Sends an event that the next one makes obsolete (progress). Dropped, and false, while the client reads too slowly. Never throws. */
	event(message: ServerMessage): boolean;
	/** Sends an event that must arrive. Resolves when there is room for the next one; rejects when the client is gone. */
	send(message: ServerMessage): Promise<void>;
	/**
	 * Takes the request as one that bytes go to and come from, from now until the handler has returned; at most once. `windowBytes`: room for bytes
	 * that nobody has read yet, 64 KiB or more. The stream ends with what `signal` fires with.
	 */
	openStream(options?: {readonly windowBytes?: number}): ByteStream;
};

/**
 * Serves one request: what it resolves to is the last frame; an OperationError it throws is sent as the fault;
 * anything else it throws is ERR_INTERNAL. It may go on when its signal fires: the answer is then dropped.
 */
export type RequestHandler = (request: ClientMessage, reply: Reply, connection: ControlConnection) => Promise<ServerMessage>;

export type ServerConnectionOptions = {
	readonly hello: LocalHello;
	readonly limits: ControlLimits;
	readonly heartbeat: boolean;
	readonly roles: readonly Hello['role'][];
	readonly remote: string;
	readonly onRequest: RequestHandler;
	readonly onError: (error: unknown) => void;
	readonly onEnd: () => void;
};

/** Close codes beyond RFC 6455's: 1002 protocol error, 1007 a message that is not what it should be, 1008 policy. */
const CLOSE = {protocolError: 1002, invalidPayload: 1007, policy: 1008} as const;

/** One client of a control server: hello first, then requests side by side. */
export class ServerConnection {
	readonly #options: ServerConnectionOptions;
	readonly #side: Side;
	readonly #socket: FrameSocket;
	readonly #helloTimer: NodeJS.Timeout;
	readonly #gone = new AbortController();
	readonly #open = new Map<number, AbortController>();
	/** Of open requests that have one. */
	readonly #streams = new Map<number, StreamEnd>();
	readonly #handlers = new Set<Promise<void>>();
	#connection: ControlConnection | undefined;

	constructor(ws: WebSocket, options: ServerConnectionOptions) {
		this.#options = options;
		this.#side = sideOfRole(options.hello.role);
		this.#socket = new FrameSocket(ws, {
			limits: options.limits,
			heartbeat: options.heartbeat,
			onFrame: bytes => this.#receive(bytes),
			onEnd: end => this.#end(end),
		});
		this.#helloTimer = setTimeout(() => {
			this.#socket.close(CLOSE.policy, `no hello within ${options.limits.helloTimeoutMs} ms`);
		}, options.limits.helloTimeoutMs).unref();
	}

	/** Says good-bye. Requests still open see their signal fire. */
	close(reason: string): void {
		this.#socket.close(1001, reason);
	}

	terminate(): void {
		this.#socket.terminate();
	}

	/** Resolves when every handler has returned. */
	async settled(): Promise<void> {
		await Promise.all(this.#handlers);
	}

	#receive(bytes: Uint8Array): void {
		let frame: ClientFrame;
		try {
			frame = decodeClientFrame(bytes);
		} catch (error) {
			this.#refuseFrame(error);
			return;
		}

		if (this.#connection === undefined) this.#greet(frame);
		else if (frame.kind === 'hello') this.#socket.close(CLOSE.protocolError, 'a second hello');
		else if (frame.kind === 'cancel') this.#cancel(frame.request, this.#connectionLost('the client cancelled the request'));
		else if (frame.kind === 'streamData') this.#take(frame.request, frame.body);
		else this.#start(frame, this.#connection);
	}

	#cancel(request: number, reason: OperationError): void {
		this.#open.get(request)?.abort(reason);
		this.#streams.get(request)?.close(reason);
	}

	/** Bytes for a request that is over are late, and nothing more. */
	#take(request: number, body: StreamData): void {
		try {
			const stream = this.#streams.get(request);
			if (stream !== undefined) stream.accept(body);
			else if (this.#open.has(request)) throw new Error(`bytes for the request ${request}, which has no stream`);
		} catch (error) {
			this.#socket.close(CLOSE.protocolError, error instanceof Error ? error.message : String(error));
		}
	}

	#openStream(request: number, signal: AbortSignal, windowBytes: number): ByteStream {
		if (this.#streams.has(request)) throw new TypeError('a request has one stream');
		const post = async (body: StreamData): Promise<void> =>
			this.#socket.post(encodeServerFrame({kind: 'streamData', body, request, last: false}));
		const stream = new StreamEnd({windowBytes, opens: true, post});
		this.#streams.set(request, stream);
		if (signal.aborted) stream.close(signal.reason as Error);
		return stream;
	}

	/** A frame of a later version fails its request; one that makes no sense fails the connection. */
	#refuseFrame(error: unknown): void {
		if (error instanceof ControlError && this.#connection !== undefined) {
			const {fault} = error;
			if (fault.code === 'ERR_FRAME_UNKNOWN' && fault.field !== undefined) {
				this.#fail(fault.request, connectionError('ERR_NOT_SUPPORTED', error.message, {side: this.#side}));
				return;
			}

			if (fault.code === 'ERR_FRAME_FIELD' && fault.request !== undefined) {
				this.#fail(fault.request, connectionError('ERR_USAGE', error.message, {side: this.#side}));
				return;
			}
		}

		this.#socket.close(CLOSE.invalidPayload, error instanceof Error ? error.message : String(error));
	}

	#greet(frame: ClientFrame): void {
		if (frame.kind !== 'hello' || frame.request !== 0) {
			this.#socket.close(CLOSE.protocolError, 'the first frame is not a hello');
			return;
		}

		const {hello, roles, remote} = this.#options;
		try {
			const agreement = agree(hello, frame.body);
			if (!roles.includes(frame.body.role)) {
				throw connectionError('ERR_NOT_SUPPORTED', `this address of ${hello.software} is not for the role ${frame.body.role}`, {
					side: this.#side,
				});
			}

			clearTimeout(this.#helloTimer);
			this.#connection = {...agreement, remote, signal: this.#gone.signal};
			this.#post(0, {kind: 'hello', body: helloMessage(hello)}, true);
		} catch (error) {
			this.#fail(0, error);
			this.#socket.close(CLOSE.policy, error instanceof Error ? error.message : String(error));
		}
	}

	#start({request, ...message}: ClientFrame, connection: ControlConnection): void {
		if (request === 0 || this.#open.has(request)) {
			this.#socket.close(CLOSE.protocolError, `the request number ${request} is in use`);
			return;
		}

		if (this.#open.size >= this.#options.limits.maxOpenRequests) {
			this.#fail(
				request,
				connectionError('ERR_USAGE', `more than ${this.#options.limits.maxOpenRequests} requests open at a time`, {side: this.#side}),
			);
			return;
		}

		const cancelled = new AbortController();
		this.#open.set(request, cancelled);
		// Not AbortSignal.any: its tie to a long-lived signal would outlive thousands of requests.
		const handler = this.#serve(request, message, cancelled.signal, connection).finally(() => {
			this.#open.delete(request);
			this.#streams.get(request)?.close();
			this.#streams.delete(request);
			this.#handlers.delete(handler);
		});
		this.#handlers.add(handler);
	}

	async #serve(request: number, message: ClientMessage, signal: AbortSignal, connection: ControlConnection): Promise<void> {
		const reply: Reply = {
			signal,
			event: event => this.#offer(event, request),
			send: async event => this.#socket.post(encodeServerFrame({...event, request, last: false})),
			openStream: ({windowBytes = STREAM_WINDOW_BYTES} = {}) => this.#openStream(request, signal, windowBytes),
		};
		try {
			// Encoded in here, so that an answer over a limit becomes a fault.
			const bytes = encodeServerFrame({...(await this.#options.onRequest(message, reply, connection)), request, last: true});
			this.#socket.post(bytes).catch(() => undefined);
		} catch (error) {
			this.#fail(request, error);
		}
	}

	/** An event is not worth failing what it tells of: one that cannot be encoded is a fault of ours, for the log. */
	#offer(event: ServerMessage, request: number): boolean {
		try {
			return this.#socket.offer(encodeServerFrame({...event, request, last: false}));
		} catch (error) {
			this.#options.onError(error);
			return false;
		}
	}

	#fail(request: number, error: unknown): void {
		if (!(error instanceof OperationError)) this.#options.onError(error);
		const fault =
			error instanceof OperationError
				? error
				: connectionError('ERR_INTERNAL', 'the request failed unexpectedly', {side: this.#side, cause: error});
		this.#post(request, {kind: 'fault', body: faultToMessage(fault)}, true);
	}

	#post(request: number, message: ServerMessage, last: boolean): void {
		// A connection that ends first needs no answer.
		this.#socket.post(encodeServerFrame({...message, request, last})).catch(() => undefined);
	}

	#end(end: SocketEnd): void {
		clearTimeout(this.#helloTimer);
		const reason = this.#connectionLost(describeEnd(end), end.kind);
		this.#gone.abort(reason);
		for (const request of this.#open.keys()) this.#cancel(request, reason);
		this.#options.onEnd();
	}

	#connectionLost(why: string, kind?: SocketEnd['kind']): OperationError {
		const peer = this.#connection?.peer;
		const who = peer === undefined ? this.#options.remote : `${peer.software} on ${peer.host}`;
		return connectionError(
			kind === 'silent' ? 'ERR_PEER_SILENT' : 'ERR_CONNECTION_LOST',
			`the control connection to ${who} has ended: ${why}`,
			{
				side: this.#side,
			},
		);
	}
}
