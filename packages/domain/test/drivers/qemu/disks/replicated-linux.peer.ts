import {copyFileSync, existsSync, readFileSync, writeSync, openSync, closeSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {buildTestGuest, GUEST_CACHE_DIRECTORY, kernelArguments, readDiskRecords, readSerial} from '@sterna/test-guest';
import {type DiskExtent, driverFor, PageBitmap, type QemuDefinition} from '../../../../src/index.ts';
import {copyPages} from '../../../../src/contract/transfer.ts';
import {processHandle} from '../../../../src/drivers/process-handle.ts';
import {runFiles} from '../../../../src/drivers/qemu/run-files.ts';
import {killProcess} from '../../../../src/process-identity.ts';
import {makeImage} from '../../../helpers/qemu/disk-server.ts';
import {type QemuGuest, QemuHosts} from '../../../helpers/qemu-guest.ts';
import {outputOf} from '../../../helpers/qemu-subject.ts';
import {until} from '../../../helpers/workshop.ts';

const MIB = 2 ** 20;
const EPOCHS = 100;
const never = new AbortController().signal;

/** How many of its pages the guest has looked at, and how many it found wrong. */
function reportOf(places: readonly QemuGuest['place'][]): {verified: number; bad: number} {
	const [boot] = readSerial(outputOf(places)).boots;
	return {verified: boot?.report?.verified ?? 0, bad: boot?.report?.bad ?? 0};
}

async function apply(extents: AsyncIterable<DiskExtent>, file: string): Promise<void> {
	const fd = openSync(file, 'r+');
	try {
		for await (const {offset, bytes} of extents) writeSync(fd, bytes, 0, bytes.length, offset);
	} finally {
		closeSync(fd);
	}
}

test.serial(
	'Linux writes records to a replicated disk: each cut is exact, and a standby goes on from the last one with every record in order',
	async t => {
		const hosts = new QemuHosts(t, [GUEST_CACHE_DIRECTORY]);
		const {vmlinuz, initrd} = await buildTestGuest();
		const [mine, theirs] = [path.join(hosts.images, 'a.img'), path.join(hosts.images, 'b.img')];
		for (const file of [mine, theirs]) makeImage(file, 4 * MIB);
		const disks = (file: string): QemuDefinition['disks'] => [
			{node: 'disk0', path: file, format: 'raw', sharing: 'replicated', direct: false},
		];
		const {definition, handle, place} = await hosts.start({
			memoryBytes: 128 * MIB,
			kernel: {image: vmlinuz, initrd, append: kernelArguments({arenaMiB: 16, disk: '/dev/vda', tickMs: 5})},
			disks: disks(mine),
			devices: [{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}}],
		});
		await until(() => reportOf([place]).verified > 0 && readDiskRecords(mine).newest !== undefined);
		const there = hosts.place();
		const target = await hosts.target({...definition, disks: disks(theirs)}, there);
		const source = await driverFor('qemu').openSource(definition, handle, place, {tracker: 'auto'});
		t.teardown(async () => source[Symbol.asyncDispose]());
		const [disk] = source.checkpoints?.disks ?? [];
		if (disk === undefined) throw new TypeError('a source without replicated disks');
		await using log = await source.startDirtyLog();
		const pages = new PageBitmap(source.memory.pageLimit);
		source.addAllPages(pages);
		await copyPages(pages, source.memory, target.memory);
		pages.clear();
		await apply(disk.copy(never), theirs);

		const snapshot = path.join(hosts.images, 'snapshot.img');
		let state = await source.pause().then(async () => source.saveDeviceState('checkpoint'));
		await source.resume();
		let records = 0;
		for (let epoch = 1; epoch <= EPOCHS; epoch++) {
			await delay(20);
			await source.pause();
			state = await source.saveDeviceState('checkpoint');
			await log.take(pages);
			await copyPages(pages, source.memory, target.memory);
			pages.clear();
			const before = readFileSync(mine);
			const extents = await disk.cut();
			copyFileSync(mine, snapshot);
			t.true(before.equals(readFileSync(snapshot)), `epoch ${epoch} was still written to behind the stop`);
			await source.resume();
			await apply(extents, theirs);
			t.true(readFileSync(theirs).equals(readFileSync(snapshot)), `epoch ${epoch}`);
			records = readDiskRecords(snapshot).newest ?? 0;
		}

		// More that is never committed.
		await until(() => (readDiskRecords(mine).newest ?? 0) > records + 2);
		await killProcess(processHandle(handle), 5000);
		await until(() => !existsSync(runFiles(place.runDir).diskControl));
		t.deepEqual(readDiskRecords(theirs), readDiskRecords(snapshot));
		t.deepEqual(readDiskRecords(theirs).faults, []);

		const verified = reportOf([place]).verified;
		await target.loadDeviceState(state);
		await target.resume();
		await until(() => reportOf([place, there]).verified > verified && (readDiskRecords(theirs).newest ?? 0) > records + 5);
		t.is(reportOf([place, there]).bad, 0);
		t.deepEqual(readDiskRecords(theirs).faults, []);
		t.log(`${records} records in ${EPOCHS} epochs`);
	},
);
