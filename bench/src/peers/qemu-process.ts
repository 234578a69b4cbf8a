import {type ChildProcess, spawn} from 'node:child_process';
import {randomFillSync} from 'node:crypto';
import {once} from 'node:events';
import {closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, writeSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {QmpClient} from './qmp-client.ts';

const PROGRAM = 'qemu-system-x86_64';
const MIB = 1024 * 1024;
const FILL_BYTES = 64 * MIB;
/** The first 16 MiB are firmware's and guest's. */
const FILL_OFFSET = 16 * MIB;
/** A QEMU that allocates its memory beforehand answers only then. */
const START_TIMEOUT_MS = 30_000;

/** A QEMU process under a monitor of its own; killed on disposal. */
export class QemuProcess implements AsyncDisposable {
	readonly pid: number;
	readonly monitor: QmpClient;
	readonly #process: ChildProcess;

	private constructor(process: ChildProcess, pid: number, monitor: QmpClient) {
		this.#process = process;
		this.pid = pid;
		this.monitor = monitor;
	}

	/** `directory` is for its socket and its log, named after `name`. */
	static async start(directory: string, name: string, args: readonly string[]): Promise<QemuProcess> {
		const socketPath = path.join(directory, `${name}.qmp`);
		const logFile = path.join(directory, `${name}.log`);
		const log = openSync(logFile, 'w');
		const child = spawn(PROGRAM, [...args, '-qmp', `unix:${socketPath},server=on,wait=off`], {stdio: ['ignore', log, log]});
		closeSync(log);
		const deadline = performance.now() + START_TIMEOUT_MS;
		for (;;) {
			if (child.pid === undefined || child.exitCode !== null || performance.now() > deadline) {
				child.kill('SIGKILL');
				throw new Error(`the ${name} QEMU did not start: ${readFileSync(logFile, 'utf8').trim()}`);
			}

			try {
				return new QemuProcess(child, child.pid, await QmpClient.connect(socketPath));
			} catch {
				await sleep(25); // The socket is not there yet.
			}
		}
	}

	/** Overwrites RAM from 16 MiB to `endBytes` with bytes that do not compress. */
	fillMemory(endBytes: number): void {
		const fd = this.#openMemory();
		const noise = randomFillSync(Buffer.allocUnsafe(FILL_BYTES));
		for (let at = FILL_OFFSET; at < endBytes; at += FILL_BYTES) writeSync(fd, noise, 0, Math.min(FILL_BYTES, endBytes - at), at);
		closeSync(fd);
	}

	/** The 32-bit word at an offset in RAM. */
	readWord(offset: number): number {
		const fd = this.#openMemory();
		const word = Buffer.alloc(4);
		readSync(fd, word, 0, word.length, offset);
		closeSync(fd);
		return word.readUInt32LE();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.monitor[Symbol.dispose]();
		if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
		const exited = once(this.#process, 'exit');
		this.#process.kill('SIGKILL');
		await exited;
	}

	#openMemory(): number {
		const directory = `/proc/${this.pid}/fd`;
		const name = readdirSync(directory).find(fd => readlinkSync(`${directory}/${fd}`).startsWith('/memfd:memory-backend'));
		if (name === undefined) throw new Error('QEMU has no memfd for its RAM');
		return openSync(`${directory}/${name}`, 'r+');
	}
}
