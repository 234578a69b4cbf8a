import {rmSync} from 'node:fs';
import {endReplicatedDisks} from './disks/replicated-disks.ts';
import {QmpClient} from './qmp/qmp-client.ts';
import {runFiles} from './run-files.ts';

/** A QEMU that is told to quit does so in milliseconds. */
const QUIT_TIMEOUT_MS = 10_000;

/**
 * Ends a QEMU that waits, empty, in this run directory for a migration to come in, and that no record names: its daemon died between making it and
 * writing it down. A guest in any other state is left alone, as somebody may be about to write that down. Resolves with whether there was one.
 */
export async function endHalfMadeQemu(runDir: string): Promise<boolean> {
	let monitor: QmpClient;
	try {
		monitor = await QmpClient.connect(runFiles(runDir).qmp);
	} catch {
		return false; // Nobody is there, or somebody has hold of it.
	}

	using connected = monitor;
	const {status} = await connected.execute('query-status');
	if (status !== 'inmigrate') return false;
	const gone = new Promise<void>(resolve => {
		connected.onGone = () => resolve();
	});
	connected.execute('quit').catch(() => undefined);
	await Promise.race([gone, new Promise(resolve => setTimeout(resolve, QUIT_TIMEOUT_MS).unref())]);
	await endReplicatedDisks(runDir);
	for (const file of Object.values(runFiles(runDir))) rmSync(file, {force: true});
	return true;
}
