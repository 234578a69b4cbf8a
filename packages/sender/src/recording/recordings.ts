import type {BeginFacts, EndFacts, RecordKeeper} from '@sterna/host';
import type {Migration} from '../migration.ts';
import {MigrationRecording} from './migration-recording.ts';
import type {PeerRecords} from './peer-records.ts';

export type RecordingsDependencies = {readonly keeper: RecordKeeper; readonly peers: PeerRecords};

/** The recordings of this daemon's migrations and saves. What fails of them is in the log, and nowhere else. */
export class Recordings {
	readonly keeper: RecordKeeper;
	readonly #peers: PeerRecords;
	readonly #closing = new Set<Promise<void>>();

	constructor({keeper, peers}: RecordingsDependencies) {
		this.keeper = keeper;
		this.#peers = peers;
	}

	/** From here on what happens to the migration is recorded. */
	begin(migration: Migration, facts: BeginFacts): void {
		const recording = this.open(facts);
		if (recording !== undefined) migration.recording = recording;
	}

	/** The same of what is no migration of this daemon: of one that is ended for an earlier one. */
	open(facts: BeginFacts): MigrationRecording | undefined {
		const earlierMs = this.keeper.earlierMs(facts.id);
		const writer = this.keeper.begin(facts);
		if (writer === undefined) return undefined;
		const onEnd = (end: EndFacts): void => {
			const closing = this.#ended(facts, end).finally(() => this.#closing.delete(closing));
			this.#closing.add(closing);
		};
		return new MigrationRecording(writer, {earlierMs, onEnd});
	}

	/** Resolves when nothing of it waits to be written. */
	async idle(): Promise<void> {
		await Promise.all(this.#closing);
		await this.#peers.idle();
	}

	async #ended({id, peer}: BeginFacts, end: EndFacts): Promise<void> {
		await this.keeper.ended(id, end);
		// A save is of one side alone.
		if (peer !== '' && end.outcome !== 'undecided') this.#peers.fetch(id, peer);
	}
}
