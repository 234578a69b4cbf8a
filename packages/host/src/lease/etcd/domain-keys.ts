import type {Side} from '@sterna/protocol';
import * as v from 'valibot';
import {hostError} from '../../host-error.ts';
import type {Holder, Holders} from '../lease-rules.ts';
import type {Found} from './messages.ts';

const HolderJson = v.object({
	host: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
	incarnation: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** Where a domain's owner and lease are in etcd. */
export type DomainKeys = {
	/** JSON of `Holder`; stays. */
	readonly owner: string;
	/** JSON of `Holder` and the session that holds it; goes with the lease of etcd's that it is attached to. */
	readonly lease: string;
};

/** `PREFIXdomains/UUID/owner` and `…/lease`. */
export function keysOf(prefix: string, uuid: string): DomainKeys {
	return {owner: `${prefix}domains/${uuid}/owner`, lease: `${prefix}domains/${uuid}/lease`};
}

/** Always the same text for the same holder: it is compared as a text. */
export function ownerValue({host, incarnation}: Holder): string {
	return JSON.stringify({host, incarnation});
}

/** `session`: unguessable, of one holding of the lease: it is told from one of the same host before it. */
export function leaseValue({host, incarnation}: Holder, session: string): string {
	return JSON.stringify({host, incarnation, session});
}

/** What the two keys have. Throws ERR_LEASE_STORE for what another version or program has written there: nothing of it is overwritten. */
export function holdersOf(
	keys: DomainKeys,
	found: {readonly owner: Found | undefined; readonly lease: Found | undefined},
	side: Side,
): Holders {
	return {owner: parseHolder(keys.owner, found.owner, side), lease: parseHolder(keys.lease, found.lease, side)};
}

function parseHolder(key: string, found: Found | undefined, side: Side): Holder | undefined {
	if (found === undefined) return undefined;
	let json: unknown;
	try {
		json = JSON.parse(found.value);
	} catch {
		// Undefined is no holder, either.
	}

	const result = v.safeParse(HolderJson, json);
	if (!result.success)
		throw hostError('ERR_LEASE_STORE', `the key ${key} in etcd has a value that this version does not understand`, {
			side,
			next: `etcdctl get ${key}`,
		});
	const {host, incarnation} = result.output;
	return {host, incarnation};
}
