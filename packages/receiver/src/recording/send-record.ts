import {open} from 'node:fs/promises';
import {parseRecordLine} from '@sterna/host/record';
import type {PeerRecordRequest, RecordRequest, ServerMessage} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';

/** The first line of a recording is no longer than this. */
const BEGIN_BYTES = 16 * 1024;

/** Sends what this side has of a migration to the operator. Rejects ERR_MIGRATION_UNKNOWN where that is nothing. */
export async function sendRecord({recordings}: ReceiverServices, {id}: RecordRequest, reply: Reply): Promise<ServerMessage> {
	const {keeper} = recordings;
	return send(keeper.parts(await keeper.find(id), id), reply);
}

/** The same for the source that it came from, and for no other host: it has the names and sizes of another's guests. */
export async function sendPeerRecord(
	{recordings}: ReceiverServices,
	{migrationId}: PeerRecordRequest,
	reply: Reply,
	{peer}: ControlConnection,
): Promise<ServerMessage> {
	const {keeper} = recordings;
	const file = await keeper.findExactly(migrationId);
	const isTheirs = file !== undefined && (await sourceOf(file)) === peer.host;
	return send(keeper.parts(isTheirs ? file : undefined, migrationId), reply);
}

async function send(parts: AsyncIterable<Uint8Array>, reply: Reply): Promise<ServerMessage> {
	for await (const data of parts) {
		reply.signal.throwIfAborted();
		reply.event({kind: 'recordPart', body: {data}});
	}

	return {kind: 'done', body: {}};
}

/** The host that a recording says its migration came from; undefined where it says nothing that can be read. */
async function sourceOf(file: string): Promise<string | undefined> {
	await using handle = await open(file);
	const {buffer, bytesRead} = await handle.read({buffer: Buffer.alloc(BEGIN_BYTES)});
	const begin = parseRecordLine(buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '');
	return begin?.kind === 'begin' && begin.direction === 'incoming' ? begin.peer : undefined;
}
