import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {buildTestGuest, GUEST_CACHE_DIRECTORY, kernelArguments, readSerial} from '@sterna/test-guest';
import type {GuestEvent, QemuDefinition} from '@sterna/domain';
import {transfer} from '../../../src/contract/transfer.ts';
import {ask, type QemuGuest, QemuHosts} from '../../helpers/qemu-guest.ts';
import {outputOf} from '../../helpers/qemu-subject.ts';

const MIB = 2 ** 20;
const MOVES = 4;

/** A Linux guest that rewrites and checks 32 MiB, numbers packets, and records on a disk, with a balloon. Resolves when it has checked its memory for the first time. */
async function startLinux(hosts: QemuHosts): Promise<QemuGuest> {
	const {vmlinuz, initrd} = await buildTestGuest();
	const disk = path.join(hosts.images, 'disk.img');
	writeFileSync(disk, Buffer.alloc(4 * MIB));
	const guest = await hosts.start({
		memoryBytes: 192 * MIB,
		kernel: {image: vmlinuz, initrd, append: kernelArguments({arenaMiB: 32, disk: '/dev/vda', sendsPackets: true})},
		disks: [{node: 'disk0', path: disk, format: 'raw', sharing: 'shared', direct: false}],
		networks: [{netdev: 'net0', network: 'lab'}],
		devices: [
			{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:02', romfile: ''}},
			{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}},
			{driver: 'virtio-balloon-pci', properties: {}},
			{driver: 'virtio-rng-pci', properties: {}},
		],
	} satisfies Partial<QemuDefinition>);
	await checked([guest.place]);
	return guest;
}

/** Resolves when the guest has said twice more that its memory is right. */
async function checked(places: readonly QemuGuest['place'][]): Promise<void> {
	const verified = (): number => readSerial(outputOf(places)).boots.at(-1)?.report?.verified ?? 0;
	for (let times = 0; times < 2; times++) {
		const before = verified();
		while (verified() <= before) await delay(20);
	}
}

test.serial(
	'Linux moves from place to place, its memory, lines and disk right; a balloon that changes is told once; it boots again',
	async t => {
		const hosts = new QemuHosts(t, [GUEST_CACHE_DIRECTORY]);
		const first = await startLinux(hosts);
		const {definition} = first;
		let {handle, place} = first;
		const places = [place];
		for (let move = 0; move < MOVES; move++) {
			const source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
			const there = hosts.place();
			const target = await hosts.target(definition, there);
			await transfer(source, target, {rounds: 3});
			await target.resume();
			await source.destroy();
			await target[Symbol.asyncDispose]();
			places.push(there);
			[handle, place] = [target.handle, there];
			await checked(places);
		}

		const boots = readSerial(outputOf(places)).boots;
		t.is(boots.length, 1);
		t.deepEqual(boots[0]?.faults, []);
		t.is(boots[0]?.report?.bad, 0);

		const source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
		await using _log = await source.startDirtyLog();
		const told: GuestEvent[] = [];
		source.onGuestEvent = event => void told.push(event);
		await ask(place, async monitor => {
			for (const value of [160 * MIB, 176 * MIB]) {
				await monitor.execute('balloon', {value});
				while ((await monitor.execute('query-balloon')).actual !== value) await delay(20);
			}
		});
		while (told.length === 0) await delay(20);
		t.is(told.length, 1);
		t.is(told[0]?.kind, 'resized');
		await source[Symbol.asyncDispose]();
		await checked(places);

		await ask(place, async monitor => monitor.execute('system_reset'));
		while (readSerial(outputOf(places)).boots.length < 2) await delay(20);
		await checked(places);
	},
);
