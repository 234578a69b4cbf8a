import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {openSync, readSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {isProcessStopped, killProcess, type ProcessIdentity, startTicksOf} from '@sterna/domain/processes';
import {temporaryDirectory} from './host.ts';

export type BusyGuest = {
	readonly id: ProcessIdentity;
	/** Where its guard's file may be. */
	readonly guardFile: string;
	/** Steps that it has taken so far. */
	readonly steps: () => bigint;
	/** Resolves when it stands still. */
	readonly stopped: () => Promise<void>;
	/** Resolves when it takes steps. */
	readonly running: () => Promise<void>;
};

/** A process of its own that never rests. Gone when the test ends. */
export async function startBusyGuest(t: ExecutionContext): Promise<BusyGuest> {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'steps');
	writeFileSync(file, new Uint8Array(8));
	const fd = openSync(file, 'r');
	const main = fileURLToPath(new URL('busy-guest-main.ts', import.meta.url));
	const child = spawn(process.execPath, ['--no-warnings', main, file], {stdio: ['ignore', 'pipe', 'inherit'], detached: true});
	await once(child.stdout, 'data');
	const pid = child.pid ?? 0;
	const id = {pid, startTicks: startTicksOf(pid) ?? ''};
	t.teardown(async () => killProcess(id, 10_000));
	const steps = (): bigint => {
		const bytes = Buffer.alloc(8);
		readSync(fd, bytes, 0, 8, 0);
		return bytes.readBigUInt64LE();
	};
	return {
		id,
		guardFile: path.join(directory, 'guard'),
		steps,
		stopped: async () => {
			while (!isProcessStopped(id)) await sleep(1);
		},
		running: async () => {
			for (const before = steps(); steps() === before;) await sleep(1);
		},
	};
}
