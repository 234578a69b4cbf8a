import {DomainError} from './domain-error.ts';
import type {DomainDefinition} from './definition.ts';
import type {GuestHandle} from './driver.ts';

/** A running guest that somebody else has started. */
export type AdoptRequest = {
	/** Of the domain; undefined: as the guest is called. */
	readonly name: string | undefined;
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
	/** The command that another host would start its counterpart with, were its directories and networks this host's; the program first. */
	readonly command: readonly string[];
};

/** A guest that cannot be taken over, with everything that stands against it. */
export class NotAdoptableError extends DomainError {
	/** That it cannot be migrated, without the reasons. */
	readonly summary: string;
	/** What keeps it from being migrated, a sentence each, with its cure. */
	readonly obstacles: readonly string[];

	constructor(what: string, obstacles: readonly string[]) {
		const summary = `${what} cannot be migrated, for ${obstacles.length === 1 ? 'one reason' : `${obstacles.length} reasons`}`;
		super('ERR_NOT_SUPPORTED', `${summary}: ${obstacles.join('; ')}`);
		this.summary = summary;
		this.obstacles = obstacles;
	}
}
