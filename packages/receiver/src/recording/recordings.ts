import type {BeginFacts, EndFacts, RecordKeeper} from '@sterna/host';
import type {MigrationStatus} from '@sterna/protocol/control';
import {ArrivalRecording} from './arrival-recording.ts';

/** The recordings of what comes in to this daemon. What fails of them is in the log, and nowhere else. */
export class Recordings {
	readonly keeper: RecordKeeper;
	readonly #closing = new Set<Promise<void>>();

	constructor(keeper: RecordKeeper) {
		this.keeper = keeper;
	}

	/** From here on it is recorded. Undefined where it cannot be. `status`: how it stands, when it is asked. */
	begin(facts: BeginFacts, status: () => MigrationStatus): ArrivalRecording | undefined {
		const writer = this.keeper.begin(facts);
		return writer && new ArrivalRecording(writer, status, end => this.ended(facts.id, end));
	}

	/** It has ended so, and that was written. */
	ended(id: string, end: EndFacts): void {
		const closing = this.keeper.ended(id, end).finally(() => this.#closing.delete(closing));
		this.#closing.add(closing);
	}

	/** Resolves when nothing of it waits to be written. */
	async idle(): Promise<void> {
		await Promise.all(this.#closing);
	}
}
