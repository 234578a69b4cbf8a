import test, {type ExecutionContext} from 'ava';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {RecordLine} from '@sterna/host/record';
import {ends, historyOf, linesOf, mergedLines} from './helpers/recordings.ts';
import {assertRunsIntact, createGuest, startScene, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;

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
	for (const kind of ['begin', 'peer', 'phase', 'sample', 'scan', 'iteration', 'decision', 'link', 'downtime', 'end'] as const)
		t.true(kinds.has(kind), kind);
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

test.serial('a guest moves also where nothing can be recorded', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	for (const host of [hostA, hostB]) writeFileSync(path.join(host.files.state, 'records'), 'in the way');
	const {id} = await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
	t.like((await historyOf(hostA))[0], {id, outcome: 'completed', hasRecord: false});
	t.is((await hostA.ctl(['status', id ?? ''])).status, 0);
});
