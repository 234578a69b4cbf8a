import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {open, rm} from 'node:fs/promises';
import path from 'node:path';
import {crashPoint} from './faults/crash-points.ts';
import {failAsArmed} from './faults/journal-faults.ts';
import type {JournalWrite} from './faults/steps.ts';

/**
 * Replaces a file so that after a crash of process or machine it is the old one or the new one, whole: temporary file, fsync, rename,
 * fsync of the directory. One writer at a time for each file. Throws the error of the file system; the old file is then as it was.
 *
 * Synchronous on purpose: journal steps lie in the downtime, and each of the eight calls would queue for libuv's few threads, behind
 * whatever populates guest memory there (measured: 0.5 ms like this, 1.25 ms through the pool, idle).
 *
 * `write`: its name, where it is a step of a handover, for faults that were armed there.
 */
export function writeDurably(file: string, text: string, write?: JournalWrite): void {
	if (write !== undefined) crashPoint(`${write}.before`);
	const temporary = `${file}.new`;
	try {
		const fd = openSync(temporary, 'w', 0o600);
		try {
			failAsArmed(write, 'disk-full');
			writeFileSync(fd, text);
			failAsArmed(write, 'fsync');
			fsyncSync(fd);
		} finally {
			closeSync(fd);
		}

		renameSync(temporary, file);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}

	syncDirectory(path.dirname(file), write);
	if (write !== undefined) crashPoint(`${write}.after`);
}

/** Names of the two halves of a staged write, as `writeDurably` takes one. */
export type StagedNames = {readonly stage: JournalWrite; readonly commit: JournalWrite};

/** New content of a file that is on the disk already, and takes the old one's place when it is told to. */
export type StagedWrite = {
	/** As `writeDurably`, with the slow half behind us: a rename and the fsync of the directory. Throws the error of the file system. */
	readonly commit: () => void;
	/** Drops it. Idempotent; no effect once it was committed. */
	readonly discard: () => void;
};

/**
 * Puts new content of a file on the disk beside it, as FILE.staged, for a commit in a moment that counts. Through libuv's pool: staging
 * may take its time. A crash in between leaves the old file, and a FILE.staged that nobody reads; see `discardStaged`. Rejects with the error of the file system.
 */
export async function stageDurably(file: string, text: string, names?: StagedNames): Promise<StagedWrite> {
	const staged = stagedFileOf(file);
	if (names !== undefined) crashPoint(`${names.stage}.before`);
	try {
		await using handle = await open(staged, 'w', 0o600);
		failAsArmed(names?.stage, 'disk-full');
		await handle.writeFile(text);
		failAsArmed(names?.stage, 'fsync');
		await handle.sync();
	} catch (error) {
		await rm(staged, {force: true});
		throw error;
	}

	if (names !== undefined) crashPoint(`${names.stage}.after`);
	return {
		commit: () => {
			if (names !== undefined) crashPoint(`${names.commit}.before`);
			// The bytes are there: what can still be full or broken is the directory.
			failAsArmed(names?.commit, 'disk-full');
			failAsArmed(names?.commit, 'fsync');
			renameSync(staged, file);
			syncDirectory(path.dirname(file), names?.commit);
			if (names !== undefined) crashPoint(`${names.commit}.after`);
		},
		discard: () => {
			discardStaged(file);
		},
	};
}

/** Removes what a daemon that ended had staged for a file, if there is any. */
export function discardStaged(file: string): void {
	rmSync(stagedFileOf(file), {force: true});
}

function stagedFileOf(file: string): string {
	return `${file}.staged`;
}

/** Makes renames and removals in a directory survive a crash of the machine. `write`: as `writeDurably` takes it. */
export function syncDirectory(directory: string, write?: JournalWrite): void {
	const fd = openSync(directory, 'r');
	try {
		failAsArmed(write, 'fsync-directory');
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
