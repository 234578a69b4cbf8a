import {open} from 'node:fs/promises';
import * as v from 'valibot';

/** Far above any record of ours; what is larger was not written by us. */
const MAX_BYTES = 1024 * 1024;

/** A file that is there and is not what it should be. */
export class CorruptFileError extends Error {
	override readonly name = 'CorruptFileError';
	readonly file: string;

	constructor(file: string, detail: string, options?: ErrorOptions) {
		super(`${file} is not valid: ${detail}`, options);
		this.file = file;
	}
}

/** Reads and checks a JSON file; undefined when there is none. Rejects CorruptFileError, or the file system's error. */
export async function readJsonFile<Output>(file: string, schema: v.GenericSchema<unknown, Output>): Promise<Output | undefined> {
	const text = await readText(file);
	if (text === undefined) return undefined;
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		throw new CorruptFileError(file, 'it is not JSON', {cause: error});
	}

	const result = v.safeParse(schema, json, {abortEarly: true});
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new CorruptFileError(file, `${v.getDotPath(issue) ?? 'its value'}: ${issue.message}`);
}

async function readText(file: string): Promise<string | undefined> {
	try {
		await using handle = await open(file, 'r');
		const {size} = await handle.stat();
		if (size > MAX_BYTES) throw new CorruptFileError(file, `it has ${size} bytes, more than ${MAX_BYTES}`);
		return await handle.readFile('utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}
