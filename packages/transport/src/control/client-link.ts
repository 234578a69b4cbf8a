import type {Socket} from 'node:net';
import type {OperationError} from '@sterna/protocol';
import {
	type ClientMessage,
	decodeServerFrame,
	encodeClientFrame,
	faultFromMessage,
	type Hello,
	MAX_FRAME_BYTES,
	type ServerFrame,
	type StreamData,
} from '@sterna/protocol/control';
import {WebSocket} from 'ws';
import {describeAddress, sideOfRole} from './address.ts';
import {type ByteStream, STREAM_WINDOW_BYTES, StreamEnd} from './byte-stream.ts';
import {connectionError} from './connection-error.ts';
import type {ConnectOptions} from './control-client.ts';
import {describeEnd, FrameSocket, type SocketEnd} from './frame-socket.ts';
import {CONTROL_SUBPROTOCOL, type ControlLimits, DEFAULT_CONTROL_LIMITS, MAX_FRAGMENTS, silenceMsOf} from './limits.ts';
import {type Heard, openSocket} from './open-socket.ts';

export type RequestOptions = {
	/**
	 * Every frame before the last. While a promise it returns is pending nothing more is read from the connection
	 * (a few frames that have arrived already excepted); if it throws, the request is cancelled and rejects with what it threw.
	 */
	readonly onEvent?: (frame: ServerFrame) => void | Promise<void>;
	/** Cancels the request: it rejects with the signal's reason, and the server is told. */
	readonly signal?: AbortSignal;
};

export type StreamOptions = RequestOptions & {
	/** Room for bytes that nobody has read yet, 64 KiB or more. */
	readonly windowBytes?: number;
};

/** A request that is open, with its bytes. */
export type RequestStream = ByteStream & {
	/** The last frame of the answer; rejects as `request` does. Nobody has to wait for it. */
	readonly answer: Promise<ServerFrame>;
};

type OpenRequest = {
	readonly finish: (outcome: {readonly frame: ServerFrame} | {readonly error: unknown}) => void;
	readonly onEvent: RequestOptions['onEvent'];
};

/** The connection below a client: frames in and out, requests by number. */
export class ClientLink {
	readonly opened: Promise<void>;
	readonly closed: Promise<OperationError | undefined>;
	readonly #options: ConnectOptions;
	readonly #limits: ControlLimits;
	readonly #ws: WebSocket;
	readonly #socket: FrameSocket;
	readonly #open = new Map<number, OpenRequest>();
	/** Of open requests that have one. */
	readonly #streams = new Map<number, StreamEnd>();
	readonly #resolveClosed: (error: OperationError | undefined) => void;
	#nextRequest = 1;
	#closing = false;
	#isSecured = false;
	#tcp: Socket | undefined;
	#end: OperationError | undefined;
	/** What the server said of the connection as a whole before it closed it. */
	#lastWord: OperationError | undefined;
	#peer: Hello | undefined;

	constructor(options: ConnectOptions) {
		this.#options = options;
		this.#limits = {...DEFAULT_CONTROL_LIMITS, ...options.limits};
		const {promise: closed, resolve: resolveClosed} = Promise.withResolvers<OperationError | undefined>();
		this.closed = closed;
		this.#resolveClosed = resolveClosed;
		// The URL is for the HTTP header alone: the socket is opened by createConnection.
		this.#ws = new WebSocket('ws://sterna/', CONTROL_SUBPROTOCOL, {
			createConnection: () => {
				const socket = openSocket(options, silenceMsOf(this.#limits));
				this.#tcp = socket;
				socket.once('secureConnect', () => {
					this.#isSecured = true;
				});
				return socket;
			},
			maxPayload: MAX_FRAME_BYTES,
			maxFragments: MAX_FRAGMENTS,
			perMessageDeflate: false,
			followRedirects: false,
		});
		const {promise: opened, resolve, reject} = Promise.withResolvers<void>();
		this.opened = opened;
		this.#ws.once('open', resolve);
		this.#ws.once('error', reject);
		this.#socket = new FrameSocket(this.#ws, {
			limits: this.#limits,
			heartbeat: true,
			onFrame: bytes => this.#receive(bytes),
			onEnd: end => this.#finish(end),
		});
	}

	/** How far the connection came, as far as this end knows. */
	get heard(): Heard {
		return {isSecured: this.#isSecured, hasAnswered: (this.#tcp?.bytesRead ?? 0) > 0};
	}

	async greet(hello: Hello): Promise<Hello> {
		const {promise, resolve, reject} = Promise.withResolvers<Hello>();
		this.#open.set(0, {
			onEvent: undefined,
			finish: outcome => {
				if ('error' in outcome) reject(outcome.error);
				else if (outcome.frame.kind === 'hello') resolve(outcome.frame.body);
				else reject(new Error(`a hello was answered with "${outcome.frame.kind}"`));
			},
		});
		this.#socket.post(encodeClientFrame({kind: 'hello', body: hello, request: 0})).catch(reject);
		this.#peer = await promise;
		return this.#peer;
	}

	async request(message: ClientMessage, options: RequestOptions): Promise<ServerFrame> {
		return this.#begin(message, options).answer;
	}

	openStream(message: ClientMessage, {windowBytes = STREAM_WINDOW_BYTES, ...options}: StreamOptions): RequestStream {
		const {request, answer} = this.#begin(message, options);
		const post = async (body: StreamData): Promise<void> => this.#socket.post(encodeClientFrame({kind: 'streamData', body, request}));
		const stream = new StreamEnd({windowBytes, opens: false, post});
		this.#streams.set(request, stream);
		const close = (error?: Error): void => {
			this.#streams.delete(request);
			stream.close(error);
		};
		answer.then(
			() => close(),
			(error: Error) => close(error),
		);
		return Object.assign(stream, {answer});
	}

	close(): void {
		if (this.#closing) return;
		this.#closing = true;
		this.#socket.close(1000, '');
	}

	terminate(): void {
		this.#closing = true;
		this.#ws.terminate();
	}

	get #side(): ReturnType<typeof sideOfRole> {
		return sideOfRole(this.#options.hello.role);
	}

	#begin(message: ClientMessage, {onEvent, signal}: RequestOptions): {readonly request: number; readonly answer: Promise<ServerFrame>} {
		signal?.throwIfAborted();
		if (this.#end) throw this.#end;
		if (this.#open.size >= this.#limits.maxOpenRequests) {
			throw connectionError('ERR_USAGE', `more than ${this.#limits.maxOpenRequests} requests open at a time`, {side: this.#side});
		}

		const request = this.#nextRequest;
		const bytes = encodeClientFrame({...message, request});
		this.#nextRequest += 1;
		const {promise, resolve, reject} = Promise.withResolvers<ServerFrame>();
		const onAbort = (): void => this.#cancel(request, signal?.reason);
		this.#open.set(request, {
			onEvent,
			finish: outcome => {
				signal?.removeEventListener('abort', onAbort);
				if ('error' in outcome) reject(outcome.error);
				else resolve(outcome.frame);
			},
		});
		signal?.addEventListener('abort', onAbort, {once: true});
		// When the connection ends first, `#finish` rejects with the reason.
		this.#socket.post(bytes).catch(() => undefined);
		return {request, answer: promise};
	}

	#cancel(request: number, reason: unknown): void {
		if (!this.#settle(request, {error: reason})) return;
		this.#socket.post(encodeClientFrame({kind: 'cancel', body: {}, request})).catch(() => undefined);
	}

	#settle(request: number, outcome: Parameters<OpenRequest['finish']>[0]): boolean {
		const open = this.#open.get(request);
		this.#open.delete(request);
		open?.finish(outcome);
		return open !== undefined;
	}

	#receive(bytes: Uint8Array): void {
		let frame: ServerFrame;
		try {
			frame = decodeServerFrame(bytes);
		} catch (error) {
			this.#giveUp(error, {code: 1007, what: 'a frame that cannot be read'});
			return;
		}

		if (frame.kind === 'fault') {
			const error = faultFromMessage(frame.body);
			// A fault of request 0 after the hello is about the connection.
			if (!this.#settle(frame.request, {error}) && frame.request === 0) this.#lastWord ??= error;
		} else if (frame.last) {
			this.#settle(frame.request, {frame});
		} else if (frame.kind === 'streamData') {
			this.#take(frame.request, frame.body);
		} else {
			this.#event(frame);
		}
	}

	/** Bytes for a request that was given up are late, and nothing more. */
	#take(request: number, body: StreamData): void {
		try {
			this.#streams.get(request)?.accept(body);
		} catch (error) {
			this.#giveUp(error, {code: 1002, what: 'more of a stream than it may'});
		}
	}

	/** What the server says makes no sense: the connection ends. */
	#giveUp(cause: unknown, {code, what}: {readonly code: number; readonly what: string}): void {
		this.#lastWord ??= connectionError('ERR_CONNECTION_LOST', `${this.#who} sent ${what}`, {side: this.#side, cause});
		this.#socket.close(code, cause instanceof Error ? cause.message : String(cause));
	}

	/** A frame for a request that was given up is late, and nothing more. */
	#event(frame: ServerFrame): void {
		try {
			const busy = this.#open.get(frame.request)?.onEvent?.(frame);
			if (!(busy instanceof Promise)) return;
			this.#socket.pause();
			busy
				.catch((error: unknown) => this.#cancel(frame.request, error))
				.finally(() => this.#socket.resume())
				.catch(() => undefined);
		} catch (error) {
			this.#cancel(frame.request, error);
		}
	}

	get #who(): string {
		return this.#peer === undefined ? describeAddress(this.#options.address) : `${this.#peer.software} on ${this.#peer.host}`;
	}

	#finish(end: SocketEnd): void {
		const code = end.kind === 'silent' ? 'ERR_PEER_SILENT' : 'ERR_CONNECTION_LOST';
		const cause = end.kind === 'closed' ? end.error : undefined;
		const why = this.#closing ? 'it was closed here' : describeEnd(end);
		this.#end =
			this.#lastWord ?? connectionError(code, `the control connection to ${this.#who} has ended: ${why}`, {side: this.#side, cause});
		for (const request of this.#open.keys()) this.#settle(request, {error: this.#end});
		this.#resolveClosed(this.#closing ? undefined : this.#end);
	}
}
