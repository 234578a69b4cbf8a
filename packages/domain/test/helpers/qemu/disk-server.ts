import {ftruncateSync, closeSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {DiskServerClient} from '../../../src/drivers/qemu/disks/server/disk-server-client.ts';
import {endDiskServer, spawnDiskServer} from '../../../src/drivers/qemu/disks/server/spawn-disk-server.ts';
import {temporaryDirectory} from '../workshop.ts';

const MIB = 2 ** 20;

export type DiskServer = {readonly nbd: string; readonly control: string; readonly images: readonly string[]; readonly log: string};

/** A raw image of holes but for what it begins with. */
export function makeImage(file: string, bytes: number, content = ''): void {
	const fd = openSync(file, 'wx+');
	ftruncateSync(fd, bytes);
	writeSync(fd, content, 0);
	closeSync(fd);
}

/** A server of new images, `d0` and on, ended with the test. */
export async function startDiskServer(
	t: ExecutionContext,
	{sizes = [4 * MIB], limit = 64 * MIB}: {readonly sizes?: readonly number[]; readonly limit?: number} = {},
): Promise<DiskServer> {
	const directory = temporaryDirectory(t);
	const images = sizes.map((_, index) => join(directory, `d${index}.raw`));
	for (const [index, file] of images.entries()) makeImage(file, sizes[index] ?? 0, `disk ${index}`);
	const [nbd, control, log] = [join(directory, 'nbd'), join(directory, 'control'), join(directory, 'log')];
	await spawnDiskServer(
		{
			name: 'vm1',
			nbdSocket: nbd,
			controlSocket: control,
			disks: images.map((file, index) => ({node: `d${index}`, file})),
			logLimitBytes: limit,
		},
		{log},
	);
	t.teardown(async () => endDiskServer(control));
	return {nbd, control, images, log};
}

/** A daemon's connection to the first disk, ended with the test. */
export async function connectTo(t: ExecutionContext, {control}: DiskServer, node = 'd0'): Promise<DiskServerClient> {
	const client = await DiskServerClient.connect(control, node);
	t.teardown(() => client[Symbol.dispose]());
	return client;
}
