import {chmodSync, chownSync, lstatSync, rmSync} from 'node:fs';
import {connect, type Server} from 'node:net';
import type {Side} from '@sterna/protocol';
import {assertSocketPath} from './address.ts';
import {connectionError} from './connection-error.ts';

export type UnixListenOptions = {
	readonly path: string;
	/** Group that may connect besides the owner (mode 0660); undefined: the owner alone (0600). */
	readonly groupId: number | undefined;
	readonly side: Side;
};

/**
 * Makes `server` listen on a Unix socket that nobody but its owner, and the group if there is one, can ever open.
 * A socket file left over by a process that died is replaced; one that somebody listens on is not: ERR_CONFIG.
 */
export async function listenOnUnixSocket(server: Server, {path, groupId, side}: UnixListenOptions): Promise<void> {
	assertSocketPath(path, side);
	await removeStaleSocket(path, side);
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	server.once('error', reject);
	// Node binds a path within the call, so the mask holds for the moment in which the file appears, and for nothing else.
	const mask = process.umask(0o177);
	try {
		server.listen({path}, resolve);
	} finally {
		process.umask(mask);
	}

	await promise.catch((error: unknown) => {
		throw connectionError('ERR_CONFIG', `cannot listen on ${path}`, {side, cause: error});
	});
	server.off('error', reject);
	if (groupId === undefined) return;
	chownSync(path, process.getuid?.() ?? 0, groupId);
	chmodSync(path, 0o660);
}

async function removeStaleSocket(path: string, side: Side): Promise<void> {
	const status = lstatSync(path, {throwIfNoEntry: false});
	if (status === undefined) return;
	if (!status.isSocket()) throw connectionError('ERR_CONFIG', `${path} is there already and is not a socket`, {side});
	if (await somebodyListens(path)) throw connectionError('ERR_CONFIG', `another process listens on ${path} already`, {side});
	rmSync(path, {force: true});
}

async function somebodyListens(path: string): Promise<boolean> {
	const {promise, resolve, reject} = Promise.withResolvers<boolean>();
	const socket = connect({path});
	socket.once('connect', () => resolve(true));
	socket.once('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
		// A full queue of connections has a listener, too slow as it may be.
		else if (error.code === 'EAGAIN') resolve(true);
		else reject(error);
	});
	try {
		return await promise;
	} finally {
		socket.destroy();
	}
}
