import type {ProtectionStatus} from '@sterna/protocol/control';
import type {ProtectedGuest} from './protected-guest.ts';

/** How many that are over `status` still shows. */
const REMEMBERED = 20;

/** The protected guests of this daemon. */
export class Protections {
	readonly #all = new Map<string, ProtectedGuest>();
	readonly #running = new Set<Promise<void>>();

	/** `run` never rejects. */
	add(guest: ProtectedGuest, run: Promise<void>): void {
		this.#all.delete(guest.protection.id);
		this.#all.set(guest.protection.id, guest);
		this.#running.add(run);
		void run.finally(() => this.#running.delete(run));
		for (const [id, {protection}] of this.#all) {
			if (this.#all.size <= REMEMBERED) return;
			if (protection.isOver) this.#all.delete(id);
		}
	}

	/** By id, by the beginning of an id, or by domain: the one that goes on first, else the latest. */
	find(name: string): ProtectedGuest | undefined {
		const exact = this.#all.get(name);
		if (exact) return exact;
		const latestFirst = [...this.#all.values()].toReversed();
		const matches = latestFirst.filter(({protection: {id, domain}}) => domain === name || (name.length >= 4 && id.startsWith(name)));
		return matches.find(({protection}) => !protection.isOver) ?? matches[0];
	}

	/** Most memory of the sender that the checkpoints of all of them take, in bytes. */
	get stagingBytes(): number {
		return [...this.#all.values()].reduce((sum, {stagingBytes}) => sum + stagingBytes, 0);
	}

	/** Everything that goes on or ended lately, oldest first. */
	statuses(): ProtectionStatus[] {
		return [...this.#all.values()].map(({protection}) => protection.status());
	}

	/** Resolves when the daemon has let go of all of them: they stop with it, and nothing else ends. */
	async idle(): Promise<void> {
		await Promise.all(this.#running);
	}
}
