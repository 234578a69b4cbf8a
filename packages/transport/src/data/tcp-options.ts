import type {Socket} from 'node:net';
import {closeDescriptor, duplicateDescriptor, setSocketOption} from '@sterna/system';

/** First keepalive probe after so much silence, in milliseconds; then ten more, a second apart (libuv's choice). */
const KEEPALIVE_IDLE_MS = 10_000;
/**
 * How long sent bytes may stay unacknowledged by the other kernel, in milliseconds. A receiver that stops reading for as long counts
 * as gone, too: the kernel does not tell a closed window from a dead host. The control channel notices a dead host much earlier.
 */
const USER_TIMEOUT_MS = 120_000;

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
 * The socket is destroyed, the connection goes on. Throws `SystemError` or TypeError for a socket that is closed already.
 */
export function detachDescriptor(socket: Socket): number {
	socket.setNoDelay(true);
	socket.setKeepAlive(true, KEEPALIVE_IDLE_MS);
	const own = handleOf(socket)?.fd;
	if (own === undefined || own < 0) throw new TypeError('the socket has no descriptor');
	const fd = duplicateDescriptor(own);
	try {
		setSocketOption(fd, 'tcpUserTimeoutMs', USER_TIMEOUT_MS);
	} catch (error) {
		closeDescriptor(fd);
		throw error;
	}

	socket.destroy();
	return fd;
}
