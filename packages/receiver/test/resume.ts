import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {OperationError} from '@sterna/protocol';
import {helloFeatures, type SendChannels} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';
import {head, imageDefinition, LAST_END, NONSENSE, tail, TestSource} from './helpers/source.ts';

const PAGES = 64;
const HALF = PAGES / 2;

type Scene = {readonly receiver: TestReceiver; readonly source: TestSource};

async function startScene(t: ExecutionContext): Promise<Scene> {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, imageDefinition(PAGES));
	await source.connect();
	return {receiver, source};
}

/** Prepares the guest and sends the head of its stream and half of its pages. */
async function sendHalf(
	source: TestSource,
	overrides: Parameters<TestSource['prepare']>[0] = {},
): Promise<{
	readonly sender: SendChannels;
	readonly ready: Promise<unknown>;
	readonly ended: Promise<unknown>;
	readonly halfBytes: number;
}> {
	const link = source.prepare(overrides);
	const sender = await source.openChannels(0, await link.prepared);
	await sender.primary.writeBytes(head(Uint8Array.of(...Array.from({length: 24}, () => 7))));
	await sender.writePages(0, Uint32Array.of(0, HALF));
	await sender.applied();
	return {sender, ready: link.ready, ended: link.ended, halfBytes: sender.progress.writtenBytes};
}

/** The rest of a stream whose pages are sent, up to `ready` and `go`. */
async function finish(source: TestSource, sender: SendChannels, ready: Promise<unknown>): Promise<void> {
	await sender.primary.writeBytes(tail());
	await sender.primary.writeBytes(LAST_END);
	await ready;
	await source.go();
}

async function faultOf(promise: Promise<unknown>): Promise<OperationError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof OperationError) return error;
		throw error;
	}

	throw new TypeError('it did not fail');
}

/** The link's end is known on the other side a moment after its cause. */
async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(5);
}

const phase = ({receiver, source}: Scene): string | undefined => receiver.services.arrivals.get(source.migrationId)?.status().phase;
const waits = (scene: Scene): Promise<void> => until(() => phase(scene) === 'reconnecting');

function assertArrived(t: ExecutionContext, {receiver: {services}, source}: Scene): void {
	const {domainDir} = services.directories.guestPlace('image1');
	t.is(Buffer.compare(readFileSync(path.join(domainDir, 'image', 'memory')), source.memory.bytes), 0);
}

test.serial('a lost data connection is the end of its request and of no more: the rest comes over the next link', async t => {
	const scene = await startScene(t);
	const {source, receiver} = scene;
	const {sender, ended, halfBytes} = await sendHalf(source);
	await sender.destroy();
	const lost = await faultOf(ended);
	t.is(lost.code, 'ERR_CONNECTION_LOST');
	t.deepEqual(await source.outcome(), {state: 'receiving', incarnation: 1, link: 0});
	t.like(receiver.services.arrivals.get(source.migrationId)?.status(), {phase: 'reconnecting', interruptions: 1, reason: lost.message});

	const next = source.resume(1);
	const prepared = await next.prepared;
	t.deepEqual(prepared.appliedBytes, [halfBytes]);
	t.is(phase(scene), 'precopy');
	const rest = await source.openChannels(1, prepared);
	await rest.primary.writeBytes(head());
	await rest.writePages(0, Uint32Array.of(HALF, PAGES - HALF));
	await finish(source, rest, next.ready);
	t.is(await next.ended, 'done');
	assertArrived(t, scene);
	t.like(receiver.services.arrivals.get(source.migrationId)?.status(), {
		phase: 'completed',
		pagesSent: PAGES,
		result: {outcome: 'completed', interruptions: 1},
	});
	t.like(await receiver.services.registry.get('image1'), {state: 'image', migration: undefined});
});

test.serial('of two streams the static records of the whole one are kept, once', async t => {
	const scene = await startScene(t);
	const {source, receiver} = scene;
	const {sender} = await sendHalf(source);
	await sender.destroy();
	await waits(scene);
	const next = source.resume(1);
	const rest = await source.openChannels(1, await next.prepared);
	await rest.primary.writeBytes(head(new Uint8Array(24).fill(9)));
	await finish(source, rest, next.ready);
	await next.ended;
	const {domainDir} = receiver.services.directories.guestPlace('image1');
	const {records} = JSON.parse(readFileSync(path.join(domainDir, 'image', 'manifest.json'), 'utf8')) as {
		records: {beforeEnd: Array<{offset: number; length: number}>};
	};
	t.is(records.beforeEnd.length, 1);
	const [{offset, length} = {offset: 0, length: 0}] = records.beforeEnd;
	const bodies = readFileSync(path.join(domainDir, 'image', 'records'));
	t.true(bodies.subarray(offset, offset + length).every(byte => byte === 9));
});

test.serial('a lost control connection ends the link too', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const {sender} = await sendHalf(source);
	await source.connect();
	await waits(scene);
	t.truthy(await sender.closed, 'the data connection ends with it');
	const next = source.resume(1);
	t.is((await next.prepared).appliedBytes.length, 1);
});

test.serial('a stream that is wrong ends the link, and what came over it is not vouched for', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const {sender, ended} = await sendHalf(source);
	await sender.primary.writeBytes(NONSENSE).catch(() => undefined);
	t.is((await faultOf(ended)).code, 'ERR_STREAM');
	t.true((await sender.closed) instanceof OperationError);
	t.is(phase(scene), 'reconnecting');
	// The first answer may not have been heard: until a link was opened upon one, it stays so.
	const unheard = source.resume(1);
	t.deepEqual((await unheard.prepared).appliedBytes, []);
	const next = source.resume(2);
	const prepared = await next.prepared;
	t.deepEqual(prepared.appliedBytes, []);
	const rest = await source.openChannels(2, prepared);
	await rest.primary.writeBytes(head());
	await rest.writePages(0, Uint32Array.of(0, PAGES));
	await finish(source, rest, next.ready);
	await next.ended;
	assertArrived(t, scene);
});

test.serial(
	'a link that seems open ends when its source begins the next one; what was answered for it is worth nothing any more',
	async t => {
		const scene = await startScene(t);
		const {source} = scene;
		const first = source.prepare();
		const prepared = await first.prepared;
		const second = source.resume(1);
		t.is((await faultOf(first.ended)).code, 'ERR_CONNECTION_LOST');
		t.deepEqual((await second.prepared).appliedBytes, [0], 'nothing came over the link before');
		const late = await source.openChannels(0, prepared);
		const current = await source.openChannels(1, await second.prepared);
		await current.primary.writeBytes(head());
		await current.applied();
		t.truthy(await late.closed);
		t.is(phase(scene), 'precopy');
	},
);

test.serial('a number that was seen before is refused, and the open link goes on', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const {sender} = await sendHalf(source);
	await sender.destroy();
	await waits(scene);
	const third = source.resume(3);
	const rest = await source.openChannels(3, await third.prepared);
	for (const stale of [1, 3]) t.is((await faultOf(source.resume(stale).ended)).code, 'ERR_TARGET_REFUSED', `link ${stale}`);
	await rest.primary.writeBytes(head());
	await rest.applied();
	t.deepEqual(await source.outcome(), {state: 'receiving', incarnation: 1, link: 3});
});

test.serial('nobody but its own source goes on with a guest', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const {sender} = await sendHalf(source);
	await sender.destroy();
	await waits(scene);
	t.is((await faultOf(source.resume(1, {incarnation: 2}).ended)).code, 'ERR_TARGET_REFUSED');
	await source.connect({host: 'host-c'});
	t.is((await faultOf(source.resume(1).ended)).code, 'ERR_TARGET_REFUSED');
	await source.connect({features: []});
	t.is((await faultOf(source.resume(1).ended)).code, 'ERR_TARGET_REFUSED');
	await source.connect();
	t.is((await source.resume(1).prepared).channels, 1);
});

test.serial('a guest whose time is over is declined for good, with the reason of the loss', async t => {
	const scene = await startScene(t);
	const {source, receiver} = scene;
	const {sender, ended} = await sendHalf(source, {holdMs: 50});
	await sender.destroy();
	const lost = await faultOf(ended);
	await until(() => phase(scene) === 'failed');
	t.like(receiver.services.arrivals.get(source.migrationId)?.status(), {reason: lost.message});
	t.is((await faultOf(source.resume(1).ended)).code, 'ERR_TARGET_REFUSED');
	t.like(await source.outcome(), {state: 'declined'});
	t.like(await receiver.services.outcomes.get(source.migrationId), {step: 'declined'});
	await until(() => readdirSync(receiver.services.directories.guestPlace('image1').domainDir).length === 0);
});

test.serial('where it was not agreed to wait, a lost link is the end', async t => {
	for (const [title, features, overrides] of [
		['the source did not ask', helloFeatures({plainData: false}), {holdMs: undefined}],
		['the hellos did not agree', [], {}],
		["the stream is Xen's", helloFeatures({plainData: false}), {stream: 'xen'}],
	] as const) {
		const {source, receiver} = await startScene(t);
		await source.connect({features});
		const {sender, ended} = await sendHalf(source, overrides);
		await sender.destroy();
		t.is((await faultOf(ended)).code, 'ERR_CONNECTION_LOST', title);
		t.like(await receiver.services.outcomes.get(source.migrationId), {step: 'declined'}, title);
		t.is(await receiver.services.registry.get('image1'), undefined, title);
	}
});

test.serial("an operator's abort ends a guest that waits, and one that comes in", async t => {
	for (const cut of [true, false]) {
		const scene = await startScene(t);
		const {source, receiver} = scene;
		const {sender, ended} = await sendHalf(source);
		if (cut) {
			await sender.destroy();
			await waits(scene);
		}

		const reason = await faultOf(
			Promise.reject(
				new OperationError({
					code: 'ERR_ABORTED_BY_RECEIVER',
					message: 'an operator aborted it',
					side: 'receiver',
					phase: 'precopy',
					runsOn: {kind: 'unknown'},
					next: undefined,
					causes: [],
				}),
			),
		);
		t.is(await receiver.services.arrivals.get(source.migrationId)?.decline(reason), 'declined');
		t.is((await faultOf(ended)).code, cut ? 'ERR_CONNECTION_LOST' : 'ERR_ABORTED_BY_RECEIVER');
		t.is((await faultOf(source.resume(1).ended)).code, 'ERR_TARGET_REFUSED');
		t.is(await receiver.services.registry.get('image1'), undefined);
	}
});

test.serial('a guest that is whole needs no link: it waits for go', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const {sender, ready} = await sendHalf(source);
	await sender.writePages(0, Uint32Array.of(HALF, PAGES - HALF));
	await sender.primary.writeBytes(tail());
	await sender.primary.writeBytes(LAST_END);
	await ready;
	await source.connect();
	t.is(phase(scene), 'handover');
	t.is((await faultOf(source.resume(1).ended)).code, 'ERR_TARGET_REFUSED');
	t.is(await source.go(), 'running');
	assertArrived(t, scene);
});

test.serial('a source that begins anew supersedes a guest of its that waits', async t => {
	const scene = await startScene(t);
	const {source, receiver} = scene;
	const {sender} = await sendHalf(source);
	await sender.destroy();
	await waits(scene);
	const again = new TestSource(t, receiver, imageDefinition(PAGES));
	await again.connect();
	t.is((await again.prepare({incarnation: 2}).prepared).channels, 1);
	t.like(await receiver.services.outcomes.get(source.migrationId), {step: 'declined'});
});

test.serial('go for a guest that still comes in declines it, when its link has ended', async t => {
	const {source, receiver} = await startScene(t);
	const {ended} = await sendHalf(source);
	t.is(await source.go(), 'outcome');
	t.is((await faultOf(ended)).code, 'ERR_TARGET_REFUSED');
	t.like(await receiver.services.outcomes.get(source.migrationId), {step: 'declined'});
});

test.serial('interruptions in a row leave nothing behind', async t => {
	const scene = await startScene(t);
	const {source} = scene;
	const descriptors = (): number => readdirSync('/proc/self/fd').length;
	const {sender} = await sendHalf(source);
	await sender.destroy();
	await waits(scene);
	let before = 0;
	for (let link = 1; link <= 40; link++) {
		const {prepared, ended} = source.resume(link, {channels: 1 + (link % 3)});
		const channels = await source.openChannels(link, await prepared);
		await channels.primary.writeBytes(head());
		await channels.writePages(0, Uint32Array.of(0, HALF));
		await channels.destroy();
		await faultOf(ended);
		if (link === 5) before = descriptors();
	}

	t.true(descriptors() <= before, `${descriptors()} descriptors, ${before} before`);
});
