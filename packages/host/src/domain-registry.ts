import {readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {DomainName} from '@sterna/domain';
import type {Side} from '@sterna/protocol';
import * as v from 'valibot';
import type {Directories} from './directories.ts';
import type {DomainLock} from './domain-lock.ts';
import {DomainRecord} from './domain-record.ts';
import {discardStaged, stageDurably, type StagedNames, type StagedWrite, syncDirectory, writeDurably} from './durable-file.ts';
import {crashPoint} from './faults/crash-points.ts';
import type {JournalWrite} from './faults/steps.ts';
import {fileError, hostError} from './host-error.ts';
import {CorruptFileError, readJsonFile} from './json-file.ts';

/** A record that is there and cannot be read: reported, never deleted, since a guest may hang on it. */
export type CorruptRecord = {readonly domain: string; readonly error: CorruptFileError};

export type RegistryContents = {readonly records: readonly DomainRecord[]; readonly corrupt: readonly CorruptRecord[]};

/** The domains of this host, one file each. Both daemons use it; every write needs the domain's lock. */
export class DomainRegistry {
	readonly #directories: Directories;
	readonly #side: Side;

	constructor(directories: Directories, {side}: {readonly side: Side}) {
		this.#directories = directories;
		this.#side = side;
	}

	/** Every domain, by name. What cannot be read is listed beside, so that it stops nobody else. Rejects ERR_FILE when the directory cannot be read. */
	async list(): Promise<RegistryContents> {
		const records: DomainRecord[] = [];
		const corrupt: CorruptRecord[] = [];
		const names = await readdir(this.#directories.domains).catch((error: unknown) => {
			throw fileError(`the directory ${this.#directories.domains} cannot be read`, error, this.#side);
		});
		for (const domain of names.toSorted()) {
			if (!v.is(DomainName, domain)) continue;
			try {
				const record = await this.#read(domain);
				if (record !== undefined) records.push(record);
			} catch (error) {
				corrupt.push({
					domain,
					error: error instanceof CorruptFileError ? error : new CorruptFileError(this.#file(domain), 'it cannot be read', {cause: error}),
				});
			}
		}

		return {records, corrupt};
	}

	/** One domain; undefined when there is none. Rejects ERR_FILE for a record that cannot be read. */
	async get(domain: string): Promise<DomainRecord | undefined> {
		// A name that is none names no file either.
		if (!v.is(DomainName, domain)) return undefined;
		try {
			return await this.#read(domain);
		} catch (error) {
			throw fileError(`the record of ${domain} cannot be read`, error, this.#side);
		}
	}

	/** One domain that must be there: rejects ERR_DOMAIN_UNKNOWN. */
	async need(domain: string): Promise<DomainRecord> {
		const record = await this.get(domain);
		if (record !== undefined) return record;
		throw hostError('ERR_DOMAIN_UNKNOWN', `there is no domain ${domain} on this host`, {side: this.#side, next: 'migrate-ctl domain list'});
	}

	/** Writes a record durably; `write` is its name where it is a step of a handover. Rejects ERR_DISK_FULL or ERR_FILE; the old record is then as it was. */
	async put(record: DomainRecord, lock: DomainLock, write?: JournalWrite): Promise<void> {
		const {name} = record.definition;
		const text = this.#encode(record, lock);
		try {
			writeDurably(this.#file(name), text, write);
		} catch (error) {
			throw this.#cannotWrite(name, error);
		}
	}

	/** Does all of a `put` that can be done ahead of it. The lock must be held until the commit too; what `put` writes meanwhile is replaced by it. Rejects, and the commit throws, as `put` does. */
	async stage(record: DomainRecord, lock: DomainLock, names?: StagedNames): Promise<StagedWrite> {
		const {name} = record.definition;
		const text = this.#encode(record, lock);
		try {
			const staged = await stageDurably(this.#file(name), text, names);
			return {
				commit: () => {
					lock.assertHeld(name);
					try {
						staged.commit();
					} catch (error) {
						throw this.#cannotWrite(name, error);
					}
				},
				discard: staged.discard,
			};
		} catch (error) {
			throw this.#cannotWrite(name, error);
		}
	}

	/** Removes a record, durably; what else is in the domain's directory stays. `write`: as for `put`. Idempotent. Rejects ERR_FILE. */
	async remove(domain: string, lock: DomainLock, write?: JournalWrite): Promise<void> {
		lock.assertHeld(domain);
		if (write !== undefined) crashPoint(`${write}.before`);
		try {
			discardStaged(this.#file(domain));
			await rm(this.#file(domain));
			syncDirectory(this.#directories.domainDir(domain), write);
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
			throw fileError(`the record of ${domain} cannot be removed`, error, this.#side);
		}

		if (write !== undefined) crashPoint(`${write}.after`);
	}

	/** A record as text, checked on the way out too: what is written must be readable. Makes the domain's directories. */
	#encode(record: DomainRecord, lock: DomainLock): string {
		const {name} = record.definition;
		lock.assertHeld(name);
		const text = `${JSON.stringify(v.parse(DomainRecord, record), undefined, '\t')}\n`;
		this.#directories.guestPlace(name);
		return text;
	}

	#cannotWrite(name: string, error: unknown): Error {
		return fileError(`the record of ${name} cannot be written`, error, this.#side);
	}

	async #read(domain: string): Promise<DomainRecord | undefined> {
		const file = this.#file(domain);
		const record = await readJsonFile(file, DomainRecord);
		if (record !== undefined && record.definition.name !== domain) {
			throw new CorruptFileError(file, `it is the record of ${record.definition.name}`);
		}

		return record;
	}

	#file(domain: string): string {
		return path.join(this.#directories.domainDir(domain), 'domain.json');
	}
}
