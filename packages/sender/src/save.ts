import {constants} from 'node:fs';
import {open, rename, unlink} from 'node:fs/promises';
import path from 'node:path';
import {PageBitmap, type SourceDomain} from '@sterna/domain';
import {TaskGroup, toOperationError, type Logger} from '@sterna/host';
import type {SendChannels} from '@sterna/transport';
import {sendAll} from './engine/stop-and-copy.ts';
import {StatsRecorder} from './engine/stats.ts';
import {writeHead, writeTail} from './engine/stream-frame.ts';
import {BatchWriter} from './engine/writer.ts';
import type {Migration, MigrationEnd} from './migration.ts';

export type SaveDependencies = {
	readonly domain: SourceDomain;
	/** Puts a file on a data worker; the link owns the descriptor. */
	readonly openLink: (fd: number) => SendChannels;
	readonly host: string;
	readonly log: Logger;
};

export type SaveOptions = {
	/** Absolute path. Exists only once it is whole and on the disk. */
	readonly file: string;
	/** The guest runs on afterwards; otherwise it is gone. */
	readonly checkpoint: boolean;
	readonly wasPaused: boolean;
};

/**
 * Saves a guest as `xl save` does: paused, every page once, not live. Spec sections 4.1 and 5.1. Whatever fails leaves the guest
 * here, running, and no file. Never throws: how it ended is the result.
 */
export async function saveDomain(
	{domain, openLink, host, log}: SaveDependencies,
	options: SaveOptions,
	migration: Migration,
): Promise<MigrationEnd> {
	const group = new TaskGroup();
	const partial = `${options.file}.partial`;
	try {
		group.run('save', signal => writeStream({domain, openLink}, {partial, migration}, group, signal));
		migration.abortWith(error => {
			group.abort(error);
		});
		await group.join();
		migration.abortWith(undefined);
		await rename(partial, options.file);
		await syncDirectory(path.dirname(options.file));
	} catch (error) {
		migration.abortWith(undefined);
		await unlink(partial).catch(() => undefined); // It may not have come into being.
		if (!options.wasPaused) {
			await domain.resume().catch((resumeError: unknown) => {
				log.warn({error: resumeError}, 'the guest could not be resumed');
			});
		}

		const told = toOperationError(error, {side: 'sender', phase: 'save', runsOn: {kind: 'host', host}, domain: migration.domain});
		return {outcome: told.code === 'ERR_ABORTED_BY_OPERATOR' ? 'aborted' : 'failed', runsOn: host, error: told};
	}

	if (!options.checkpoint) {
		await domain.destroy();
		return {outcome: 'completed', runsOn: ''};
	}

	if (!options.wasPaused) await domain.resume();
	return {outcome: 'completed', runsOn: host};
}

async function writeStream(
	{domain, openLink}: Pick<SaveDependencies, 'domain' | 'openLink'>,
	{partial, migration}: {readonly partial: string; readonly migration: Migration},
	group: TaskGroup,
	signal: AbortSignal,
): Promise<void> {
	const file = await open(partial, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
	let channels: SendChannels;
	try {
		channels = openLink(file.fd);
	} finally {
		await file.close();
	}

	await using owned = channels;
	const stop = (): void => {
		void owned.destroy(signal.reason as Error);
	};
	signal.addEventListener('abort', stop, {once: true});
	group.run('link', async () => {
		const error = await owned.closed;
		if (error) throw error;
	});

	const nowMs = (): number => performance.now();
	// Paused first: what the guest touches for the first time must be among the pages.
	await domain.pause();
	const pages = new PageBitmap(domain.memory.pageLimit);
	domain.addAllPages(pages);
	const stats = new StatsRecorder(nowMs(), pages.count);
	const writer = new BatchWriter(owned, {zerosGoEmpty: false, nowMs});
	migration.opened({tracker: '', totalPages: pages.count, stats});
	migration.linkOpened(() => owned.progress);
	migration.enter('stop-and-copy');
	await writeHead(owned.primary, domain);
	await sendAll({channels: owned, writer, stats}, pages, signal);
	await writeTail(owned.primary, await domain.saveDeviceState());
	await owned.primary.sync();
	signal.removeEventListener('abort', stop);
}

/** Makes a rename in the directory durable. */
async function syncDirectory(directory: string): Promise<void> {
	const handle = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
