import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {killProcess} from '@sterna/domain/processes';
import {GuestGuard} from '../../src/guard/guest-guard.ts';
import type {Lease} from '../../src/lease/lease-store.ts';
import {startBusyGuest} from '../helpers/busy-guest.ts';
import {claimOf, never, openStore, startEtcd} from '../helpers/etcd.ts';

test.serial('a guest whose daemon renews its lease no more has taken its last step before a standby gets the lease', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	const guest = await startBusyGuest(t);
	const lease = await a.acquire(claimOf('host-a', 1), never);
	using guard = await GuestGuard.open({
		guest: guest.id,
		file: guest.guardFile,
		known: undefined,
		untilBootNs: lease.untilBootNs,
		side: 'sender',
	});
	const id = await guard.watch();
	t.teardown(async () => killProcess(id, 10_000));
	for (let renewal = 0; renewal < 5; renewal++) {
		await lease.renew(never);
		guard.extend(lease.untilBootNs);
		await sleep(300);
	}

	await guest.running();
	let next: Lease | undefined;
	while (next === undefined) next = await b.acquire(claimOf('host-b', 2), never).catch(() => undefined);
	const steps = guest.steps();
	t.true(guard.isGuestStopped);
	t.true((guard.stoppedAtBootNs ?? 0n) >= lease.untilBootNs, 'and not before it had to');
	await sleep(100);
	t.is(guest.steps(), steps);
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST'});
	guard.extend(lease.untilBootNs);
	t.is(guest.steps(), steps);
	await next[Symbol.asyncDispose]();
});
