import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {buildTestGuest, kernelArguments} from '@sterna/test-guest';
import {Lab} from '../../src/lab/lab.ts';
import type {QemuLab} from '../../src/lab/qemu-lab.ts';
import {SerialTranscript} from '../../src/qemu/serial-transcript.ts';
import {waitUntil} from '../helpers/scene.ts';
import {mustMigrate} from '../helpers/start.ts';

const NAME = 'by-hand';
const MIB = 1024 * 1024;

type GuestByHand = {readonly monitor: string; readonly output: () => string; readonly pid: number};

/** Starts a guest as a person would, in the directory of its files: short forms, relative paths, QEMU's own choice of devices and machine. */
async function startByHand(t: ExecutionContext, {images, segment}: QemuLab): Promise<GuestByHand> {
	const {vmlinuz, initrd} = await buildTestGuest();
	copyFileSync(vmlinuz, path.join(images, 'vmlinuz'));
	copyFileSync(initrd, path.join(images, 'initrd.gz'));
	writeFileSync(path.join(images, 'disk.img'), '');
	truncateSync(path.join(images, 'disk.img'), 4 * MIB);
	const memory = ['-m', '192', '-object', 'memory-backend-memfd,id=ram0,size=192M,share=on', '-machine', 'pc,memory-backend=ram0'];
	const append = kernelArguments({arenaMiB: 16, disk: '/dev/vda', sendsPackets: true});
	const boot = ['-kernel', 'vmlinuz', '-initrd', 'initrd.gz', '-append', append];
	const nic = `socket,model=virtio-net-pci,mcast=${segment.address}:${segment.port},localaddr=127.0.0.1`;
	const devices = ['-drive', 'file=disk.img,if=virtio,format=raw', '-nic', nic, '-device', 'virtio-rng-pci'];
	const ends = ['-display', 'none', '-serial', 'file:serial', '-monitor', 'none', '-qmp', 'unix:qmp,server=on,wait=off'];
	const child = spawn('qemu-system-x86_64', ['-name', NAME, '-accel', 'tcg', ...memory, ...boot, ...devices, ...ends], {
		cwd: images,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const exited = once(child, 'close');
	t.teardown(async () => {
		child.kill('SIGKILL');
		await exited;
	});
	const serial = path.join(images, 'serial');
	return {
		monitor: path.join(images, 'qmp'),
		output: () => (existsSync(serial) ? readFileSync(serial, 'latin1') : ''),
		pid: child.pid ?? 0,
	};
}

test('a guest that was started by hand is adopted, and goes there and back as one of ours', async t => {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], qemu: true});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	if (lab.qemu === undefined) throw new TypeError('a lab of QEMU guests');
	const guest = await startByHand(t, lab.qemu);
	const transcript = new SerialTranscript(NAME, guest);
	await waitUntil('the guest to be up', () => (transcript.boot?.counts ?? 0) > 5);
	const adopt = ['domain', 'adopt', '--qmp', guest.monitor];

	const unknown = await hostA.ctl(adopt);
	t.is(unknown.status, 4);
	t.regex(unknown.stderr, /^ {2}cause: sender: network nic0 \(socket\): which of the hosts' networks it is on is not known/m);
	t.deepEqual(unknown.stderr.match(/^ {2}cause: /gm)?.length, 1);

	const dryRun = await hostA.mustCtl([...adopt, '--network', 'nic0=lan', '--dry-run']);
	t.regex(dryRun, /^by-hand can be migrated; nothing was changed$/m);
	t.regex(dryRun, / -S -incoming defer$/m);
	t.is((await hostA.ctl(['domain', 'show', NAME])).status, 4);

	await hostA.mustCtl([...adopt, '--network', 'nic0=lan']);
	t.like(await hostA.showDomain(NAME), {state: 'running', kind: 'qemu', pid: guest.pid});
	const unprotected = await hostA.ctl(['protect', NAME, 'host-b', '--detach']);
	t.is(unprotected.status, 4);
	t.regex(unprotected.stderr, /its disk \S+ is shared/);
	const again = await hostA.ctl([...adopt, 'another', '--network', 'nic0=lan']);
	t.is(again.status, 4);
	t.regex(again.stderr, /ERR_DOMAIN_EXISTS: this guest is the domain by-hand already/);

	for (const [from, to] of [
		[hostA, hostB],
		[hostB, hostA],
	] as const) {
		await mustMigrate(t, from, to, {domain: NAME});
		transcript.movedTo(to);
		const before = transcript.boot?.counts ?? 0;
		await waitUntil(`the guest to run on ${to.name}`, () => (transcript.boot?.counts ?? 0) > before + 5);
	}

	t.is(transcript.read().boots.length, 1);
	t.deepEqual(transcript.boot?.faults, []);
	t.is(transcript.boot?.report?.bad, 0);
	t.throws(() => process.kill(guest.pid, 0), {code: 'ESRCH'});
});
