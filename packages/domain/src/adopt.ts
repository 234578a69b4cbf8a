import type {DomainDefinition} from './definition.ts';
import type {GuestHandle} from './driver.ts';

/** A running guest that somebody else has started. */
export type AdoptRequest = {
	readonly name: string;
	/** Taken where the guest has no uuid of its own. */
	readonly uuid: string;
	/** Its monitor: a Unix socket. */
	readonly monitorSocket: string;
	/** Which of the hosts' networks each of its network backends is on, by the backend's id. */
	readonly networks: Readonly<Record<string, string>>;
	/** How each disk gets to the other host, by the id of its block node or drive; `shared` where nothing is said. */
	readonly disks: Readonly<Record<string, 'shared' | 'mirror' | 'read-only'>>;
};

export type Adopted = {
	readonly definition: DomainDefinition;
	readonly handle: GuestHandle;
	readonly paused: boolean;
	/** What will be different on another host, one sentence each. */
	readonly notes: readonly string[];
};
