import {randomUUID} from 'node:crypto';
import type {QemuDefinition} from '@sterna/domain';
import {OperationError} from '@sterna/protocol';
import test from 'ava';
import {startReceiver} from './helpers/receiver.ts';
import {imageDefinition, TestSource} from './helpers/source.ts';

const PAGES = 64;

/** A guest that would be another program. */
const IMPOSTOR: QemuDefinition = {
	kind: 'qemu',
	name: 'image1',
	uuid: randomUUID(),
	memoryBytes: PAGES * 4096,
	pfnLimit: PAGES,
	binary: 'sh',
	machine: 'pc-q35-7.2',
	machineOptions: {},
	accelerator: 'tcg',
	cpu: 'qemu64',
	smp: {cpus: 1},
	memoryBackend: {kind: 'memfd', id: 'ram'},
	vga: 'none',
	nodefaults: true,
	serialPorts: 1,
	disks: [],
	networks: [],
	devices: [],
	globals: [],
};

test.serial('a guest that this host does not make is refused before anything of it is there, and its name is free', async t => {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, IMPOSTOR);
	await source.connect();
	const {prepared, ended} = source.prepare();
	const refused = await t.throwsAsync(prepared, {
		instanceOf: OperationError,
		code: 'ERR_TARGET_REFUSED',
		message: /^host-b refuses image1: /,
	});
	t.like(refused?.fault, {side: 'receiver', phase: 'prepare', runsOn: {kind: 'host', host: 'host-a'}});
	await t.throwsAsync(ended);
	t.is(await receiver.services.registry.get('image1'), undefined);

	const other = new TestSource(t, receiver, imageDefinition(PAGES));
	await other.connect();
	await t.notThrowsAsync(other.prepare().prepared);
});
