import {once} from 'node:events';
import net from 'node:net';
import {encodePreamble, OperationError, type Preamble} from '@sterna/protocol';
import type {TlsContext} from '@sterna/system';
import {assertLoopback, describeAddress, loopbackLookup} from '../control/address.ts';
import {beginSecurely} from './begin-securely.ts';
import {type DataSocket, secureSocket} from './data-socket.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {LinkError} from './link-error.ts';
import {detachDescriptor} from './tcp-options.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** How a data connection that is opened is secured. */
export type DataSecurity =
	/** A data worker of `pool` makes the handshake. `peerName`: what the receiver's certificate must hold for. */
	| {readonly kind: 'tls'; readonly context: TlsContext; readonly peerName: string; readonly pool: DataWorkerPool}
	/** Not at all, between two hosts: agreed on with the receiver, over TLS. */
	| {readonly kind: 'agreed-plain'}
	/** Not at all, and so on loopback alone. */
	| {readonly kind: 'loopback'};

export type ConnectDataOptions = {
	/** Name or address, IPv6 without brackets. */
	readonly host: string;
	readonly port: number;
	readonly preamble: Preamble;
	/** `loopback` where undefined. */
	readonly security?: DataSecurity | undefined;
	readonly signal?: AbortSignal | undefined;
	/** 10 s where undefined. */
	readonly timeoutMs?: number | undefined;
	/** For how long the receiver's kernel may acknowledge nothing, or its window be closed; 0 = as the system has it. 120 s where undefined. */
	readonly userTimeoutMs?: number | undefined;
};

/**
 * Opens a data connection, secures it and writes its preamble. Resolves with the connected socket, which is the caller's; nothing of the back
 * channel has been read from it. Rejects with LinkError ERR_HOST_UNREACHABLE, ERR_CONNECTION_LOST, ERR_PEER_SILENT or ERR_TLS, with ERR_CONFIG for a
 * host beyond loopback without TLS, or with the signal's reason.
 */
export async function connectData({
	host,
	port,
	preamble,
	signal,
	security = {kind: 'loopback'},
	timeoutMs = CONNECT_TIMEOUT_MS,
	userTimeoutMs,
}: ConnectDataOptions): Promise<DataSocket> {
	if (security.kind === 'loopback') assertLoopback(host, 'sender');
	signal?.throwIfAborted();
	const bytes = encodePreamble(preamble);
	const timeout = AbortSignal.timeout(timeoutMs);
	const socket = new net.Socket();
	// Paused before it connects: not one byte of the back channel may be read here.
	socket.pause();
	const stop = AbortSignal.any(signal === undefined ? [timeout] : [timeout, signal]);
	const place = describeAddress({host, port});
	let doing = `connecting to ${place}`;
	try {
		const connected = once(socket, 'connect', {signal: stop});
		socket.connect(security.kind === 'loopback' ? {host, port, lookup: loopbackLookup('sender')} : {host, port});
		await connected;
		if (security.kind === 'tls') {
			// Not a byte of it is Node's: the handshake is made on the descriptor.
			const {context, peerName, pool} = security;
			const fd = detachDescriptor(socket, userTimeoutMs);
			const tlsSession = secureSocket(fd, context, {role: 'connect', peerName});
			return await beginSecurely(pool, {fd, tlsSession, preamble: bytes, plainAllowed: false, timeoutMs, signal});
		}

		doing = `writing the preamble to ${place}`;
		await writeAll(socket, bytes, stop);
		return {fd: detachDescriptor(socket, userTimeoutMs), tlsSession: undefined};
	} catch (error) {
		socket.destroy();
		signal?.throwIfAborted();
		if (error instanceof LinkError || error instanceof OperationError) throw error;
		const why = timeout.aborted ? `no answer for ${timeoutMs} ms` : error instanceof Error ? error.message : String(error);
		const code = doing.startsWith('connecting') ? 'ERR_HOST_UNREACHABLE' : 'ERR_CONNECTION_LOST';
		throw new LinkError({code, message: `${doing} failed: ${why}`}, {cause: error});
	} finally {
		// A destroyed socket may still report an error of its own.
		socket.on('error', () => {});
	}
}

async function writeAll(socket: net.Socket, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const onAbort = (): void => reject(signal.reason as Error);
	signal.addEventListener('abort', onAbort, {once: true});
	socket.once('error', reject);
	socket.write(bytes, error => (error ? reject(error) : resolve()));
	try {
		await promise;
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
