import test from 'ava';
import {GOLDENS, moveGolden} from '../src/goldens.ts';
import {xenVerify} from './helpers/peers.ts';
import {listDomains, startScene} from './helpers/scene.ts';

for (const name of GOLDENS) {
	test.serial(
		`${name}: restored as an image, sent to another host and saved there, it has the same records and memory, and Xen's verifier accepts it`,
		async t => {
			const {hostA, hostB} = await startScene(t);
			const {file, expected, found, downtimeMs} = await moveGolden(name, hostA, hostB);
			t.is(downtimeMs, null, 'what never runs has no downtime');
			t.deepEqual(found.memory, expected.memory);
			t.deepEqual(found.records, expected.records);
			t.is((await hostB.ctl(['stream', 'verify', file])).status, 0);
			const {status, output} = xenVerify(file);
			t.is(status, 0, output);
			t.deepEqual([await listDomains(hostA), await listDomains(hostB)], [[], []]);
		},
	);
}
