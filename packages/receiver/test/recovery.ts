import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {driverFor, type DomainDefinition, type GuestHandle, type TargetDomain} from '@sterna/domain';
import {DomainLock, type DomainRecord} from '@sterna/host';
import {parseRecordLine} from '@sterna/host/record';
import {copyMemory} from '@sterna/system';
import {PageHashes} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {directoriesOf, receiverDirectories, registryOf, startReceiver, type TestReceiver} from './helpers/receiver.ts';
import {head, imageDefinition, SourceMemory, TestSource, workloadDefinition} from './helpers/source.ts';

const PAGE_BYTES = 4096;
const PAGES = 4096;
const HALF = PAGES / 2;
const KEY = 4711;
const LINK = 4;

type Left = {readonly directory: string; readonly target: TargetDomain; readonly definition: DomainDefinition};

/** What a daemon leaves that is killed while a guest comes in over link 4. */
async function leave(t: ExecutionContext, migrationId: string, definition: DomainDefinition): Promise<Left> {
	const directory = receiverDirectories(t);
	const directories = directoriesOf(directory);
	const place = directories.guestPlace(definition.name);
	const driver = driverFor(definition.kind);
	const target = await driver.createTarget(definition, place);
	t.teardown(async () => {
		await target[Symbol.asyncDispose]();
		await driver.remove(target.handle, place);
	});
	using lock = DomainLock.acquire(directories, definition.name, {side: 'receiver', what: 'test'});
	await registryOf(directories).put(recordOf(migrationId, definition, target.handle), lock);
	return {directory, target, definition};
}

function recordOf(id: string, definition: DomainDefinition, handle: GuestHandle): DomainRecord {
	return {
		version: 1,
		definition,
		handle,
		state: 'incoming',
		incarnation: 1,
		createdAt: new Date().toISOString(),
		migration: {
			role: 'target',
			step: 'receiving',
			id,
			peer: 'host-a',
			incarnation: 1,
			paused: false,
			hold: {ms: 60_000, link: LINK, totalPages: PAGES},
		},
	};
}

function arrivalAt({services}: TestReceiver, id: string): string | undefined {
	return services.arrivals.get(id)?.status().phase;
}

test.serial('half a guest whose memory outlived the daemon goes on to come in', async t => {
	const id = randomUUID();
	const {directory, target, definition} = await leave(t, id, workloadDefinition(PAGES));
	using filled = new SourceMemory(HALF);
	await target.memory.populate(0, HALF);
	copyMemory(Number(target.memory.address), Number(filled.address), HALF * PAGE_BYTES);
	const receiver = await startReceiver(t, directory);
	t.is(arrivalAt(receiver, id), 'reconnecting');
	await t.throwsAsync(receiver.services.budget.reserve('dom1', 1), {instanceOf: TypeError}, 'its memory is promised to it');

	const source = new TestSource(t, receiver, definition);
	source.migrationId = id;
	source.memory.bytes.set(filled.bytes);
	await source.connect();
	t.deepEqual(await source.outcome(), {state: 'receiving', incarnation: 1, link: LINK});
	await t.throwsAsync(source.resume(LINK).ended, {code: 'ERR_TARGET_REFUSED'});
	const had = await source.pageHashes(KEY, 'pages', 0, PAGES);
	const sent = new PageHashes({pageLimit: PAGES, key: KEY});
	const next = source.resume(LINK + 1, {hashKey: KEY});
	const prepared = await next.prepared;
	t.deepEqual(prepared.appliedBytes, []);
	t.like(await receiver.services.registry.get('dom1'), {migration: {step: 'receiving', hold: {link: LINK + 1}}});
	const sender = await source.openChannels(LINK + 1, prepared, {pageHashes: sent});
	await sender.primary.writeBytes(head(new Uint8Array(0)));
	await sender.writePages(0, Uint32Array.of(0, 1024));
	await sender.writePages(0, Uint32Array.of(1024, 1024));
	await sender.applied();
	t.deepEqual(sent.differingPages(0, had), [], 'what the earlier daemon received is what its source has');
	await sender.writePages(0, Uint32Array.of(HALF, 1024));
	await sender.writePages(0, Uint32Array.of(HALF + 1024, 1024));
	await sender.applied();
	using arrived = new SourceMemory(PAGES);
	copyMemory(Number(arrived.address), Number(target.memory.address), PAGES * PAGE_BYTES);
	t.is(Buffer.compare(arrived.bytes, source.memory.bytes), 0);
});

for (const [title, definition, prepareFor] of [
	['whose process is gone', workloadDefinition(PAGES), async ({target}: Left) => target.destroy()],
	['of an image', imageDefinition(64), async () => Promise.resolve()],
] as const) {
	test.serial(`half a guest ${title} is declined`, async t => {
		const id = randomUUID();
		const left = await leave(t, id, definition);
		await prepareFor(left);
		const receiver = await startReceiver(t, left.directory);
		t.like(await receiver.services.outcomes.get(id), {step: 'declined'});
		t.is(await receiver.services.registry.get(definition.name), undefined);
		t.is(arrivalAt(receiver, id), 'failed');
		await receiver.services.recordings.idle();
		const lines = readFileSync(path.join(left.directory, 'state', 'records', `${id}.receiver.jsonl`), 'utf8')
			.trimEnd()
			.split('\n')
			.map(text => parseRecordLine(text));
		t.like(lines, [
			{kind: 'begin', id, direction: 'incoming', peer: 'host-a'},
			{kind: 'note', text: 'an earlier daemon ended while it was under way'},
			{kind: 'end', outcome: 'failed', runsOn: 'host-a'},
		]);
		const {history} = receiver.services.recordings.keeper;
		t.like(history.list({limit: 0, name: ''}), [{id, direction: 'incoming', outcome: 'failed', runsOn: 'host-a'}]);
		(await receiver.services.budget.reserve(definition.name, 1))[Symbol.dispose]();
	});
}
