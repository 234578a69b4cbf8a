import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import type {HistoryEntry, HistoryReply, HistoryRequest} from '@sterna/protocol/control';
import {History} from '../history/history.ts';
import type {DaemonContext} from '../daemon.ts';
import {hostError} from '../host-error.ts';
import {EpochClock} from './epoch-clock.ts';
import type {RecordFacts, RecordLine} from './record-line.ts';
import {partsOf, RecordStore} from './record-store.ts';
import type {RecordingWriter} from './recording-writer.ts';

export type BeginFacts = Extract<RecordFacts, {kind: 'begin'}>;
export type EndFacts = Extract<RecordFacts, {kind: 'end'}>;

export type RecordKeeperOptions = Pick<DaemonContext, 'directories' | 'config' | 'log'> & {readonly side: RecordLine['side']};

/** What one daemon keeps of its migrations: a recording each, and the history, as long as the configuration has it. Throws nothing that a migration would hear of. */
export class RecordKeeper implements Disposable {
	readonly clock = new EpochClock();
	readonly store: RecordStore;
	readonly history: History;
	readonly #options: RecordKeeperOptions;
	readonly #open = new Map<string, RecordingWriter>();

	constructor(options: RecordKeeperOptions) {
		const {directories, side, log} = options;
		this.#options = options;
		this.store = new RecordStore(directories, {side, nowMs: this.clock.nowMs});
		this.history = new History({file: path.join(directories.state, `history.${side}.db`), log});
	}

	/** A migration begins, or goes on with this daemon: where its lines go. Undefined where it cannot be recorded. */
	begin(facts: BeginFacts): RecordingWriter | undefined {
		const {id, domain, direction, peer} = facts;
		try {
			this.clock.follow();
			const writer = this.store.open(id);
			writer.write(facts);
			this.#open.set(id, writer);
			this.history.began({id, domain, direction, peer, startedAtMs: this.clock.nowMs()});
			return writer;
		} catch (error) {
			this.#options.log.warn({err: error, migration: id}, 'the migration is not recorded');
			return undefined;
		}
	}

	/** How long ago an earlier daemon began it, in milliseconds; 0 for one that none did. */
	earlierMs(id: string): number {
		const nowMs = this.clock.nowMs();
		return Math.max(0, nowMs - (this.history.startedAtMs(id) ?? nowMs));
	}

	/** The time as another host is told it: that of the recordings, which is the system's where nothing is recorded. */
	tellTime(): number {
		if (this.#open.size === 0) this.clock.follow();
		return this.clock.nowMs();
	}

	/** How it ended, which was written. Resolves when its file is whole. */
	async ended(id: string, end: EndFacts): Promise<void> {
		const {outcome, runsOn, totalMs, downtimeMs, iterations, bytesSent, because = '', error} = end;
		await this.#open.get(id)?.flush();
		// An undecided one ends once more.
		if (outcome !== 'undecided') this.#open.delete(id);
		this.history.ended({
			id,
			outcome,
			runsOn: runsOn ?? '',
			totalMs,
			downtimeMs,
			iterations,
			bytesSent,
			because,
			errorCode: error?.code ?? '',
			errorMessage: error?.message ?? '',
		});
		await this.prune();
	}

	/** The file that has the recording of a migration as far as it is written, by its id or the latest of a domain or an id's beginning; undefined where there is none. */
	async find(name: string): Promise<string | undefined> {
		const exact = await this.findExactly(name);
		if (exact !== undefined) return exact;
		const [latest] = this.history.list({limit: 1, name});
		if (latest === undefined || latest.id === name) return undefined;
		return this.find(latest.id);
	}

	/** The same by the whole id alone. */
	async findExactly(id: string): Promise<string | undefined> {
		await this.#open.get(id)?.flush();
		return this.store.find(id);
	}

	/** A recording in pieces. `file`: as `find` gave it for `name`. Rejects ERR_MIGRATION_UNKNOWN where that was nothing. */
	async *parts(file: string | undefined, name: string): AsyncIterable<Uint8Array> {
		const {side} = this.#options;
		if (file === undefined)
			throw hostError('ERR_MIGRATION_UNKNOWN', `there is no recording of a migration ${name} on this host`, {
				side,
				next: 'migrate-ctl history',
			});
		yield* partsOf(file);
	}

	/** The answer to an operator's question. */
	async list({limit, domain}: HistoryRequest): Promise<HistoryReply> {
		const rows = this.history.list({limit, name: domain});
		const entries: HistoryEntry[] = [];
		for (const row of rows) entries.push({...row, hasRecord: (await this.store.find(row.id)) !== undefined});
		return {host: this.#options.config.hostName, entries};
	}

	/** Removes what is kept no longer: entries with their files, and files that no entry is of any more. Never rejects. */
	async prune(): Promise<void> {
		const {config, log} = this.#options;
		const {keepMs, maxRecords} = config.history;
		const nowMs = this.clock.nowMs();
		const ids = this.history.prune(nowMs, {keepMs, maxRecords}, id => this.#open.has(id));
		try {
			for (const id of ids) await this.store.remove(id);
		} catch (error) {
			log.warn({err: error}, 'recordings that are over their time could not be removed');
		}
	}

	/** The same for files that no entry is of: of a history that was lost. Once, at the start. Never rejects. */
	async sweep(): Promise<void> {
		const {directories, config, log} = this.#options;
		await this.prune();
		try {
			const names = await readdir(directories.records).catch(() => []);
			for (const name of names) {
				const id = this.store.idOf(name);
				if (id === undefined || this.#open.has(id) || this.history.has(id)) continue;
				const {mtimeMs} = await stat(path.join(directories.records, name));
				if (mtimeMs < Date.now() - config.history.keepMs) await this.store.remove(id);
			}
		} catch (error) {
			log.warn({err: error}, 'old recordings could not be looked for');
		}
	}

	[Symbol.dispose](): void {
		this.history[Symbol.dispose]();
	}
}
