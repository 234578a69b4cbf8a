import type {ExecutionContext} from 'ava';
import {EtcdCluster, type EtcdClusterOptions} from '@sterna/test-etcd';
import {EtcdLeaseStore, type EtcdLeaseStoreOptions} from '../../src/lease/etcd/etcd-lease-store.ts';
import type {LeaseClaim} from '../../src/lease/lease-store.ts';

/** The shortest that a configuration may say, and that etcd's elections allow. */
export const TTL_MS = 2000;

/** A signal that never comes. */
export const never = new AbortController().signal;

export const claimOf = (host: string, incarnation: number, more: Partial<LeaseClaim> = {}): LeaseClaim => ({
	uuid: '11111111-2222-4333-8444-555555555555',
	host,
	incarnation,
	ttlMs: TTL_MS,
	...more,
});

/** Gone when the test ends. */
export async function startEtcd(t: ExecutionContext, options?: EtcdClusterOptions): Promise<EtcdCluster> {
	const cluster = await EtcdCluster.start(options);
	t.teardown(async () => cluster[Symbol.asyncDispose]());
	return cluster;
}

/** A store of one of several hosts. Closed when the test ends. */
export function openStore(t: ExecutionContext, endpoints: readonly string[], options: Partial<EtcdLeaseStoreOptions> = {}): EtcdLeaseStore {
	const store = new EtcdLeaseStore({
		endpoints,
		prefix: 'sterna/',
		readTls: () => ({ca: undefined, client: undefined}),
		readCredentials: () => undefined,
		callTimeoutMs: 5000,
		side: 'sender',
		...options,
	});
	t.teardown(async () => store[Symbol.asyncDispose]());
	return store;
}
