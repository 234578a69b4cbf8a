import test from 'ava';
import {CheckpointFile} from '../src/standby/checkpoint-file.ts';

const MIB = 1024 * 1024;

test('a copy of all disks is held back where they are small, together', t => {
	const checkpoints = new CheckpointFile({runDir: '/nowhere'});
	const holds = (...sizes: number[]): boolean =>
		checkpoints.holdsCopyOf({replicas: sizes.map((sizeBytes, index) => ({node: `disk${index}`, file: `/disk${index}`, sizeBytes}))});
	t.true(checkpoints.holdsCopyOf({}));
	t.true(holds(64 * MIB));
	t.true(holds(32 * MIB, 32 * MIB));
	t.false(holds(64 * MIB, 512));
});
