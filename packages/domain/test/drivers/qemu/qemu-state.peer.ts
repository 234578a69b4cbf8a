import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parseQemuState, type QemuState} from '@sterna/protocol';
import {BareQemu} from '../../../scripts/qmp/bare-qemu.ts';
import {temporaryDirectory} from '../../helpers/workshop.ts';

const COMMON = ['-accel', 'tcg', '-vga', 'none', '-object', 'memory-backend-memfd,id=m,size=64M,share=on', '-m', '64M'];
const VIRTIO = ['-device', 'virtio-net-pci,romfile=', '-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci'];

const MACHINES: Readonly<Record<string, readonly string[]>> = {
	microvm: ['-machine', 'microvm,memory-backend=m'],
	'pc-i440fx-7.2': ['-machine', 'pc-i440fx-7.2,memory-backend=m', '-smp', '2'],
	'pc-q35-7.2': ['-machine', 'pc-q35-7.2,memory-backend=m', '-cpu', 'max', ...VIRTIO],
};

function parsed(file: string): {state: QemuState; bytes: Buffer} {
	const bytes = readFileSync(file);
	const state = parseQemuState(bytes);
	if (state === undefined) throw new Error('no state');
	return {state, bytes};
}

/** Header, content and footer of every section, and the head and the end around them, are all the bytes that there are. */
function assertComplete(t: ExecutionContext, {sections}: QemuState, bytes: Uint8Array): void {
	let at = 8;
	for (const {offset, name, length} of sections) {
		t.is(offset, at, name);
		at += 1 + 4 + 1 + name.length + 8 + length + 5;
	}

	t.is(at + 1, bytes.length);
}

for (const [machine, args] of Object.entries(MACHINES)) {
	test(`what a ${machine} saves is understood to its last byte`, async t => {
		await using qemu = await BareQemu.start({args: [...args, ...COMMON]});
		const file = join(temporaryDirectory(t), 'state');
		await qemu.qmp.execute('stop');
		await qemu.qmp.execute('xen-save-devices-state', {filename: file, live: false});
		const {state, bytes} = parsed(file);
		t.is(state.stopped, undefined);
		t.true(state.isWhole && state.hasFooters);
		t.is(state.configuration, undefined);
		assertComplete(t, state, bytes);
		for (const name of ['timer', 'cpu', 'apic', 'globalstate']) {
			t.true(
				state.sections.some(section => section.name === name),
				name,
			);
		}
	});
}

/** What QEMU's own description says of a device: where it has no subsections the sizes of its fields add up to all that it wrote. */
type Described = {
	readonly name: string;
	readonly instance_id: number;
	readonly version?: number;
	readonly fields?: ReadonlyArray<{readonly size: number}>;
	readonly subsections?: readonly unknown[];
};

test("the sections of a migration that leaves shared memory out are those that QEMU's own description lists", async t => {
	await using qemu = await BareQemu.start({args: [...(MACHINES['pc-q35-7.2'] ?? []), ...COMMON]});
	const {qmp} = qemu;
	const file = join(temporaryDirectory(t), 'state');
	const capabilities = (['events', 'x-ignore-shared'] as const).map(capability => ({capability, state: true}));
	await qmp.execute('migrate-set-capabilities', {capabilities});
	await qmp.execute('stop');
	const ended = qmp.waitForEvent('MIGRATION', ({status}) => status === 'completed' || status === 'failed');
	await qmp.execute('migrate', {uri: `exec:cat > ${file}`});
	t.is((await ended).status, 'completed');

	const {state, bytes} = parsed(file);
	t.is(state.stopped, undefined);
	t.deepEqual(state.configuration, {machine: 'pc-q35-7.2', capabilities: ['x-ignore-shared']});
	t.deepEqual(
		state.sections
			.filter(({name}) => name === 'ram')
			.map(({kind}) => kind)
			.toSorted(),
		['end', 'part', 'start'],
	);
	const json = bytes.subarray(bytes.length - (state.descriptionBytes ?? 0)).toString('utf8');
	const {devices} = JSON.parse(json) as {readonly devices: readonly Described[]};
	const whole = state.sections.filter(({kind}) => kind === 'full');
	t.deepEqual(
		whole.map(({name, instance}) => `${name}[${instance}]`),
		devices.map(({name, instance_id: instance}) => `${name}[${instance}]`),
	);
	const timer = devices.find(({name}) => name === 'timer');
	t.is(
		whole.find(({name}) => name === 'timer')?.length,
		timer?.fields?.reduce((sum, {size}) => sum + size, 0),
	);
});
