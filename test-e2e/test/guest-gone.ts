import test from 'ava';
import {ProtectedGuest} from '../src/protection/protected-guest.ts';
import {assertReleasedOnce} from '../src/protection/released-lines.ts';
import {SMALL_GUEST} from '../src/small-guest.ts';
import {DOMAIN, startScene} from './helpers/scene.ts';

test.serial(
	'a guest that dies while it stands still for want of its standby is left to that, and its status says by which command',
	async t => {
		const {lab, hostA, hostB} = await startScene(t);
		const guest = await ProtectedGuest.create(lab, hostA, DOMAIN, SMALL_GUEST);
		await guest.protect(hostA, hostB, ['--interval', '40ms', '--on-standby-loss', 'pause'], 5);
		await hostB.kill('receiver');
		await guest.reached(hostA, 'that it stands still', ({phase}) => phase === 'paused');
		process.kill(await hostA.guestPid(DOMAIN), 'SIGKILL');
		const {phase, error} = await guest.reached(hostA, 'that the guest is gone', status => status.error?.code === 'ERR_GUEST_EXITED');
		t.is(phase, 'unprotected');
		t.regex(error?.next ?? '', /migrate-ctl failover dom1 # on host-b/);

		await hostB.daemon('receiver').start();
		t.like(await guest.failover(hostB), {planned: false, runsOn: 'host-b'});
		await guest.mustBeIntactOn(hostB);
		await guest.reached(hostA, 'that it is stale', status => status.phase === 'stale');
		assertReleasedOnce(lab.guestOutput(DOMAIN));
	},
);

test.serial('a guest that is gone, and is not wanted back, is unprotected and its standby with it', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	const guest = await ProtectedGuest.create(lab, hostA, DOMAIN, SMALL_GUEST);
	await guest.protect(hostA, hostB, ['--interval', '40ms'], 5);
	const pid = await hostA.guestPid(DOMAIN);
	await hostA.kill('sender');
	process.kill(pid, 'SIGKILL');
	await hostA.daemon('sender').start();
	await guest.reached(hostA, 'that the guest is gone', ({error}) => error?.code === 'ERR_GUEST_EXITED');
	// The one before it left that in the journal.
	await hostA.kill('sender');
	await hostA.daemon('sender').start();
	await guest.reached(hostA, 'that it is gone still', ({error}) => error?.code === 'ERR_GUEST_EXITED');
	await hostA.mustCtl(['unprotect', DOMAIN]);
	t.is((await hostB.ctl(['domain', 'show', DOMAIN])).status, 4);
});
