import PQueue from 'p-queue';
import {operationError} from '@sterna/host';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {Migration, MigrationEnd} from './migration.ts';

/** How many ended operations `status` still shows. */
const REMEMBERED = 100;

/** The outgoing migrations and saves of this daemon: a bounded number runs at a time, the rest wait in order. */
export class Operations {
	readonly #queue: PQueue;
	readonly #all = new Map<string, Migration>();

	constructor({maxConcurrent}: {readonly maxConcurrent: number}) {
		this.#queue = new PQueue({concurrency: maxConcurrent});
	}

	/** Queues an operation. `run` never throws; it is not called for one that is aborted while it waits. `release` is called at the end in any case. */
	add(migration: Migration, {run, release, host}: {run: () => Promise<MigrationEnd>; release: () => void; host: string}): void {
		this.#remember(migration);
		migration.abortWith(error => {
			migration.end({outcome: 'aborted', runsOn: host, error});
		});
		void this.#queue
			.add(async () => {
				if (migration.result) return;
				// From here on it is `run` that ends it; what comes before it can be aborted is kept for it.
				migration.abortWith(() => undefined);
				migration.end(await run());
			})
			.catch((error: unknown) => {
				// A fault of ours: the operation must end all the same.
				const context = {side: 'sender', phase: 'request', runsOn: {kind: 'unknown'}, domain: migration.domain} as const;
				migration.end({outcome: 'failed', runsOn: '?', error: operationError('ERR_INTERNAL', String(error), context, {cause: error})});
			})
			.finally(release);
	}

	/** By id, by the beginning of an id, or by domain: the running one first, else the latest. */
	find(name: string): Migration | undefined {
		const exact = this.#all.get(name);
		if (exact) return exact;
		const latestFirst = [...this.#all.values()].toReversed();
		const matches = latestFirst.filter(({id, domain}) => domain === name || (name.length >= 4 && id.startsWith(name)));
		return matches.find(({result}) => !result) ?? matches[0];
	}

	/** Everything that runs or ended lately, oldest first. */
	statuses(): MigrationStatus[] {
		return [...this.#all.values()].map(migration => migration.status());
	}

	/** Operations that have not ended. */
	get running(): Migration[] {
		return [...this.#all.values()].filter(({result}) => !result);
	}

	/** Resolves when nothing runs or waits. */
	async idle(): Promise<void> {
		await this.#queue.onIdle();
	}

	#remember(migration: Migration): void {
		this.#all.set(migration.id, migration);
		for (const [id, {result}] of this.#all) {
			if (this.#all.size <= REMEMBERED) return;
			if (result) this.#all.delete(id);
		}
	}
}
