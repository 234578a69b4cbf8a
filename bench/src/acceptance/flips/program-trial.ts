import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, writeSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {CHECKOUT} from '../subject.ts';
import type {Bit} from './fields.ts';
import type {Trial} from './trial.ts';

const MIGRATE_CTL = path.join(CHECKOUT, 'packages/migrate-ctl/src/main.ts');
const CHUNK_BYTES = 1024 * 1024;

/** The same spoilt streams for `migrate-ctl stream verify`, as a process of its own. */
export class ProgramTrial {
	readonly trial: Trial;
	readonly #file: string;

	/** `file` holds what the trial holds, unspoilt. */
	constructor(trial: Trial, file: string) {
		this.trial = trial;
		this.#file = file;
	}

	/** The exit status for the file with a bit of it turned, as it is in the trial at this moment. The file is as before then. */
	async turned({offset, mask}: Bit): Promise<number> {
		const spoilt = this.trial.bytes[offset] ?? 0;
		const fd = openSync(this.#file, 'r+');
		try {
			writeSync(fd, Uint8Array.of(spoilt), 0, 1, offset);
			return await this.#run(this.#file);
		} finally {
			writeSync(fd, Uint8Array.of(spoilt ^ mask), 0, 1, offset);
			closeSync(fd);
		}
	}

	/** The exit status for the first `length` bytes of the stream, on standard input. */
	async cut(length: number): Promise<number> {
		return this.#run('-', this.trial.bytes.subarray(0, length));
	}

	async #run(file: string, input: Uint8Array = new Uint8Array(0)): Promise<number> {
		const child = spawn(process.execPath, [MIGRATE_CTL, 'stream', 'verify', file], {stdio: ['pipe', 'ignore', 'ignore']});
		const exited = once(child, 'exit');
		try {
			await pipeline(Readable.from(chunksOf(input)), child.stdin);
		} catch {
			// It had seen enough and ended before its input did.
		}

		const [code] = (await exited) as [number | null];
		// Killed: a crash like any other status that is not one of its own.
		return code ?? 128;
	}
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
