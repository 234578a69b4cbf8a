import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {LabHost} from '../lab/lab-host.ts';
import {isRunning, type ProcessId, processIdOf} from '../lab/process-id.ts';

const PATIENCE_MS = 30_000;
const POLL_MS = 20;

/** What runs for one protected guest at its source. Found in the host's own journal, past its daemons. */
export type SourceProcesses = {
	readonly guest: ProcessId;
	readonly guard: ProcessId;
	readonly sender: ProcessId;
	readonly receiver: ProcessId;
};

/** Resolves when all of them run; `but`: a guard that is gone, or to be. Rejects where one is missing for long. */
export async function sourceProcesses(host: LabHost, domain: string, but?: ProcessId): Promise<SourceProcesses> {
	const deadline = performance.now() + PATIENCE_MS;
	for (;;) {
		const {guest, guard} = readJournal(host, domain);
		const {sender, receiver} = {sender: host.daemon('sender').id, receiver: host.daemon('receiver').id};
		const all = guest !== undefined && guard !== undefined && sender !== undefined && receiver !== undefined;
		if (all && guard.pid !== but?.pid && isRunning(guard)) return {guest, guard, sender, receiver};
		if (performance.now() > deadline)
			throw new Error(`${domain} on ${host.name} lacks a process: ${JSON.stringify({guest, guard, sender, receiver})}`);
		await sleep(POLL_MS);
	}
}

/** SIGSTOP of all of them, in this order. They stand still some moments later. */
export function freeze(...processes: readonly ProcessId[]): void {
	for (const {pid} of processes) process.kill(pid, 'SIGSTOP');
}

/** SIGCONT of those that are there still, in this order. */
export function thaw(...processes: readonly ProcessId[]): void {
	for (const id of processes) if (isRunning(id)) process.kill(id.pid, 'SIGCONT');
}

function readJournal(host: LabHost, domain: string): {readonly guest: ProcessId | undefined; readonly guard: ProcessId | undefined} {
	const file = path.join(host.files.state, 'domains', domain, 'domain.json');
	const {handle, protection} = JSON.parse(readFileSync(file, 'utf8')) as {
		readonly handle: {readonly pid: number};
		readonly protection?: {readonly guard?: ProcessId};
	};
	return {guest: processIdOf(handle.pid), guard: protection?.guard};
}
