import {open, rename, rm} from 'node:fs/promises';
import path from 'node:path';

/**
 * Replaces a file so that after a crash of process or machine it is the old one or the new one, whole: temporary file, fsync, rename,
 * fsync of the directory. One writer at a time for each file. Rejects with the error of the file system; the old file is then as it was.
 */
export async function writeDurably(file: string, text: string): Promise<void> {
	const temporary = `${file}.new`;
	try {
		{
			await using handle = await open(temporary, 'w', 0o600);
			await handle.writeFile(text);
			await handle.sync();
		}

		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, {force: true});
		throw error;
	}

	await syncDirectory(path.dirname(file));
}

/** Makes renames and removals in a directory survive a crash of the machine. */
export async function syncDirectory(directory: string): Promise<void> {
	await using handle = await open(directory, 'r');
	await handle.sync();
}
