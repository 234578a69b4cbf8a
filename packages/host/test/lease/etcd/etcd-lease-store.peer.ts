import {setTimeout as sleep} from 'node:timers/promises';
import {bootTimeNs} from '@sterna/system';
import test from 'ava';
import type {LeaseStore} from '../../../src/lease/lease-store.ts';
import {claimOf, never, openStore, startEtcd, TTL_MS} from '../../helpers/etcd.ts';

const {uuid} = claimOf('', 0);

/** Asks until the lease is given. */
async function acquireAtLast(store: LeaseStore, host: string, incarnation: number) {
	for (;;) {
		try {
			return await store.acquire(claimOf(host, incarnation), never);
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'ERR_LEASE_HELD')) throw error;
			await sleep(20);
		}
	}
}

test('a lease is relied on for less than its term, counted from before it was asked for', async t => {
	const store = openStore(t, (await startEtcd(t)).urls);
	const beforeNs = bootTimeNs();
	await using lease = await store.acquire(claimOf('host-a', 1), never);
	const first = lease.untilBootNs;
	t.true(first > beforeNs && first <= bootTimeNs() + BigInt(TTL_MS - 250) * 1_000_000n);
	t.deepEqual(await store.look(uuid, never), {owner: {host: 'host-a', incarnation: 1}, isHeld: true});
	await lease.renew(never);
	t.true(lease.untilBootNs > first);
});

test('while a lease is renewed nobody else gets it, for longer than its term', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	await using lease = await a.acquire(claimOf('host-a', 1), never);
	const endNs = bootTimeNs() + 3n * BigInt(TTL_MS) * 1_000_000n;
	while (bootTimeNs() < endNs) {
		await lease.renew(never);
		await t.throwsAsync(b.acquire(claimOf('host-b', 2), never), {
			code: 'ERR_LEASE_HELD',
			message: `host-b does not get the lease of ${uuid}: host-a (incarnation 1) holds its lease`,
		});
		await sleep(TTL_MS / 4);
	}
});

test('a lease that is not renewed goes to the next incarnation, behind the moment up to which it was relied on', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	await using next = await acquireAtLast(b, 'host-b', 2);
	t.true(bootTimeNs() > lease.untilBootNs);
	const {untilBootNs} = lease;
	await t.throwsAsync(lease.renew(never), {
		code: 'ERR_LEASE_LOST',
		message: `the lease of ${uuid} is lost: host-b (incarnation 2) owns it now`,
	});
	t.true(lease.untilBootNs < untilBootNs);
	await t.throwsAsync(a.acquire(claimOf('host-a', 1), never), {code: 'ERR_LEASE_HELD'});
	await next.renew(never);
});

test('a lease that ran out is lost, and its owner takes it up again where nobody has it', async t => {
	const {urls} = await startEtcd(t);
	const store = openStore(t, urls);
	const lease = await store.acquire(claimOf('host-a', 1), never);
	while ((await store.look(uuid, never)).isHeld) await sleep(50);
	t.true(bootTimeNs() > lease.untilBootNs);
	t.deepEqual(await store.look(uuid, never), {owner: {host: 'host-a', incarnation: 1}, isHeld: false});
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST', message: `the lease of ${uuid} is lost: it ran out`});
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST'}, 'once and for all');
	await using again = await store.acquire(claimOf('host-a', 1), never);
	t.true(again.untilBootNs > bootTimeNs());
});

test('a restarted daemon takes up its own lease, and what was before it has lost it', async t => {
	const {urls} = await startEtcd(t);
	const [before, after] = [openStore(t, urls), openStore(t, urls)];
	const old = await before.acquire(claimOf('host-a', 1), never);
	await using lease = await after.acquire(claimOf('host-a', 1), never);
	await t.throwsAsync(old.renew(never), {code: 'ERR_LEASE_LOST', message: /another process of this host/});
	await old[Symbol.asyncDispose]();
	await lease.renew(never);
	t.true((await after.look(uuid, never)).isHeld, 'the old one let go of nothing');
});

test('a lease that is let go of is free at once, and its owner stays who it was', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	await lease[Symbol.asyncDispose]();
	t.is(lease.untilBootNs, 0n);
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST'});
	t.deepEqual(await a.look(uuid, never), {owner: {host: 'host-a', incarnation: 1}, isHeld: false});
	await t.throwsAsync(b.acquire(claimOf('host-b', 1), never), {code: 'ERR_LEASE_HELD'});
	await using next = await b.acquire(claimOf('host-b', 2), never);
	t.is(next.claim.host, 'host-b');
});

test('a domain that is kept for good goes to no standby, and its owner may be given a lease of it again', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	await t.throwsAsync(lease.keepForGood(1, never), {instanceOf: RangeError});
	await lease.keepForGood(2, never);
	t.deepEqual(await b.look(uuid, never), {owner: {host: 'host-a', incarnation: 2}, isHeld: false});
	await t.throwsAsync(b.acquire(claimOf('host-b', 2), never), {code: 'ERR_LEASE_HELD'});
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST'});
	await lease[Symbol.asyncDispose]();
	await using again = await a.acquire(claimOf('host-a', 2), never);
	await t.throwsAsync(b.acquire(claimOf('host-b', 3), never), {code: 'ERR_LEASE_HELD'});
	t.is(again.claim.incarnation, 2);
});

test('a domain that a standby has taken is not kept, and one whose lease ran out is', async t => {
	const {urls} = await startEtcd(t);
	const [a, b] = [openStore(t, urls), openStore(t, urls)];
	const taken = await a.acquire(claimOf('host-a', 1), never);
	const ranOut = await a.acquire(claimOf('host-a', 1, {uuid: 'other'}), never);
	await using next = await acquireAtLast(b, 'host-b', 2);
	await t.throwsAsync(taken.keepForGood(2, never), {code: 'ERR_LEASE_LOST'});
	while ((await a.look('other', never)).isHeld) await sleep(50);
	await ranOut.keepForGood(2, never);
	await t.throwsAsync(b.acquire(claimOf('host-b', 2, {uuid: 'other'}), never), {code: 'ERR_LEASE_HELD'});
	t.is(next.claim.host, 'host-b');
});

test('what somebody else has written is refused and stays', async t => {
	const {server} = await startEtcd(t);
	const store = openStore(t, [server.url]);
	const base64 = (text: string): string => Buffer.from(text).toString('base64');
	const ask = async (path: string, body: object): Promise<string> =>
		(await fetch(`${server.url}/v3/kv/${path}`, {method: 'POST', body: JSON.stringify(body)})).text();
	for (const value of ['host-b', '{"host":"host-b"}', '{"host":"host-b","incarnation":"1"}', '']) {
		const key = base64(`sterna/domains/${uuid}/owner`);
		await ask('put', {key, value: base64(value)});
		const told = {code: 'ERR_LEASE_STORE', message: /\/owner in etcd has a value that this version does not understand/};
		await t.throwsAsync(store.acquire(claimOf('host-a', 9), never), told);
		await t.throwsAsync(store.look(uuid, never), told);
		const found = await ask('range', {key});
		t.true(found.includes(value === '' ? '"version"' : `"value":"${base64(value)}"`), found);
	}
});

test('of two hosts that claim a domain at once, one gets it, 200 times', async t => {
	const {urls} = await startEtcd(t);
	const stores = [openStore(t, urls), openStore(t, urls)];
	const winners = new Map<string, number>();
	for (let round = 0; round < 200; round++) {
		const claims = ['host-a', 'host-b'].map(host => claimOf(host, 1, {uuid: `race-${round}`}));
		const results = await Promise.allSettled(claims.map(async (claim, index) => stores[index]?.acquire(claim, never)));
		const given = results.flatMap(result => (result.status === 'fulfilled' && result.value !== undefined ? [result.value] : []));
		const refused = results.flatMap(result => (result.status === 'rejected' ? [result.reason as {code?: string}] : []));
		t.is(given.length, 1);
		t.deepEqual(
			refused.map(({code}) => code),
			['ERR_LEASE_HELD'],
		);
		for (const {claim} of given) winners.set(claim.host, (winners.get(claim.host) ?? 0) + 1);
	}

	t.log(`won: ${[...winners].map(([host, count]) => `${host} ${count}`).join(', ')}`);
});
