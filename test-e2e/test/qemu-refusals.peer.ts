/** Destinations that are not like the source: QEMU accepts some of them without a word, and fails late with others. The guest stays where it is, whatever they do. */
import test, {type ExecutionContext} from 'ava';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {SettingsTable} from '../src/lab/host-files.ts';
import {type Alteration, writeAlteredQemu} from '../src/qemu/altered-qemu.ts';
import {type LinuxGuest, makeDisk} from '../src/qemu/linux-guest.ts';
import {privateView} from '../src/qemu/private-view.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';
import {assertLinuxIntact, createLinuxGuest, moveGuest, type QemuScene, startQemuScene} from './helpers/qemu-scene.ts';
import {listDomains, waitUntil} from './helpers/scene.ts';
import {migrate} from './helpers/start.ts';

const BIOS = '/usr/share/seabios/bios-256k.bin';
const QEMU = 'qemu-system-x86_64';
const MIB = 2 ** 20;

/** An end of a migration that failed, as the operator must be told of it. */
type Refusal = {readonly code: RegExp; readonly phase: RegExp; readonly says: RegExp};

/** The migration fails as it must; the guest goes on at the source, and of the other one nothing is left. */
async function assertRefused(
	t: ExecutionContext,
	{lab, hostA, hostB}: QemuScene,
	guest: LinuxGuest,
	what: string,
	refusal: Refusal,
): Promise<void> {
	const {status, error, text} = await migrate(hostA, hostB, {domain: guest.name});
	t.not(status, 0, what);
	t.regex(error?.code ?? '', refusal.code, `${what}\n${text}`);
	t.regex(error?.phase ?? '', refusal.phase, what);
	t.regex([error?.message, ...(error?.causes ?? [])].join('\n'), refusal.says, what);
	t.is(error?.runsOn, 'host-a', what);
	await guest.runs();
	t.is((await hostA.showDomain(guest.name)).state, 'running', what);
	await waitUntil(`host-b without ${guest.name}: ${what}`, async () => (await listDomains(hostB)).length === 0);
	await waitUntil(`no QEMU left: ${what}`, () => qemuProcesses(lab).length === 1);
	t.false(existsSync(path.join(hostB.files.run, 'guests', guest.name, 'ram')), what);
}

/** Has host-b's receiver start again with this in its `[qemu]` table; in a wrapper where there is one. */
async function configureTarget({lab, hostB}: QemuScene, table: SettingsTable, wrapper: readonly string[] = []): Promise<void> {
	lab.configure('host-b', {settings: {qemu: table}});
	await hostB.restart('receiver', {wrapper});
}

/** Has host-b's receiver start again as the lab has it: the guest moves, and nothing of what was tried before has harmed it. */
async function assertMovesAfterAll(t: ExecutionContext, scene: QemuScene, guest: LinuxGuest): Promise<void> {
	await configureTarget(scene, {});
	await moveGuest(t, guest, scene.hostB);
	await assertLinuxIntact(t, scene, guest);
}

/** A directory of ROMs in which the firmware differs by its date. */
function makeOtherRoms(directory: string): string {
	const roms = path.join(directory, 'roms');
	mkdirSync(roms);
	const firmware = readFileSync(BIOS);
	firmware.write('01/01/70', firmware.length - 11); // Of the reset vector's date, where nothing looks at it.
	writeFileSync(path.join(roms, path.basename(BIOS)), firmware);
	return roms;
}

test.serial('a destination whose QEMU makes another guest than the source has is refused before anything is sent', async t => {
	const scene = await startQemuScene(t);
	const {lab, hostB} = scene;
	const guest = await createLinuxGuest(t, scene);
	const wrapper = path.join(lab.directory, 'other-qemu');
	const differing: ReadonlyArray<readonly [what: string, alteration: Alteration, says: RegExp]> = [
		['less RAM', {replace: {[`${160 * MIB}B`]: `${128 * MIB}B`}}, /memory|RAM/i],
		['another CPU', {append: ['-cpu', 'max']}, /cpu/i],
		['another processor', {append: ['-smp', '2']}, /cpu|processor/i],
		['an additional device', {append: ['-device', 'virtio-rng-pci']}, /device/i],
		['another ROM', {append: ['-L', makeOtherRoms(lab.directory)]}, /bios-256k|firmware|rom/i],
		['another machine type', {replace: {'pc-i440fx-7.2': 'pc-i440fx-7.1'}}, /machine/i],
		['another board', {replace: {'pc-i440fx-7.2': 'pc-q35-7.2'}}, /machine/i],
	];
	for (const [what, alteration, says] of differing) {
		writeAlteredQemu(wrapper, alteration);
		await configureTarget(scene, {binaries: {[QEMU]: wrapper}});
		await assertRefused(t, scene, guest, what, {code: /^ERR_TARGET_REFUSED$/, phase: /^prepare$/, says});
	}

	t.deepEqual(await listDomains(hostB), []);
	await assertMovesAfterAll(t, scene, guest);
});

test.serial('a destination that lacks what the guest is made of, or does not allow it, refuses it and says what', async t => {
	const scene = await startQemuScene(t);
	const {lab, qemu} = scene;
	const guest = await createLinuxGuest(t, scene);
	const empty = path.join(lab.directory, 'empty');
	mkdirSync(empty);
	const lacking: ReadonlyArray<readonly [what: string, table: SettingsTable, wrapper: readonly string[], says: RegExp]> = [
		['no QEMU', {binaries: {[QEMU]: '/usr/bin/no-such-qemu'}}, [], /no-such-qemu/],
		['no QEMU of that name', {binaries: {'qemu-system-arm': '/usr/bin/qemu-system-arm'}}, [], /qemu-system-x86_64/],
		['no image', {}, privateView(qemu.images, empty), /dom1\.img/],
		['an image from a directory that is not its own', {paths: [empty]}, [], /dom1\.img|vmlinuz/],
		['no network', {networks: {}}, [], /lan/],
		['a device model that it does not allow', {devices: ['virtio-blk-pci', 'virtio-rng-pci']}, [], /virtio-net-pci/],
	];
	for (const [what, table, wrapper, says] of lacking) {
		await configureTarget(scene, table, wrapper);
		await assertRefused(t, scene, guest, what, {code: /^ERR_TARGET_REFUSED$/, phase: /^prepare$/, says});
	}

	await assertMovesAfterAll(t, scene, guest);
});

test.serial('a destination that fails late, when the state is loaded or the disk is to be its own, gives the guest back', async t => {
	const scene = await startQemuScene(t);
	const {lab, qemu} = scene;
	const guest = await createLinuxGuest(t, scene);
	const {disk} = guest.settings;
	if (disk === undefined) throw new TypeError('a guest without a disk');

	const wrapper = path.join(lab.directory, 'other-qemu');
	// Nothing shows it before: such a QEMU does not know the section by which the state begins.
	writeAlteredQemu(wrapper, {append: ['-global', 'migration.send-configuration=off']});
	await configureTarget(scene, {binaries: {[QEMU]: wrapper}});
	await assertRefused(t, scene, guest, 'a QEMU that exits when it loads', {
		code: /^ERR_DEVICE_STATE$/,
		phase: /^stop-and-copy$/,
		says: /section type 7|exited/i,
	});

	// On host-b alone the image is in use by another guest.
	const own = path.join(lab.directory, 'own-images');
	mkdirSync(own);
	const copy = path.join(own, path.basename(disk.file));
	makeDisk(copy);
	const other = spawn(QEMU, [
		...'-machine q35 -accel tcg -nodefaults -display none -S'.split(' '),
		'-blockdev',
		`driver=file,filename=${copy},node-name=f0`,
		'-blockdev',
		'driver=raw,file=f0,node-name=d0',
		'-device',
		'virtio-blk-pci,drive=d0',
	]);
	t.teardown(() => other.kill('SIGKILL'));
	await once(other, 'spawn');
	await configureTarget(scene, {}, privateView(qemu.images, own));
	await assertRefused(t, scene, guest, 'an image that another guest has locked', {
		// What the receiver says of itself, or what it answers to `go`: whichever is heard first.
		code: /^ERR_(?:DOMAIN_STATE|TARGET_REFUSED)$/,
		phase: /^(?:prepare|handover|running)$/,
		says: /lock/,
	});
	other.kill('SIGKILL');

	await assertMovesAfterAll(t, scene, guest);
});
