import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {addAbortSignal} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {newStateFile} from '../../run-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {noteImagesReleased} from './image-release.ts';

/** It takes 10 ms for a display of 16 MiB. */
const SAVE_TIMEOUT_MS = 60_000;
/** A migration whose other end has gone fails at its next write. */
const FAIL_TIMEOUT_MS = 10_000;

/**
 * Saves everything of a stopped guest but the memory that it shares with us, by a migration of QEMU's own into this process: its other RAM blocks
 * too. Lets go of the disk images, which must not have been done yet. Commands are given in the order of calls. `limitBytes`: most that is taken.
 * Leaves QEMU in the state `postmigrate`, which `cont` ends. Rejects ERR_DEVICE_STATE; the migration is over then, too.
 */
export async function saveByMigration(monitor: QmpClient, place: GuestPlace, limitBytes: number): Promise<Uint8Array> {
	const path = newStateFile(place);
	await using stack = new AsyncDisposableStack();
	stack.defer(() => rmSync(path, {force: true}));
	const server = createServer();
	stack.defer(() => void server.close());
	server.listen(path);
	await once(server, 'listening');

	const stopped = new AbortController();
	const isEnd = ({status}: {readonly status: string}): boolean => status === 'completed' || status === 'failed';
	const over = monitor.waitForEvent('MIGRATION', isEnd);
	const ended = monitor.waitForEvent('MIGRATION', isEnd, stopped.signal);
	const taken = take(server, limitBytes, stopped.signal);
	taken.catch((error: unknown) => stopped.abort(error));
	const timer = setTimeout(
		() => stopped.abort(new DomainError('ERR_DEVICE_STATE', `QEMU has not saved its device state within ${SAVE_TIMEOUT_MS} ms`)),
		SAVE_TIMEOUT_MS,
	);
	stack.defer(() => clearTimeout(timer));
	// Whoever else migrates this guest later finds QEMU as it was.
	stack.defer(async () => setIgnoreShared(monitor, false).catch(() => undefined));
	noteImagesReleased(place);
	const started = Promise.all([setIgnoreShared(monitor, true), monitor.execute('migrate', {uri: `unix:${path}`})]);
	try {
		await started;
		const {status} = await ended;
		if (status !== 'completed') throw new DomainError('ERR_DEVICE_STATE', 'QEMU could not save its device state');
		return await taken;
	} catch (error) {
		stopped.abort(error);
		// Until it is over QEMU obeys no `cont`.
		if (await began(started)) await Promise.race([over, delay(FAIL_TIMEOUT_MS, undefined, {ref: false})]).catch(() => undefined);
		throw error;
	}
}

async function began(started: Promise<unknown>): Promise<boolean> {
	return started.then(
		() => true,
		() => false,
	);
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

/** All that the first connection sends. It is closed when the signal says so. */
async function take(server: Server, limitBytes: number, signal: AbortSignal): Promise<Uint8Array> {
	const [socket] = (await once(server, 'connection', {signal})) as [Socket];
	addAbortSignal(signal, socket);
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of socket as AsyncIterable<Uint8Array>) {
		length += chunk.byteLength;
		if (length > limitBytes) throw new DomainError('ERR_DEVICE_STATE', `the device state has more than the ${limitBytes} bytes allowed`);
		chunks.push(chunk);
	}

	return Buffer.concat(chunks, length);
}
