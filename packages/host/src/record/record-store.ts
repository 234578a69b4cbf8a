import {createReadStream} from 'node:fs';
import {access, rm} from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type {Directories} from '../directories.ts';
import {MigrationId} from '../domain-record.ts';
import type {RecordLine} from './record-line.ts';
import {RecordingWriter} from './recording-writer.ts';

/** Of one message: what a control frame takes with room to spare. */
const PART_BYTES = 128 * 1024;

/** The files of one migration on this host. */
export type RecordingFiles = {
	/** What this side has written. */
	readonly own: string;
	/** With the other side's, by the source's clock; at the source alone, once it is made. */
	readonly merged: string;
};

/** The recordings that one daemon keeps: `ID.sender.jsonl` or `ID.receiver.jsonl`, and `ID.jsonl`. */
export class RecordStore {
	readonly #directory: string;
	readonly #side: RecordLine['side'];
	readonly #nowMs: () => number;

	/** `nowMs`: since the Unix epoch, with fractions. */
	constructor({records}: Pick<Directories, 'records'>, {side, nowMs}: {readonly side: RecordLine['side']; readonly nowMs: () => number}) {
		this.#directory = records;
		this.#side = side;
		this.#nowMs = nowMs;
	}

	/** The recording of a migration; goes on where an earlier daemon of this side ended. Throws TypeError for an id that is none: it becomes a file's name. */
	open(id: string): RecordingWriter {
		return new RecordingWriter({file: this.files(id).own, side: this.#side, nowMs: this.#nowMs});
	}

	/** Throws TypeError for an id that is none. */
	files(id: string): RecordingFiles {
		if (!v.is(MigrationId, id)) throw new TypeError(`${JSON.stringify(String(id).slice(0, 80))} is not the id of a migration`);
		return {own: path.join(this.#directory, `${id}.${this.#side}.jsonl`), merged: path.join(this.#directory, `${id}.jsonl`)};
	}

	/** The best there is of a migration; undefined where there is nothing of it. */
	async find(id: string): Promise<string | undefined> {
		if (!v.is(MigrationId, id)) return undefined;
		const {own, merged} = this.files(id);
		for (const file of [merged, own]) {
			if (await isReadable(file)) return file;
		}

		return undefined;
	}

	/** The migration that a file of this name is of; undefined where it is none of this daemon's. */
	idOf(name: string): string | undefined {
		const own = `.${this.#side}.jsonl`;
		if (name.endsWith(own)) return name.slice(0, -own.length);
		if (this.#side === 'receiver' || name.endsWith('.receiver.jsonl') || !name.endsWith('.jsonl')) return undefined;
		return name.slice(0, -'.jsonl'.length);
	}

	/** Its files go. Rejects with what the system says of them. */
	async remove(id: string): Promise<void> {
		const {own, merged} = this.files(id);
		await Promise.all([own, ...(this.#side === 'sender' ? [merged] : [])].map(async file => rm(file, {force: true})));
	}
}

/** The bytes of a file, in pieces that a message takes. Rejects with what the system says of it. */
export function partsOf(file: string): AsyncIterable<Uint8Array> {
	return createReadStream(file, {highWaterMark: PART_BYTES}) as AsyncIterable<Uint8Array>;
}

async function isReadable(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
