import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {isListening} from '../../scripts/qmp/is-listening.ts';
import type {GuestPlace} from '../../src/driver.ts';
import type {QemuHostSettings} from '../../src/drivers/qemu/host-settings.ts';
import {temporaryDirectory} from './workshop.ts';

const BINARY = 'qemu-system-x86_64';

export type ForeignQemu = {readonly pid: number; readonly monitorSocket: string; readonly directory: string};

/** Starts a QEMU as somebody would by hand, with nothing but a monitor added; gone after the test. Rejects with what it says when it does not start. */
export async function startForeignQemu(
	t: ExecutionContext,
	args: readonly string[],
	directory = temporaryDirectory(t),
): Promise<ForeignQemu> {
	const monitorSocket = join(directory, 'by-hand.sock');
	const child = await startProgram(t, [BINARY, ...args, '-qmp', `unix:${monitorSocket},server=on,wait=off`], monitorSocket, directory);
	return {pid: child.pid ?? 0, monitorSocket, directory};
}

/** Starts a program that ends with the test, and waits for its socket. */
export async function startProgram(t: ExecutionContext, command: readonly string[], socketPath: string, cwd = '/'): Promise<ChildProcess> {
	const [program = '', ...args] = command;
	const child = spawn(program, args, {stdio: ['ignore', 'ignore', 'pipe'], cwd});
	const exited = once(child, 'close');
	t.teardown(async () => {
		child.kill('SIGKILL');
		await exited;
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	while (!isListening(socketPath)) {
		const ended = await Promise.race([exited.then(() => true), delay(5, false)]);
		if (ended) throw new Error(`${program} does not start: ${said.trim()}`);
	}

	return child;
}

/** Where a domain would keep things, on a host that has these settings. */
export function placesIn(directory: string, qemu: QemuHostSettings): (name: string) => GuestPlace {
	return name => {
		const runDir = join(directory, name);
		mkdirSync(runDir, {recursive: true});
		return {domainDir: runDir, runDir, outputFile: join(runDir, 'output'), qemu};
	};
}
