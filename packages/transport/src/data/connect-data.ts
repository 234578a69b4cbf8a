import {once} from 'node:events';
import net from 'node:net';
import {encodePreamble, type Preamble} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import {detachDescriptor} from './tcp-options.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export type ConnectDataOptions = {
	/** Name or address, IPv6 without brackets. */
	readonly host: string;
	readonly port: number;
	readonly preamble: Preamble;
	readonly signal?: AbortSignal | undefined;
	/** 10 s where undefined. */
	readonly timeoutMs?: number | undefined;
};

/**
 * Opens a data connection and writes its preamble. Resolves with the connected, non-blocking descriptor, which is the caller's; nothing
 * has been read from it. Rejects with LinkError ERR_HOST_UNREACHABLE or ERR_CONNECTION_LOST, or with the signal's reason.
 */
export async function connectData({host, port, preamble, signal, timeoutMs = CONNECT_TIMEOUT_MS}: ConnectDataOptions): Promise<number> {
	signal?.throwIfAborted();
	const bytes = encodePreamble(preamble);
	const timeout = AbortSignal.timeout(timeoutMs);
	const socket = new net.Socket();
	// Paused before it connects: not one byte of the back channel may be read here.
	socket.pause();
	const stop = AbortSignal.any(signal === undefined ? [timeout] : [timeout, signal]);
	const place = net.isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
	let doing = `connecting to ${place}`;
	try {
		const connected = once(socket, 'connect', {signal: stop});
		socket.connect({host, port});
		await connected;
		doing = `writing the preamble to ${place}`;
		await writeAll(socket, bytes, stop);
		return detachDescriptor(socket);
	} catch (error) {
		socket.destroy();
		signal?.throwIfAborted();
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
