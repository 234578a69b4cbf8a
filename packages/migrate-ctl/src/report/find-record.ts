import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {OperationError} from '@sterna/protocol';
import {askEither} from '../ask.ts';
import type {Cli, GlobalOptions} from '../cli.ts';
import type {Daemon} from '../daemon.ts';
import {hasEnded} from '../progress/describe.ts';
import {loadRecord, RecordText} from './load-record.ts';
import type {MigrationRecord} from './record.ts';

/** A recording, and whether what it is of still goes on. */
export type Told = {readonly record: MigrationRecord; readonly underWay: boolean};

/** By the id of a migration or the name of its domain from the daemons of this host, or from a file. Rejects as they do, and ERR_FILE. */
export async function findRecord(cli: Cli, globals: GlobalOptions, id: string): Promise<Told> {
	const file = resolve(cli.io.cwd, id);
	if (id.includes('/') || existsSync(file)) return {record: await loadRecord(file), underWay: false};
	let told: Told | undefined;
	await askEither(cli, globals, async daemon => {
		const text = new RecordText(`the recording of ${id}`);
		await daemon.record(id, async chunk => text.push(chunk));
		const record = text.read();
		told = {record, underWay: record.main.end === undefined && (await isUnderWay(daemon, record.id))};
	});
	if (told === undefined) throw new TypeError('asked, and neither answered nor refused');
	return told;
}

/** A daemon that was started anew knows nothing of what it recorded before. */
async function isUnderWay(daemon: Daemon, id: string): Promise<boolean> {
	try {
		return !hasEnded(await daemon.migration(id));
	} catch (error) {
		if (error instanceof OperationError && error.code === 'ERR_MIGRATION_UNKNOWN') return false;
		throw error;
	}
}
