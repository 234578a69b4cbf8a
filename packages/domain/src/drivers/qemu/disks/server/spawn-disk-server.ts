import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync} from 'node:fs';
import {connect} from 'node:net';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {isErrorCode} from '@sterna/protocol/errors';
import {WITHOUT_MAGLEV} from '@sterna/system';
import * as v from 'valibot';
import {childEnvironment} from '../../../../child-environment.ts';
import {DomainError} from '../../../../domain-error.ts';
import {killProcess, startTicksOf} from '../../../../process-identity.ts';
import {type DiskServerArguments, READY_FD, ReadyMessage} from './server-arguments.ts';

/** Bytes of the ready message at most. */
const MAX_READY_BYTES = 64 * 1024;
/** A server ends within milliseconds of its guest, or of being told to. */
const END_TIMEOUT_MS = 5000;

/** Bytes of a disk in an epoch from which on its guest's writes wait for the next checkpoint: twice what a checkpoint is taken early for. */
export const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Starts a guest's disk server as a process and session of its own, in the place of one that is left. Resolves when it listens. Rejects ERR_TARGET_REFUSED for an image that another
 * has open, ERR_FILE for one that is not there; nothing of it is left then. `log`: the file that it writes to where it fails.
 */
export async function spawnDiskServer(given: DiskServerArguments, {log}: {readonly log: string}): Promise<void> {
	await endDiskServer(given.controlSocket);
	const logFd = openSync(log, 'a', 0o600);
	const child = spawn(
		process.execPath,
		['--no-warnings', WITHOUT_MAGLEV, fileURLToPath(new URL('server-main.ts', import.meta.url)), JSON.stringify(given)],
		{detached: true, cwd: '/', stdio: ['ignore', logFd, logFd, 'pipe'], env: childEnvironment()},
	);
	closeSync(logFd);
	const failed = new Promise<never>((_resolve, reject) => {
		child.once('error', error => reject(new DomainError('ERR_INTERNAL', 'the disk server cannot be started', {cause: error})));
	});
	const startTicks = child.pid === undefined ? undefined : startTicksOf(child.pid);
	try {
		await Promise.race([failed, readReady(child.stdio[READY_FD] as Readable)]);
		child.unref();
	} catch (error) {
		if (child.pid !== undefined && startTicks !== undefined) await killProcess({pid: child.pid, startTicks}, END_TIMEOUT_MS);
		throw error;
	}
}

/** Ends the server that listens there, if any, and resolves when its images are free. Rejects ERR_INTERNAL where it does not end. */
export async function endDiskServer(controlSocket: string): Promise<void> {
	const socket = connect(controlSocket);
	try {
		await once(socket, 'connect');
	} catch {
		return;
	}

	const ended = new Promise<boolean>(resolve => {
		socket.on('close', () => resolve(true));
	});
	// It may be gone before it has read this.
	socket.on('error', () => undefined);
	socket.resume().write('{"ask":"end"}\n');
	const isOver = await Promise.race([ended, sleep(END_TIMEOUT_MS, false, {ref: false})]);
	socket.destroy();
	if (!isOver) throw new DomainError('ERR_INTERNAL', `the disk server at ${controlSocket} does not end within ${END_TIMEOUT_MS} ms`);
}

/** Waits for the line on descriptor 3. Rejects with the reason in it. */
async function readReady(pipe: Readable): Promise<void> {
	let text = '';
	try {
		for await (const chunk of pipe) {
			text += String(chunk);
			if (text.includes('\n') || text.length > MAX_READY_BYTES) break;
		}
	} finally {
		pipe.destroy();
	}

	if (!text.endsWith('\n')) throw new DomainError('ERR_INTERNAL', 'the disk server ended before it listened; its log may say why');
	const ready = v.parse(ReadyMessage, JSON.parse(text));
	if (!ready.ready) throw new DomainError(isErrorCode(ready.code) ? ready.code : 'ERR_INTERNAL', ready.message);
}
