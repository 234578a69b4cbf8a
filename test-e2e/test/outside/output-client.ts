import test from 'ava';
import {freePorts} from '@sterna/test-network';
import {knownOutput, unknownLines} from '../../src/outside/known-output.ts';
import {OutputClient} from '../../src/outside/output-client.ts';
import {createGuest, DOMAIN, startScene} from '../helpers/scene.ts';
import {mustMigrate} from '../helpers/start.ts';

test.serial('an outside client finds a guest wherever it runs, and sees one guest that forgets nothing', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	const [port = 0] = await freePorts(1);
	await createGuest(hostA, {memory: '64MiB', rate: '100MB/s', udpPort: port});
	const addresses = lab.hosts.map(({guestAddress}) => guestAddress);
	await using client = await OutputClient.start({addresses, port, requestsPerSecond: 200});
	await client.answered(hostA.guestAddress);
	await mustMigrate(t, hostA, hostB);
	await client.answered(hostB.guestAddress);
	await mustMigrate(t, hostB, hostA);
	await client.answered(hostA.guestAddress);
	await client.stop();
	const output = lab.guestOutput(DOMAIN);
	const known = await knownOutput(hostA, DOMAIN);
	t.deepEqual(client.faults(known), []);
	t.deepEqual(unknownLines(output, known), []);
	t.deepEqual(output.repeated, []);
	t.deepEqual(output.missing, []);
	const {stretches, missing, requests, replies, latency} = client.summary();
	t.deepEqual(
		stretches.map(({address}) => address),
		[hostA.guestAddress, hostB.guestAddress, hostA.guestAddress],
	);
	t.deepEqual(missing, []);
	t.true(replies > 0 && replies <= requests);
	t.is(latency.count, replies);
	t.like(client.replies.at(-1), {serial: known.serial, digest: known.digest});
});
