import test from 'ava';
import type {QemuDefinition} from '@sterna/domain';
import {checkpointObstacles} from '../../../../src/drivers/qemu/checkpoints/obstacles.ts';
import type {Likeness} from '../../../../src/drivers/qemu/likeness/likeness.ts';
import {qemuDefinition} from '../../../helpers/qemu-definition.ts';

const LIKENESS: Likeness = {
	version: '7.2.22',
	package: '',
	machine: 'pc-q35-7.2-machine',
	memoryBytes: 128 * 2 ** 20,
	cpu: {type: 'qemu64-x86_64-cpu', count: 1, features: '0'.repeat(64)},
	devices: [],
	networkCards: [],
	ramBlocks: [
		{name: 'pc.bios', bytes: 262_144},
		{name: 'ram', bytes: 128 * 2 ** 20},
	],
	files: [],
};

function disk(node: string, sharing: QemuDefinition['disks'][number]['sharing']): QemuDefinition['disks'][number] {
	return {node, path: `/images/${node}`, format: 'raw', sharing, direct: false};
}

test('nothing stands against a standby of a guest with memory, networks and disks that nobody writes, or that have a standby of their own', t => {
	const definition = qemuDefinition({
		likeness: LIKENESS,
		disks: [disk('d0', 'read-only'), disk('d1', 'replicated')],
		networks: [{netdev: 'net0', network: 'lab'}],
	});
	t.deepEqual(checkpointObstacles(definition), []);
});

test('each disk that the standby would find behind the last checkpoint stands against it, with what cures it', t => {
	const definition = qemuDefinition({likeness: LIKENESS, disks: [disk('d0', 'shared'), disk('d1', 'read-only'), disk('d2', 'mirror')]});
	const obstacles = checkpointObstacles(definition);
	t.is(obstacles.length, 2);
	t.regex(obstacles[0] ?? '', /disk d0 is shared.*cure: .*replicated/);
	t.regex(obstacles[1] ?? '', /disk d2 is mirrored.*cure: .*replicated/);
});

test('memory that nobody tracks stands against it', t => {
	const ramBlocks = [...LIKENESS.ramBlocks, {name: '0000:00:01.0/vga.vram', bytes: 2 ** 24}];
	const obstacles = checkpointObstacles(qemuDefinition({vga: 'std', likeness: {...LIKENESS, ramBlocks}}));
	t.is(obstacles.length, 1);
	t.regex(obstacles[0] ?? '', /vga\.vram.*cure: .*vga = "none"/);
});

test('of a guest that is not described nothing can be said', t => {
	t.throws(() => checkpointObstacles(qemuDefinition()), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'});
});
