import type {EpochClock, Logger, RecordStore} from '@sterna/host';
import type {RecordFacts} from '@sterna/host/record';
import type {MigrationResult} from '@sterna/protocol/control';
import type {Migration} from '../migration.ts';
import {MigrationRecording} from './migration-recording.ts';

export type RecordingsDependencies = {
	readonly store: RecordStore;
	readonly clock: EpochClock;
	readonly log: Logger;
};

/** The recordings of this daemon's migrations and saves. What fails of them is in the log, and nowhere else. */
export class Recordings {
	readonly #dependencies: RecordingsDependencies;
	readonly #open = new Map<string, MigrationRecording>();
	readonly #closing = new Set<Promise<void>>();

	constructor(dependencies: RecordingsDependencies) {
		this.#dependencies = dependencies;
	}

	/** From here on what happens to the migration is recorded. */
	begin(migration: Migration, facts: Extract<RecordFacts, {kind: 'begin'}>): void {
		const {store, clock, log} = this.#dependencies;
		clock.follow();
		try {
			const recording = new MigrationRecording(store.open(migration.id), result => {
				const closing = this.#close(result).finally(() => this.#closing.delete(closing));
				this.#closing.add(closing);
			});
			recording.wrote(facts);
			migration.recording = recording;
			this.#open.set(migration.id, recording);
		} catch (error) {
			log.warn({error, migration: migration.id}, 'the migration is not recorded');
		}
	}

	/** The file that has a migration's recording, as far as it is written; undefined where there is none. */
	async file(id: string): Promise<string | undefined> {
		await this.#open.get(id)?.flush();
		return this.#dependencies.store.find(id);
	}

	/** Resolves when nothing of it waits to be written. */
	async idle(): Promise<void> {
		await Promise.all(this.#closing);
	}

	async #close({id, outcome}: MigrationResult): Promise<void> {
		const recording = this.#open.get(id);
		// The end of an undecided one is still to come.
		if (outcome !== 'undecided') this.#open.delete(id);
		await recording?.flush();
	}
}
