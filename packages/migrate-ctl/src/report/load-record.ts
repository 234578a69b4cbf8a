import {createReadStream} from 'node:fs';
import {OperationError, type OperationFault} from '@sterna/protocol';
import {type MigrationRecord, readRecord} from './record.ts';

/** 64 MiB: what is written of one migration is far below it, and what is no recording need not be read whole. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** Gathers the pieces of a recording, which are cut anywhere. */
export class RecordText {
	readonly #chunks: Uint8Array[] = [];
	readonly #name: string;
	#bytes = 0;

	/** `name`: what errors call it. */
	constructor(name: string) {
		this.#name = name;
	}

	/** Throws ERR_FILE once it is more than a recording can be. */
	push(chunk: Uint8Array): void {
		this.#bytes += chunk.byteLength;
		if (this.#bytes > MAX_RECORD_BYTES) throw fileError(`${this.#name} is longer than a recording can be (${MAX_RECORD_BYTES} bytes)`, []);
		this.#chunks.push(Uint8Array.from(chunk));
	}

	/** Throws ERR_FILE where no line of it is a recording's first. */
	read(): MigrationRecord {
		const record = readRecord(Buffer.concat(this.#chunks).toString('utf8').split('\n'));
		if (record !== undefined) return record;
		throw fileError(`${this.#name} is no recording of a migration: no line of it says whose it is`, []);
	}
}

/** Reads a recording from a file. Rejects ERR_FILE. */
export async function loadRecord(file: string): Promise<MigrationRecord> {
	const text = new RecordText(file);
	try {
		for await (const chunk of createReadStream(file)) text.push(chunk as Buffer);
	} catch (error) {
		if (error instanceof OperationError) throw error;
		throw fileError(`${file} cannot be read`, [error instanceof Error ? error.message : String(error)]);
	}

	return text.read();
}

/** An ERR_FILE of this side. */
export function fileError(message: string, causes: readonly string[]): OperationError {
	const fault: OperationFault = {
		code: 'ERR_FILE',
		message,
		side: 'migrate-ctl',
		phase: 'request',
		runsOn: {kind: 'unknown'},
		next: 'migrate-ctl report --help',
		causes,
	};
	return new OperationError(fault);
}
