import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {driverFor} from '../../../../src/index.ts';
import {transfer} from '../../../../src/contract/transfer.ts';
import {channelPair} from '../../../helpers/channel-pair.ts';
import {alike, directory, DISK_BYTES, GuestDisk, makeHost, mirror, startScene} from '../../../helpers/qemu/disk-scene.ts';
import {qemuHostSettings} from '../../../helpers/qemu-definition.ts';

const MIB = 2 ** 20;
const never = new AbortController().signal;
const driver = driverFor('qemu');

test.serial(
	'the disk of the target is equal at the handover, whatever the guest wrote meanwhile, and is its own from there on',
	async t => {
		const {from, to, source, target, disk} = await startScene(t);
		t.deepEqual(source.disks?.nodes, ['d0']);
		t.deepEqual(target.disks?.nodes, ['d0']);
		await using mirrored = (await mirror({source, target})).mirrors;
		for (let at = 0; at < 20; at++) await disk.write(at + 1, at * MIB, 65_536);
		await mirrored.ready;
		for (let at = 0; at < 20; at++) await disk.write(at + 101, at * MIB + 4096, 8192);
		await disk.write(77, 0, 4096);
		t.is(await disk.status(), 'running');

		await transfer(source, target, {rounds: 2});
		t.true(readFileSync(from.image).equals(readFileSync(to.image)));
		t.is(readFileSync(to.image)[0], 77);
		t.true(mirrored.progress.bytesSent > MIB);
		t.is(mirrored.progress.bytesLeft, 0);

		const late = channelPair();
		await t.throwsAsync(target.disks?.serve('d0', late.far, never) ?? Promise.resolve(), {code: 'ERR_DOMAIN_STATE'});
		await source.destroy();
		await target.resume();
		using other = await GuestDisk.open(to);
		await other.write(99, 0, 4096);
		t.is(readFileSync(to.image)[0], 99);
		t.is(readFileSync(from.image)[0], 77);
	},
);

test.serial('a channel that is cut in the middle leaves the guest writing, and the next mirror begins anew', async t => {
	const {from, to, source, target, disk} = await startScene(t);
	const before = await disk.nodes();
	const first = await mirror({source, target});
	await disk.write(1, 0, MIB);
	first.last.cut(Object.assign(new Error('the link was cut'), {code: 'ERR_CONNECTION_LOST'}));
	await t.throwsAsync(first.mirrors.failed, {code: 'ERR_CONNECTION_LOST'});
	await first.mirrors[Symbol.asyncDispose]();
	t.deepEqual(await disk.nodes(), before);
	await disk.write(2, 0, MIB);
	t.is(await disk.status(), 'running');

	const second = await mirror({source, target});
	await second.mirrors.ready;
	await disk.write(3, 2 * MIB, 4096);
	await source.pause();
	await source.saveDeviceState();
	t.true(readFileSync(from.image).equals(readFileSync(to.image)));
	// What fails behind it gives the guest back, with its own disk.
	await second.mirrors[Symbol.asyncDispose]();
	await source.resume();
	await disk.write(4, 0, 4096);
	t.is(readFileSync(from.image)[0], 4);
	t.deepEqual(await disk.nodes(), before);
});

test.serial('a mirror that is given up leaves nothing in the guest, at whatever point', async t => {
	const {source, target, disk, from} = await startScene(t);
	const before = await disk.nodes();
	for (const until of ['begun', 'ready'] as const) {
		const {mirrors} = await mirror({source, target});
		if (until === 'ready') await mirrors.ready;
		await mirrors[Symbol.asyncDispose]();
		t.deepEqual(await disk.nodes(), before);
		await disk.write(5, 0, 4096);
	}

	t.is(readFileSync(from.image)[0], 5);
});

test.serial('an image of another size is refused, and nothing is written to it', async t => {
	const {definition, from, source, disk} = await startScene(t);
	for (const bytes of [DISK_BYTES - MIB, DISK_BYTES + MIB]) {
		const other = makeHost(t, 'c', {bytes});
		const untouched = readFileSync(other.image);
		const target = await driver.createTarget(alike(other, definition), other.place);
		t.teardown(async () => target.destroy());
		const before = await disk.nodes();
		const expected = {code: 'ERR_TARGET_REFUSED', message: `the disk d0 has ${DISK_BYTES} bytes, and that of the other host has ${bytes}`};
		await t.throwsAsync(mirror({source, target}), expected);
		t.deepEqual(await disk.nodes(), before);
		t.true(untouched.equals(readFileSync(other.image)));
	}

	t.true(readFileSync(from.image).length === DISK_BYTES);
});

test.serial('an image that is missing, or that another guest has, is refused before anything moves', async t => {
	const {definition} = await startScene(t);
	const [to, other] = [makeHost(t, 'c'), makeHost(t, 'd')];
	const place = {
		...other.place,
		qemu: qemuHostSettings({paths: [path.dirname(to.image), path.dirname(other.image), directory]}),
	};
	const keeper = await driver.create({...to.definition, name: 'keeper'}, place, {paused: true});
	t.teardown(async () => driver.remove(keeper, place));
	const error = await t.throwsAsync(driver.createTarget(alike(to, definition), to.place), {code: 'ERR_TARGET_REFUSED'});
	t.regex(String(error?.cause), /lock/);
	await driver.remove(keeper, place);
	rmSync(to.image);
	await t.throwsAsync(driver.createTarget(alike(to, definition), to.place), {message: /disk\.raw/});
});
