import test, {type ExecutionContext} from 'ava';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {RecordLine} from '@sterna/host/record';
import {ends, historyOf, linesOf, mergedLines} from './helpers/recordings.ts';
import {assertRunsIntact, createGuest, startScene, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, mustMigrate, statusOf} from './helpers/start.ts';

const MIB = 1024 * 1024;

const isPrecopy = (line: RecordLine): boolean => line.kind === 'phase' && line.phase === 'precopy';

function assertInOrder(t: ExecutionContext, lines: readonly RecordLine[]): void {
	t.deepEqual(
		lines.map(({atMs}) => atMs),
		lines.map(({atMs}) => atMs).toSorted((one, other) => one - other),
	);
}

test.serial('a migration leaves what each side saw, both of it in one order at the source, and an entry on both hosts', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const {id} = await mustMigrate(t, hostA, hostB);
	const merged = await mergedLines(hostA, id ?? '');
	assertInOrder(t, merged);
	const kinds = new Set(merged.filter(({side}) => side === 'sender').map(({kind}) => kind));
	for (const kind of ['begin', 'opened', 'peer', 'phase', 'sample', 'scan', 'iteration', 'decision', 'link', 'downtime', 'end'] as const)
		t.true(kinds.has(kind), kind);
	// The one that was in use, whatever was asked for.
	t.is(merged.find(line => line.kind === 'opened')?.tracker, (await statusOf(hostA, id ?? '')).tracker);
	const received = linesOf(hostB, `${id}.receiver.jsonl`);
	t.is(merged.filter(({side}) => side === 'receiver').length, received.length);
	const phases = merged.flatMap(line => (line.kind === 'phase' && line.side === 'sender' ? [line.phase] : []));
	t.deepEqual(phases, ['prepare', 'precopy', 'stop-and-copy', 'handover']);
	// Both are on one machine: the same clock, and what is known of it is as good as a round trip.
	const peers = merged.filter(line => line.kind === 'peer');
	t.true(peers.length >= 1 && peers.every(({offsetMs = NaN, uncertaintyMs = NaN}) => Math.abs(offsetMs) <= uncertaintyMs + 25));
	t.like((await historyOf(hostA))[0], {id, outcome: 'completed', direction: 'outgoing', hasRecord: true});
	t.like((await historyOf(hostB))[0], {id, outcome: 'completed', direction: 'incoming', hasRecord: true});
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a receiver that is killed: its lines are merged when it is back, with those of the daemon that tidied up', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB, {args: ['--reconnect', '0s']});
	const {id} = await run.reached('precopy', inPrecopy);
	// Lines are written behind what they tell of: a daemon that is killed before has recorded nothing.
	await waitUntil('the recording of the receiver', () => linesOf(hostB, `${id}.receiver.jsonl`).length > 0);
	await hostB.kill('receiver');
	t.is((await run.ended).error?.code, 'ERR_CONNECTION_LOST');
	await waitUntil('the recording of the source', () => linesOf(hostA, `${id}.jsonl`).length > 0);
	const alone = linesOf(hostA, `${id}.jsonl`);
	t.deepEqual(ends(alone), ['sender']);
	t.true(alone.some(line => line.kind === 'error' && line.error.code === 'ERR_CONNECTION_LOST'));
	t.true(alone.some(line => line.kind === 'note' && line.text.startsWith('the recording of host-b is missing')));
	proxy.throttle(undefined);
	await hostB.daemon('receiver').start();
	const merged = await mergedLines(hostA, id);
	assertInOrder(t, merged);
	t.is(merged.filter(line => line.kind === 'begin' && line.side === 'receiver').length, 2);
	t.like((await historyOf(hostA))[0], {id, outcome: 'failed'});
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a sender that is killed: what it recorded is ended by the next one, which gives the guest back or moves it on', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const killInPrecopy = async (args: readonly string[]): Promise<string> => {
		proxy.throttle(4 * MIB);
		const run = beginMigration(hostA, hostB, {args});
		const {id} = await run.reached('precopy', inPrecopy);
		await waitUntil('the phase in the recording of the source', () => linesOf(hostA, `${id}.sender.jsonl`).some(isPrecopy));
		await hostA.kill('sender');
		await run.ended;
		proxy.throttle(undefined);
		await hostA.daemon('sender').start();
		return id;
	};

	const first = await killInPrecopy(['--reconnect', '0s']);
	await waitUntil('the guest is given back', async () => (await historyOf(hostA))[0]?.outcome === 'failed');
	t.like((await historyOf(hostA))[0], {id: first, outcome: 'failed', runsOn: 'host-a', error: {code: 'ERR_DAEMON_UNREACHABLE'}});
	const given = (await mergedLines(hostA, first)).filter(({side}) => side === 'sender');
	t.is(given.filter(({kind}) => kind === 'begin').length, 2);
	t.true(given.some(line => line.kind === 'note' && line.text === 'an earlier daemon ended while it was under way'));
	const report = await hostA.mustCtl(['report', first]);
	t.regex(report, /^dom1 did not move: sterna-sender on host-a was gone in precopy$/m);
	t.regex(report, /^ {2}dom1 runs on host-a/m);
	t.regex(report, /^ {4}migrate-ctl start dom1 host-b$/m);

	const second = await killInPrecopy([]);
	await waitUntil('the guest has moved', async () => (await historyOf(hostA))[0]?.outcome === 'completed');
	t.like((await historyOf(hostA))[0], {id: second, outcome: 'completed', runsOn: 'host-b', error: null});
	const moved = (await mergedLines(hostA, second)).filter(({side}) => side === 'sender');
	t.is(moved.filter(({kind}) => kind === 'begin').length, 2);
	// Its time is from the beginning that the first daemon recorded.
	const [begin, end] = [moved.find(({kind}) => kind === 'begin'), moved.findLast(line => line.kind === 'end')];
	t.true((end?.totalMs ?? 0) >= (moved.findLast(({kind}) => kind === 'begin')?.atMs ?? Infinity) - (begin?.atMs ?? 0));
	t.regex(await hostA.mustCtl(['report', second]), /^ {2}At \+[\d.]+ s another sterna-sender on host-a took it over from the one before/m);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a guest moves also where nothing can be recorded', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	for (const host of [hostA, hostB]) writeFileSync(path.join(host.files.state, 'records'), 'in the way');
	const {id} = await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
	t.like((await historyOf(hostA))[0], {id, outcome: 'completed', hasRecord: false});
	t.is((await hostA.ctl(['status', id ?? ''])).status, 0);
});
