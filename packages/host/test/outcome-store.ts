import {readdirSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {type MigrationOutcome} from '../src/domain-record.ts';
import {OutcomeStore} from '../src/outcome-store.ts';
import {hostDirectories} from './helpers/host.ts';

const outcome = (id: string, overrides: Partial<MigrationOutcome> = {}): MigrationOutcome => ({
	version: 1,
	id,
	domain: 'dom1',
	role: 'target',
	peer: 'host-a',
	incarnation: 3,
	step: 'declined',
	endedAt: '2026-01-02T03:04:05.678Z',
	...overrides,
});

test('an outcome is known to a store made later', async t => {
	const directories = hostDirectories(t);
	await new OutcomeStore(directories, {side: 'receiver'}).put(outcome('m1', {resultJson: '{"a":1}'}));
	t.deepEqual(await new OutcomeStore(directories, {side: 'sender'}).get('m1'), outcome('m1', {resultJson: '{"a":1}'}));
});

test('what was never there is undefined, whatever it is called', async t => {
	const store = new OutcomeStore(hostDirectories(t), {side: 'receiver'});
	for (const id of ['m1', '../domains/dom1/domain', '', '.', 'x'.repeat(300)]) t.is(await store.get(id), undefined, id);
});

test('an id that is no file name is refused', async t => {
	const store = new OutcomeStore(hostDirectories(t), {side: 'receiver'});
	for (const id of ['../x', '', 'a/b', '.hidden']) await t.throwsAsync(store.put(outcome(id)), undefined, id);
});

test('the oldest are dropped beyond the limit', async t => {
	const directories = hostDirectories(t);
	const store = new OutcomeStore(directories, {side: 'receiver', limit: 3});
	for (let index = 1; index <= 5; index++) {
		await store.put(outcome(`m${index}`));
		// A clock tick of the file system may be longer than the test.
		utimesSync(path.join(directories.migrations, `m${index}.json`), index, index);
	}

	await store.put(outcome('m6'));
	t.deepEqual(readdirSync(directories.migrations).toSorted(), ['m4.json', 'm5.json', 'm6.json']);
	t.deepEqual(
		(await store.latest(2)).map(({id}) => id),
		['m6', 'm5'],
	);
});

test('an outcome that cannot be read is an error and not unknown', async t => {
	const directories = hostDirectories(t);
	writeFileSync(path.join(directories.migrations, 'm1.json'), '{');
	const store = new OutcomeStore(directories, {side: 'receiver'});
	await t.throwsAsync(store.get('m1'), {code: 'ERR_FILE'});
	t.deepEqual(await store.latest(10), []);
});

test('a staged outcome is known when it is committed; another one takes its place', async t => {
	const directories = hostDirectories(t);
	const store = new OutcomeStore(directories, {side: 'receiver'});
	const staged = await store.stage(outcome('m1', {step: 'running'}));
	t.is(await store.get('m1'), undefined);
	t.deepEqual(await store.latest(10), []);
	staged.commit();
	t.is((await store.get('m1'))?.step, 'running');
	await store.stage(outcome('m2', {step: 'running'}));
	await store.put(outcome('m2'));
	t.is((await store.get('m2'))?.step, 'declined');
	t.deepEqual(readdirSync(directories.migrations).toSorted(), ['m1.json', 'm2.json']);
});
