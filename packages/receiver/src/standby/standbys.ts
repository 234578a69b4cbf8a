import type {OperationError} from '@sterna/protocol';
import type {ProtectionStatus} from '@sterna/protocol/control';
import type {Standby} from './standby.ts';

/** How many standbys that are over `status` still shows. */
const REMEMBERED = 20;

/** The standbys of this host. Those that are over stay for a while, for their status. */
export class Standbys {
	readonly #all = new Set<Standby>();
	readonly #ended: ProtectionStatus[] = [];

	/** Owned from here. */
	add(standby: Standby): void {
		this.#all.add(standby);
		void standby.over.then(() => this.#end(standby));
	}

	get(id: string): Standby | undefined {
		return [...this.#all].find(standby => standby.id === id);
	}

	/** Of this domain, by name, uuid, or the id of its protection. */
	find(name: string): Standby | undefined {
		return [...this.#all].find(({id, domain, uuid}) => id === name || domain === name || uuid === name);
	}

	/** Of one domain, or of all where the name is empty; the newest first. */
	statuses(name = ''): ProtectionStatus[] {
		const all = [...[...this.#all].map(standby => standby.status()).toReversed(), ...this.#ended];
		return name === '' ? all : all.filter(({id, domain}) => id === name || domain === name);
	}

	async stop(reason: (standby: Standby) => OperationError): Promise<void> {
		await Promise.all([...this.#all].map(async standby => standby.stop(reason(standby))));
	}

	#end(standby: Standby): void {
		this.#all.delete(standby);
		this.#ended.unshift(standby.status());
		this.#ended.length = Math.min(this.#ended.length, REMEMBERED);
	}
}
