import type {ConnectionOptions} from 'node:tls';
import {OperationError} from '@sterna/protocol';
import {
	type ClientFrameBodies,
	type ClientKind,
	type ClientMessage,
	decodeServerFrame,
	encodeClientFrame,
	faultFromMessage,
	type Hello,
	MAX_FRAME_BYTES,
	type ServerFrame,
	type ServerFrameBodies,
	type ServerKind,
} from '@sterna/protocol/control';
import {WebSocket} from 'ws';
import {type ControlAddress, describeAddress, sideOfRole} from './address.ts';
import {connectionError} from './connection-error.ts';
import {openSocket, unreachableError} from './open-socket.ts';
import {describeEnd, FrameSocket, type SocketEnd} from './frame-socket.ts';
import {agree, type Agreement, helloMessage, type LocalHello} from './hello.ts';
import {CONTROL_SUBPROTOCOL, type ControlLimits, DEFAULT_CONTROL_LIMITS, MAX_FRAGMENTS, silenceMsOf} from './limits.ts';

export type ConnectOptions = {
	readonly address: ControlAddress;
	readonly hello: LocalHello;
	/** Ends the attempt; the connection, once there, is the caller's to close. */
	readonly signal?: AbortSignal;
	/** For the whole way to the other side's hello. */
	readonly timeoutMs?: number;
	/** Passed through to Node's TLS (`TlsCredentials.clientOptions`); without it the connection is plain, and to loopback alone. */
	readonly tls?: ConnectionOptions | undefined;
	readonly limits?: Partial<ControlLimits>;
};

export type RequestOptions = {
	/**
	 * Every frame before the last. While a promise it returns is pending nothing more is read from the connection
	 * (a few frames that have arrived already excepted); if it throws, the request is cancelled and rejects with what it threw.
	 */
	readonly onEvent?: (frame: ServerFrame) => void | Promise<void>;
	/** Cancels the request: it rejects with the signal's reason, and the server is told. */
	readonly signal?: AbortSignal;
};

type OpenRequest = {
	readonly finish: (outcome: {readonly frame: ServerFrame} | {readonly error: unknown}) => void;
	readonly onEvent: RequestOptions['onEvent'];
};

/** The asking end of the control channel. docs/spec/control.md. */
export class ControlClient implements AsyncDisposable {
	/** What was agreed on: the other side's hello, version and features. */
	readonly agreement: Agreement;
	/** Settles when the connection has ended: ERR_CONNECTION_LOST or ERR_PEER_SILENT, or undefined after `close`. Never rejects. */
	readonly closed: Promise<OperationError | undefined>;
	readonly #link: ClientLink;

	private constructor(link: ClientLink, agreement: Agreement) {
		this.#link = link;
		this.agreement = agreement;
		this.closed = link.closed;
	}

	/**
	 * Connects and agrees on a version. Rejects ERR_DAEMON_UNREACHABLE (Unix socket) or ERR_HOST_UNREACHABLE (TCP),
	 * ERR_TLS, ERR_CONFIG for an address beyond loopback without TLS, ERR_PROTOCOL_VERSION, whatever the server refuses the hello with, or the signal's reason.
	 */
	static async connect(options: ConnectOptions): Promise<ControlClient> {
		const {hello, signal, timeoutMs = 5000} = options;
		signal?.throwIfAborted();
		const link = new ClientLink(options);
		const {promise: given, reject} = Promise.withResolvers<never>();
		const unreachable = (cause: unknown): OperationError => unreachableError(options, cause, link.isSecured);
		const timer = setTimeout(() => reject(unreachable(new Error(`no answer within ${timeoutMs} ms`))), timeoutMs);
		const onAbort = (): void => reject(signal?.reason as Error);
		signal?.addEventListener('abort', onAbort, {once: true});
		try {
			await Promise.race([given, link.opened.catch((error: unknown) => Promise.reject(unreachable(error)))]);
			const peer = await Promise.race([
				given,
				link.greet(helloMessage(hello)).catch((error: unknown) => Promise.reject(asHelloError(error, unreachable))),
			]);
			return new ControlClient(link, agree(hello, peer));
		} catch (error) {
			link.terminate();
			throw error;
		} finally {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
		}
	}

	/** The other side's hello. */
	get peer(): Hello {
		return this.agreement.peer;
	}

	/**
	 * Asks, and resolves with the last frame of the answer. Rejects with the OperationError of the other side's fault,
	 * ERR_CONNECTION_LOST or ERR_PEER_SILENT when the connection ends first, ControlError when the body is over a limit.
	 */
	async request<Kind extends ClientKind>(kind: Kind, body: ClientFrameBodies[Kind], options: RequestOptions = {}): Promise<ServerFrame> {
		return this.#link.request({kind, body} as ClientMessage, options);
	}

	/** As `request`, for an answer of one kind: its body. Any other kind is ERR_INTERNAL. */
	async ask<Kind extends ClientKind, Answer extends ServerKind>(
		kind: Kind,
		body: ClientFrameBodies[Kind],
		answer: Answer,
		options: RequestOptions = {},
	): Promise<ServerFrameBodies[Answer]> {
		return expectBody(await this.request(kind, body, options), answer);
	}

	/** Says good-bye and resolves when the connection has ended. Open requests reject with ERR_CONNECTION_LOST. Idempotent. */
	async close(): Promise<void> {
		this.#link.close();
		await this.closed;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

/** The body of a frame that must be of one kind. Throws ERR_INTERNAL for another: the two sides do not understand each other. */
export function expectBody<Kind extends ServerKind>(frame: ServerFrame, kind: Kind): ServerFrameBodies[Kind] {
	if (frame.kind === kind) return frame.body as ServerFrameBodies[Kind];
	throw connectionError('ERR_INTERNAL', `the daemon answered with "${frame.kind}" where "${kind}" belongs`, {side: 'migrate-ctl'});
}

/** The connection below a client: frames in and out, requests by number. */
class ClientLink {
	readonly opened: Promise<void>;
	readonly closed: Promise<OperationError | undefined>;
	readonly #options: ConnectOptions;
	readonly #limits: ControlLimits;
	readonly #ws: WebSocket;
	readonly #socket: FrameSocket;
	readonly #open = new Map<number, OpenRequest>();
	readonly #resolveClosed: (error: OperationError | undefined) => void;
	#nextRequest = 1;
	#closing = false;
	#isSecured = false;
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

	/** Whether the TLS handshake is done, as far as this end knows. */
	get isSecured(): boolean {
		return this.#isSecured;
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

	async request(message: ClientMessage, {onEvent, signal}: RequestOptions): Promise<ServerFrame> {
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
		return promise;
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
			this.#lastWord ??= connectionError('ERR_CONNECTION_LOST', `${this.#who} sent a frame that cannot be read`, {
				side: this.#side,
				cause: error,
			});
			this.#socket.close(1007, error instanceof Error ? error.message : String(error));
			return;
		}

		if (frame.kind === 'fault') {
			const error = faultFromMessage(frame.body);
			// A fault of request 0 after the hello is about the connection.
			if (!this.#settle(frame.request, {error}) && frame.request === 0) this.#lastWord ??= error;
		} else if (frame.last) {
			this.#settle(frame.request, {frame});
		} else {
			this.#event(frame);
		}
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

/** A connection that ends before its hello was never there; what the server gave as its reason is kept. */
function asHelloError(error: unknown, unreachable: (cause: unknown) => OperationError): unknown {
	return error instanceof OperationError && error.code !== 'ERR_CONNECTION_LOST' ? error : unreachable(error);
}
