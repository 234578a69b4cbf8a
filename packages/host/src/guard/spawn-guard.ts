import {spawn} from 'node:child_process';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {childEnvironment, killProcess, type ProcessIdentity, startTicksOf} from '@sterna/domain/processes';
import type {Side} from '@sterna/protocol';
import {hostError} from '../host-error.ts';

/** It starts within 0.1 s on a quiet machine. */
const START_TIMEOUT_MS = 20_000;
const MAX_LINE_BYTES = 4096;

export type SpawnGuardOptions = {
	readonly guest: ProcessIdentity;
	/** A `GuardFile` with the deadline in it. */
	readonly file: string;
	readonly side: Side;
};

/**
 * Starts a guard as a process and session of its own, which outlives this one. Resolves when it watches. Rejects ERR_INTERNAL with its own reason, where the guest is not there for
 * one, and nothing of it is left.
 */
export async function spawnGuard({guest, file, side}: SpawnGuardOptions): Promise<ProcessIdentity> {
	const main = fileURLToPath(new URL('guard-main.ts', import.meta.url));
	const child = spawn(
		process.execPath,
		// Little memory, and no threads that it has no work for.
		[
			'--no-warnings',
			'--max-semi-space-size=1',
			'--max-old-space-size=32',
			'--v8-pool-size=0',
			main,
			String(guest.pid),
			guest.startTicks,
			file,
		],
		{detached: true, cwd: '/', stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env: childEnvironment()},
	);
	const failed = new Promise<never>((_resolve, reject) => {
		child.once('error', reject);
	});
	const startTicks = child.pid === undefined ? undefined : startTicksOf(child.pid);
	const pipe = child.stdio[3] as Readable;
	const timer = setTimeout(() => pipe.destroy(new Error(`it says nothing for ${START_TIMEOUT_MS / 1000} s`)), START_TIMEOUT_MS);
	try {
		const line = await Promise.race([failed, readLine(pipe)]);
		if (line !== 'watching') throw new Error(line === '' ? 'it ended at its start' : line);
		if (child.pid === undefined || startTicks === undefined) throw new Error('it ended at its start');
		child.unref();
		return {pid: child.pid, startTicks};
	} catch (error) {
		if (child.pid !== undefined && startTicks !== undefined) await killProcess({pid: child.pid, startTicks}, 5000);
		throw hostError('ERR_INTERNAL', `the guard of process ${guest.pid} cannot be started`, {side, cause: error});
	} finally {
		clearTimeout(timer);
	}
}

async function readLine(pipe: Readable): Promise<string> {
	let text = '';
	try {
		for await (const chunk of pipe) {
			text += String(chunk);
			if (text.includes('\n') || text.length > MAX_LINE_BYTES) break;
		}
	} finally {
		pipe.destroy();
	}

	return text.trimEnd();
}
