import {closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {
	type DomainDefinition,
	driverFor,
	type DiskMirrors,
	type GuestPlace,
	type QemuDefinition,
	type SourceDomain,
	type TargetDomain,
} from '../../../../src/index.ts';
import {QmpClient} from '../../../../src/drivers/qemu/qmp/qmp-client.ts';
import {runFiles} from '../../../../src/drivers/qemu/run-files.ts';
import {transfer} from '../../../../src/contract/transfer.ts';
import {buildBareGuest} from '../../../helpers/bare-guest/build.ts';
import {type ChannelPair, channelPair} from '../../../helpers/channel-pair.ts';
import {qemuDefinition, qemuHostSettings} from '../../../helpers/qemu-definition.ts';

const MIB = 2 ** 20;
const DISK_BYTES = 32 * MIB;
const never = new AbortController().signal;
const driver = driverFor('qemu');
const {directory, kernel} = buildBareGuest();

/** A host of its own: the same definition finds its own image there. */
type Host = {readonly place: GuestPlace; readonly image: string; readonly definition: QemuDefinition};

/** Writes of the guest, as its device makes them. */
class GuestDisk implements Disposable {
	readonly #monitor: QmpClient;

	private constructor(monitor: QmpClient) {
		this.#monitor = monitor;
	}

	static async open({place}: Host): Promise<GuestDisk> {
		return new GuestDisk(await QmpClient.connect(runFiles(place.runDir).info));
	}

	/** What comes of it, QEMU says in its log alone. */
	async write(pattern: number, offsetBytes: number, lengthBytes: number): Promise<void> {
		const said = await this.#monitor.humanMonitor(
			`qemu-io -d /machine/peripheral/disk0/virtio-backend "write -P ${pattern} ${offsetBytes} ${lengthBytes}"`,
		);
		if (said !== '') throw new Error(said);
	}

	async status(): Promise<string> {
		return (await this.#monitor.execute('query-status')).status;
	}

	async nodes(): Promise<string[]> {
		return (await this.#monitor.execute('query-named-block-nodes', {flat: true})).map(each => each['node-name'] ?? '').toSorted();
	}

	[Symbol.dispose](): void {
		this.#monitor[Symbol.dispose]();
	}
}

function makeHost(t: ExecutionContext, name: string, diskBytes = DISK_BYTES): Host {
	const root = mkdtempSync(path.join(tmpdir(), `sterna-${name}-`));
	t.teardown(() => rmSync(root, {recursive: true, force: true}));
	const place = {
		domainDir: path.join(root, 'd'),
		runDir: path.join(root, 'r'),
		outputFile: path.join(root, 'd/output'),
		qemu: qemuHostSettings({paths: [directory, root]}),
	};
	mkdirSync(place.domainDir);
	mkdirSync(place.runDir);
	const image = path.join(root, 'disk.raw');
	const fd = openSync(image, 'wx');
	ftruncateSync(fd, diskBytes);
	for (let at = 0; at < diskBytes; at += MIB) writeSync(fd, `${name} ${at}`, at);
	closeSync(fd);
	const definition = qemuDefinition({
		memoryBytes: 32 * MIB,
		pfnLimit: (32 * MIB) / 4096,
		kernel: {image: kernel},
		disks: [{node: 'd0', path: image, format: 'raw', sharing: 'mirror', direct: false}],
		devices: [{driver: 'virtio-blk-pci', properties: {id: 'disk0', drive: 'd0'}}],
	});
	return {place, image, definition};
}

function asQemu(definition: DomainDefinition): QemuDefinition {
	if (definition.kind !== 'qemu') throw new TypeError(definition.kind);
	return definition;
}

/** A described guest as another host has it. */
const alike = ({definition: {disks}}: Host, described: QemuDefinition): QemuDefinition => ({...described, disks});

type Scene = {
	readonly definition: QemuDefinition;
	readonly from: Host;
	readonly to: Host;
	readonly source: SourceDomain;
	readonly target: TargetDomain;
	readonly disk: GuestDisk;
};

/** A guest that runs on one host, and its empty counterpart on another; both ended with the test. */
async function startScene(t: ExecutionContext): Promise<Scene> {
	const [from, to] = [makeHost(t, 'a'), makeHost(t, 'b')];
	const handle = await driver.create(from.definition, from.place, {paused: false});
	t.teardown(async () => driver.remove(handle, from.place));
	const definition = asQemu(await driver.describe(from.definition, handle, from.place));
	const source = await driver.openSource(definition, handle, from.place, {tracker: 'compare'});
	t.teardown(async () => source[Symbol.asyncDispose]());
	const target = await driver.createTarget(alike(to, definition), to.place);
	t.teardown(async () => target.destroy());
	const disk = await GuestDisk.open(from);
	t.teardown(() => disk[Symbol.dispose]());
	return {definition, from, to, source, target, disk};
}

/** Begins to mirror over channels without a network, the last of which is told. */
async function mirror({source, target}: Pick<Scene, 'source' | 'target'>): Promise<{mirrors: DiskMirrors; last: ChannelPair}> {
	let last = channelPair();
	const mirrors = await source.disks?.startMirrors(async node => {
		last = channelPair();
		target.disks?.serve(node, last.far, never).catch(() => undefined);
		return Promise.resolve(last.near);
	}, never);
	if (mirrors === undefined) throw new TypeError('a source without disks of its own');
	return {mirrors, last};
}

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
		const other = makeHost(t, 'c', bytes);
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
