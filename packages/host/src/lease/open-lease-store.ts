import {readFileSync} from 'node:fs';
import type {Side} from '@sterna/protocol';
import type {LeaseSettings} from '../config/lease-section.ts';
import {hostError} from '../host-error.ts';
import {EtcdLeaseStore} from './etcd/etcd-lease-store.ts';
import type {LeaseStore} from './lease-store.ts';
import {ManualLeaseStore} from './manual-lease-store.ts';

export type OpenLeaseStoreOptions = {
	readonly side: Side;
	/** Is given what reads certificates and password again (SIGHUP). */
	readonly onReload?: (reread: () => void) => void;
};

/** Of a lease's term: several endpoints are asked one after another within a third of it, in which a lease is renewed. */
const CALL_SHARE = 6;
const LEAST_CALL_MS = 300;

/** The store that a configuration names, which nothing is asked yet. Throws ERR_CONFIG for files that cannot be read. Whoever opens it disposes of it. */
export function openLeaseStore(settings: LeaseSettings, {side, onReload}: OpenLeaseStoreOptions): LeaseStore {
	if (settings.store === 'manual') return new ManualLeaseStore({side});
	const {endpoints, prefix, ttlMs, tls, login} = settings;
	const read = (key: string, file: string): string => {
		try {
			return readFileSync(file, 'utf8');
		} catch (error) {
			throw hostError('ERR_CONFIG', `the file of lease.${key}, ${file}, cannot be read`, {side, cause: error});
		}
	};
	const store = new EtcdLeaseStore({
		endpoints,
		prefix,
		callTimeoutMs: Math.max(LEAST_CALL_MS, Math.ceil(ttlMs / CALL_SHARE)),
		side,
		readTls: () => ({
			ca: tls.ca === undefined ? undefined : read('ca', tls.ca),
			client:
				tls.client === undefined ? undefined : {certificate: read('certificate', tls.client.certificate), key: read('key', tls.client.key)},
		}),
		readCredentials: () =>
			login === undefined ? undefined : {user: login.user, password: read('password-file', login.passwordFile).replace(/\r?\n$/, '')},
	});
	onReload?.(() => store.reload());
	return store;
}
