import {readdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import type {Side} from '@sterna/protocol';
import * as v from 'valibot';
import type {Directories} from './directories.ts';
import {MigrationId, MigrationOutcome} from './domain-record.ts';
import {discardStaged, stageDurably, type StagedNames, type StagedWrite, writeDurably} from './durable-file.ts';
import type {JournalWrite} from './faults/steps.ts';
import {fileError, hostError} from './host-error.ts';
import {CorruptFileError, readJsonFile} from './json-file.ts';

export type OutcomeStoreOptions = {
	readonly side: Side;
	/** How many are kept; the oldest go first. */
	readonly limit?: number;
};

/** Enough for a peer that was away for weeks; one is below a kilobyte. */
const DEFAULT_LIMIT = 4096;
const SUFFIX = '.json';

/** How migrations ended on this host, one file each. Written once; only the daemon that ran the migration writes it. */
export class OutcomeStore {
	readonly #directories: Directories;
	readonly #side: Side;
	readonly #limit: number;
	/** Files known to be there, or more where one was written twice; undefined until they were counted. */
	#count: number | undefined;

	constructor(directories: Directories, {side, limit = DEFAULT_LIMIT}: OutcomeStoreOptions) {
		this.#directories = directories;
		this.#side = side;
		this.#limit = limit;
	}

	/** Keeps an outcome, durably, and drops what was staged for it and the oldest beyond the limit. `write`: its name, for faults that were armed there. Rejects ERR_USAGE for an id that is none, ERR_DISK_FULL, ERR_FILE. */
	async put(outcome: MigrationOutcome, write?: JournalWrite): Promise<void> {
		const text = encode(outcome);
		const file = this.#file(outcome.id);
		try {
			writeDurably(file, text, write);
			discardStaged(file);
		} catch (error) {
			throw this.#cannotWrite(outcome, error);
		}

		this.#count = this.#count === undefined ? undefined : this.#count + 1;
		await this.#prune();
	}

	/** Does all of a `put` that can be done ahead of it, except for dropping the oldest, which the next `put` does. Rejects, and the commit throws, as `put` does. */
	async stage(outcome: MigrationOutcome, names?: StagedNames): Promise<StagedWrite> {
		const text = encode(outcome);
		const file = this.#file(outcome.id);
		try {
			const staged = await stageDurably(file, text, names);
			return {
				commit: () => {
					try {
						staged.commit();
					} catch (error) {
						throw this.#cannotWrite(outcome, error);
					}

					this.#count = this.#count === undefined ? undefined : this.#count + 1;
				},
				discard: staged.discard,
			};
		} catch (error) {
			throw this.#cannotWrite(outcome, error);
		}
	}

	/** How a migration ended here; undefined when it did not, or long ago. Rejects ERR_FILE for a file that cannot be read: an unknown outcome must not look like none. */
	async get(id: string): Promise<MigrationOutcome | undefined> {
		if (!v.is(MigrationId, id)) return undefined;
		try {
			const outcome = await readJsonFile(this.#file(id), MigrationOutcome);
			if (outcome !== undefined && outcome.id !== id) throw new CorruptFileError(this.#file(id), `it is the outcome of ${outcome.id}`);
			return outcome;
		} catch (error) {
			throw fileError(`the outcome of the migration ${id} cannot be read`, error, this.#side);
		}
	}

	/** Those that ended last, newest first, at most `limit`; what cannot be read is left out. */
	async latest(limit: number): Promise<readonly MigrationOutcome[]> {
		const files = await this.#byAge();
		const outcomes = await Promise.all(
			files
				.slice(-limit)
				.toReversed()
				.map(async ({file}) => readJsonFile(file, MigrationOutcome).catch(() => undefined)),
		);
		return outcomes.filter(outcome => outcome !== undefined);
	}

	#cannotWrite({id}: MigrationOutcome, error: unknown): Error {
		return fileError(`the outcome of the migration ${id} cannot be written`, error, this.#side);
	}

	#file(id: string): string {
		if (!v.is(MigrationId, id))
			throw hostError('ERR_USAGE', `${JSON.stringify(String(id).slice(0, 80))} is not the id of a migration`, {side: this.#side});
		return path.join(this.#directories.migrations, `${id}${SUFFIX}`);
	}

	/** The count is ours alone: the other daemon's files are counted at its own prunes, and at the next start. */
	async #prune(): Promise<void> {
		if (this.#count !== undefined && this.#count <= this.#limit) return;
		const files = await this.#byAge();
		const excess = files.slice(0, Math.max(0, files.length - this.#limit));
		await Promise.all(excess.map(async ({file}) => rm(file, {force: true})));
		this.#count = files.length - excess.length;
	}

	/** Oldest first. */
	async #byAge(): Promise<readonly {readonly file: string; readonly writtenMs: number}[]> {
		const names = await readdir(this.#directories.migrations).catch((error: unknown) => {
			throw fileError(`the directory ${this.#directories.migrations} cannot be read`, error, this.#side);
		});
		const files = await Promise.all(
			names
				.filter(name => name.endsWith(SUFFIX))
				.map(async name => {
					const file = path.join(this.#directories.migrations, name);
					// One that the other daemon has just dropped is as old as can be.
					const writtenMs = await stat(file).then(
						({mtimeMs}) => mtimeMs,
						() => 0,
					);
					return {file, writtenMs};
				}),
		);
		return files.toSorted((a, b) => a.writtenMs - b.writtenMs || a.file.localeCompare(b.file));
	}
}

/** An outcome as text, checked on the way out too: what is written must be readable. */
function encode(outcome: MigrationOutcome): string {
	return `${JSON.stringify(v.parse(MigrationOutcome, outcome))}\n`;
}
