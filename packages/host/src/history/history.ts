import {mkdirSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync, type SQLOutputValue} from 'node:sqlite';
import type {HistoryEntry} from '@sterna/protocol/control';
import type {Logger} from '../log.ts';
import {LaterSchemaError, upgradeSchema} from './schema.ts';

/** Of one answer: what a message takes. */
const MAX_ENTRIES = 500;
const DEFAULT_ENTRIES = 100;

/** Of an error or a reason: the whole of it is in the recording. */
const MAX_TEXT = 400;

/** For so long another process may hold the file: one that reads it with a tool, or a daemon that is ending. In milliseconds. */
const BUSY_TIMEOUT_MS = 1000;

export type HistoryBegin = Pick<HistoryEntry, 'id' | 'domain' | 'direction' | 'peer' | 'startedAtMs'>;
export type HistoryEnd = Omit<HistoryEntry, 'domain' | 'direction' | 'peer' | 'startedAtMs' | 'hasRecord'>;

export type HistoryOptions = {readonly file: string; readonly log: Logger};

/**
 * What migrations one daemon has run, in a database of its own. Takes some 0.1 ms a call, without waiting for a disk. Throws nothing: a database that is damaged is moved aside, and one
 * that cannot be opened costs its entries.
 */
export class History implements Disposable {
	readonly #options: HistoryOptions;
	#database: DatabaseSync | undefined;

	constructor(options: HistoryOptions) {
		this.#options = options;
		this.#database = this.#open();
	}

	/** A migration begins, or goes on with another daemon. */
	began({id, domain, direction, peer, startedAtMs}: HistoryBegin): void {
		this.#run(
			`INSERT INTO migrations (id, domain, direction, peer, started_at_ms) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET outcome = ''`,
			id,
			domain,
			direction,
			peer,
			startedAtMs,
		);
	}

	/** When it began, with whichever daemon: milliseconds since the Unix epoch; undefined where that is not known. */
	startedAtMs(id: string): number | undefined {
		const [row] = this.#all('SELECT started_at_ms FROM migrations WHERE id = ?', id);
		return row === undefined ? undefined : Number(row['started_at_ms']);
	}

	ended({id, outcome, runsOn, totalMs, downtimeMs, iterations, bytesSent, because, errorCode, errorMessage}: HistoryEnd): void {
		this.#run(
			`UPDATE migrations SET outcome = ?, runs_on = ?, total_ms = ?, downtime_ms = ?, iterations = ?, bytes_sent = ?,
			because = ?, error_code = ?, error_message = ? WHERE id = ?`,
			outcome,
			runsOn,
			totalMs,
			downtimeMs ?? null,
			iterations,
			bytesSent,
			because.slice(0, MAX_TEXT),
			errorCode,
			errorMessage.slice(0, MAX_TEXT),
			id,
		);
	}

	/** Whether the other side's recording is still to be merged. */
	awaitsPeer(id: string, awaits: boolean): void {
		this.#run('UPDATE migrations SET awaits_peer = ? WHERE id = ?', awaits ? 1 : 0, id);
	}

	/** Those whose other side's recording is still to be merged, newest first, a hundred at most. */
	awaitingPeer(): readonly {readonly id: string; readonly peer: string}[] {
		return this.#all('SELECT id, peer FROM migrations WHERE awaits_peer = 1 ORDER BY started_at_ms DESC LIMIT 100').map(row => ({
			id: text(row['id']),
			peer: text(row['peer']),
		}));
	}

	/** Newest first. `name`: of a domain, or the beginning of an id; empty = all. `limit`: 0 = 100; 500 at most. */
	list({limit, name}: {readonly limit: number; readonly name: string}): Omit<HistoryEntry, 'hasRecord'>[] {
		const count = Math.min(limit === 0 ? DEFAULT_ENTRIES : limit, MAX_ENTRIES);
		const rows =
			name === ''
				? this.#all('SELECT * FROM migrations ORDER BY started_at_ms DESC LIMIT ?', count)
				: this.#all(
						`SELECT * FROM migrations WHERE domain = ?1 OR (length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1)
						ORDER BY started_at_ms DESC LIMIT ?2`,
						name,
						count,
					);
		return rows.map(row => entryOf(row));
	}

	/** Forgets what is older than `keepMs`, and the oldest beyond `maxRecords`, but for what `isUnderWay`. Returns the ids. */
	prune(
		nowMs: number,
		{keepMs, maxRecords}: {readonly keepMs: number; readonly maxRecords: number},
		isUnderWay: (id: string) => boolean,
	): string[] {
		const old = this.#all(
			`SELECT id FROM migrations WHERE started_at_ms < ? UNION SELECT id FROM
			(SELECT id FROM migrations ORDER BY started_at_ms DESC LIMIT -1 OFFSET ?)`,
			nowMs - keepMs,
			maxRecords,
		);
		const ids = old.map(row => text(row['id'])).filter(id => !isUnderWay(id));
		for (const id of ids) this.#run('DELETE FROM migrations WHERE id = ?', id);
		return ids;
	}

	has(id: string): boolean {
		return this.#all('SELECT 1 FROM migrations WHERE id = ?', id).length > 0;
	}

	[Symbol.dispose](): void {
		this.#database?.close();
		this.#database = undefined;
	}

	#run(sql: string, ...values: ReadonlyArray<string | number | null>): void {
		this.#try(database => database.prepare(sql).run(...values), undefined);
	}

	#all(sql: string, ...values: ReadonlyArray<string | number | null>): ReadonlyArray<Record<string, SQLOutputValue>> {
		return this.#try(database => database.prepare(sql).all(...values), []);
	}

	#try<Value>(work: (database: DatabaseSync) => Value, otherwise: Value): Value {
		if (this.#database === undefined) return otherwise;
		try {
			return work(this.#database);
		} catch (error) {
			const {file, log} = this.#options;
			log.error({err: error, file}, 'the history did not take an entry, or cannot be read');
			if (!isDamage(error)) return otherwise;
			this.#database = this.#replace(error);
			return otherwise;
		}
	}

	#open(): DatabaseSync | undefined {
		const {file, log} = this.#options;
		try {
			return openDatabase(file);
		} catch (error) {
			if (isDamage(error)) return this.#replace(error);
			log.error({err: error, file}, 'the history cannot be opened: nothing is kept in it');
			return undefined;
		}
	}

	/** The damaged file goes aside, in the place of the one before; a new one takes its place. */
	#replace(error: unknown): DatabaseSync | undefined {
		const {file, log} = this.#options;
		const aside = `${file}.damaged`;
		log.error({err: error, file, aside}, 'the history is damaged: it is moved aside, and begun anew');
		try {
			if (this.#database?.isOpen === true) this.#database.close();
			renameSync(file, aside);
			for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, {force: true});
			return openDatabase(file);
		} catch (again) {
			log.error({err: again, file}, 'the history cannot be begun anew: nothing is kept in it');
			return undefined;
		}
	}
}

/** Throws what SQLite says, and LaterSchemaError. */
function openDatabase(file: string): DatabaseSync {
	mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	const database = new DatabaseSync(file, {timeout: BUSY_TIMEOUT_MS});
	try {
		// Nobody waits for anybody, and no commit for the disk: what a power cut takes is the latest entries, never the file.
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
		const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
		if (check !== 'ok') throw new DamagedError(String(check));
		upgradeSchema(database);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

class DamagedError extends Error {
	override readonly name = 'DamagedError';
}

/** SQLITE_CORRUPT and SQLITE_NOTADB; https://www.sqlite.org/rescode.html */
function isDamage(error: unknown): boolean {
	if (error instanceof DamagedError) return true;
	if (error instanceof LaterSchemaError || !(error instanceof Error) || !('errcode' in error)) return false;
	const primary = Number(error.errcode) % 256;
	return primary === 11 || primary === 26;
}

function entryOf(row: Record<string, SQLOutputValue>): Omit<HistoryEntry, 'hasRecord'> {
	const downtimeMs = row['downtime_ms'];
	return {
		id: text(row['id']),
		domain: text(row['domain']),
		direction: text(row['direction']) as HistoryEntry['direction'],
		peer: text(row['peer']),
		outcome: text(row['outcome']) as HistoryEntry['outcome'],
		runsOn: text(row['runs_on']),
		startedAtMs: Number(row['started_at_ms']),
		totalMs: Number(row['total_ms']),
		...(typeof downtimeMs === 'number' ? {downtimeMs} : {}),
		iterations: Number(row['iterations']),
		bytesSent: Number(row['bytes_sent']),
		because: text(row['because']),
		errorCode: text(row['error_code']),
		errorMessage: text(row['error_message']),
	};
}

function text(value: SQLOutputValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
