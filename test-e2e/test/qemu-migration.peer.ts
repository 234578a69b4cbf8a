import test from 'ava';
import {announcements} from '@sterna/test-guest';
import type {LinuxGuestOptions} from '../src/qemu/linux-guest.ts';
import {assertBootsAgain, assertLinuxIntact, createLinuxGuest, moveGuest, startQemuScene} from './helpers/qemu-scene.ts';

const ROUNDS = 10;

test.serial(
	'a Linux guest under load moves there and back ten times: memory, lines, packets, disk records, and it boots again',
	async t => {
		const scene = await startQemuScene(t);
		const {hostA, hostB, listener} = scene;
		const guest = await createLinuxGuest(t, scene);
		const downtimes: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			for (const host of [hostB, hostA]) {
				const {downtimeMs} = await moveGuest(t, guest, host);
				downtimes.push(downtimeMs ?? Infinity);
			}
		}

		const {longestGapMs} = await assertLinuxIntact(t, scene, guest);
		t.log(`downtimes ${downtimes.map(ms => ms.toFixed(1)).join(' ')} ms; longest silence on the network ${longestGapMs.toFixed(1)} ms`);
		// Each host that it came to has said so to the network.
		const heard = announcements(listener.arrivals, guest.settings.mac ?? '');
		t.true(heard.length >= 2 * ROUNDS, `${heard.length} announcements`);

		await moveGuest(t, guest, hostB);
		await assertBootsAgain(t, scene, guest);
		await moveGuest(t, guest, hostA);
		t.deepEqual(guest.boot?.faults, []);
	},
);

/** Machines in what they differ by: the board, its RAM backend, processors, devices. */
const MACHINES: Readonly<Record<string, LinuxGuestOptions>> = {
	'q35 with two processors of all features and memory in a file': {machine: 'pc-q35-7.2', cpu: 'max', cpus: 2, backend: 'file'},
	'microvm with everything': {machine: 'microvm'},
	'pc with a VGA, whose frame buffer is memory besides': {machine: 'pc-i440fx-7.2', vga: 'std', rng: false, disk: 'none'},
	'q35 with nothing but a serial port': {machine: 'pc-q35-7.2', network: false, disk: 'none', rng: false, backend: 'file'},
};

for (const [what, options] of Object.entries(MACHINES)) {
	test.serial(`${what}: it moves there and back, and boots again on the other host`, async t => {
		const scene = await startQemuScene(t);
		const guest = await createLinuxGuest(t, scene, options);
		await moveGuest(t, guest, scene.hostB);
		await moveGuest(t, guest, scene.hostA);
		await moveGuest(t, guest, scene.hostB);
		await assertLinuxIntact(t, scene, guest);
		await assertBootsAgain(t, scene, guest);
	});
}
