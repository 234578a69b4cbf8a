import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import test from 'ava';
import {driverFor, type SourceDomain, type WorkloadDefinition} from '@sterna/domain';
import {freePorts} from '@sterna/test-network';
import {transfer} from '../../../src/contract/transfer.ts';
import type {GuestShow} from '../../../src/drivers/workload/control-protocol.ts';
import {digestOf, formatRequest} from '../../../src/drivers/workload/replies.ts';
import {type ProcessHandle, processHandle} from '../../../src/drivers/process-handle.ts';
import {Asking} from '../../helpers/asking.ts';
import {smallWorkload, withClient} from '../../helpers/workload-subject.ts';
import {newPlace, removeAfter, startGuest, until} from '../../helpers/workshop.ts';

const driver = driverFor('workload');
/** Addresses of two hosts. */
const HERE = '127.0.0.1';
const THERE = '127.0.0.2';

const withPort = async (): Promise<WorkloadDefinition & {readonly udpPort: number}> => ({
	...smallWorkload({lineIntervalMs: 1000}),
	udpPort: (await freePorts(1))[0] ?? 0,
});

type Running = {readonly definition: WorkloadDefinition; readonly handle: ProcessHandle};

const show = async (guest: Running): Promise<GuestShow> => withClient(guest, async client => client.request('show'));

const opened = async (guest: Running): Promise<void> => until(async () => (await show(guest)).port.startsWith('open at'));

const cut = async (source: SourceDomain, epoch: number): Promise<void> => {
	await Promise.all([source.pause(), source.checkpoints?.gate?.cut(epoch), source.saveDeviceState('checkpoint')]);
};

test.serial('a guest answers what is asked of it, and numbers and chains its replies', async t => {
	const definition = await withPort();
	const {udpPort} = definition;
	const guest = await startGuest(t, definition);
	await opened(guest);
	const outside = new Asking(t);
	await outside.ask('first', HERE, udpPort);
	for (const text of ['', 'ASK', 'ASK a b\n', 'x'.repeat(1000)]) await outside.send(text, HERE, udpPort);
	const last = await outside.ask('last', HERE, udpPort);
	t.is(last.serial, outside.replies.length);
	for (const [index, reply] of outside.replies.entries()) {
		t.is(reply.serial, index + 1);
		t.is(reply.digest, digestOf(reply));
		t.true(index === 0 || reply.previous === outside.replies[index - 1]?.digest);
	}

	t.like(await show(guest), {serial: last.serial, digest: last.digest, port: `open at ${HERE} port ${udpPort}`});
	t.deepEqual(outside.other, []);
});

test.serial('a guest without a port has none', async t => {
	const guest = await startGuest(t, smallWorkload());
	t.like(await show(guest), {serial: 0, port: 'none'});
});

test.serial('a paused guest answers when it goes on, and replies are numbered on where it goes on', async t => {
	const definition = await withPort();
	const guest = await startGuest(t, definition);
	await opened(guest);
	const outside = new Asking(t);
	await outside.ask('before', HERE, definition.udpPort);
	const source = await driver.openSource(definition, guest.handle, guest.place, {tracker: 'auto'});
	await source.pause();
	const before = outside.replies.length;
	await outside.send(formatRequest('paused'), HERE, definition.udpPort);
	// It has come in when what was sent behind it is answered.
	await show(guest);
	t.is(outside.replies.length, before);
	await source.resume();
	await until(() => outside.replies.length > before);
	t.is(outside.replies.at(-1)?.nonce, 'paused');

	const there = {...newPlace(t), guestAddress: THERE};
	const target = await driver.createTarget(definition, there);
	removeAfter(t, target.handle, there);
	const moved = {definition, handle: processHandle(target.handle)};
	await transfer(source, target, {rounds: 1});
	t.like(await show(moved), {port: 'closed', ...state(outside)});
	await target.resume();
	await source.destroy();
	await target[Symbol.asyncDispose]();
	await opened(moved);
	const after = await outside.ask('moved', THERE, definition.udpPort);
	t.like(await show(moved), {port: `open at ${THERE} port ${definition.udpPort}`, serial: after.serial});
	t.deepEqual(
		outside.replies.map(({serial}) => serial),
		outside.replies.map((_, index) => index + 1),
	);
	t.true(outside.replies.every(({previous}, index) => index === 0 || previous === outside.replies[index - 1]?.digest));
});

test.serial('requests of a guest whose output is held are answered at once, and the replies come with their epoch', async t => {
	const definition = await withPort();
	const guest = await startGuest(t, definition);
	await opened(guest);
	const outside = new Asking(t);
	await outside.ask('before', HERE, definition.udpPort);
	await using source = await driver.openSource(definition, guest.handle, guest.place, {tracker: 'auto'});
	const gate = source.checkpoints?.gate;
	await gate?.hold();
	const before = outside.replies.length;
	for (const nonce of ['a', 'b']) await outside.send(formatRequest(nonce), HERE, definition.udpPort);
	await until(async () => (await show(guest)).serial === before + 2);
	await cut(source, 1);
	await source.resume();
	await outside.send(formatRequest('c'), HERE, definition.udpPort);
	await until(async () => (await show(guest)).serial === before + 3);
	t.is(outside.replies.length, before);
	t.true(((await gate?.held())?.items ?? 0) >= 3);
	await gate?.release(1, undefined);
	await until(() => outside.replies.length === before + 2);
	t.deepEqual(
		outside.replies.slice(before).map(({nonce}) => nonce),
		['a', 'b'],
	);
	process.kill(guest.handle.pid, 'SIGKILL');
	await until(() => !driver.isAlive(guest.handle));
	t.is(outside.replies.length, before + 2, 'what was held went with the guest');
});

test.serial('a guest whose port another has runs, says so, and opens it when it is free', async t => {
	const definition = await withPort();
	const other = createSocket('udp4').bind(definition.udpPort, HERE);
	await once(other, 'listening');
	const guest = await startGuest(t, definition);
	await until(async () => (await show(guest)).port.includes('EADDRINUSE'));
	t.is((await show(guest)).state, 'running');
	other.close();
	await opened(guest);
	t.true((await new Asking(t).ask('free', HERE, definition.udpPort)).serial > 0);
});

function state(outside: Asking): {serial: number | undefined; digest: string | undefined} {
	const last = outside.replies.at(-1);
	return {serial: last?.serial, digest: last?.digest};
}
