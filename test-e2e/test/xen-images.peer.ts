import test from 'ava';
import path from 'node:path';
import {unpackGolden, xenVerify} from './helpers/peers.ts';
import {startScene} from './helpers/scene.ts';
import {mustMigrate, runToEnd} from './helpers/start.ts';
import {inspectStream, type StreamContent} from './helpers/stream.ts';

/** Streams that a real Xen wrote; the last one breaks off after its fifth checkpoint. */
const GOLDENS = ['pv-save-c.xl', 'hvm-save-c.xl', 'pvh-remus.stream'] as const;

/** What a save of the last whole checkpoint holds: static records, then that checkpoint's, then the ends. */
function lastCheckpointOf({records, memory}: StreamContent): Pick<StreamContent, 'records' | 'memory'> {
	const isCheckpoint = (record: string): boolean => / CHECKPOINT(?:_END)? /.test(record);
	const checkpoints = records.map((record, index) => (record.startsWith('libxc CHECKPOINT ') ? index : -1)).filter(index => index !== -1);
	if (checkpoints.length === 0) return {records, memory};
	const firstTail = records.findIndex(record => record.startsWith('libxc X86_TSC_INFO '));
	const [previous = firstTail, last = firstTail] = checkpoints.slice(-2);
	const tail = records.slice(previous + 1, last).filter(record => !isCheckpoint(record));
	const end = (layer: string): string => records.find(record => record.startsWith(`${layer} END `)) ?? `${layer} END 0 ${EMPTY_SHA256}`;
	return {records: [...records.slice(0, firstTail), ...tail, end('libxc'), end('libxl')], memory};
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

for (const name of GOLDENS) {
	test.serial(
		`${name}: restored as an image, sent to another host and saved there, it has the same records and the same memory`,
		async t => {
			const {hostA, hostB} = await startScene(t);
			const golden = await unpackGolden(name, hostA.directory);
			const restored = await runToEnd(hostA, ['restore', golden, '--name', 'xen1', '--json']);
			t.is(restored.status, 0, restored.text);
			t.is((await hostA.showDomain('xen1')).state, 'image');
			const {downtimeMs} = await mustMigrate(t, hostA, hostB, {domain: 'xen1'});
			t.is(downtimeMs, null, 'what never runs has no downtime');
			t.is((await hostB.showDomain('xen1')).state, 'image');
			const file = path.join(hostB.directory, 'xen1.xl');
			const saved = await runToEnd(hostB, ['save', 'xen1', file, '--json']);
			t.is(saved.status, 0, saved.text);
			const [before, after] = [await inspectStream(hostA, golden), await inspectStream(hostB, file)];
			const expected = lastCheckpointOf(before);
			t.deepEqual(after.memory, expected.memory);
			// The xl header carries the name that the image has here.
			t.deepEqual(after.records.slice(1), expected.records.slice(1));
			const {status, output} = xenVerify(file);
			t.is(status, 0, output);
		},
	);
}
