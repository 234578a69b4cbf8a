import {HASH_KEY_LIMIT} from '@sterna/protocol';
import {helloFeatures, PageHashes} from '@sterna/transport';
import test, {type ExecutionContext} from 'ava';
import {startReceiver} from './helpers/receiver.ts';
import {head, imageDefinition, LAST_END, tail, TestSource} from './helpers/source.ts';

const PAGES = 1024;
const HALF = PAGES / 2;
const KEY = 4711;

async function startScene(t: ExecutionContext): Promise<{readonly source: TestSource; readonly digest: () => string | undefined}> {
	const receiver = await startReceiver(t);
	const source = new TestSource(t, receiver, imageDefinition(PAGES));
	await source.connect();
	return {source, digest: () => receiver.services.arrivals.get(source.migrationId)?.status().digest};
}

test.serial('while there is no link, the receiver says what it has, and the proof goes on over the next one', async t => {
	const {source, digest} = await startScene(t);
	const sent = new PageHashes({pageLimit: PAGES, key: KEY});
	const first = source.prepare({hashKey: KEY});
	const sender = await source.openChannels(0, await first.prepared, {pageHashes: sent});
	await sender.primary.writeBytes(head());
	await sender.writePages(0, Uint32Array.of(0, HALF));
	await sender.applied();
	// Asking is a word of the source too: it has no link any more.
	t.deepEqual(sent.differingGroups(0, await source.pageHashes(KEY, 'groups', 0, 2)), []);
	await t.throwsAsync(first.ended, {code: 'ERR_CONNECTION_LOST'});
	const pages = await source.pageHashes(KEY, 'pages', 0, PAGES);
	t.deepEqual(sent.differingPages(0, pages), []);
	t.true(pages.subarray(0, HALF * 8).some(byte => byte !== 0));
	t.true(
		pages.subarray(HALF * 8).every(byte => byte === 0),
		'nothing has come of the other half',
	);
	t.is(digest(), sent.digest.toString(16).padStart(16, '0'));

	const next = source.resume(1, {hashKey: KEY});
	const rest = await source.openChannels(1, await next.prepared, {pageHashes: sent});
	await rest.primary.writeBytes(head());
	await rest.writePages(0, Uint32Array.of(HALF, PAGES - HALF));
	await rest.primary.writeBytes(tail());
	await rest.primary.writeDigest();
	await rest.primary.writeBytes(LAST_END);
	await next.ready;
	t.is(digest(), sent.digest.toString(16).padStart(16, '0'));
});

test.serial('with a key that it has no hashes of, the receiver hashes what is in the memory', async t => {
	const {source} = await startScene(t);
	const first = source.prepare();
	const sender = await source.openChannels(0, await first.prepared);
	await sender.primary.writeBytes(head());
	await sender.writePages(0, Uint32Array.of(0, HALF));
	await sender.applied();
	const ofOneKey = await source.pageHashes(KEY, 'pages', 0, HALF);
	const ofAnother = await source.pageHashes(KEY + 1, 'pages', 0, HALF);
	t.notDeepEqual(ofOneKey, ofAnother);
	// The source's own, of pages as they are sent once more.
	const sent = new PageHashes({pageLimit: PAGES, key: KEY});
	const again = source.resume(1, {hashKey: KEY});
	const rest = await source.openChannels(1, await again.prepared, {pageHashes: sent});
	await rest.primary.writeBytes(head());
	await rest.writePages(0, Uint32Array.of(0, HALF));
	await rest.applied();
	t.deepEqual(sent.differingPages(0, ofOneKey), []);
	t.deepEqual(sent.differingPages(0, await source.pageHashes(KEY, 'pages', 0, PAGES)), []);
});

test.serial('a table that was not kept is made anew for a link that is proved', async t => {
	const {source} = await startScene(t);
	const first = source.prepare();
	const sender = await source.openChannels(0, await first.prepared);
	await sender.primary.writeBytes(head());
	await sender.writePages(0, Uint32Array.of(0, PAGES));
	await sender.applied();
	const sent = new PageHashes({pageLimit: PAGES, key: KEY});
	const next = source.resume(1, {hashKey: KEY});
	const rest = await source.openChannels(1, await next.prepared, {pageHashes: sent});
	await rest.primary.writeBytes(head());
	// The source sends half: that the rest is the same, its digest does not say.
	await rest.writePages(0, Uint32Array.of(0, HALF));
	// The receiver may have said so before the last of it is written.
	const written = Promise.allSettled([rest.primary.writeBytes(tail()), rest.primary.writeDigest(), rest.primary.writeBytes(LAST_END)]);
	await t.throwsAsync(next.ended, {code: 'ERR_PROOF_MISMATCH'});
	await written;
	t.deepEqual(sent.differingGroups(0, await source.pageHashes(KEY, 'groups', 0, 2)), [1]);
});

test.serial('what cannot be answered is refused', async t => {
	const {source} = await startScene(t);
	await t.throwsAsync(source.pageHashes(KEY, 'pages', 0, 1), {code: 'ERR_TARGET_REFUSED'});
	await source.prepare().prepared;
	await t.throwsAsync(source.pageHashes(HASH_KEY_LIMIT, 'pages', 0, 1), {code: 'ERR_USAGE'});
	await t.throwsAsync(source.pageHashes(KEY, 'pages', 1, PAGES), {code: 'ERR_USAGE'});
	await t.throwsAsync(source.pageHashes(KEY, 'groups', 0, 3), {code: 'ERR_USAGE'});
	await t.throwsAsync(source.pageHashes(KEY, 'pages', 0, 65_537), {code: 'ERR_USAGE'});
	await source.connect({features: helloFeatures({plainData: false}).filter(feature => feature !== 'proof')});
	await t.throwsAsync(source.pageHashes(KEY, 'pages', 0, 1), {code: 'ERR_NOT_SUPPORTED'});
});
