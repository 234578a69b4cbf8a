import type {Socket} from 'node:net';
import {closeDescriptor, duplicateDescriptor, setSocketOption, SystemError} from '@sterna/system';

/** First keepalive probe after so much silence, in milliseconds; then ten more, a second apart (libuv's choice). */
export const KEEPALIVE_IDLE_MS = 10_000;
/**
 * How long sent bytes may stay unacknowledged by the other kernel, in milliseconds, where nothing else watches the other end. A receiver that
 * stops reading for as long counts as gone, too: the kernel does not tell a closed window from a dead host.
 */
export const DEFAULT_USER_TIMEOUT_MS = 120_000;

/** What `node:net` keeps for itself: the libuv handle of a socket. */
type Handle = {readonly fd: number; readStop(): number};

function handleOf(socket: Socket): Handle | undefined {
	const handle = Reflect.get(socket, '_handle') as Handle | null | undefined;
	return handle ?? undefined;
}

/** Stops a socket's reading at once; bytes that it has read are still to be had by `read`. Its pause is not enough for that. */
export function stopReading(socket: Socket): void {
	handleOf(socket)?.readStop();
}

/**
 * Takes the connection away from Node: sets the options of a data connection and returns a descriptor of the caller's, non-blocking.
 * The socket is destroyed, the connection goes on. `userTimeoutMs`: 0 = the system's, of many minutes. Throws `SystemError` or TypeError for
 * a socket that is closed already.
 */
export function detachDescriptor(socket: Socket, userTimeoutMs = DEFAULT_USER_TIMEOUT_MS): number {
	socket.setNoDelay(true);
	socket.setKeepAlive(true, KEEPALIVE_IDLE_MS);
	const own = handleOf(socket)?.fd;
	if (own === undefined || own < 0) throw new TypeError('the socket has no descriptor');
	const fd = duplicateDescriptor(own);
	try {
		setSocketOption(fd, 'tcpUserTimeoutMs', userTimeoutMs);
	} catch (error) {
		closeDescriptor(fd);
		throw error;
	}

	socket.destroy();
	return fd;
}

/** Ends a connection of Node's whose other kernel acknowledges nothing for so long. No effect on one that has ended. */
export function setUserTimeout(socket: Socket, userTimeoutMs: number): void {
	const fd = handleOf(socket)?.fd;
	if (fd === undefined || fd < 0) return;
	try {
		setSocketOption(fd, 'tcpUserTimeoutMs', userTimeoutMs);
	} catch (error) {
		if (!(error instanceof SystemError)) throw error;
	}
}
