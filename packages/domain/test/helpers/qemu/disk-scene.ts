import {closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {
	type DiskMirrors,
	type DomainDefinition,
	driverFor,
	type GuestHandle,
	type GuestPlace,
	type QemuDefinition,
	type SourceDomain,
	type TargetDomain,
} from '../../../src/index.ts';
import {QmpClient} from '../../../src/drivers/qemu/qmp/qmp-client.ts';
import {runFiles} from '../../../src/drivers/qemu/run-files.ts';
import {buildBareGuest} from '../bare-guest/build.ts';
import {type ChannelPair, channelPair} from '../channel-pair.ts';
import {qemuDefinition, qemuHostSettings} from '../qemu-definition.ts';

const MIB = 2 ** 20;
export const DISK_BYTES = 32 * MIB;
const never = new AbortController().signal;
const driver = driverFor('qemu');
export const {directory, kernel} = buildBareGuest();

export type ImageOptions = {readonly bytes?: number; readonly sharing?: QemuDefinition['disks'][number]['sharing']};

/** A host of its own: the same definition finds its own image there. */
export type Host = {readonly place: GuestPlace; readonly image: string; readonly definition: QemuDefinition};

/** Writes of the guest, as its device makes them. */
export class GuestDisk implements Disposable {
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

export function makeHost(t: ExecutionContext, name: string, {bytes = DISK_BYTES, sharing = 'mirror'}: ImageOptions = {}): Host {
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
	ftruncateSync(fd, bytes);
	for (let at = 0; at < bytes; at += MIB) writeSync(fd, `${name} ${at}`, at);
	closeSync(fd);
	const definition = qemuDefinition({
		memoryBytes: 32 * MIB,
		pfnLimit: (32 * MIB) / 4096,
		kernel: {image: kernel},
		disks: [{node: 'd0', path: image, format: 'raw', sharing, direct: false}],
		devices: [{driver: 'virtio-blk-pci', properties: {id: 'disk0', drive: 'd0'}}],
	});
	return {place, image, definition};
}

export function asQemu(definition: DomainDefinition): QemuDefinition {
	if (definition.kind !== 'qemu') throw new TypeError(definition.kind);
	return definition;
}

/** A described guest as another host has it. */
export const alike = ({definition: {disks}}: Host, described: QemuDefinition): QemuDefinition => ({...described, disks});

export type Scene = {
	readonly definition: QemuDefinition;
	readonly from: Host;
	readonly to: Host;
	readonly source: SourceDomain;
	readonly target: TargetDomain;
	readonly disk: GuestDisk;
	readonly handle: GuestHandle;
};

/** A guest that runs on one host, and its empty counterpart on another; both ended with the test. */
export async function startScene(t: ExecutionContext, sharing: ImageOptions['sharing'] = 'mirror'): Promise<Scene> {
	const [from, to] = [makeHost(t, 'a', {sharing}), makeHost(t, 'b', {sharing})];
	const handle = await driver.create(from.definition, from.place, {paused: false});
	t.teardown(async () => driver.remove(handle, from.place));
	const definition = asQemu(await driver.describe(from.definition, handle, from.place));
	const source = await driver.openSource(definition, handle, from.place, {tracker: 'compare'});
	t.teardown(async () => source[Symbol.asyncDispose]());
	const target = await driver.createTarget(alike(to, definition), to.place);
	t.teardown(async () => target.destroy());
	const disk = await GuestDisk.open(from);
	t.teardown(() => disk[Symbol.dispose]());
	return {definition, from, to, source, target, disk, handle};
}

/** Begins to mirror over channels without a network, the last of which is told. */
export async function mirror({source, target}: Pick<Scene, 'source' | 'target'>): Promise<{mirrors: DiskMirrors; last: ChannelPair}> {
	let last = channelPair();
	const mirrors = await source.disks?.startMirrors(async node => {
		last = channelPair();
		target.disks?.serve(node, last.far, never).catch(() => undefined);
		return Promise.resolve(last.near);
	}, never);
	if (mirrors === undefined) throw new TypeError('a source without disks of its own');
	return {mirrors, last};
}
