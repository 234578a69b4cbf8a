import {readFileSync} from 'node:fs';

/** __SO_ACCEPTCON of linux/net.h, as /proc/net/unix prints it. */
const ACCEPTS_CONNECTIONS = '00010000';

/**
 * Whether somebody listens on a Unix socket: its file is there a moment before. Without connecting, as a monitor has room for one client. `socketPath`:
 * as it was bound.
 */
export function isListening(socketPath: string): boolean {
	const sockets = readFileSync('/proc/net/unix', 'utf8').split('\n');
	return sockets.some(line => line.endsWith(` ${socketPath}`) && line.split(' ')[3] === ACCEPTS_CONNECTIONS);
}
