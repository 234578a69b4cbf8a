import {setTimeout as sleep} from 'node:timers/promises';
import {freePorts} from '@sterna/test-e2e';
import {cpuSecondsOf} from '../measure/cpu-time.ts';
import {buildDirtyGuest, HOT_SET_OFFSET, type HotSet} from './dirty-guest.ts';
import {QemuProcess} from './qemu-process.ts';

const MIB = 1024 * 1024;
/** More than any link here: QEMU's own default is 128 MiB a second. */
const UNLIMITED_BYTES_PER_SECOND = 2 ** 40;
/** What the firmware needs under TCG until it has found nothing to boot. */
const BOOT_MS = 1500;
const LOAD_TIMEOUT_MS = 20_000;

/** What the guest does while it is migrated: nothing at all (never started), halted after the firmware, or writing to a hot set. */
export type QemuLoad = {readonly kind: 'stopped'} | {readonly kind: 'idle'} | (HotSet & {readonly kind: 'hot-set'});

export type QemuOptions = {
	/** For sockets, logs and images. */
	readonly directory: string;
	readonly memoryBytes: number;
	/** RAM up to here is filled with random bytes, on both sides; beyond it is as it came. */
	readonly filledBytes: number;
	/** Allocate all RAM before the start (`prealloc=on`), on both sides. */
	readonly isPopulated: boolean;
	readonly load: QemuLoad;
	/** Channels of multifd; undefined: plain precopy on one connection. */
	readonly multifdChannels?: number;
};

export type QemuFigures = {
	/** As QEMU has them: from the command to the end, and of the last pass. */
	readonly totalMs: number;
	readonly downtimeMs: number;
	readonly transferredBytes: number;
	/** CPU seconds of both processes from the command to the end, the running guest's own among them; and of each. */
	readonly cpu: {readonly send: number; readonly receive: number};
};

type MigrationInfo = {
	readonly status: string;
	readonly 'total-time'?: number;
	readonly downtime?: number;
	readonly 'error-desc'?: string;
	readonly ram?: {readonly transferred: number};
};

async function machineArguments({directory, memoryBytes, isPopulated, load}: QemuOptions): Promise<string[]> {
	const backend = `memory-backend-memfd,id=ram,size=${memoryBytes},share=on,prealloc=${isPopulated ? 'on' : 'off'}`;
	const machine = ['-accel', 'tcg', '-machine', 'pc,memory-backend=ram', '-object', backend, '-m', String(memoryBytes / MIB)];
	const bare = ['-nodefaults', '-display', 'none'];
	if (load.kind !== 'hot-set') return [...machine, ...bare];
	const floppy = `if=floppy,format=raw,readonly=on,file.locking=off,file=${await buildDirtyGuest(directory, load)}`;
	return [...machine, ...bare, '-drive', floppy, '-boot', 'a'];
}

/** Starts the guest and resolves when it does what it is to do while it is migrated. */
async function run(source: QemuProcess, load: QemuLoad): Promise<void> {
	if (load.kind === 'stopped') return;
	const before = load.kind === 'hot-set' ? source.readWord(HOT_SET_OFFSET) : 0;
	await source.monitor.execute('cont');
	if (load.kind === 'idle') {
		await sleep(BOOT_MS);
		return;
	}

	const deadline = performance.now() + LOAD_TIMEOUT_MS;
	while (source.readWord(HOT_SET_OFFSET) === before) {
		if (performance.now() > deadline) throw new Error("QEMU's guest does not write to its hot set");
		await sleep(20);
	}

	await sleep((load.hotBytes / load.bytesPerSecond) * 1000); // Once over all of it.
}

async function setUpMigration({monitor}: QemuProcess, multifdChannels: number | undefined): Promise<void> {
	await monitor.execute('migrate-set-parameters', {'max-bandwidth': UNLIMITED_BYTES_PER_SECOND});
	if (multifdChannels === undefined) return;
	await monitor.execute('migrate-set-capabilities', {capabilities: [{capability: 'multifd', state: true}]});
	await monitor.execute('migrate-set-parameters', {'multifd-channels': multifdChannels});
}

async function waitForEnd({monitor}: QemuProcess): Promise<MigrationInfo> {
	for (;;) {
		const info = (await monitor.execute('query-migrate')) as MigrationInfo;
		if (info.status === 'completed') return info;
		if (info.status === 'failed' || info.status === 'cancelled')
			throw new Error(`QEMU's migration ${info.status}: ${info['error-desc'] ?? ''}`);
		await sleep(20);
	}
}

/**
 * One precopy migration between two fresh QEMUs on this machine: TCG, the same shared memfd backend and content on both sides,
 * no bandwidth limit, everything else as QEMU has it by default, its downtime limit of 300 ms among it.
 */
export async function runQemuMigration(options: QemuOptions): Promise<QemuFigures> {
	const {directory, filledBytes, load, multifdChannels} = options;
	const [port = 0] = await freePorts(1);
	const uri = `tcp:127.0.0.1:${port}`;
	const machine = await machineArguments(options);
	await using target = await QemuProcess.start(directory, 'target', [...machine, '-incoming', 'defer']);
	await using source = await QemuProcess.start(directory, 'source', [...machine, '-S']);
	for (const process of [source, target]) {
		process.fillMemory(filledBytes);
		await setUpMigration(process, multifdChannels);
	}

	await target.monitor.execute('migrate-incoming', {uri});
	await run(source, load);
	const before = {send: cpuSecondsOf(source.pid), receive: cpuSecondsOf(target.pid)};
	await source.monitor.execute('migrate', {uri});
	const info = await waitForEnd(source);
	return {
		totalMs: info['total-time'] ?? Number.NaN,
		downtimeMs: info.downtime ?? Number.NaN,
		transferredBytes: info.ram?.transferred ?? Number.NaN,
		cpu: {send: cpuSecondsOf(source.pid) - before.send, receive: cpuSecondsOf(target.pid) - before.receive},
	};
}
