import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {formatQemuArguments, type FormatArgumentsOptions} from '../../../../src/drivers/qemu/command-line/format-arguments.ts';
import {runFiles} from '../../../../src/drivers/qemu/run-files.ts';
import type {QemuDevice} from '../../../../src/drivers/qemu/definition.ts';
import type {QemuDefinition} from '../../../../src/index.ts';
import {qcow2Image} from '../../../helpers/qcow2-image.ts';
import {qemuDefinition, qemuHostSettings} from '../../../helpers/qemu-definition.ts';

const QEMU = '/usr/bin/qemu-system-x86_64';

/** Ends what it started with the test. */
type Running = {readonly process: ChildProcess; readonly runDir: string; readonly said: () => string};

function start(t: ExecutionContext, definition: QemuDefinition, mode: FormatArgumentsOptions['mode'], runDir = directory(t)): Running {
	const place = {runDir, outputFile: path.join(runDir, 'output')};
	const args = formatQemuArguments(definition, {place, settings: qemuHostSettings(), mode});
	const process = spawn(QEMU, args, {cwd: runDir, stdio: ['ignore', 'ignore', 'pipe']});
	t.teardown(() => process.kill('SIGKILL'));
	let said = '';
	process.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	return {process, runDir, said: () => said};
}

/** A name with a comma, which must not end an option. */
function directory(t: ExecutionContext): string {
	const made = mkdtempSync(path.join(tmpdir(), 'qemu,args-'));
	t.teardown(() => rmSync(made, {recursive: true, force: true}));
	return made;
}

/** Once QEMU listens there, which is a moment later than the socket is there. */
async function connected({process, said}: Running, file: string): Promise<Socket> {
	for (;;) {
		const socket = connect(file);
		try {
			await once(socket, 'connect');
			return socket;
		} catch {
			if (process.exitCode !== null) throw new Error(`QEMU ended with status ${process.exitCode}: ${said()}`);
			await delay(20);
		}
	}
}

/** Answers of a monitor to some commands, one after another. */
async function ask(running: Running, file: string, commands: readonly string[]): Promise<unknown[]> {
	const socket = await connected(running, file);
	const lines = createInterface({input: socket})[Symbol.asyncIterator]();
	const answers: unknown[] = [];
	try {
		for (const execute of [undefined, 'qmp_capabilities', ...commands]) {
			if (execute !== undefined) socket.write(`${JSON.stringify({execute})}\n`);
			let answer: Record<string, unknown>;
			do answer = JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
			while ('event' in answer);
			answers.push(answer['return'] ?? answer);
		}
	} finally {
		socket.destroy();
	}

	// Behind the greeting and the answer to the capabilities.
	return answers.slice(2);
}

const MMIO = {net: 'virtio-net-device', block: 'virtio-blk-device', random: 'virtio-rng-device'};
const PCI = {net: 'virtio-net-pci', block: 'virtio-blk-pci', random: 'virtio-rng-pci'};

/** A guest with a disk of each kind, a network and a source of random numbers. */
function guestWithDevices(t: ExecutionContext, machine: string, overrides: Partial<QemuDefinition> = {}): QemuDefinition {
	const files = directory(t);
	const raw = path.join(files, 'a.img');
	writeFileSync(raw, '');
	truncateSync(raw, 2 ** 20);
	const models = machine === 'microvm' ? MMIO : PCI;
	const rom: QemuDevice['properties'] = machine === 'microvm' ? {} : {romfile: ''};
	return qemuDefinition({
		machine,
		disks: [{node: 'disk0', path: raw, format: 'raw', sharing: 'shared', direct: false}],
		networks: [{netdev: 'net0', network: 'lab'}],
		devices: [
			{driver: models.block, properties: {drive: 'disk0', serial: 'one,two'}},
			{driver: models.net, properties: {netdev: 'net0', mac: '52:54:00:00:00:02', ...rom}},
			{driver: models.random, properties: {}},
		],
		...overrides,
	});
}

for (const machine of ['pc-i440fx-7.2', 'pc-q35-7.2', 'microvm']) {
	test(`QEMU takes the command line of a guest on ${machine}, and both monitors answer`, async t => {
		const running = start(t, guestWithDevices(t, machine, {smp: {cpus: 2}, cpu: 'max'}), 'paused');
		const {qmp, info} = runFiles(running.runDir);
		const [status, cpus] = await ask(running, qmp, ['query-status', 'query-cpus-fast']);
		t.like(status, {status: 'prelaunch', running: false});
		t.is((cpus as unknown[]).length, 2);
		const [blocks, memory] = await ask(running, info, ['query-named-block-nodes', 'query-memdev']);
		t.deepEqual((blocks as {'node-name': string}[]).map(node => node['node-name']).toSorted(), ['disk0', 'disk0-file']);
		t.like(memory, [{id: 'ram', size: 128 * 2 ** 20, share: true}]);
		// Listened for ahead: it may be gone before its answer is read.
		const exited = once(running.process, 'exit');
		await ask(running, qmp, ['quit']);
		await exited;
		t.is(running.said(), '');
	});
}

test('a target waits for its device state, its memory in a file', async t => {
	const running = start(t, guestWithDevices(t, 'pc-q35-7.2', {memoryBackend: {kind: 'file', id: 'mem'}}), 'incoming');
	const {qmp, ram} = runFiles(running.runDir);
	t.like((await ask(running, qmp, ['query-status']))[0], {status: 'inmigrate', running: false});
	t.true(existsSync(ram));
	t.is(readFileSync(ram).length, 128 * 2 ** 20);
});

test('an image in qcow2 is opened without the file that it stands on', async t => {
	const file = path.join(directory(t), 'a.qcow2');
	writeFileSync(file, qcow2Image({backingFile: '/etc/hostname'}));
	const running = start(
		t,
		qemuDefinition({
			disks: [{node: 'disk0', path: file, format: 'qcow2', sharing: 'shared', direct: false}],
			devices: [{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}}],
		}),
		'paused',
	);
	const [nodes] = await ask(running, runFiles(running.runDir).qmp, ['query-named-block-nodes']);
	t.deepEqual((nodes as {drv: string}[]).map(({drv}) => drv).toSorted(), ['file', 'qcow2']);
	t.notRegex(JSON.stringify(nodes), /"backing-image"/);
});

test("a guest with QEMU's own choice of devices has no network, and runs", async t => {
	const running = start(t, qemuDefinition({machine: 'pc-i440fx-7.2', nodefaults: false, vga: 'std'}), 'run');
	const [status, pci] = await ask(running, runFiles(running.runDir).qmp, ['query-status', 'query-pci']);
	t.like(status, {status: 'running'});
	t.notRegex(JSON.stringify(pci), /"desc":"Ethernet/);
	t.regex(JSON.stringify(pci), /VGA/);
});

/**
 * A boot sector that writes a line to the first serial port and halts:
 * `mov dx, 0x3f8; mov si, text; next: lodsb; test al, al; jz done; out dx, al; jmp next; done: hlt; jmp done; text: …`
 */
const BOOT_CODE = Buffer.from('baf803be117cac84c07403eeebf8f4ebfd', 'hex');

test("what the guest's first serial port says is appended to the output file, with nobody at its socket", async t => {
	const disk = path.join(directory(t), 'boot.img');
	const sector = Buffer.alloc(512);
	sector.write('a line from the guest\n', BOOT_CODE.copy(sector));
	sector.writeUInt16BE(0x55aa, 510);
	writeFileSync(disk, sector);
	// The firmware reads nothing of a disk without a whole cylinder.
	truncateSync(disk, 2 ** 20);
	const runDir = directory(t);
	const output = path.join(runDir, 'output');
	writeFileSync(output, 'from before\n');
	const definition = qemuDefinition({
		disks: [{node: 'disk0', path: disk, format: 'raw', sharing: 'read-only', direct: false}],
		devices: [{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}}],
	});
	const running = start(t, definition, 'run', runDir);
	while (!readFileSync(output, 'utf8').endsWith('guest\n') && running.process.exitCode === null) await delay(50);
	t.is(readFileSync(output, 'utf8'), 'from before\na line from the guest\n', running.said());
});
