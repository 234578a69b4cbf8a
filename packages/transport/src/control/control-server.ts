import {createServer, type IncomingMessage, type Server as HttpServer} from 'node:http';
import {createServer as createTlsServer, Server as HttpsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {TLSSocket, TlsOptions} from 'node:tls';
import {type Hello, MAX_FRAME_BYTES} from '@sterna/protocol/control';
import {WebSocketServer} from 'ws';
import {type ControlAddress, listenAddress, sideOfRole} from './address.ts';
import {connectionError} from './connection-error.ts';
import type {LocalHello} from './hello.ts';
import {KEEPALIVE_IDLE_MS, setUserTimeout} from '../data/tcp-options.ts';
import {CONTROL_SUBPROTOCOL, type ControlLimits, DEFAULT_CONTROL_LIMITS, MAX_FRAGMENTS, silenceMsOf} from './limits.ts';
import {type RequestHandler, ServerConnection} from './server-connection.ts';
import {listenOnUnixSocket} from './unix-listener.ts';

export type ControlServerOptions = {
	/** A Unix socket's path with the id of a group that may connect besides the owner; or a name or IP address and a port (0 = any free one). */
	readonly listen: {readonly unix: string; readonly groupId?: number} | {readonly host: string; readonly port: number};
	readonly hello: LocalHello;
	/** Who may connect here. */
	readonly roles: readonly Hello['role'][];
	readonly onRequest: RequestHandler;
	/** Told of errors that are not OperationErrors: faults of our own, for the log. */
	readonly onError: (error: unknown) => void;
	/** Passed through to Node's TLS (`TlsCredentials.serverOptions`); without it only loopback can be listened at. */
	readonly tls?: TlsOptions | undefined;
	/** Told of connections that did not get through the TLS handshake, for the log. */
	readonly onRefused?: (refused: {readonly remoteAddress: string; readonly because: string}) => void;
	readonly limits?: Partial<ControlLimits>;
};

const KEEPALIVE = {keepAlive: true, keepAliveInitialDelay: KEEPALIVE_IDLE_MS} as const;

/** The serving end of the control channel: protobuf frames in WebSocket messages. docs/spec/control.md. */
export class ControlServer implements AsyncDisposable {
	/** Where it listens; with the real port. */
	readonly address: ControlAddress;
	readonly #http: HttpServer;
	readonly #sockets: WebSocketServer;
	readonly #connections: Set<ServerConnection>;

	private constructor(address: ControlAddress, http: HttpServer, sockets: WebSocketServer, connections: Set<ServerConnection>) {
		this.address = address;
		this.#http = http;
		this.#sockets = sockets;
		this.#connections = connections;
	}

	/** Rejects ERR_CONFIG when the address cannot be listened at, is in use, or is not loopback and there is no TLS. */
	static async listen(options: ControlServerOptions): Promise<ControlServer> {
		const limits = {...DEFAULT_CONTROL_LIMITS, ...options.limits};
		const http = options.tls === undefined ? createServer(KEEPALIVE) : createSecureServer(options.tls, limits, options.onRefused);
		if ('host' in options.listen) http.on('connection', (socket: Socket) => setUserTimeout(socket, silenceMsOf(limits)));
		http.on('request', (_request, response) => {
			response.writeHead(426, {Connection: 'close'}).end();
		});
		// Bounds what connects and never gets as far as a WebSocket.
		http.maxConnections = limits.maxConnections + 8;
		http.headersTimeout = limits.helloTimeoutMs;
		http.requestTimeout = limits.helloTimeoutMs;
		const connections = new Set<ServerConnection>();
		const sockets = acceptConnections(http, connections, limits, options);
		return new ControlServer(await startListening(http, options), http, sockets, connections);
	}

	/** For clients that connect from now on: other certificates. Of a server with TLS alone. */
	setCredentials({cert, key, ca}: TlsOptions): void {
		if (this.#http instanceof HttpsServer) this.#http.setSecureContext({cert, key, ca, minVersion: 'TLSv1.3'});
	}

	/** How many clients are connected. */
	get connectionCount(): number {
		return this.#connections.size;
	}

	/**
	 * Stops listening, says good-bye to every client and waits until all connections have ended and all handlers have returned.
	 * Clients that do not answer within `graceMs` are cut off. A Unix socket's file is gone afterwards.
	 */
	async close(graceMs = 1000): Promise<void> {
		const {promise: httpClosed, resolve} = Promise.withResolvers<void>();
		this.#http.close(() => resolve());
		this.#sockets.close();
		const settled = [...this.#connections].map(async connection => connection.settled());
		for (const connection of this.#connections) connection.close('the daemon is stopping');
		const cutOff = setTimeout(() => {
			for (const connection of this.#connections) connection.terminate();
			this.#http.closeAllConnections();
		}, graceMs);
		this.#http.closeIdleConnections();
		await httpClosed;
		clearTimeout(cutOff);
		await Promise.all(settled);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

function createSecureServer(tls: TlsOptions, limits: ControlLimits, onRefused: ControlServerOptions['onRefused']): HttpsServer {
	const server = createTlsServer({...tls, ...KEEPALIVE, handshakeTimeout: limits.helloTimeoutMs});
	server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
		const {remoteAddress, remotePort, authorizationError} = socket;
		// Node hangs up on a client whose certificate it does not accept, and says no more of it than this.
		const why: unknown = authorizationError;
		const because = typeof why === 'string' ? `its certificate is not accepted: ${why}` : error.message;
		onRefused?.({remoteAddress: `${remoteAddress ?? 'unknown'}:${remotePort ?? 0}`, because});
	});
	return server;
}

function acceptConnections(
	http: HttpServer,
	connections: Set<ServerConnection>,
	limits: ControlLimits,
	options: ControlServerOptions,
): WebSocketServer {
	const sockets = new WebSocketServer({
		server: http,
		maxPayload: MAX_FRAME_BYTES,
		maxFragments: MAX_FRAGMENTS,
		perMessageDeflate: false,
		clientTracking: false,
		handleProtocols: () => CONTROL_SUBPROTOCOL,
		verifyClient: (
			{req, origin}: {req: IncomingMessage; origin: string | undefined},
			done: (accept: boolean, status?: number, text?: string) => void,
		) => {
			// A browser names the page's origin: no page of any site has business here.
			if (origin !== undefined) done(false, 403, 'Not for browsers');
			else if (req.headers['sec-websocket-protocol'] !== CONTROL_SUBPROTOCOL) done(false, 400, 'Not a control client');
			else if (connections.size >= limits.maxConnections) done(false, 503, 'Too many connections');
			else done(true);
		},
	});
	sockets.on('error', error => {
		// What goes wrong before is `listen`'s to reject with.
		if (http.listening) options.onError(error);
	});
	sockets.on('connection', (ws, request) => {
		const {remoteAddress, remotePort} = request.socket;
		const connection = new ServerConnection(ws, {
			hello: options.hello,
			limits,
			// Between hosts a peer can vanish without a word. On one host it cannot, and may pause as long as it likes (a pager).
			heartbeat: 'host' in options.listen,
			roles: options.roles,
			remote: remoteAddress === undefined ? 'unix' : `${remoteAddress}:${remotePort}`,
			onRequest: options.onRequest,
			onError: options.onError,
			onEnd: () => connections.delete(connection),
		});
		connections.add(connection);
	});
	return sockets;
}

async function startListening(http: HttpServer, {listen, hello, tls}: ControlServerOptions): Promise<ControlAddress> {
	const side = sideOfRole(hello.role);
	if ('unix' in listen) {
		await listenOnUnixSocket(http, {path: listen.unix, groupId: listen.groupId, side});
		return {unix: listen.unix};
	}

	const host = await listenAddress(listen.host, {allowRemote: tls !== undefined, side});
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	http.once('error', reject);
	http.listen({host, port: listen.port}, resolve);
	await promise.catch((error: unknown) => {
		throw connectionError('ERR_CONFIG', `cannot listen at ${listen.host}, port ${listen.port}`, {side, cause: error});
	});
	http.off('error', reject);
	return {host, port: (http.address() as AddressInfo).port};
}
