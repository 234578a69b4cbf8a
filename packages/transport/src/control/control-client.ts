import type {ConnectionOptions} from 'node:tls';
import {OperationError} from '@sterna/protocol';
import type {
	ClientFrameBodies,
	ClientKind,
	ClientMessage,
	Hello,
	ServerFrame,
	ServerFrameBodies,
	ServerKind,
} from '@sterna/protocol/control';
import type {ControlAddress} from './address.ts';
import {ClientLink, type RequestOptions, type RequestStream, type StreamOptions} from './client-link.ts';
import {connectionError} from './connection-error.ts';
import {agree, type Agreement, helloMessage, type LocalHello} from './hello.ts';
import type {ControlLimits} from './limits.ts';
import {unreachableError} from './open-socket.ts';

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
		const unreachable = (cause: unknown): OperationError => unreachableError(options, cause, link.heard);
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

	/**
	 * Asks for something that bytes come from and go to while it lasts. Throws at once what `request` would reject with at once.
	 * What nobody reads of it is held back at the server: read it to its end, or abort the signal.
	 */
	openStream<Kind extends ClientKind>(kind: Kind, body: ClientFrameBodies[Kind], options: StreamOptions = {}): RequestStream {
		return this.#link.openStream({kind, body} as ClientMessage, options);
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

/** A connection that ends before its hello was never there; what the server gave as its reason is kept. */
function asHelloError(error: unknown, unreachable: (cause: unknown) => OperationError): unknown {
	return error instanceof OperationError && error.code !== 'ERR_CONNECTION_LOST' ? error : unreachable(error);
}
