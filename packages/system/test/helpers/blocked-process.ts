import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import type {Readable, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';

export type BlockedProcess = {readonly child: ChildProcessByStdio<Writable, Readable, null>; readonly pid: number; readonly inCall: string};

/** The system call that a thread is blocked in, its arguments, stack pointer and instruction pointer; `running` where it is in none. */
export function callOf(pid: number): string {
	return readFileSync(`/proc/${pid}/syscall`, 'latin1').trim();
}

/** Starts a program and waits until it is blocked in read(2) of its standard input. */
export async function startBlocked(program: string, args: readonly string[]): Promise<BlockedProcess> {
	const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'inherit']});
	const pid = child.pid ?? 0;
	const readOfInput = /^0 0x0 /;
	for (let inCall = callOf(pid); ; inCall = callOf(pid)) {
		if (readOfInput.test(inCall)) return {child, pid, inCall};
		await sleep(5);
	}
}
