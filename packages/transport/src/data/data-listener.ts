import {timingSafeEqual} from 'node:crypto';
import {once} from 'node:events';
import net from 'node:net';
import {parsePreamble, PREAMBLE_BYTES, TOKEN_BYTES, type Preamble} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import {detachDescriptor, stopReading} from './tcp-options.ts';

const PREAMBLE_TIMEOUT_MS = 10_000;
/** Connections that have not shown their preamble yet; further ones are closed at once. */
const MAX_HALF_OPEN = 64;

/** A connection that was taken away from the listener by what showed its token. */
export type DataConnection = {
	/** Connected, non-blocking, the caller's. */
	readonly fd: number;
	/** Stream bytes that came together with the preamble: the first of the stream. */
	readonly initialBytes: Uint8Array;
	readonly remoteAddress: string;
};

/** A connection that was closed, and why: for the log. The peer is told nothing. */
export type RefusedConnection = {readonly remoteAddress: string; readonly because: string};

export type DataListenerOptions = {
	readonly host: string;
	/** 0 = any free one. */
	readonly port: number;
	readonly onRefused: (refused: RefusedConnection) => void;
	/** 10 s where undefined. */
	readonly preambleTimeoutMs?: number | undefined;
	/** 64 where undefined. */
	readonly maxHalfOpen?: number | undefined;
};

export type Expectation = {
	/** 32 unguessable bytes; good for one connection of each channel. */
	readonly token: Uint8Array;
	readonly migrationId: string;
	/** 0 and 1 where undefined. */
	readonly channelIndex?: number | undefined;
	readonly channelCount?: number | undefined;
	/** Stops waiting. */
	readonly signal?: AbortSignal | undefined;
};

type Expected = Omit<Preamble, 'channelIndex' | 'channelCount'> & {
	readonly channelIndex: number;
	readonly channelCount: number;
	readonly settled: PromiseWithResolvers<DataConnection>;
};

/** Where the data connections of a receiver come in: one TCP port, on which each connection shows what it belongs to. */
export class DataListener implements AsyncDisposable {
	readonly #options: DataListenerOptions;
	readonly #server: net.Server;
	readonly #expected = new Set<Expected>();
	readonly #halfOpen = new Set<net.Socket>();

	private constructor(options: DataListenerOptions) {
		this.#options = options;
		// allowHalfOpen: Node must not answer the end of the peer's writing with one of ours on a connection that is about to be taken away.
		this.#server = net.createServer({pauseOnConnect: true, allowHalfOpen: true}, socket => this.#onConnection(socket));
	}

	/** Listens. Rejects with the system's error, EADDRINUSE for one. */
	static async open(options: DataListenerOptions): Promise<DataListener> {
		const listener = new DataListener(options);
		const listening = once(listener.#server, 'listening');
		listener.#server.listen({host: options.host, port: options.port});
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
	 * Waits for the connection that shows this token, migration and channel. Its descriptor is the caller's, who must close it or give
	 * it to a link. Rejects with the signal's reason, or with LinkError ERR_DAEMON_STOPPING when the listener is closed.
	 */
	async expect({token, migrationId, channelIndex = 0, channelCount = 1, signal}: Expectation): Promise<DataConnection> {
		signal?.throwIfAborted();
		if (token.length !== TOKEN_BYTES) throw new TypeError(`a token of ${token.length} bytes`);
		const expected: Expected = {token, migrationId, channelIndex, channelCount, settled: Promise.withResolvers()};
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
		for (const socket of this.#halfOpen) socket.destroy();
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
		const {onRefused, maxHalfOpen = MAX_HALF_OPEN, preambleTimeoutMs = PREAMBLE_TIMEOUT_MS} = this.#options;
		if (this.#halfOpen.size >= maxHalfOpen) {
			socket.destroy();
			onRefused({remoteAddress, because: `${maxHalfOpen} connections have not shown a preamble yet`});
			return;
		}

		const timer = setTimeout(() => refuse(`no preamble for ${preambleTimeoutMs} ms`), preambleTimeoutMs);
		const settle = (): boolean => {
			clearTimeout(timer);
			return this.#halfOpen.delete(socket);
		};
		const refuse = (because: string): void => {
			socket.destroy();
			if (settle()) onRefused({remoteAddress, because});
		};
		this.#halfOpen.add(socket);
		socket.once('close', settle);
		socket.on('error', error => refuse(error.message));
		socket.once('end', () => refuse('closed before its preamble was whole'));
		socket.on('readable', () => {
			const bytes = this.#halfOpen.has(socket) ? (socket.read(PREAMBLE_BYTES) as Buffer | null) : null;
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
		const expected = this.#find(preamble);
		if (expected === undefined) throw new TypeError('its preamble is not expected');
		stopReading(socket);
		const rest = socket.read() as Buffer | null;
		const connection: DataConnection = {
			fd: detachDescriptor(socket),
			initialBytes: rest === null ? new Uint8Array(0) : new Uint8Array(rest),
			remoteAddress,
		};
		this.#expected.delete(expected);
		expected.settled.resolve(connection);
	}

	/** Compares with every token in constant time: how long a refusal takes says nothing of how far a guess was right. */
	#find({token, migrationId, channelIndex, channelCount}: Preamble): Expected | undefined {
		let found: Expected | undefined;
		for (const expected of this.#expected) {
			const sameToken = timingSafeEqual(expected.token, token);
			const sameChannel = expected.channelIndex === channelIndex && expected.channelCount === channelCount;
			if (sameToken && sameChannel && expected.migrationId === migrationId) found = expected;
		}

		return found;
	}
}
