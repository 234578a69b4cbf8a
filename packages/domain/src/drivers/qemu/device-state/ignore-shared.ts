import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {newStateFile} from '../../run-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {noteImagesReleased} from './image-release.ts';

const SAVE_TIMEOUT_MS = 60_000;

/**
 * Saves everything of a stopped guest but the memory that it shares with us, by a migration of QEMU's own into this process: its other RAM blocks
 * too. Lets go of the disk images, which must not have been done yet. Commands are given in the order of calls. `limitBytes`: most that is taken.
 * Leaves QEMU in the state `postmigrate`, which `cont` ends. Rejects ERR_DEVICE_STATE.
 */
export async function saveByMigration(monitor: QmpClient, place: GuestPlace, limitBytes: number): Promise<Uint8Array> {
	const path = newStateFile(place);
	noteImagesReleased(place);
	const server = createServer();
	const failed = new AbortController();
	const timer = setTimeout(
		() => failed.abort(new DomainError('ERR_DEVICE_STATE', `QEMU has not saved its device state within ${SAVE_TIMEOUT_MS} ms`)),
		SAVE_TIMEOUT_MS,
	);
	try {
		server.listen(path);
		await once(server, 'listening');
		const taken = take(server, limitBytes, failed.signal);
		taken.catch((error: unknown) => failed.abort(error));
		const ended = monitor.waitForEvent('MIGRATION', ({status}) => status === 'completed' || status === 'failed', failed.signal);
		await Promise.all([setIgnoreShared(monitor, true), monitor.execute('migrate', {uri: `unix:${path}`})]);
		if ((await ended).status !== 'completed') throw new DomainError('ERR_DEVICE_STATE', 'QEMU could not save its device state');
		return await taken;
	} finally {
		clearTimeout(timer);
		server.close();
		rmSync(path, {force: true});
		// Whoever else migrates this guest later finds QEMU as it was.
		await setIgnoreShared(monitor, false).catch(() => undefined);
	}
}

/** What both ends of such a migration are told. */
export async function setIgnoreShared(monitor: QmpClient, state: boolean): Promise<void> {
	await monitor.execute('migrate-set-capabilities', {
		capabilities: [
			{capability: 'x-ignore-shared', state},
			{capability: 'events', state: true},
		],
	});
}

/** All that the first connection sends. */
async function take(server: ReturnType<typeof createServer>, limitBytes: number, signal: AbortSignal): Promise<Uint8Array> {
	const [socket] = (await once(server, 'connection', {signal})) as [Socket];
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of socket as AsyncIterable<Uint8Array>) {
		length += chunk.byteLength;
		if (length > limitBytes) throw new DomainError('ERR_DEVICE_STATE', `the device state has more than the ${limitBytes} bytes allowed`);
		chunks.push(chunk);
	}

	return Buffer.concat(chunks, length);
}
