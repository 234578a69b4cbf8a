import test from 'ava';
import {type GoldenName, moveGolden} from '../src/goldens.ts';
import {listDomains, startScene} from './helpers/scene.ts';

// One of each kind that a real Xen wrote: a plain one of a PV guest, and a checkpointed one that breaks off. All of them: `xen-images.peer.ts`.
const SMALL_GOLDENS: readonly GoldenName[] = ['pv-save-c.xl', 'pvh-remus.stream'];

for (const name of SMALL_GOLDENS) {
	test.serial(`${name}: restored as an image, sent to another host and saved there, it has the same records and memory`, async t => {
		const {hostA, hostB} = await startScene(t);
		const {file, expected, found} = await moveGolden(name, hostA, hostB);
		t.deepEqual(found.memory, expected.memory);
		t.deepEqual(found.records, expected.records);
		const {status, stdout, stderr} = await hostB.ctl(['stream', 'verify', file]);
		t.is(status, 0, stdout + stderr);
		t.deepEqual([await listDomains(hostA), await listDomains(hostB)], [[], []]);
	});
}
