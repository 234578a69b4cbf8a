import {setImmediate as nextTurn} from 'node:timers/promises';
import type {TargetDomain} from '@sterna/domain';
import {orAborted, type Logger} from '@sterna/host';
import type {TargetJournal} from './target-handover.ts';

/** What is done for the handover ahead of it, while the guest runs at its source: nothing of it has to be done, and nobody waits for it. */
export class Ahead {
	readonly #target: TargetDomain;
	readonly #journal: TargetJournal;
	readonly #log: Logger;
	/** Fires when the stream is whole, or never will be. */
	readonly #end = new AbortController();
	#warming = false;
	#prepared: Promise<void> | undefined;

	constructor(target: TargetDomain, journal: TargetJournal, log: Logger) {
		this.#target = target;
		this.#journal = journal;
		this.#log = log;
	}

	/** Begins with the slow half of the journal's next steps, once. */
	prepareJournal(): void {
		this.#prepared ??= this.#journal.prepare().catch((error: unknown) => {
			this.#log.warn({error}, 'the journal could not be prepared: the handover will write all of it');
		});
	}

	/** Resolves when nothing of the journal is under way any more. */
	async journalPrepared(): Promise<void> {
		await this.#prepared;
	}

	/** The first pass is in: fills the guest's own page tables, once. */
	warm(): void {
		if (this.#warming) return;
		this.#warming = true;
		void this.#warm();
	}

	/** Nothing is begun any more, and nothing waited for: what is not done the guest does as it runs, and the downtime is not for it. */
	end(): void {
		this.#end.abort();
	}

	async #warm(): Promise<void> {
		const {signal} = this.#end;
		// The end of the stream may be the next event of the same report.
		await nextTurn();
		if (!signal.aborted) await orAborted(this.#target.warm(), signal).catch(() => undefined);
	}
}
