import {existsSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileError, GrowingFile, hostError} from '@sterna/host';
import type {Reply} from '@sterna/transport';
import type {SenderServices} from './services.ts';

const FOLLOW_INTERVAL_MS = 50;

/**
 * Sends what a guest has put out on this host, also after it moved away; with `follow` goes on until the client goes.
 * Rejects ERR_DOMAIN_UNKNOWN where no domain of this name ever had output here.
 */
export async function sendOutput(
	{directories, registry}: SenderServices,
	{name, follow}: {readonly name: string; readonly follow: boolean},
	reply: Reply,
): Promise<void> {
	// The name is checked by the registry before it becomes part of a path.
	const known = await registry.get(name);
	if (!known && path.basename(name) !== name) throw unknown(name);
	const file = path.join(directories.domainDir(name), 'output');
	if (!existsSync(file)) throw unknown(name);
	await using output = new GrowingFile(file);
	while (!reply.signal.aborted) {
		const data = await output.read().catch((error: unknown) => {
			throw fileError(`the output of ${name} cannot be read`, error, 'sender');
		});
		if (data !== undefined) await reply.send({kind: 'output', body: {data}});
		else if (!follow) return;
		else await sleep(FOLLOW_INTERVAL_MS, undefined, {signal: reply.signal}).catch(() => undefined); // The loop's condition ends it.
	}
}

function unknown(name: string): Error {
	return hostError('ERR_DOMAIN_UNKNOWN', `no domain ${name} has had output on this host`, {
		side: 'sender',
		next: 'migrate-ctl domain list',
	});
}
