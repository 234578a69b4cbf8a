import {execFile} from 'node:child_process';
import type {Logger} from './log.ts';

/**
 * Tells systemd of a change (`READY=1`, `STOPPING=1`), where it asked to be told. Node has no datagram sockets of the Unix kind, so systemd's
 * own tool speaks. Never fails: whoever waits for the message has a timeout.
 */
export async function notifySystemd(
	state: string,
	{log, env = process.env}: {readonly log: Logger; readonly env?: NodeJS.ProcessEnv},
): Promise<void> {
	if (!env['NOTIFY_SOCKET']) return;
	const {promise, resolve} = Promise.withResolvers<void>();
	execFile('systemd-notify', [`--pid=${process.pid}`, state], {env, timeout: 5000}, error => {
		if (error) log.warn({err: error, state}, 'systemd could not be notified');
		resolve();
	});
	await promise;
}
