import test from 'ava';
import path from 'node:path';
import {assertBootsAgain, assertLinuxIntact, createLinuxGuest, moveGuest, startQemuScene} from './helpers/qemu-scene.ts';
import {xenVerify} from './helpers/peers.ts';
import {listDomains} from './helpers/scene.ts';
import {runToEnd} from './helpers/start.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';

test.serial(
	"a QEMU guest is saved to a stream that Xen's verifier accepts, and goes on where it stopped once it is restored elsewhere",
	async t => {
		const scene = await startQemuScene(t);
		const {lab, hostA, hostB} = scene;
		const guest = await createLinuxGuest(t, scene);
		const file = path.join(lab.directory, 'dom1.xl');
		const saved = await runToEnd(hostA, ['save', guest.name, file, '--json']);
		t.is(saved.status, 0, saved.text);
		t.deepEqual(await listDomains(hostA), []);
		t.deepEqual(qemuProcesses(lab), []);

		const verified = xenVerify(file);
		t.is(verified.status, 0, verified.output);
		const own = await hostA.ctl(['stream', 'verify', file]);
		t.is(own.status, 0, own.stdout + own.stderr);
		// The sections of QEMU inside EMULATOR_CONTEXT, by their names.
		const inspected = await hostA.mustCtl(['stream', 'inspect', file]);
		for (const section of ['timer', 'cpu_common', 'virtio-net', 'virtio-blk', 'serial'])
			t.true(inspected.includes(section), `${section} in\n${inspected}`);

		const restored = await runToEnd(hostB, ['restore', file, '--json']);
		t.is(restored.status, 0, restored.text);
		guest.movedTo(hostB);
		await assertLinuxIntact(t, scene, guest);
		await moveGuest(t, guest, hostA);
		await assertBootsAgain(t, scene, guest);
	},
);

test.serial('a checkpoint of a QEMU guest leaves it running, without a fault', async t => {
	const scene = await startQemuScene(t);
	const {lab, hostA} = scene;
	const guest = await createLinuxGuest(t, scene, {machine: 'microvm', disk: 'none'});
	const file = path.join(lab.directory, 'dom1.xl');
	const saved = await runToEnd(hostA, ['save', guest.name, file, '--checkpoint', '--json']);
	t.is(saved.status, 0, saved.text);
	t.is(xenVerify(file).status, 0);
	await assertLinuxIntact(t, scene, guest);
});
