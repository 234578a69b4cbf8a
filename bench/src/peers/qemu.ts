import {type ChildProcess, spawn} from 'node:child_process';
import {randomFillSync} from 'node:crypto';
import {once} from 'node:events';
import {closeSync, existsSync, openSync, readdirSync, readlinkSync, writeSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {QmpClient} from './qmp-client.ts';
import {output, PeerMissingError} from './tool.ts';

const PROGRAM = 'qemu-system-x86_64';
const MIB = 1024 * 1024;
const FILL_BYTES = 64 * MIB;
/** Ticks of the dirtying guest's timer a second; see dirty-guest.S. */
const TICKS_PER_SECOND = 1000;
/** More than any link here: QEMU's own default is 128 MiB a second. */
const UNLIMITED_BYTES_PER_SECOND = 2 ** 40;
const PAGE_BYTES = 4096;
const SOURCE = path.join(import.meta.dirname, 'dirty-guest.S');

/** What the guest does while it is migrated: nothing at all (never started), halted after the firmware, or writing to a hot set. */
export type QemuLoad =
	| {readonly kind: 'stopped'}
	| {readonly kind: 'idle'}
	| {readonly kind: 'hot-set'; readonly hotBytes: number; readonly bytesPerSecond: number};

export type QemuFigures = {
	readonly totalMs: number;
	readonly downtimeMs: number;
	readonly transferredBytes: number;
	readonly iterations: number;
};

type MigrationInfo = {
	readonly status: string;
	readonly 'total-time'?: number;
	readonly downtime?: number;
	readonly 'error-desc'?: string;
	readonly ram?: {readonly transferred: number; readonly 'dirty-sync-count': number};
};

/** Assembles the dirtying guest's boot sector as a floppy image in `directory` and returns its path. */
async function buildDirtyGuest(directory: string, {hotBytes, bytesPerSecond}: {hotBytes: number; bytesPerSecond: number}): Promise<string> {
	const pagesPerTick = Math.round(bytesPerSecond / PAGE_BYTES / TICKS_PER_SECOND);
	const image = path.join(directory, `dirty-${hotBytes}-${pagesPerTick}.img`);
	if (existsSync(image)) return image;
	const object = `${image}.o`;
	try {
		await output('cc', ['-m32', '-c', `-DPAGES_PER_TICK=${pagesPerTick}`, `-DREGION_BYTES=${hotBytes}`, '-o', object, SOURCE]);
		await output('ld', ['-m', 'elf_i386', '-Ttext', '0x7c00', '--oformat', 'binary', '-o', image, object]); // Where the firmware loads it.
	} catch (error) {
		throw new PeerMissingError('cc cannot assemble the boot sector: apt-get install gcc libc6-dev', {cause: error});
	}

	// Padded to the size of a floppy, which is how the firmware tells that it is one.
	const fd = openSync(image, 'r+');
	writeSync(fd, Buffer.alloc(1), 0, 1, 1_474_559);
	closeSync(fd);
	return image;
}

/** Overwrites all of a QEMU's RAM but the first 16 MiB, where firmware and guest live, with bytes that do not compress. */
function fillMemory(pid: number, memoryBytes: number): void {
	const directory = `/proc/${pid}/fd`;
	const name = readdirSync(directory).find(fd => readlinkSync(`${directory}/${fd}`).startsWith('/memfd:memory-backend'));
	if (name === undefined) throw new Error('QEMU has no memfd for its RAM');
	const fd = openSync(`${directory}/${name}`, 'r+');
	const noise = randomFillSync(Buffer.allocUnsafe(FILL_BYTES));
	for (let at = 16 * MIB; at < memoryBytes; at += FILL_BYTES) writeSync(fd, noise, 0, Math.min(FILL_BYTES, memoryBytes - at), at);
	closeSync(fd);
}

/** A QEMU process under a monitor of its own; killed on disposal. */
class Machine implements AsyncDisposable {
	readonly pid: number;
	readonly monitor: QmpClient;
	readonly #process: ChildProcess;

	private constructor(process: ChildProcess, pid: number, monitor: QmpClient) {
		this.#process = process;
		this.pid = pid;
		this.monitor = monitor;
	}

	static async start(directory: string, name: string, args: readonly string[]): Promise<Machine> {
		const socketPath = path.join(directory, `${name}.qmp`);
		const logFile = path.join(directory, `${name}.log`);
		const log = openSync(logFile, 'w');
		const child = spawn(PROGRAM, [...args, '-qmp', `unix:${socketPath},server=on,wait=off`], {stdio: ['ignore', log, log]});
		closeSync(log);
		for (let tries = 0; ; tries++) {
			if (child.pid === undefined || child.exitCode !== null || tries > 200) {
				child.kill('SIGKILL');
				throw new Error(`${name} QEMU did not start; see ${logFile}`);
			}

			try {
				return new Machine(child, child.pid, await QmpClient.connect(socketPath));
			} catch {
				await sleep(25); // The socket is not there yet.
			}
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.monitor[Symbol.dispose]();
		if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
		const exited = once(this.#process, 'exit');
		this.#process.kill('SIGKILL');
		await exited;
	}
}

async function waitForEnd(monitor: QmpClient): Promise<MigrationInfo> {
	for (;;) {
		const info = (await monitor.execute('query-migrate')) as MigrationInfo;
		if (info.status === 'completed') return info;
		if (info.status === 'failed' || info.status === 'cancelled')
			throw new Error(`QEMU's migration ${info.status}: ${info['error-desc'] ?? ''}`);
		await sleep(20);
	}
}

/**
 * One precopy migration between two fresh QEMUs on this machine: TCG, RAM in a shared memfd prefilled with random bytes on both sides,
 * no bandwidth limit, everything else as QEMU has it by default. `directory` is for sockets and logs.
 */
export async function runQemuMigration(
	directory: string,
	{port, memoryBytes, load}: {readonly port: number; readonly memoryBytes: number; readonly load: QemuLoad},
): Promise<QemuFigures> {
	const memory = ['-object', `memory-backend-memfd,id=ram,size=${memoryBytes},share=on`, '-m', String(memoryBytes / MIB)];
	const machine = ['-accel', 'tcg', '-machine', 'pc,memory-backend=ram', ...memory, '-nodefaults', '-display', 'none'];
	if (load.kind === 'hot-set') {
		machine.push(
			'-drive',
			`if=floppy,format=raw,readonly=on,file.locking=off,file=${await buildDirtyGuest(directory, load)}`,
			'-boot',
			'a',
		);
	}

	await using target = await Machine.start(directory, 'target', [...machine, '-incoming', `tcp:127.0.0.1:${port}`]);
	await using source = await Machine.start(directory, 'source', [...machine, '-S']);
	fillMemory(source.pid, memoryBytes);
	fillMemory(target.pid, memoryBytes);
	if (load.kind !== 'stopped') {
		await source.monitor.execute('cont');
		await sleep(2000); // The firmware under TCG; then the guest is in its loop.
	}

	await source.monitor.execute('migrate-set-parameters', {'max-bandwidth': UNLIMITED_BYTES_PER_SECOND});
	await source.monitor.execute('migrate', {uri: `tcp:127.0.0.1:${port}`});
	const info = await waitForEnd(source.monitor);
	return {
		totalMs: info['total-time'] ?? Number.NaN,
		downtimeMs: info.downtime ?? Number.NaN,
		transferredBytes: info.ram?.transferred ?? Number.NaN,
		iterations: info.ram?.['dirty-sync-count'] ?? Number.NaN,
	};
}
