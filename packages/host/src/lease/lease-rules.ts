import type {LeaseClaim} from './lease-store.ts';

/** Who has, or had, a domain: a host, and the incarnation that the guest runs with there. */
export type Holder = {readonly host: string; readonly incarnation: number};

/** What a store has of a domain at one moment. */
export type Holders = {
	/** Whom the domain belongs to; stays when the lease runs out. */
	readonly owner: Holder | undefined;
	/** Whose lease has not run out. */
	readonly lease: Holder | undefined;
};

/**
 * Why a claim is refused; undefined where it is not. A lease that the claimant itself has, and a domain that it owns with this very incarnation, are no obstacle: a restarted
 * daemon takes up what it had.
 */
export function refusalOf({owner, lease}: Holders, {host, incarnation}: Pick<LeaseClaim, 'host' | 'incarnation'>): string | undefined {
	if (lease !== undefined && !isSame(lease, {host, incarnation})) return `${describe(lease)} holds its lease`;
	if (owner === undefined || owner.incarnation < incarnation || isSame(owner, {host, incarnation})) return undefined;
	return `${describe(owner)} owns it, and a claim of incarnation ${incarnation} does not follow that`;
}

export function isSame(a: Holder, b: Holder): boolean {
	return a.host === b.host && a.incarnation === b.incarnation;
}

/** As messages name it. */
export function describe({host, incarnation}: Holder): string {
	return `${host} (incarnation ${incarnation})`;
}
