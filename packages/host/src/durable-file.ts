import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/**
 * Replaces a file so that after a crash of process or machine it is the old one or the new one, whole: temporary file, fsync, rename,
 * fsync of the directory. One writer at a time for each file. Throws the error of the file system; the old file is then as it was.
 *
 * Synchronous on purpose: journal steps lie in the downtime, and each of the eight calls would queue for libuv's few threads, behind
 * whatever populates guest memory there (measured: 0.5 ms like this, 1.25 ms through the pool, idle).
 */
export function writeDurably(file: string, text: string): void {
	const temporary = `${file}.new`;
	try {
		const fd = openSync(temporary, 'w', 0o600);
		try {
			writeFileSync(fd, text);
			fsyncSync(fd);
		} finally {
			closeSync(fd);
		}

		renameSync(temporary, file);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}

	syncDirectory(path.dirname(file));
}

/** Makes renames and removals in a directory survive a crash of the machine. */
export function syncDirectory(directory: string): void {
	const fd = openSync(directory, 'r');
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
