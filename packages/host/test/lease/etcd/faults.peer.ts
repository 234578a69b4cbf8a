import {setTimeout as sleep} from 'node:timers/promises';
import {FaultProxy} from '@sterna/test-network';
import type {EtcdServer} from '@sterna/test-etcd';
import {OperationError} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system';
import test, {type ExecutionContext} from 'ava';
import type {Lease, LeaseStore} from '../../../src/lease/lease-store.ts';
import {claimOf, never, openStore, startEtcd, TTL_MS} from '../../helpers/etcd.ts';

const {uuid} = claimOf('', 0);
/** Long enough for a busy machine. */
const CALL_TIMEOUT_MS = 1000;

/** Renews a lease as a daemon does until it is lost, or its deadline has passed unrenewed. Resolves with the moment up to which it was relied on. */
async function holdAsLongAsPossible(lease: Lease): Promise<bigint> {
	let until = lease.untilBootNs;
	while (bootTimeNs() < until) {
		const patience = AbortSignal.timeout(Math.ceil(TTL_MS / 3));
		await lease.renew(patience).catch(() => undefined);
		if (lease.untilBootNs === 0n) break;
		until = lease.untilBootNs;
		await sleep(100);
	}

	return until;
}

/** Asks, as a standby does, until it has the lease. */
async function takeOver(store: LeaseStore): Promise<{readonly lease: Lease; readonly givenBootNs: bigint}> {
	for (;;) {
		const lease = await store.acquire(claimOf('host-b', 2), never).catch(() => undefined);
		if (lease !== undefined) return {lease, givenBootNs: bootTimeNs()};
		await sleep(50);
	}
}

/** A relay before the server, for one of the hosts. */
async function relayTo(t: ExecutionContext, server: EtcdServer): Promise<{readonly proxy: FaultProxy; readonly url: string}> {
	const proxy = await FaultProxy.listen({listenHost: '127.0.0.2', targetHost: '127.0.0.1', ports: [server.clientPort]});
	t.teardown(async () => proxy[Symbol.asyncDispose]());
	return {proxy, url: `http://127.0.0.2:${server.clientPort}`};
}

/**
 * host-a holds the lease through a relay and renews it, host-b asks for it all the time; `fault` is what happens to host-a. Asserts that host-a has ceased to rely on
 * its lease before host-b was given it.
 */
async function assertHandedOn(t: ExecutionContext, fault: (proxy: FaultProxy) => void): Promise<void> {
	const {server} = await startEtcd(t);
	const {proxy, url} = await relayTo(t, server);
	const [a, b] = [openStore(t, [url], {callTimeoutMs: CALL_TIMEOUT_MS}), openStore(t, [server.url])];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	const held = holdAsLongAsPossible(lease);
	const taken = takeOver(b);
	await sleep(TTL_MS);
	t.true(lease.untilBootNs > bootTimeNs(), 'renewed beyond its first term');
	fault(proxy);
	const until = await held;
	const {givenBootNs} = await taken;
	t.true(givenBootNs > until, `host-b was given it ${(Number(givenBootNs - until) / 1e6).toFixed(0)} ms behind host-a's last moment`);
	t.log(`${(Number(givenBootNs - until) / 1e6).toFixed(0)} ms between the two`);
	proxy.heal();
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_LOST'});
	t.deepEqual((await b.look(uuid, never)).owner, {host: 'host-b', incarnation: 2});
}

test.serial('a holder that is cut off ceases to rely on its lease before another one gets it', async t => {
	await assertHandedOn(t, proxy => proxy.down('reset'));
});

test.serial('a holder whose words vanish ceases to rely on its lease before another one gets it', async t => {
	await assertHandedOn(t, proxy => proxy.down('silent'));
});

test.serial('a holder whose renewals arrive and whose answers take longer than it waits relies on none of them', async t => {
	const {server} = await startEtcd(t);
	const {proxy, url} = await relayTo(t, server);
	const a = openStore(t, [url], {callTimeoutMs: CALL_TIMEOUT_MS});
	const lease = await a.acquire(claimOf('host-a', 1), never);
	const {untilBootNs} = lease;
	proxy.delay(CALL_TIMEOUT_MS);
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_STORE'});
	t.is(lease.untilBootNs, untilBootNs);
	proxy.heal();
	await lease.renew(never);
	t.true(lease.untilBootNs > untilBootNs);
});

test.serial('a slow etcd renews a lease from when it was asked, not from when it answered', async t => {
	const {server} = await startEtcd(t);
	const {proxy, url} = await relayTo(t, server);
	const a = openStore(t, [url]);
	const lease = await a.acquire(claimOf('host-a', 1), never);
	proxy.delay(150);
	const asked = bootTimeNs();
	await lease.renew(never);
	// Two round trips of 300 ms, of which none adds to the term.
	t.true(bootTimeNs() - asked > 500_000_000n);
	t.true(lease.untilBootNs < bootTimeNs() + BigInt(TTL_MS - 250 - 500) * 1_000_000n);
});

test.serial('an etcd that is killed and started again knows who has the lease', async t => {
	const {server} = await startEtcd(t);
	const [a, b] = [openStore(t, [server.url]), openStore(t, [server.url])];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	await server.kill();
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_STORE'});
	await t.throwsAsync(b.look(uuid, never), {code: 'ERR_LEASE_STORE'});
	server.restart();
	await server.ready();
	// Its terms begin anew with it.
	await t.throwsAsync(b.acquire(claimOf('host-b', 2), never), {code: 'ERR_LEASE_HELD'});
	await lease.renew(never);
	t.true(lease.untilBootNs > bootTimeNs());
});

test.serial('while etcd is frozen nobody gets the lease, and its holder ceases to rely on it', async t => {
	const {server} = await startEtcd(t);
	const options = {callTimeoutMs: CALL_TIMEOUT_MS};
	const [a, b] = [openStore(t, [server.url], options), openStore(t, [server.url], options)];
	const lease = await a.acquire(claimOf('host-a', 1), never);
	server.freeze();
	const until = await holdAsLongAsPossible(lease);
	t.is(until, lease.untilBootNs, 'it was not renewed');
	await t.throwsAsync(b.acquire(claimOf('host-b', 2), never), {code: 'ERR_LEASE_STORE'});
	server.thaw();
	const {lease: next, givenBootNs} = await takeOver(b);
	t.true(givenBootNs > until);
	await next[Symbol.asyncDispose]();
	await t.throwsAsync(a.acquire(claimOf('host-a', 1), never), {code: 'ERR_LEASE_HELD'});
});

test.serial('of several endpoints any will do, and one that does not answer costs its time alone', async t => {
	const {servers} = await startEtcd(t, {size: 3});
	const a = openStore(
		t,
		servers.map(({url}) => url),
		{callTimeoutMs: 3000},
	);
	const lease = await a.acquire(claimOf('host-a', 1, {ttlMs: 30_000}), never);
	for (const server of servers) {
		server.freeze();
		const {untilBootNs} = lease;
		await lease.renew(never);
		t.true(lease.untilBootNs > untilBootNs);
		server.thaw();
		await server.ready();
	}
});

test.serial('a cluster whose leader is killed or frozen goes on giving, and keeping, leases; two of three dead ones give none', async t => {
	const cluster = await startEtcd(t, {size: 3});
	const options = {callTimeoutMs: 3000};
	const [a, b] = [openStore(t, cluster.urls, options), openStore(t, cluster.urls, options)];
	const lease = await a.acquire(claimOf('host-a', 1, {ttlMs: 20_000}), never);
	const frozen = await cluster.leader();
	frozen.freeze();
	await lease.renew(never);
	const killed = await cluster.leader();
	t.not(killed, frozen);
	frozen.thaw();
	await frozen.ready();
	await killed.kill();
	await cluster.leader();
	await lease.renew(never);
	await t.throwsAsync(b.acquire(claimOf('host-b', 2), never), {code: 'ERR_LEASE_HELD'});
	await frozen.kill();
	await t.throwsAsync(lease.renew(never), {code: 'ERR_LEASE_STORE'});
});

test.serial('a leader that stood still for longer than a term takes the lease from nobody when it is back', async t => {
	const cluster = await startEtcd(t, {size: 3});
	const ttlMs = 4000;
	const a = openStore(t, cluster.urls, {callTimeoutMs: CALL_TIMEOUT_MS});
	const lease = await a.acquire(claimOf('host-a', 1, {ttlMs}), never);
	const keepFor = async (durationMs: number): Promise<void> => {
		const endBootNs = bootTimeNs() + BigInt(durationMs) * 1_000_000n;
		while (bootTimeNs() < endBootNs) {
			// No answer may mean an election; a lease that is lost fails the test.
			await lease.renew(never).catch((error: unknown) => {
				if (!(error instanceof OperationError && error.code === 'ERR_LEASE_STORE')) throw error;
			});
			await sleep(200);
		}
	};
	const leader = await cluster.leader();
	leader.freeze();
	await keepFor(ttlMs * 1.5);
	leader.thaw();
	await keepFor(ttlMs);
	await lease.renew(never);
	t.deepEqual(await a.look(uuid, never), {owner: {host: 'host-a', incarnation: 1}, isHeld: true});
});
