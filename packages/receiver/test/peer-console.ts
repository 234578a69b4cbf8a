import {appendFileSync} from 'node:fs';
import {randomUUID} from 'node:crypto';
import test, {type ExecutionContext} from 'ava';
import type {PeerConsoleRequest} from '@sterna/protocol/control';
import {ControlClient, type RequestStream} from '@sterna/transport';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';

const MIGRATION = {migrationId: 'm1', incarnation: 3} as const;

/** A receiver where a guest arrived from host-a when its output had 10 bytes, wrote 20, and went on to `next`. */
async function startAfterArrival(t: ExecutionContext, next: string): Promise<TestReceiver> {
	const receiver = await startReceiver(t);
	const {outcomes, directories} = receiver.services;
	const common = {version: 1, domain: 'dom1', uuid: randomUUID(), endedAt: new Date().toISOString()} as const;
	await outcomes.put({...common, id: 'm1', role: 'target', peer: 'host-a', incarnation: 3, step: 'running', outputBytes: 10});
	await outcomes.put({...common, id: 'm2', role: 'source', peer: next, incarnation: 4, step: 'handed-over', outputBytes: 30});
	appendFileSync(directories.guestPlace('dom1').outputFile, `${'-'.repeat(10)}${'abcdefghij'.repeat(2)}${'+'.repeat(10)}`);
	return receiver;
}

async function ask(
	t: ExecutionContext,
	{address}: TestReceiver,
	{host = 'host-a', ...request}: Partial<PeerConsoleRequest> & {readonly host?: string} = {},
): Promise<RequestStream> {
	const client = await ControlClient.connect({address, hello: {software: 'sterna-sender test', host, role: 'sender'}});
	t.teardown(async () => client.close());
	return client.openStream('peerConsole', {...MIGRATION, receivedBytes: 0, path: [host], ...request});
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<string> {
	let text = '';
	for await (const bytes of stream) text += Buffer.from(bytes).toString();
	return text;
}

test('the host that handed a guest over gets what it wrote here, and where it went if that is a host that asks', async t => {
	const receiver = await startAfterArrival(t, 'host-a');
	const stream = await ask(t, receiver);
	t.is(await read(stream), 'abcdefghijabcdefghij');
	t.like(await stream.answer, {kind: 'consoleMoved', body: {host: 'host-a', migrationId: 'm2', incarnation: 4}});
});

test('what is there already is not sent again', async t => {
	const receiver = await startAfterArrival(t, 'host-a');
	t.is(await read(await ask(t, receiver, {receivedBytes: 15})), 'fghij');
	t.is(await read(await ask(t, receiver, {receivedBytes: 20})), '');
});

test('a guest that went on to where this host cannot ask is lost to the console', async t => {
	const stream = await ask(t, await startAfterArrival(t, 'host-z'));
	await t.throwsAsync(read(stream), {code: 'ERR_HOST_UNKNOWN', message: /no host host-z/});
});

test('no other host gets the console of a guest, nor by another migration', async t => {
	const receiver = await startAfterArrival(t, 'host-a');
	const others = [{host: 'host-c'}, {incarnation: 4}, {migrationId: 'm2'}, {migrationId: 'm9'}];
	for (const other of others) {
		const stream = await ask(t, receiver, other);
		await t.throwsAsync(stream.answer, {code: 'ERR_DOMAIN_UNKNOWN'}, JSON.stringify(other));
	}

	const misled = await ask(t, receiver, {path: ['host-a', 'host-c']});
	await t.throwsAsync(misled.answer, {code: 'ERR_USAGE'});
});
