import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {open, stat} from 'node:fs/promises';
import {isAbsolute, join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {DomainError} from '../../../domain-error.ts';

/** A QEMU that does not print its directories in this time hangs. */
const HELP_TIMEOUT_MS = 10_000;
const READ_BYTES = 1024 * 1024;
/** Files remembered: far more than the ROMs of any QEMU, and the kernels of a host's guests. */
const MAX_REMEMBERED = 512;

type Remembered<Value> = {readonly stamp: string; readonly value: Promise<Value>};

/**
 * Which files a QEMU loads by their names, and what is in them. A file is read again only when its size or time changed.
 * One for a daemon; keeps no descriptors.
 */
export class RomFiles {
	readonly #directories = new Map<string, Remembered<readonly string[]>>();
	readonly #hashes = new Map<string, Remembered<string>>();

	/**
	 * The file that `binary` (a path) loads under a name: where that leads from its working directory, else the first of its data directories that has
	 * it. Rejects ERR_FILE when none has.
	 */
	async find(binary: string, name: string, cwd: string): Promise<string> {
		const straight = resolve(cwd, name);
		if (isAbsolute(name) || (await exists(straight))) return straight;
		const directories = await this.#directoriesOf(binary);
		for (const directory of directories) {
			const path = join(directory, name);
			if (await exists(path)) return path;
		}

		throw new DomainError('ERR_FILE', `${name} is in none of the data directories of ${binary}: ${directories.join(', ')}`);
	}

	/** SHA-256 of a file's content, in hexadecimal. Rejects ERR_FILE when it cannot be read. */
	async sha256(path: string): Promise<string> {
		return remember(this.#hashes, path, async () => hashFile(path));
	}

	async #directoriesOf(binary: string): Promise<readonly string[]> {
		return remember(this.#directories, binary, async () => {
			const {stdout} = await promisify(execFile)(binary, ['-L', 'help'], {timeout: HELP_TIMEOUT_MS});
			return stdout.split('\n').filter(line => line !== '');
		});
	}
}

/** The value made of a file as it is now: as remembered, or made anew. A failure is not remembered. */
async function remember<Value>(known: Map<string, Remembered<Value>>, path: string, make: () => Promise<Value>): Promise<Value> {
	let stamp: string;
	try {
		const {dev, ino, size, mtimeNs} = await stat(path, {bigint: true});
		stamp = `${dev} ${ino} ${size} ${mtimeNs}`;
	} catch (error) {
		throw new DomainError('ERR_FILE', `${path} cannot be read`, {cause: error});
	}

	const before = known.get(path);
	if (before?.stamp === stamp) return before.value;
	const value = make();
	known.delete(path);
	known.set(path, {stamp, value});
	for (const oldest of known.keys()) {
		if (known.size <= MAX_REMEMBERED) break;
		known.delete(oldest);
	}

	try {
		return await value;
	} catch (error) {
		if (known.get(path)?.value === value) known.delete(path);
		throw error instanceof DomainError ? error : new DomainError('ERR_FILE', `${path} cannot be used`, {cause: error});
	}
}

/** Reads a file through once, a piece at a time. */
async function hashFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	await using file = await open(path);
	for await (const chunk of file.createReadStream({highWaterMark: READ_BYTES})) hash.update(chunk as Uint8Array);
	return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
	try {
		await stat(path);
		return true;
	} catch {
		return false;
	}
}
