import {spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {isErrorCode} from '@sterna/protocol';
import {WITHOUT_MAGLEV} from '@sterna/system';
import * as v from 'valibot';
import {childEnvironment} from '../../child-environment.ts';
import type {WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import {killProcess, startTicksOf} from '../../process-identity.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {assertSocketPath, removeRunFiles} from '../run-files.ts';
import {type GuestArguments, READY_FD, ReadyMessage} from './guest-arguments.ts';

/** Bytes of the ready message at most. */
const MAX_READY_BYTES = 64 * 1024;

/** Where a guest's port is on a host that says nothing of it. */
const LOOPBACK = '127.0.0.1';

/** Names of what a guest keeps in its run directory. */
export const RunFile = {socket: 'guest.sock', log: 'guest.log'} as const;

export type SpawnGuestOptions = {
	readonly mode: GuestArguments['mode'];
	/** False only to act as on a kernel without write tracking. */
	readonly tracking?: boolean;
};

/**
 * Starts a guest as a process and session of its own, which outlives this one. Resolves when it listens, memory filled unless it is
 * incoming. Rejects with the guest's own reason, and nothing of it is left.
 */
export async function spawnGuest(
	definition: WorkloadDefinition,
	place: GuestPlace,
	{mode, tracking = true}: SpawnGuestOptions,
): Promise<ProcessHandle> {
	const socketPath = join(place.runDir, RunFile.socket);
	assertSocketPath(socketPath);
	const guestArguments: GuestArguments = {
		definition,
		socketPath,
		outputFile: place.outputFile,
		address: place.guestAddress ?? LOOPBACK,
		mode,
		tracking,
	};
	const logFd = openSync(join(place.runDir, RunFile.log), 'a', 0o600);
	const child = spawn(
		process.execPath,
		[
			'--no-warnings',
			WITHOUT_MAGLEV,
			'--max-semi-space-size=1',
			fileURLToPath(new URL('guest-main.ts', import.meta.url)),
			JSON.stringify(guestArguments),
		],
		{detached: true, cwd: '/', stdio: ['ignore', logFd, logFd, 'pipe'], env: childEnvironment()},
	);
	closeSync(logFd);
	const failed = new Promise<never>((_resolve, reject) => {
		child.once('error', error => reject(new DomainError('ERR_INTERNAL', "the guest's process cannot be started", {cause: error})));
	});
	const startTicks = child.pid === undefined ? undefined : startTicksOf(child.pid);
	try {
		await Promise.race([failed, readReady(child.stdio[READY_FD] as Readable)]);
		if (child.pid === undefined || startTicks === undefined)
			throw new DomainError('ERR_GUEST_EXITED', 'the guest ended as soon as it had started');
		child.unref();
		return {kind: 'process', pid: child.pid, startTicks, socketPath};
	} catch (error) {
		if (child.pid !== undefined && startTicks !== undefined) await killProcess({pid: child.pid, startTicks}, 5000);
		throw error;
	}
}

/** Waits for the line on descriptor 3. Rejects with the reason in it, or ERR_GUEST_EXITED when it ends without one. */
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

	if (!text.endsWith('\n')) throw new DomainError('ERR_GUEST_EXITED', "the guest's process ended before it was ready; its log may say why");
	const ready = v.parse(ReadyMessage, JSON.parse(text));
	if (!ready.ready) throw new DomainError(isErrorCode(ready.code) ? ready.code : 'ERR_INTERNAL', ready.message);
}

/** Removes what a guest that is gone left in its run directory, state files included. Idempotent. */
export function removeGuestFiles(place: GuestPlace): void {
	removeRunFiles(place, Object.values(RunFile));
}
