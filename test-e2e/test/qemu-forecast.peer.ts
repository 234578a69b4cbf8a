import test from 'ava';
import {assertWhole, forecast, logBeside} from './helpers/forecast.ts';
import {assertLinuxIntact, createLinuxGuest, moveGuest, startQemuScene} from './helpers/qemu-scene.ts';

test.serial('a Linux guest is watched for a forecast, goes on without a fault, and moves', async t => {
	const scene = await startQemuScene(t);
	const guest = await createLinuxGuest(t, scene);
	const reply = await forecast(scene.hostA, [], guest.name);
	assertWhole(t, reply);
	// It checks its own memory, and writes to it all the time.
	t.true(reply.dirtyBytesPerSecond > 0 && reply.workingSetBytes > 0 && reply.memoryBytes > 0);
	await assertLinuxIntact(t, scene, guest);
	logBeside(t, reply, await moveGuest(t, guest, scene.hostB));
	await assertLinuxIntact(t, scene, guest);
});

test.serial('a Linux guest is as it was after a forecast that could not be made', async t => {
	const scene = await startQemuScene(t);
	const guest = await createLinuxGuest(t, scene);
	await scene.hostB.kill('receiver');
	const failed = await scene.hostA.ctl(['forecast', guest.name, 'host-b', '--sample', '1s', '--json']);
	t.not(failed.status, 0);
	t.regex(failed.stdout, /ERR_HOST_UNREACHABLE/);
	await assertLinuxIntact(t, scene, guest);
	await scene.hostB.daemon('receiver').start();
	await moveGuest(t, guest, scene.hostB);
	await assertLinuxIntact(t, scene, guest);
});
