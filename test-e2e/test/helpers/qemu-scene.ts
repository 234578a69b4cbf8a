import type {ExecutionContext} from 'ava';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type PacketSequence, SegmentListener} from '@sterna/test-guest';
import type {LabHost} from '../../src/lab/lab-host.ts';
import type {QemuLab} from '../../src/lab/qemu-lab.ts';
import type {ResultJson} from '../../src/migration-json.ts';
import {findGuestFaults} from '../../src/qemu/guest-faults.ts';
import {LinuxGuest, type LinuxGuestOptions} from '../../src/qemu/linux-guest.ts';
import {listDomains, type Scene, type SceneOptions, startScene, waitUntil} from './scene.ts';
import {mustMigrate} from './start.ts';

/** Two hosts that run QEMU guests, and somebody outside who hears their network. */
export type QemuScene = Scene & {readonly qemu: QemuLab; readonly listener: SegmentListener};

/** Starts host-a and host-b, with nothing between them. */
export async function startQemuScene(t: ExecutionContext, options: SceneOptions = {}): Promise<QemuScene> {
	return withListener(t, await startScene(t, {...options, qemu: true}));
}

/** Makes a scene that was started with `qemu` one of QEMU guests. */
export async function withListener<S extends Scene>(t: ExecutionContext, scene: S): Promise<S & QemuScene> {
	const {qemu} = scene.lab;
	if (qemu === undefined) throw new TypeError('a scene without QEMU guests');
	const listener = await SegmentListener.join(qemu.segment);
	t.teardown(async () => listener[Symbol.asyncDispose]());
	return {...scene, qemu, listener};
}

/** Makes a guest on host-a, and shows its last words, and its QEMU's, with a test that fails. */
export async function createLinuxGuest(t: ExecutionContext, {lab, hostA}: Scene, options: LinuxGuestOptions = {}): Promise<LinuxGuest> {
	const guest = await LinuxGuest.create(lab, hostA, options);
	t.teardown(() => {
		if (t.passed) return;
		t.log(`last words of ${guest.name} on ${guest.host.name}\n${guest.transcript.text.slice(-1500)}`);
		for (const host of lab.hosts) {
			const log = path.join(host.files.run, 'guests', guest.name, 'qemu.log');
			if (existsSync(log)) t.log(`its QEMU on ${host.name}\n${readFileSync(log, 'utf8')}`);
		}
	});
	return guest;
}

/** Migrates the guest from where it is, and waits until it has said something there. */
export async function moveGuest(t: ExecutionContext, guest: LinuxGuest, to: LabHost, args: readonly string[] = []): Promise<ResultJson> {
	const result = await mustMigrate(t, guest.host, to, {domain: guest.name, args});
	guest.movedTo(to);
	await guest.runs();
	return result;
}

/** The guest runs where it is said to be, and on no other host, without a fault since it booted last: see `findGuestFaults`. Resolves with its packets. */
export async function assertLinuxIntact(t: ExecutionContext, {lab, listener}: QemuScene, guest: LinuxGuest): Promise<PacketSequence> {
	const {host, name} = guest;
	t.is((await host.showDomain(name)).state, 'running', `${name} on ${host.name}`);
	for (const other of lab.hosts)
		if (other !== host && other.daemon('sender').id !== undefined)
			await waitUntil(`${other.name} without ${name}`, async () => !(await listDomains(other)).includes(name));
	const {faults, packets} = await findGuestFaults(guest, listener);
	t.deepEqual(faults, []);
	return packets;
}

/** Resets the guest's machine from outside, and waits until it has booted again and found everything right since. Packets are counted anew. */
export async function assertBootsAgain(t: ExecutionContext, {listener}: QemuScene, guest: LinuxGuest): Promise<void> {
	const boots = guest.transcript.read().boots.length;
	await guest.ask('system_reset');
	listener.clear();
	await guest.rebooted(boots);
	t.is(guest.transcript.read().boots.length, boots + 1);
	t.deepEqual(guest.boot?.faults, []);
}
