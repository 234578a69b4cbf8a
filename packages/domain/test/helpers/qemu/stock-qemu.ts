import {type ChildProcessByStdio, spawn, type SpawnOptions} from 'node:child_process';
import {once} from 'node:events';
import {chownSync, closeSync, mkdtempSync, openSync, readdirSync, readlinkSync, readSync, rmSync} from 'node:fs';
import path from 'node:path';
import {createInterface, type Interface} from 'node:readline';
import type {Readable, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {type ProcessIdentity, startTicksOf} from '../../../src/process-identity.ts';
import {buildWritingGuest, WRITTEN} from './writing-guest.ts';

const MIB = 1024 * 1024;
export const RAM_BYTES = 128 * MIB;

const MACHINE =
	`-accel tcg -machine pc,memory-backend=m -m ${RAM_BYTES / MIB} -nodefaults -no-user-config -display none -qmp stdio -boot a`.split(' ');
const FLOPPY = 'if=floppy,format=raw,readonly=on,file.locking=off';

export type StockQemuOptions = {
	/** Where its RAM is: a memfd, or a file that is made in a directory of shared memory. */
	readonly backend: 'memfd' | 'file';
	/** False: RAM that nobody else sees. */
	readonly shared?: boolean;
	/** With `-S` the guest does not run yet. */
	readonly args?: readonly string[];
	/** Options of the backend beside. */
	readonly backendOptions?: string;
	/** Instead of one of shared memory. */
	readonly parentDirectory?: string;
	readonly user?: Pick<SpawnOptions, 'uid' | 'gid'>;
};

type Reply = {readonly return?: unknown; readonly error?: {readonly desc: string}; readonly event?: string};

/** A QEMU as Debian built it, with a guest that writes to its memory for ever; killed on disposal, its files removed. */
export class StockQemu implements AsyncDisposable {
	readonly identity: ProcessIdentity;
	/** As `takeHold` takes it. */
	readonly ramFile: string;
	readonly #child: ChildProcessByStdio<Writable, Readable, null>;
	readonly #directory: string;
	readonly #reader: Interface;
	readonly #lines: AsyncIterator<string>;

	private constructor(child: ChildProcessByStdio<Writable, Readable, null>, directory: string, ramFile: string) {
		this.#child = child;
		this.#directory = directory;
		this.ramFile = ramFile;
		this.identity = {pid: child.pid ?? 0, startTicks: startTicksOf(child.pid ?? 0) ?? ''};
		this.#reader = createInterface({input: child.stdout});
		this.#lines = this.#reader[Symbol.asyncIterator]();
	}

	/** Resolves when the guest has begun to write, as far as that can be seen. */
	static async start({
		backend,
		shared = true,
		parentDirectory = '/dev/shm',
		backendOptions = '',
		args = [],
		user = {},
	}: StockQemuOptions): Promise<StockQemu> {
		const directory = mkdtempSync(path.join(parentDirectory, 'sterna-test-'));
		const ramFile = path.join(directory, 'ram');
		// The user that it runs as makes the RAM file.
		if (user.uid !== undefined) chownSync(directory, user.uid, user.gid ?? user.uid);
		const object =
			backend === 'memfd'
				? `memory-backend-memfd,id=m,size=${RAM_BYTES}`
				: `memory-backend-file,id=m,size=${RAM_BYTES},mem-path=${ramFile}`;
		const child = spawn(
			'qemu-system-x86_64',
			[
				...MACHINE,
				...args,
				'-object',
				`${object},share=${shared ? 'on' : 'off'}${backendOptions}`,
				'-drive',
				`${FLOPPY},file=${buildWritingGuest(directory)}`,
			],
			{...user, cwd: '/', stdio: ['pipe', 'pipe', 'inherit']},
		);
		const qemu = new StockQemu(child, directory, backend === 'memfd' ? 'memfd' : ramFile);
		await qemu.#lines.next(); // The greeting.
		await qemu.execute('qmp_capabilities');
		if (shared && !args.includes('-S')) await qemu.#untilWriting();
		return qemu;
	}

	/** The command's `return`. Rejects with QEMU's own words. */
	async execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		this.#child.stdin.write(`${JSON.stringify({execute: command, arguments: args})}\n`);
		for (;;) {
			const {value, done} = await this.#lines.next();
			if (done === true) throw new Error(`QEMU closed its monitor during ${command}`);
			const reply = JSON.parse(value) as Reply;
			if (reply.error !== undefined) throw new Error(`${command}: ${reply.error.desc}`);
			if (reply.event === undefined) return reply.return;
		}
	}

	/** `running`, `paused`, … */
	async status(): Promise<string> {
		return ((await this.execute('query-status')) as {status: string}).status;
	}

	/** A command for a person, and what it prints. */
	async ask(line: string): Promise<string> {
		return String(await this.execute('human-monitor-command', {'command-line': line}));
	}

	/** A copy of its RAM, by way of the file. */
	readRam({offset, bytes}: {offset: number; bytes: number} = {offset: 0, bytes: RAM_BYTES}): Buffer {
		const fd = openSync(`/proc/${this.identity.pid}/fd/${this.#ramDescriptor()}`, 'r');
		const content = Buffer.alloc(bytes);
		readSync(fd, content, 0, bytes, offset);
		closeSync(fd);
		return content;
	}

	/** What its descriptors are of, in order. */
	descriptors(): string[] {
		const directory = `/proc/${this.identity.pid}/fd`;
		return readdirSync(directory).map(name => `${name} ${readlinkSync(path.join(directory, name))}`);
	}

	/** Resolves when it has ended. */
	async kill(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const exited = once(this.#child, 'exit');
		this.#child.kill('SIGKILL');
		await exited;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.kill();
		this.#reader.close();
		rmSync(this.#directory, {recursive: true, force: true});
	}

	/** The firmware does not touch what the guest writes. */
	async #untilWriting(): Promise<void> {
		const before = this.readRam(WRITTEN);
		while (this.readRam(WRITTEN).equals(before)) await sleep(20);
	}

	#ramDescriptor(): string {
		const name = this.ramFile === 'memfd' ? '/memfd:memory-backend-memfd (deleted)' : this.ramFile;
		const found = this.descriptors().find(line => line.endsWith(` ${name}`));
		if (found === undefined) throw new Error('QEMU has no descriptor of its RAM');
		return found.split(' ', 1)[0] ?? '';
	}
}
