import {join} from 'node:path';
import {startTicksOf} from '../../process-identity.ts';
import {GuestClient} from './control-client.ts';
import {endGuest} from './end-guest.ts';
import {RunFile} from './spawn-guest.ts';

/**
 * Ends a guest that waits, empty, in this run directory for a migration to come in, and that no record names: its daemon died between making it and
 * writing it down. A guest in any other state is left alone, as somebody may be about to write that down. Resolves with whether there was one.
 */
export async function endHalfMadeGuest(runDir: string): Promise<boolean> {
	let client: GuestClient;
	try {
		client = await GuestClient.connect(join(runDir, RunFile.socket));
	} catch {
		return false; // Nobody is there.
	}

	using connected = client;
	const {state, pid} = await connected.request('show');
	const startTicks = startTicksOf(pid);
	if (state !== 'incoming' || startTicks === undefined) return false;
	await endGuest(connected, {kind: 'process', pid, startTicks, socketPath: join(runDir, RunFile.socket)});
	return true;
}
