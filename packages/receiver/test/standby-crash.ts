import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {ReceiverProcess} from './helpers/receiver-process.ts';
import {workloadDefinition} from './helpers/source.ts';
import {checkGuest, removeGuest, until} from './helpers/standby-guest.ts';
import {StandbySource} from './helpers/standby-source.ts';

const PAGES = 1024;

type Scene = {readonly receiver: ReceiverProcess; readonly source: StandbySource};

async function startScene(t: ExecutionContext, crashPoint?: string): Promise<Scene> {
	const receiver = await ReceiverProcess.start(t, crashPoint);
	t.teardown(async () => removeGuest(receiver));
	return {receiver, source: await StandbySource.start(t, receiver.address, workloadDefinition(PAGES))};
}

/** What the source does next may be answered by the end of the connection. */
async function whatever(work: Promise<unknown>): Promise<void> {
	await work.catch(() => undefined);
}

/** The daemon has died where it was told to; the next one is there, and the source has a new connection to it. */
async function restart(t: ExecutionContext, {receiver, source}: Scene): Promise<void> {
	await receiver.died();
	t.true(receiver.isDead);
	await receiver.start();
	await source.connect();
}

/** The standby, which has the last checkpoint that the source heard of or a later one, goes on with it, and finds nothing wrong. */
async function takesOver(t: ExecutionContext, {receiver, source}: Scene): Promise<void> {
	const heard = source.committed.at(-1)?.epoch ?? 0;
	const {state, committedEpoch} = await source.query();
	t.is(state, 'holding');
	t.true(committedEpoch >= heard, `${committedEpoch} is held, and ${heard} was acknowledged`);
	await source.disconnect();
	const {epoch, because} = await receiver.failover();
	t.deepEqual({epoch, because}, {epoch: committedEpoch, because: 'source-is-dead'});
	await runs(t, receiver);
}

async function runs(t: ExecutionContext, receiver: ReceiverProcess): Promise<void> {
	await until(async () => (await receiver.registry.get('dom1'))?.state === 'running');
	t.like(await receiver.registry.get('dom1'), {incarnation: 2, protection: undefined});
	t.is(await checkGuest(receiver), 0);
}

for (const point of ['journal-receiving.before', 'journal-receiving.after', 'send-prepared.before', 'send-prepared.after']) {
	test.serial(`a daemon that dies at ${point} leaves nothing, and the source begins anew`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		await whatever(scene.source.protect());
		await restart(t, scene);
		t.is(await scene.receiver.registry.get('dom1'), undefined);
		await scene.source.protect();
		await takesOver(t, scene);
	});
}

for (const point of ['journal-holding.before', 'journal-holding.after']) {
	test.serial(`a daemon that dies at ${point} has the first checkpoint`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		await whatever(scene.source.protect());
		await restart(t, scene);
		await takesOver(t, scene);
	});
}

for (const point of ['commit.before', 'commit.after', 'apply.middle', 'applied.before', 'applied.after']) {
	test.serial(`a daemon that dies in the middle of a checkpoint, at ${point}, leaves a whole one`, async t => {
		const scene = await startScene(t, `standby.store-${point}:3`);
		await scene.source.protect();
		t.is(await scene.source.checkpoint(), 2);
		await whatever(scene.source.checkpoint());
		await restart(t, scene);
		t.is((await scene.source.query()).committedEpoch, point === 'commit.before' ? 2 : 3);
		await takesOver(t, scene);
	});
}

for (const point of ['journal-attached.before', 'journal-attached.after']) {
	test.serial(`a daemon that dies at ${point} holds what it had`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		const {source} = scene;
		await source.protect();
		await source.connect();
		await whatever(source.standby().ended);
		await restart(t, scene);
		const reply = await source.standby().prepared;
		t.like(reply, {hasBase: true, committedEpoch: 1});
		await source.open(reply);
		t.is(await source.checkpoint(), 2);
		await takesOver(t, scene);
	});
}

for (const point of ['journal-declined.before', 'journal-declined.after', 'send-declined.before', 'send-declined.after']) {
	test.serial(`a daemon that dies at ${point} has not run the guest, and does not by a go from before`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		const {source} = scene;
		await source.protect();
		const epoch = await source.checkpoint({stays: true});
		await whatever(source.outcome(true));
		await restart(t, scene);
		t.is(await source.outcome(true), 'declined');
		t.like(await source.go(epoch), {kind: 'outcome', body: {state: 'declined'}});
		await takesOver(t, scene);
	});
}

for (const point of [
	'journal-promoting.before',
	'journal-promoting.after',
	'send-running.before',
	'send-running.after',
	'outcome-promoted.before',
	'outcome-promoted.after',
	'journal-promoted.before',
	'journal-promoted.after',
]) {
	test.serial(`a daemon that dies at ${point} of a planned failover runs the guest, or declines it`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		const {source, receiver} = scene;
		await source.protect();
		const epoch = await source.checkpoint({stays: true});
		await whatever(source.go(epoch));
		await restart(t, scene);
		const word = await source.outcome(true);
		t.is(word, point === 'journal-promoting.before' ? 'declined' : 'running');
		if (word === 'declined') await takesOver(t, scene);
		else await runs(t, receiver);
		t.is((await source.connect().then(async () => source.query())).state, 'promoted');
	});

	if (point.startsWith('send-')) continue;
	test.serial(`a daemon that dies at ${point} of a failover without its source takes over, or holds`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		const {source, receiver} = scene;
		await source.protect();
		await source.disconnect();
		await until(async () => (await receiver.registry.get('dom1'))?.protection?.step === 'holding');
		await whatever(receiver.failover());
		await restart(t, scene);
		if (point === 'journal-promoting.before') await takesOver(t, scene);
		else await runs(t, receiver);
	});
}

for (const point of ['send-failover-wanted.before', 'send-failover-wanted.after']) {
	test.serial(`a daemon that dies at ${point} holds what it had`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		await scene.source.protect();
		await whatever(scene.receiver.failover({planned: true}));
		await restart(t, scene);
		await takesOver(t, scene);
	});
}

for (const point of ['journal-removed.before', 'journal-removed.after', 'send-ended.before', 'send-ended.after']) {
	test.serial(`a daemon that dies at ${point} has ended the standby`, async t => {
		const scene = await startScene(t, `standby.${point}`);
		await scene.source.protect();
		await whatever(scene.source.end());
		await restart(t, scene);
		t.is((await scene.source.query()).state, 'unknown');
		t.is(await scene.receiver.registry.get('dom1'), undefined);
	});
}

for (let attempt = 1; attempt <= 4; attempt++) {
	test.serial(`a daemon that is killed at any moment holds a whole checkpoint: attempt ${attempt}`, async t => {
		const scene = await startScene(t);
		const {source, receiver} = scene;
		await source.protect();
		const killed = sleep(20 + Math.random() * 200).then(async () => receiver.kill());
		while (!receiver.isDead) await whatever(Promise.race([source.checkpoint(), killed]));
		await killed;
		await restart(t, scene);
		t.log(`${source.committed.at(-1)?.epoch} was acknowledged, ${(await source.query()).committedEpoch} is held`);
		await takesOver(t, scene);
	});
}
