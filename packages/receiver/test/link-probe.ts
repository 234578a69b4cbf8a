import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type ErrorCode, MAX_DATA_CHANNELS, OperationError} from '@sterna/protocol';
import type {LinkProbeRequest, PrepareReply, ServerFrame} from '@sterna/protocol/control';
import {helloFeatures, type ControlClient, type SendChannels} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {startReceiver, type TestReceiver} from './helpers/receiver.ts';
import {head, imageDefinition, LAST_END, NONSENSE, tail, TestSource} from './helpers/source.ts';

const PAGES = 1024;
const WINDOW_BYTES = 1024 * 1024;
/** As docs/spec/forecast.md has it: 64 MiB. */
const MOST_PAGES = 16_384;

type Scene = {readonly receiver: TestReceiver; readonly source: TestSource; readonly client: ControlClient};

async function startScene(t: ExecutionContext, features = helloFeatures({plainData: false})): Promise<Scene> {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, imageDefinition(PAGES));
	return {receiver, source, client: await source.connect({features})};
}

type Probe = {
	readonly id: string;
	readonly prepared: Promise<PrepareReply>;
	readonly ended: Promise<ServerFrame['kind']>;
	readonly cancel: () => void;
};

function probe({client, source}: Scene, overrides: Partial<LinkProbeRequest> = {}): Probe {
	const id = randomUUID();
	source.migrationId = id; // What its data connections say.
	const over = new AbortController();
	const prepared = Promise.withResolvers<PrepareReply>();
	const onEvent = (frame: ServerFrame): void => {
		if (frame.kind === 'prepared') prepared.resolve(frame.body);
	};
	const request = {id, mostPages: PAGES, windowBytes: WINDOW_BYTES, channels: 1, ...overrides};
	const ended = client.request('linkProbe', request, {onEvent, signal: over.signal}).then(({kind}) => kind);
	ended.catch(prepared.reject);
	prepared.promise.catch(() => undefined); // Whoever waits for it hears of it.
	return {id, prepared: prepared.promise, ended, cancel: () => over.abort(new Error('seen enough'))};
}

/** Sends half of the pages, and resolves when they are in the receiver's memory. */
async function sendHalf(source: TestSource, prepared: PrepareReply): Promise<SendChannels> {
	const sender = await source.openChannels(0, prepared);
	await sender.primary.writeBytes(head());
	await sender.writePages(0, Uint32Array.of(0, PAGES / 2));
	await sender.applied();
	return sender;
}

/** Mappings of memory that no guest has, in this process: the receiver's are among them. */
const scratchMappings = (): number => readFileSync('/proc/self/maps', 'utf8').split('memfd:sterna-scratch').length - 1;

/** Resolves when there is nothing left of it: neither memory nor what was promised to it. */
async function isForgotten(t: ExecutionContext, {receiver: {services}}: Scene, id: string): Promise<void> {
	while (scratchMappings() > 0) await sleep(5);
	// A promise of the same name is refused as long as there is one.
	(await services.budget.reserve(`probe ${id}`, 1))[Symbol.dispose]();
	t.deepEqual((await services.registry.list()).records, []);
}

test.serial('a probe of no pages is a round trip, as often as it is asked for', async t => {
	const scene = await startScene(t);
	for (let trip = 0; trip < 3; trip++) t.is(await probe(scene, {mostPages: 0}).ended, 'done');
	t.is(scratchMappings(), 0);
});

test.serial('pages of a probe are taken into memory of their own, which is gone when the sender has seen enough', async t => {
	const scene = await startScene(t);
	const {id, prepared, ended, cancel} = probe(scene, {windowBytes: 2 ** 40});
	const offer = await prepared;
	t.is(scratchMappings(), 1);
	t.is(offer.windowBytes, scene.receiver.services.config.data.windowBytes, 'no more is on its way than a migration may have');
	await t.throwsAsync(scene.receiver.services.budget.reserve(`probe ${id}`, 1), {instanceOf: TypeError}, 'its memory is promised to it');
	const sender = await sendHalf(scene.source, offer);
	// The same pages again and again, as trials are.
	await sender.writePages(0, Uint32Array.of(0, PAGES / 2));
	await sender.applied();
	cancel();
	await t.throwsAsync(ended, {message: 'seen enough'});
	await isForgotten(t, scene, id);

	const next = probe(scene);
	await sendHalf(scene.source, await next.prepared);
	next.cancel();
	await t.throwsAsync(next.ended);
	await isForgotten(t, scene, next.id);
});

test.serial('a probe whose stream comes to its end has been served', async t => {
	const scene = await startScene(t);
	const {id, prepared, ended} = probe(scene);
	const sender = await sendHalf(scene.source, await prepared);
	await sender.primary.writeBytes(tail());
	await sender.primary.writeBytes(LAST_END);
	t.is(await ended, 'done');
	await isForgotten(t, scene, id);
});

test.serial('what the making of a target costs is told with the offer', async t => {
	const scene = await startScene(t);
	const {id, prepared, cancel, ended} = probe(scene);
	const {populateMs, processStartMs} = await prepared;
	t.true(populateMs !== undefined && populateMs > 0);
	t.true(processStartMs !== undefined && processStartMs > 0);
	cancel();
	await t.throwsAsync(ended);
	await isForgotten(t, scene, id);
});

test.serial('as many data connections are offered as a migration would have', async t => {
	const many = await startScene(t);
	const {id, prepared, cancel, ended} = probe(many, {channels: 1000});
	t.is((await prepared).channels, MAX_DATA_CHANNELS);
	cancel();
	await t.throwsAsync(ended);
	await isForgotten(t, many, id);

	const one = await startScene(
		t,
		helloFeatures({plainData: false}).filter(feature => feature !== 'channels'),
	);
	const single = probe(one, {channels: 4});
	t.is((await single.prepared).channels, 1);
	await sendHalf(one.source, await single.prepared);
	single.cancel();
	await t.throwsAsync(single.ended);
	await isForgotten(t, one, single.id);
});

test.serial('more pages than a probe may have, and more than there is room for, are refused before there is any memory', async t => {
	const scene = await startScene(t);
	const large = probe(scene, {mostPages: MOST_PAGES + 1});
	await t.throwsAsync(large.ended, {code: 'ERR_USAGE', message: /16385 pages, at most 16384 are taken/});
	await isForgotten(t, scene, large.id);

	const {budget, config} = scene.receiver.services;
	using _guest = await budget.renew('dom2', config.receiver.memoryLimitBytes);
	const crowded = probe(scene);
	await t.throwsAsync(crowded.prepared, {code: 'ERR_MEMORY_INSUFFICIENT'});
	await t.throwsAsync(crowded.ended, {code: 'ERR_MEMORY_INSUFFICIENT'});
	t.is(scratchMappings(), 0);
});

for (const [title, cut, code] of [
	['whose data connection is cut', async (_source, sender) => sender.destroy(new Error('cut')), 'ERR_CONNECTION_LOST'],
	['whose control connection is cut', async source => source.disconnect(), 'ERR_CONNECTION_LOST'],
	['whose stream is nonsense', async (_source, sender) => sender.primary.writeBytes(NONSENSE), 'ERR_STREAM'],
] as const satisfies ReadonlyArray<readonly [string, (source: TestSource, sender: SendChannels) => Promise<unknown>, ErrorCode]>) {
	test.serial(`a probe ${title} in the middle ends with that, and nothing is left of it`, async t => {
		const scene = await startScene(t);
		const {id, prepared, ended} = probe(scene);
		const sender = await sendHalf(scene.source, await prepared);
		await Promise.all([t.throwsAsync(ended, {instanceOf: OperationError, code}), cut(scene.source, sender)]);
		await isForgotten(t, scene, id);
	});
}
