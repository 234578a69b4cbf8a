import test from 'ava';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {assertRunsIntact, createGuest, DOMAIN, startScene} from './helpers/scene.ts';
import {inspectStream} from '../src/stream-content.ts';
import {mustMigrate, runToEnd} from './helpers/start.ts';

test.serial("a live migration in exactly Xen's records: its tee is whole and right, and can be restored", async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const tee = path.join(hostA.directory, 'tee.xl');
	const {bytesSent} = await mustMigrate(t, hostA, hostB, {args: ['--stream', 'xen', '--tee', tee]});
	await assertRunsIntact(t, lab, hostB);
	const {status, stdout, stderr} = await hostA.ctl(['stream', 'verify', tee]);
	t.is(status, 0, stdout + stderr);
	// The stream on the wire begins with the libxl header or with the xl header that only the file needs.
	t.true(readFileSync(tee).length >= bytesSent, `${readFileSync(tee).length} bytes in the file, ${bytesSent} sent`);
	const restored = await runToEnd(hostA, ['restore', tee, '--name', 'twin', '--paused', '--json']);
	t.is(restored.status, 0, restored.text);
	t.is((await hostA.ctl(['domain', 'check', 'twin'])).status, 0, 'every page of the twin is of the moment of the pause');
});

test.serial(
	'what one Sterna says to another is a whole stream too, with nothing in it but standard records and our own optional ones',
	async t => {
		const {hostA, hostB} = await startScene(t);
		await createGuest(hostA);
		const tee = path.join(hostA.directory, 'tee.xl');
		await mustMigrate(t, hostA, hostB, {args: ['--tee', tee]});
		const {status, stdout, stderr} = await hostA.ctl(['stream', 'verify', '--allow-sterna', tee]);
		t.is(status, 0, stdout + stderr);
	},
);

test.serial('a guest that was saved, restored and saved again gives the same records and the same memory', async t => {
	const {hostA} = await startScene(t);
	await createGuest(hostA);
	const [first, second] = ['first.xl', 'second.xl'].map(name => path.join(hostA.directory, name)) as [string, string];
	t.is((await hostA.ctl(['save', DOMAIN, first])).status, 0);
	t.is((await hostA.ctl(['restore', first, '--paused'])).status, 0);
	t.is((await hostA.ctl(['save', DOMAIN, second])).status, 0);
	t.deepEqual(await inspectStream(hostA, second), await inspectStream(hostA, first));
});
