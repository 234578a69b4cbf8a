import {timingSafeEqual} from 'node:crypto';
import {once} from 'node:events';
import net from 'node:net';
import {parsePreamble, PREAMBLE_BYTES, TOKEN_BYTES, type Preamble} from '@sterna/protocol';
import {listenAddress} from '../control/address.ts';
import type {TlsCredentials} from '../tls-credentials.ts';
import {beginSecurely, preambleOf} from './begin-securely.ts';
import {closeDataSocket, type DataSocket, secureSocket} from './data-socket.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {LinkError} from './link-error.ts';
import {detachDescriptor, stopReading} from './tcp-options.ts';

const PREAMBLE_TIMEOUT_MS = 10_000;
/** Connections that have not shown their preamble yet; further ones are closed at once. */
const MAX_HALF_OPEN = 64;

/** A connection that was taken away from the listener by what showed its token. */
export type DataConnection = DataSocket & {
	/** Stream bytes that came together with the preamble: the first of the stream. */
	readonly initialBytes: Uint8Array;
	readonly remoteAddress: string;
};

/** A connection that was closed, and why: for the log. The peer is told nothing. */
export type RefusedConnection = {readonly remoteAddress: string; readonly because: string};

/** How a listener secures its connections: one of the pool's workers makes each handshake. */
export type DataListenerTls = {
	readonly credentials: TlsCredentials;
	readonly pool: DataWorkerPool;
	/** Whether connections without TLS may show a preamble, too: for peers that this was agreed on with. */
	readonly plainAllowed: boolean;
};

export type DataListenerOptions = {
	readonly host: string;
	/** 0 = any free one. */
	readonly port: number;
	/** Undefined: connections are plain, and on loopback alone. */
	readonly tls?: DataListenerTls | undefined;
	readonly onRefused: (refused: RefusedConnection) => void;
	/** 10 s where undefined. */
	readonly preambleTimeoutMs?: number | undefined;
	/** 64 where undefined. */
	readonly maxHalfOpen?: number | undefined;
	/** For how long a sender's kernel may acknowledge nothing of what its receiver says. 120 s where undefined. */
	readonly userTimeoutMs?: number | undefined;
};

export type Expectation = {
	/** 32 unguessable bytes; good for one connection of each channel. */
	readonly token: Uint8Array;
	readonly migrationId: string;
	/** 0 where undefined. */
	readonly link?: number | undefined;
	/** 0 and 1 where undefined. */
	readonly channelIndex?: number | undefined;
	readonly channelCount?: number | undefined;
	/** Whether it must come over TLS; as the listener has it where undefined. */
	readonly secured?: boolean | undefined;
	/** Stops waiting. */
	readonly signal?: AbortSignal | undefined;
};

type Expected = Omit<Preamble, 'channelIndex' | 'channelCount'> & {
	readonly channelIndex: number;
	readonly channelCount: number;
	readonly secured: boolean;
	readonly settled: PromiseWithResolvers<DataConnection>;
};

/** Where the data connections of a receiver come in: one TCP port, on which each connection shows what it belongs to. */
export class DataListener implements AsyncDisposable {
	readonly #options: DataListenerOptions;
	readonly #server: net.Server;
	readonly #expected = new Set<Expected>();
	/** Of each connection without its preamble, what ends it. */
	readonly #halfOpen = new Set<() => void>();

	private constructor(options: DataListenerOptions) {
		this.#options = options;
		// allowHalfOpen: Node must not answer the end of the peer's writing with one of ours on a connection that is about to be taken away.
		this.#server = net.createServer({pauseOnConnect: true, allowHalfOpen: true}, socket => this.#onConnection(socket));
	}

	/** Listens. Rejects with the system's error, EADDRINUSE for one, and with ERR_CONFIG for an address beyond loopback without TLS. */
	static async open(options: DataListenerOptions): Promise<DataListener> {
		const host = await listenAddress(options.host, {allowRemote: options.tls !== undefined, side: 'receiver'});
		const listener = new DataListener(options);
		const listening = once(listener.#server, 'listening');
		listener.#server.listen({host, port: options.port});
		await listening;
		// Accepting may run out of descriptors: the connection is lost, the listener goes on.
		listener.#server.on('error', error => options.onRefused({remoteAddress: '', because: error.message}));
		return listener;
	}

	/** The port listened on. */
	get port(): number {
		const address = this.#server.address();
		if (address === null || typeof address === 'string') throw new TypeError('the listener is closed');
		return address.port;
	}

	/**
	 * Waits for the connection that shows this token, migration, link and channel. Its descriptor is the caller's, who must close it or give
	 * it to a link. Rejects with the signal's reason, or with LinkError ERR_DAEMON_STOPPING when the listener is closed.
	 */
	async expect({token, migrationId, link = 0, channelIndex = 0, channelCount = 1, secured, signal}: Expectation): Promise<DataConnection> {
		signal?.throwIfAborted();
		if (token.length !== TOKEN_BYTES) throw new TypeError(`a token of ${token.length} bytes`);
		const expected: Expected = {
			token,
			migrationId,
			link,
			channelIndex,
			channelCount,
			secured: secured ?? this.#options.tls !== undefined,
			settled: Promise.withResolvers(),
		};
		const onAbort = (): void => {
			this.#expected.delete(expected);
			expected.settled.reject(signal?.reason as Error);
		};
		this.#expected.add(expected);
		signal?.addEventListener('abort', onAbort, {once: true});
		try {
			return await expected.settled.promise;
		} finally {
			signal?.removeEventListener('abort', onAbort);
		}
	}

	/** Stops listening; connections that were taken away live on. Idempotent. */
	async close(): Promise<void> {
		for (const end of this.#halfOpen) end();
		for (const {settled} of this.#expected) {
			settled.reject(new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the data listener was closed'}));
		}

		this.#expected.clear();
		if (!this.#server.listening) return;
		this.#server.close();
		await once(this.#server, 'close');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	#onConnection(socket: net.Socket): void {
		const remoteAddress = `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`;
		const {onRefused, tls, maxHalfOpen = MAX_HALF_OPEN} = this.#options;
		if (this.#halfOpen.size >= maxHalfOpen) {
			socket.destroy();
			onRefused({remoteAddress, because: `${maxHalfOpen} connections have not shown a preamble yet`});
			return;
		}

		if (tls === undefined) this.#awaitPreamble(socket, remoteAddress);
		else void this.#begin(socket, tls, remoteAddress);
	}

	/** A plain connection: its preamble is read here. */
	#awaitPreamble(socket: net.Socket, remoteAddress: string): void {
		const {onRefused, preambleTimeoutMs = PREAMBLE_TIMEOUT_MS} = this.#options;
		const timer = setTimeout(() => refuse(`no preamble for ${preambleTimeoutMs} ms`), preambleTimeoutMs);
		const settle = (): boolean => {
			clearTimeout(timer);
			return this.#halfOpen.delete(end);
		};
		const refuse = (because: string): void => {
			socket.destroy();
			if (settle()) onRefused({remoteAddress, because});
		};
		const end = (): void => {
			socket.destroy();
		};
		this.#halfOpen.add(end);
		socket.once('close', settle);
		socket.on('error', error => refuse(error.message));
		socket.once('end', () => refuse('closed before its preamble was whole'));
		socket.on('readable', () => {
			const bytes = this.#halfOpen.has(end) ? (socket.read(PREAMBLE_BYTES) as Buffer | null) : null;
			if (bytes === null) return;
			try {
				this.#takeAway(socket, parsePreamble(bytes), remoteAddress);
				settle();
			} catch (error) {
				refuse(error instanceof Error ? error.message : String(error));
			}
		});
	}

	/** Hands the connection to whoever expects it. Throws where nobody does, and where the connection is gone. */
	#takeAway(socket: net.Socket, preamble: Preamble, remoteAddress: string): void {
		const expected = this.#find(preamble, false);
		stopReading(socket);
		const rest = socket.read() as Buffer | null;
		const connection: DataConnection = {
			fd: detachDescriptor(socket, this.#options.userTimeoutMs),
			tlsSession: undefined,
			initialBytes: rest === null ? new Uint8Array(0) : new Uint8Array(rest),
			remoteAddress,
		};
		this.#expected.delete(expected);
		expected.settled.resolve(connection);
	}

	/** A connection that may begin with TLS: a data worker makes the handshake and reads the preamble. */
	async #begin(socket: net.Socket, {credentials, pool, plainAllowed}: DataListenerTls, remoteAddress: string): Promise<void> {
		const {onRefused, preambleTimeoutMs: timeoutMs = PREAMBLE_TIMEOUT_MS} = this.#options;
		const closing = new AbortController();
		const end = (): void => closing.abort();
		this.#halfOpen.add(end);
		socket.on('error', () => {}); // It is not Node's any more when one could come.
		try {
			const fd = detachDescriptor(socket, this.#options.userTimeoutMs);
			const tlsSession = secureSocket(fd, credentials.context, {role: 'accept'});
			const begun = await beginSecurely(pool, {fd, tlsSession, preamble: undefined, plainAllowed, timeoutMs, signal: closing.signal});
			try {
				const expected = this.#find(preambleOf(begun), begun.tlsSession !== undefined);
				this.#expected.delete(expected);
				const {fd: own, tlsSession: session} = begun;
				expected.settled.resolve({fd: own, tlsSession: session, initialBytes: new Uint8Array(0), remoteAddress});
			} catch (error) {
				closeDataSocket(begun);
				throw error;
			}
		} catch (error) {
			if (!closing.signal.aborted) onRefused({remoteAddress, because: error instanceof Error ? error.message : String(error)});
		} finally {
			this.#halfOpen.delete(end);
		}
	}

	/** Who expects this connection; throws where nobody does. Compares with every token in constant time: how long a refusal takes says nothing of how far a guess was right. */
	#find({token, migrationId, link, channelIndex, channelCount}: Preamble, isSecured: boolean): Expected {
		let found: Expected | undefined;
		for (const expected of this.#expected) {
			const sameToken = timingSafeEqual(expected.token, token);
			const sameLink = expected.migrationId === migrationId && expected.link === link;
			const sameChannel = expected.channelIndex === channelIndex && expected.channelCount === channelCount;
			if (sameToken && sameLink && sameChannel && expected.secured === isSecured) found = expected;
		}

		if (found === undefined) throw new TypeError('its preamble is not expected');
		return found;
	}
}
