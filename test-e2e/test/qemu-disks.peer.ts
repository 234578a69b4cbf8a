/** Guests whose disk each host has a file of its own for: it is filled over the connection between the daemons while the guest writes. */
import {mkdirSync, readFileSync, rmSync, truncateSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readDiskRecords} from '@sterna/test-guest';
import {DAEMON_NAMES} from '../src/lab/host-files.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {type LinuxGuest, makeDisk} from '../src/qemu/linux-guest.ts';
import {privateView} from '../src/qemu/private-view.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';
import {createLinuxGuest, moveGuest, type QemuScene, startQemuScene, withListener} from './helpers/qemu-scene.ts';
import {listDomains, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, migrate, statusOf} from './helpers/start.ts';

type DiskScene = {
	readonly guest: LinuxGuest;
	readonly imageOf: (host: LabHost) => string;
	/** What host-b's daemons are started in, to see its own images. */
	readonly images: readonly string[];
};

/** A guest on host-a, and an image of zeros for it on host-b, which has the files of all images to itself. */
async function startDiskScene(
	t: ExecutionContext,
	{lab, hostA, hostB, ...rest}: QemuScene,
	sharing: 'mirror' | 'replicated' = 'mirror',
): Promise<DiskScene> {
	const own = path.join(lab.directory, 'images-of-host-b');
	mkdirSync(own);
	const {images} = rest.qemu;
	const wrapper = privateView(images, own);
	for (const name of DAEMON_NAMES) await hostB.restart(name, {wrapper});
	const guest = await createLinuxGuest(t, {lab, hostA, hostB, ...rest}, {disk: sharing});
	const imageOf = (host: LabHost): string => path.join(host === hostB ? own : images, `${guest.name}.img`);
	makeDisk(imageOf(hostB));
	return {guest, imageOf, images: wrapper};
}

/** Everything that the guest has written so far is on the disk of the host that it is on, in order; of its memory nothing is wrong. */
async function assertDiskIntact(t: ExecutionContext, {guest, imageOf}: DiskScene, atLeast: number): Promise<number> {
	const {bad, record} = await guest.runs();
	t.is(bad, 0);
	t.deepEqual(guest.boot?.faults, []);
	const {newest = 0, faults} = readDiskRecords(imageOf(guest.host));
	t.deepEqual(faults, []);
	t.true(newest >= atLeast && newest >= (record ?? 0), `record ${newest}, ${atLeast} before and ${record} reported`);
	return newest;
}

for (const sharing of ['mirror', 'replicated'] as const)
	test.serial(
		`a ${sharing === 'mirror' ? 'mirrored' : sharing} disk goes with its guest to a host that has a file of its own, and back, while it is written`,
		async t => {
			const scene = await startQemuScene(t);
			const {hostA, hostB} = scene;
			const disks = await startDiskScene(t, scene, sharing);
			const {guest, imageOf} = disks;
			let newest = await assertDiskIntact(t, disks, 1);
			for (const to of [hostB, hostA, hostB]) {
				const from = guest.host;
				const {diskBytesSent} = await moveGuest(t, guest, to);
				t.true((diskBytesSent ?? 0) >= newest * 4096, String(diskBytesSent));
				const left = readDiskRecords(imageOf(from));
				t.deepEqual(left.faults, []);
				t.true((left.newest ?? 0) >= newest);
				newest = await assertDiskIntact(t, disks, left.newest ?? 0);
				// What was left behind is as it was at the handover: nobody writes there any more.
				t.is(readDiskRecords(imageOf(from)).newest, left.newest);
			}
		},
	);

test.serial('a disk whose connection is cut goes anew over the next link, and the guest writes on meanwhile', async t => {
	const throughProxy = await startSceneThroughProxy(t, {qemu: true});
	const scene = {...(await withListener(t, throughProxy)), proxy: throughProxy.proxy};
	const {hostB, proxy} = scene;
	const disks = await startDiskScene(t, scene);
	const newest = await assertDiskIntact(t, disks, 1);
	const cut = proxy.cut({port: hostB.controlPort, direction: 'forward', afterBytes: 20_000, how: 'reset'});
	const {interruptions} = await moveGuest(t, disks.guest, hostB);
	await cut;
	t.is(interruptions, 1);
	await assertDiskIntact(t, disks, newest);
});

test.serial('a host whose image is smaller, or not there, is refused, and the guest goes on with its own', async t => {
	const scene = await startQemuScene(t);
	const {lab, hostA, hostB} = scene;
	const disks = await startDiskScene(t, scene);
	const {guest, imageOf} = disks;
	const image = imageOf(hostB);
	const wrong: ReadonlyArray<readonly [change: () => void, says: RegExp]> = [
		[() => truncateSync(image, 512 * 1024), /has 1048576 bytes, and that of the other host has 524288/],
		[() => rmSync(image), /dom1\.img/],
	];
	for (const [change, says] of wrong) {
		change();
		const {error, text} = await migrate(hostA, hostB, {domain: guest.name});
		t.like(error, {runsOn: 'host-a'}, text);
		t.regex([error?.message, ...(error?.causes ?? [])].join('\n'), says);
		await assertDiskIntact(t, disks, 1);
		await waitUntil('host-b without the guest', async () => (await listDomains(hostB)).length === 0 && qemuProcesses(lab).length === 1);
	}

	makeDisk(image);
	await moveGuest(t, guest, hostB);
	await assertDiskIntact(t, disks, 1);
	t.is(readFileSync(image).length, 1024 * 1024);
});

test.serial('daemons that die while a disk is mirrored go on when they are back, with the disk from its beginning', async t => {
	const throughProxy = await startSceneThroughProxy(t, {qemu: true});
	const scene = await withListener(t, throughProxy);
	const {hostA, hostB} = scene;
	const {proxy} = throughProxy;
	const disks = await startDiskScene(t, scene);
	const {guest, images} = disks;
	const newest = await assertDiskIntact(t, disks, 1);
	proxy.throttle(8 * 1024 * 1024);
	const run = beginMigration(hostA, hostB, {domain: guest.name, args: ['--compression', 'none']});
	const {id} = await run.reached('some of the memory there', ({phase, bytesSent}) => phase === 'precopy' && bytesSent > 4 * 1024 * 1024);
	await hostA.kill('sender');
	await run.ended;
	await guest.runs();
	await hostA.daemon('sender').start();
	await waitUntil('the migration under way again', async () => (await statusOf(hostA, id)).bytesSent > 0);
	await hostB.kill('receiver');
	await guest.runs();
	await hostB.daemon('receiver').start({wrapper: images});
	proxy.throttle(undefined);
	await waitUntil('the end of the migration', async () => (await statusOf(hostA, id)).result !== null);
	const {result} = await statusOf(hostA, id);
	t.is(result?.outcome, 'completed', JSON.stringify(result));
	guest.movedTo(hostB);
	await assertDiskIntact(t, disks, newest);
});
