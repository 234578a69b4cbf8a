import type {OperationError} from '@sterna/protocol';
import type {StandbyLink} from './standby-link.ts';

/** The link of a standby at hand: one at a time. */
export class CurrentLink {
	#link: StandbyLink | undefined;
	/** Resolves when nothing comes over it any more. */
	#ended: Promise<void> = Promise.resolve();

	/** The one that is begun and has not ended. */
	get begun(): StandbyLink | undefined {
		return this.#link;
	}

	/** The same, once its data connection is there. */
	get open(): StandbyLink | undefined {
		return this.#link?.isOpen === true ? this.#link : undefined;
	}

	/** Ends the one before with this reason, and receives over a new one until it ends; settles as `StandbyLink.receive`. It stays the one at hand until `clear`. */
	async carry(link: StandbyLink, supersedes: OperationError): Promise<void> {
		await this.stop(supersedes);
		this.#link = link;
		const received = link.receive();
		this.#ended = received.catch(() => undefined);
		return received;
	}

	clear(link: StandbyLink): void {
		if (this.#link === link) this.#link = undefined;
	}

	/** As `StandbyLink.stop`; nothing to do without a link. */
	async stop(reason: OperationError, how: 'tell' | 'cut' = 'tell'): Promise<void> {
		await this.#link?.stop(reason, how);
		await this.#ended;
	}
}
