import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Directories, type MigrationOutcome, OutcomeStore} from '@sterna/host';
import test, {type ExecutionContext} from 'ava';
import {ReturnNotices} from '../src/return-notices.ts';

function outcomeOf(id: string, peer: string, receiverKnows: boolean): MigrationOutcome {
	const endedAt = new Date(0).toISOString();
	return {version: 1, id, domain: 'dom1', role: 'source', peer, incarnation: 1, step: 'given-back', endedAt, receiverKnows};
}

type Scene = {
	readonly outcomes: OutcomeStore;
	readonly told: string[];
	/** Notices to receivers that `hear` says whether they hear. */
	readonly notices: (hear: (peer: string) => boolean) => ReturnNotices;
	/** Resolves when so many have been told. */
	readonly toldAll: (count: number) => Promise<void>;
};

function scene(t: ExecutionContext): Scene {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-notices-'));
	const stopping = new AbortController();
	t.teardown(() => {
		stopping.abort();
		rmSync(directory, {recursive: true});
	});
	const directories = new Directories({state: path.join(directory, 'state'), run: path.join(directory, 'run')}, 'sender');
	directories.create();
	const outcomes = new OutcomeStore(directories, {side: 'sender'});
	const told: string[] = [];
	let wake: (() => void) | undefined;
	return {
		outcomes,
		told,
		notices: hear =>
			new ReturnNotices({
				outcomes,
				host: 'host-a',
				tell: async (peer, id) => {
					const isHeard = hear(peer);
					if (isHeard) told.push(`${peer} ${id}`);
					wake?.();
					return isHeard;
				},
				stopping: stopping.signal,
				warn: message => t.fail(message),
			}),
		toldAll: async count => {
			while (told.length < count) {
				const {promise, resolve} = Promise.withResolvers<void>();
				wake = resolve;
				await promise;
			}
		},
	};
}

test('a receiver is told until it has heard, and that is kept', async t => {
	const {outcomes, notices, toldAll, told} = scene(t);
	await outcomes.put(outcomeOf('m1', 'host-b', false));
	let asked = 0;
	const owing = notices(() => {
		asked += 1;
		return asked > 2;
	});
	owing.owe(outcomeOf('m1', 'host-b', false));
	t.deepEqual(owing.owed, ['m1']);
	await toldAll(1);
	while ((await outcomes.get('m1'))?.receiverKnows === false) await new Promise(setImmediate);
	t.deepEqual(owing.owed, []);
	t.deepEqual(told, ['host-b m1']);
});

test('a receiver that does not answer holds up nobody else', async t => {
	const {notices, toldAll, told} = scene(t);
	const owing = notices(peer => peer !== 'host-b');
	owing.owe(outcomeOf('m1', 'host-b', false));
	owing.owe(outcomeOf('m2', 'host-c', false));
	owing.owe(outcomeOf('m3', 'host-c', false));
	await toldAll(2);
	t.deepEqual(told, ['host-c m2', 'host-c m3']);
	t.true(owing.owed.includes('m1'));
});

test('a restarted daemon goes on telling, and tells nobody who knows', async t => {
	const {outcomes, notices, toldAll, told} = scene(t);
	await outcomes.put(outcomeOf('m1', 'host-b', true));
	await outcomes.put(outcomeOf('m2', 'host-b', false));
	const {receiverKnows: _, ...old} = outcomeOf('m3', 'host-b', true);
	await outcomes.put(old);
	await notices(() => true).takeUp();
	await toldAll(1);
	t.deepEqual(told, ['host-b m2']);
});
