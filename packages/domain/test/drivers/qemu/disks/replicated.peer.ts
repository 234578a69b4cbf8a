import {closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, truncateSync, writeSync} from 'node:fs';
import test from 'ava';
import {type DiskExtent, driverFor, PageBitmap, type ReplicatedDisk, type SourceDomain} from '../../../../src/index.ts';
import {copyPages, transfer} from '../../../../src/contract/transfer.ts';
import {processHandle} from '../../../../src/drivers/process-handle.ts';
import {runFiles} from '../../../../src/drivers/qemu/run-files.ts';
import {killProcess} from '../../../../src/process-identity.ts';
import {alike, DISK_BYTES, GuestDisk, makeHost, mirror, startScene} from '../../../helpers/qemu/disk-scene.ts';
import {until} from '../../../helpers/workshop.ts';

const MIB = 2 ** 20;
const EPOCHS = 100;
const never = new AbortController().signal;
const driver = driverFor('qemu');

/** Writes extents to a standby's file, as the one that holds it does when their checkpoint is committed. */
async function apply(extents: AsyncIterable<DiskExtent>, file: string): Promise<number> {
	const fd = openSync(file, 'r+');
	let count = 0;
	try {
		for await (const {offset, bytes} of extents) {
			writeSync(fd, bytes, 0, bytes.length, offset);
			count += bytes.length;
		}

		return count;
	} finally {
		closeSync(fd);
	}
}

function diskOf(source: SourceDomain): ReplicatedDisk {
	const [disk] = source.checkpoints?.disks ?? [];
	if (disk === undefined) throw new TypeError('a source without replicated disks');
	return disk;
}

const nodesOf = (source: SourceDomain): string[] | undefined => source.checkpoints?.disks.map(({node}) => node);

test.serial('a standby has the disk as of each checkpoint, and goes on from the last one when the guest is killed', async t => {
	const {from, to, source, target, disk, handle} = await startScene(t, 'replicated');
	t.deepEqual(nodesOf(source), ['d0']);
	t.deepEqual(source.checkpoints?.obstacles, []);
	t.deepEqual(target.replicas, [{node: 'd0', file: to.image, sizeBytes: DISK_BYTES}]);
	// Whatever it had is gone: holes are not copied.
	t.true(readFileSync(to.image).every(byte => byte === 0));
	const replicated = diskOf(source);
	await disk.write(1, 3 * MIB, MIB);
	t.true((await apply(replicated.copy(never), to.image)) >= MIB);
	const snapshot = `${from.image}.then`;
	for (let epoch = 1; epoch <= EPOCHS; epoch++) {
		for (let at = 0; at < 10; at++) {
			const offset = ((epoch * 13 + at * 7) % 60) * 512 * 1024 + at * 512;
			await disk.write((epoch + at) % 256, offset, 4096 * (1 + (at % 3)) + 512 * (epoch % 2));
		}

		await source.pause();
		const extents = await replicated.cut();
		copyFileSync(from.image, snapshot);
		await source.resume();
		await apply(extents, to.image);
		t.true(readFileSync(to.image).equals(readFileSync(snapshot)), `epoch ${epoch}`);
	}

	await source.pause();
	const last = await source.saveDeviceState('checkpoint');
	await apply(await replicated.cut(), to.image);
	const pages = new PageBitmap(source.memory.pageLimit);
	source.addAllPages(pages);
	await copyPages(pages, source.memory, target.memory);
	const committed = readFileSync(to.image);
	await source.resume();
	// Never committed.
	await disk.write(200, 0, MIB);
	await killProcess(processHandle(handle), 5000);
	await until(() => !existsSync(runFiles(from.place.runDir).diskControl));
	t.is(readFileSync(from.image)[0], 200);

	await target.loadDeviceState(last);
	await target.resume();
	t.true(committed.equals(readFileSync(to.image)));
	using other = await GuestDisk.open(to);
	await other.write(99, 5 * MIB, 4096);
	t.is(readFileSync(to.image)[5 * MIB], 99);
	await t.throwsAsync(replicated.cut(), {code: 'ERR_GUEST_EXITED'});
});

test.serial(
	'what a guest writes again and again is in its checkpoint once, and is not logged when nobody asks for it any more',
	async t => {
		const {from, to, source, disk} = await startScene(t, 'replicated');
		const replicated = diskOf(source);
		await apply(replicated.copy(never), to.image);
		await source.pause();
		await apply(await replicated.cut(), to.image);
		await source.resume();
		for (let at = 0; at < 96; at++) await disk.write(at + 1, (at % 32) * MIB, MIB);
		t.is(replicated.loggedBytes, DISK_BYTES);
		await source.pause();
		const extents = await replicated.cut();
		await source.resume();
		t.is(await apply(extents, to.image), DISK_BYTES);
		t.true(readFileSync(from.image).equals(readFileSync(to.image)));
		await replicated.stopLog();
		await disk.write(7, 0, MIB);
		t.is(replicated.loggedBytes, 0);
	},
);

test.serial('a guest with replicated disks moves as one whose disks are mirrored', async t => {
	const {from, to, source, target, disk} = await startScene(t, 'replicated');
	await using mirrored = (await mirror({source, target})).mirrors;
	await disk.write(1, 4 * MIB, MIB);
	await mirrored.ready;
	await disk.write(2, 9 * MIB, 8192);
	await transfer(source, target, {rounds: 2});
	t.true(readFileSync(from.image).equals(readFileSync(to.image)));
	await source.destroy();
	t.false(existsSync(runFiles(from.place.runDir).diskControl));
	await target.resume();
	using other = await GuestDisk.open(to);
	await other.write(99, 0, 4096);
	t.is(readFileSync(to.image)[0], 99);
	t.is(readFileSync(from.image)[9 * MIB], 2);
});

test.serial('a source that another daemon takes up has its disks again, with nothing logged', async t => {
	const {definition, from, to, source, handle, disk} = await startScene(t, 'replicated');
	await apply(diskOf(source).copy(never), to.image);
	await disk.write(5, 0, MIB);
	await source[Symbol.asyncDispose]();
	const again = await driver.openSource(definition, handle, from.place, {tracker: 'compare'});
	t.teardown(async () => again[Symbol.asyncDispose]());
	const replicated = diskOf(again);
	t.is(replicated.loggedBytes, 0);
	await apply(replicated.copy(never), to.image);
	await disk.write(6, 3 * MIB, 512);
	await again.pause();
	await apply(await replicated.cut(), to.image);
	t.true(readFileSync(from.image).equals(readFileSync(to.image)));
	await again.resume();
});

test.serial(
	'an image of another size, one in use, one in qcow2 and one past the cache are refused, and nothing is written or left',
	async t => {
		const {definition, to} = await startScene(t, 'replicated');
		const other = makeHost(t, 'c', {bytes: DISK_BYTES - MIB, sharing: 'replicated'});
		const untouched = readFileSync(other.image);
		await t.throwsAsync(driver.createTarget(alike(other, definition), other.place), {
			code: 'ERR_TARGET_REFUSED',
			message: /disk d0: 32 MiB at the source, 31 MiB here/,
		});
		t.true(untouched.equals(readFileSync(other.image)));
		t.false(existsSync(runFiles(other.place.runDir).diskControl));

		truncateSync(other.image, DISK_BYTES);
		const later = await driver.createTarget(alike(other, definition), other.place);
		await later.destroy();
		t.false(existsSync(runFiles(other.place.runDir).disks));
		// Its image is free at once.
		await (await driver.createTarget(alike(other, definition), other.place)).destroy();

		// The place is another host's, with the directories of the one whose target has the image.
		const inUse = driver.createTarget(alike(to, definition), {...to.place, runDir: other.place.runDir});
		await t.throwsAsync(inUse, {code: 'ERR_TARGET_REFUSED', message: /in use/});
		for (const change of [{format: 'qcow2'}, {direct: true}] as const) {
			const disks = definition.disks.map(each => ({...each, ...change, path: other.image}));
			await t.throwsAsync(driver.createTarget({...definition, disks}, other.place), {
				code: 'ERR_NOT_SUPPORTED',
				message: /a replicated disk is/,
			});
		}

		rmSync(other.image);
		await t.throwsAsync(driver.createTarget(alike(other, definition), other.place), {message: /disk\.raw/});
	},
);
