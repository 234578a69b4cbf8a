import {setTimeout as sleep} from 'node:timers/promises';
import {hostError} from '@sterna/host';
import {OperationError, type OperationFault} from '@sterna/protocol';
import {faultToMessage} from '@sterna/protocol/control';
import type {SendChannels} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {EndedArrival} from '../src/ended-arrival.ts';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';
import {head, LAST_END, tail, TestSource, workloadDefinition} from './helpers/source.ts';

const PAGES = 1024;

type Scene = {
	readonly receiver: TestReceiver;
	readonly source: TestSource;
	readonly sender: SendChannels;
	readonly ended: Promise<unknown>;
};

/** A guest with a process is half here. */
async function startHalf(t: ExecutionContext): Promise<Scene> {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, workloadDefinition(PAGES));
	await source.connect();
	const {prepared, ended} = source.prepare();
	const sender = await source.openChannels(0, await prepared);
	await sender.primary.writeBytes(head(new Uint8Array(0)));
	await sender.writePages(0, Uint32Array.of(0, PAGES / 2));
	await sender.applied();
	return {receiver, source, sender, ended};
}

async function killTarget({receiver: {services}, source}: Scene): Promise<void> {
	const record = await services.registry.get(source.definition.name);
	if (record?.handle.kind !== 'process') throw new TypeError('no process comes in');
	process.kill(record.handle.pid, 'SIGKILL');
}

async function faultOf(promise: Promise<unknown>): Promise<OperationFault> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof OperationError) return error.fault;
		throw error;
	}

	throw new TypeError('it did not fail');
}

const phase = ({receiver, source}: Scene): string | undefined => receiver.services.arrivals.get(source.migrationId)?.status().phase;

async function reached(scene: Scene, wanted: string): Promise<void> {
	while (phase(scene) !== wanted) await sleep(5);
}

/** Nothing is kept of it, as soon as its end is done with. */
async function assertDeclined(t: ExecutionContext, {receiver: {services}, source}: Pick<Scene, 'receiver' | 'source'>): Promise<void> {
	while (!(services.arrivals.get(source.migrationId) instanceof EndedArrival)) await sleep(5);
	t.like(await services.outcomes.get(source.migrationId), {step: 'declined'});
	t.is(await services.registry.get(source.definition.name), undefined);
	(await services.budget.reserve(source.definition.name, 1))[Symbol.dispose]();
}

test.serial('a guest whose process ends as it comes in is declined at once, though its link is well', async t => {
	const scene = await startHalf(t);
	await killTarget(scene);
	t.like(await faultOf(scene.ended), {
		code: 'ERR_GUEST_EXITED',
		side: 'receiver',
		phase: 'precopy',
		runsOn: {kind: 'host', host: 'host-a'},
	});
	const closed = await scene.sender.closed;
	t.true(closed instanceof OperationError && closed.code === 'ERR_GUEST_EXITED', 'the data connection says it too');
	t.is(phase(scene), 'failed');
	await assertDeclined(t, scene);
});

test.serial('a guest whose process ends while it waits for a link does not wait any more, and the next one hears of it', async t => {
	const scene = await startHalf(t);
	await scene.sender.destroy();
	t.is((await faultOf(scene.ended)).code, 'ERR_CONNECTION_LOST');
	await reached(scene, 'reconnecting');
	await killTarget(scene);
	await reached(scene, 'failed');
	const {code, causes} = await faultOf(scene.source.resume(1).ended);
	t.is(code, 'ERR_TARGET_REFUSED');
	t.true(
		causes.some(cause => cause.startsWith('receiver: ERR_GUEST_EXITED')),
		causes.join('\n'),
	);
	await assertDeclined(t, scene);
});

test.serial('an abort that comes while the guest is still being made ends it: it is not kept for another link', async t => {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, workloadDefinition(PAGES));
	const client = await source.connect();
	const {ended} = source.prepare();
	const reason = hostError('ERR_ABORTED_BY_OPERATOR', 'the operator aborted it', {side: 'sender'});
	t.is((await client.request('peerAbort', {migrationId: source.migrationId, fault: faultToMessage(reason)})).kind, 'done');
	t.like(await faultOf(ended), {code: 'ERR_ABORTED_BY_OPERATOR', side: 'sender'});
	await assertDeclined(t, {receiver, source});
});

test.serial('a device state that cannot be loaded is a fault of the stop-and-copy, in which it came', async t => {
	const scene = await startHalf(t);
	const {sender, ended} = scene;
	await sender.writePages(0, Uint32Array.of(PAGES / 2, PAGES / 2));
	await sender.primary.writeBytes(tail());
	await sender.primary.writeBytes(LAST_END);
	t.like(await faultOf(ended), {code: 'ERR_DEVICE_STATE', side: 'receiver', phase: 'stop-and-copy'});
	await assertDeclined(t, scene);
});
