import {setTimeout as sleep} from 'node:timers/promises';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {freePorts, type GuestSettings} from '@sterna/test-e2e';
import {buildTestGuest, kernelArguments, readSerial, type Segment, SEGMENT_INTERFACE} from '@sterna/test-guest';
import {QemuProcess} from './qemu-process.ts';

/** More than any link here: QEMU's own default is 128 MiB a second. */
const UNLIMITED_BYTES_PER_SECOND = 2 ** 40;
const BOOT_TIMEOUT_MS = 60_000;
/** A precopy that does not converge would go on for ever. */
const MIGRATION_TIMEOUT_MS = 60_000;

type MigrationInfo = {readonly status: string; readonly 'error-desc'?: string};

/** The Linux test guest in a QEMU that nobody but QEMU moves: its own precopy, from one process to the next on this machine, everything but the bandwidth as QEMU has it by default. */
export class QemuLinuxPair implements AsyncDisposable {
	readonly #directory: string;
	readonly #arguments: readonly string[];
	#current: QemuProcess | undefined;
	#moves = 0;

	private constructor(directory: string, args: readonly string[]) {
		this.#directory = directory;
		this.#arguments = args;
	}

	/** Starts the guest and resolves when its load runs. */
	static async start(directory: string, settings: GuestSettings, segment: Segment): Promise<QemuLinuxPair> {
		const {vmlinuz, initrd} = await buildTestGuest();
		const {machine, memoryMiB, cpu, cpus, mac = '', load} = settings;
		const machineArguments =
			`-nodefaults -no-user-config -display none -vga none -accel tcg -cpu ${cpu} -smp ${cpus} -m ${memoryMiB}`.split(' ');
		const pair = new QemuLinuxPair(directory, [
			...machineArguments,
			'-object',
			`memory-backend-memfd,id=ram,size=${memoryMiB}M,share=on`,
			'-machine',
			`${machine},memory-backend=ram`,
			'-kernel',
			vmlinuz,
			'-initrd',
			initrd,
			'-append',
			kernelArguments({...load, sendsPackets: true}),
			'-netdev',
			`socket,id=net0,mcast=${segment.address}:${segment.port},localaddr=${SEGMENT_INTERFACE}`,
			'-device',
			`virtio-net-pci,netdev=net0,mac=${mac},romfile=`,
			'-device',
			'virtio-rng-pci',
		]);
		try {
			await pair.#boot();
			return pair;
		} catch (error) {
			await pair[Symbol.asyncDispose]();
			throw error;
		}
	}

	/** Moves the guest once. Resolves with the milliseconds from the start of the destination until it runs there and its old process has ended. */
	async move(): Promise<number> {
		const source = this.#current;
		if (source === undefined) throw new TypeError('there is no guest');
		this.#moves += 1;
		const [port = 0] = await freePorts(1);
		const uri = `tcp:127.0.0.1:${port}`;
		const started = performance.now();
		const target = await this.#start(`target-${this.#moves}`, ['-incoming', uri]);
		this.#current = target;
		try {
			await source.monitor.execute('migrate-set-parameters', {'max-bandwidth': UNLIMITED_BYTES_PER_SECOND});
			await source.monitor.execute('migrate', {uri});
			await completed(source);
			// It runs there as soon as everything is loaded.
			while (!((await target.monitor.execute('query-status')) as {running: boolean}).running) await sleep(2);
		} finally {
			await source[Symbol.asyncDispose]();
		}

		return performance.now() - started;
	}

	async pause(): Promise<void> {
		await this.#current?.monitor.execute('stop');
	}

	async resume(): Promise<void> {
		await this.#current?.monitor.execute('cont');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#current?.[Symbol.asyncDispose]();
	}

	async #boot(): Promise<void> {
		this.#current = await this.#start('source', []);
		const deadline = performance.now() + BOOT_TIMEOUT_MS;
		const log = path.join(this.#directory, 'source.serial');
		while ((readSerial(readFileSync(log, 'latin1')).boots.at(-1)?.report?.generation ?? 0) < 2) {
			if (performance.now() > deadline) throw new Error('the guest did not boot');
			await sleep(100);
		}
	}

	async #start(name: string, args: readonly string[]): Promise<QemuProcess> {
		const serial = path.join(this.#directory, `${name}.serial`);
		return QemuProcess.start(this.#directory, name, [...this.#arguments, '-serial', `file:${serial}`, ...args]);
	}
}

async function completed({monitor}: QemuProcess): Promise<void> {
	const deadline = performance.now() + MIGRATION_TIMEOUT_MS;
	for (;;) {
		const {status, 'error-desc': why = ''} = (await monitor.execute('query-migrate')) as MigrationInfo;
		if (status === 'completed') return;
		if (status === 'failed' || status === 'cancelled') throw new Error(`QEMU's migration ${status}: ${why}`);
		if (performance.now() > deadline) throw new Error(`QEMU's migration did not end in ${MIGRATION_TIMEOUT_MS} ms`);
		await sleep(2);
	}
}
