import test from 'ava';
import path from 'node:path';
import {xenVerify} from './helpers/peers.ts';
import {createGuest, DOMAIN, startScene} from './helpers/scene.ts';
import {mustMigrate} from './helpers/start.ts';

test.serial("Xen's own verifier accepts a saved guest", async t => {
	const {hostA} = await startScene(t);
	await createGuest(hostA);
	const file = path.join(hostA.directory, 'dom1.xl');
	t.is((await hostA.ctl(['save', DOMAIN, file])).status, 0);
	const {status, output} = xenVerify(file);
	t.is(status, 0, output);
});

test.serial("Xen's own verifier accepts the tee of a live migration in Xen's records", async t => {
	const {hostA, hostB} = await startScene(t);
	await createGuest(hostA, {rate: '100MB/s'});
	const tee = path.join(hostA.directory, 'tee.xl');
	await mustMigrate(t, hostA, hostB, {args: ['--stream', 'xen', '--tee', tee]});
	const {status, output} = xenVerify(tee);
	t.is(status, 0, output);
});
