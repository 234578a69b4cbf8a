import {randomUUID} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {currentStay, StayWatch, arrivedStay} from '../../src/console/guest-stay.ts';
import {Directories} from '../../src/directories.ts';
import {DomainLock} from '../../src/domain-lock.ts';
import type {DomainRecord, MigrationOutcome} from '../../src/domain-record.ts';
import {DomainRegistry} from '../../src/domain-registry.ts';
import {OutcomeStore} from '../../src/outcome-store.ts';

const UUID = randomUUID();
/** Field 22 of /proc/PID/stat; the second, which may hold anything, ends with the last parenthesis. */
const OWN_START_TICKS =
	readFileSync('/proc/self/stat', 'utf8')
		.replace(/^.*\) /, '')
		.split(' ')[19] ?? '';
const LEAVING = {role: 'source', id: 'm1', peer: 'host-b', paused: false} as const;

/** A host with the records of one guest, whose process is this one. */
class Host {
	readonly registry: DomainRegistry;
	readonly outcomes: OutcomeStore;
	readonly #directories: Directories;

	constructor(t: ExecutionContext) {
		const directory = mkdtempSync(path.join(tmpdir(), 'sterna-stay-'));
		t.teardown(() => rmSync(directory, {recursive: true, force: true}));
		this.#directories = new Directories({state: path.join(directory, 'state'), run: path.join(directory, 'run')}, 'sender');
		this.#directories.create();
		this.registry = new DomainRegistry(this.#directories, {side: 'sender'});
		this.outcomes = new OutcomeStore(this.#directories, {side: 'sender'});
	}

	async put(overrides: Partial<DomainRecord>): Promise<DomainRecord> {
		const record: DomainRecord = {
			version: 1,
			definition: {
				kind: 'workload',
				name: 'dom1',
				uuid: UUID,
				memoryBytes: 4096,
				pfnLimit: 1,
				program: {seed: 1, pattern: 'random', content: 'random', lineIntervalMs: 10},
			},
			handle: {kind: 'process', pid: process.pid, startTicks: OWN_START_TICKS, socketPath: '/nowhere'},
			state: 'running',
			incarnation: 0,
			createdAt: new Date().toISOString(),
			...overrides,
		};
		this.#directories.guestPlace('dom1');
		using lock = DomainLock.acquire(this.#directories, 'dom1', {side: 'sender', what: 'test'});
		await this.registry.put(record, lock);
		return record;
	}

	async remove(): Promise<void> {
		using lock = DomainLock.acquire(this.#directories, 'dom1', {side: 'sender', what: 'test'});
		await this.registry.remove('dom1', lock);
	}

	async ended(overrides: Partial<MigrationOutcome>): Promise<void> {
		await this.outcomes.put({
			version: 1,
			id: 'm1',
			domain: 'dom1',
			role: 'source',
			peer: 'host-b',
			incarnation: 1,
			step: 'handed-over',
			endedAt: new Date().toISOString(),
			uuid: UUID,
			outputBytes: 100,
			...overrides,
		});
	}
}

const LEFT = {kind: 'left', to: {host: 'host-b', migrationId: 'm1', incarnation: 1}, outputTo: 100};

test('a guest is here until its record says that it was handed over', async t => {
	const host = new Host(t);
	const watch = new StayWatch(host, currentStay(await host.put({}), 0));
	t.deepEqual(await watch.look(), {kind: 'here'});
	for (const step of ['transferring', 'go', 'handed-over'] as const) {
		await host.put({incarnation: 1, state: 'outgoing', migration: {...LEAVING, incarnation: 1, step}});
		t.deepEqual(await watch.look(), {kind: 'here'}, step);
	}

	await host.ended({});
	t.deepEqual(await watch.look(), LEFT);
	await host.remove();
	t.deepEqual(await watch.look(), LEFT);
});

test('a guest whose handover is not decided is neither here nor there', async t => {
	const host = new Host(t);
	const record = await host.put({incarnation: 1, state: 'undecided', migration: {...LEAVING, incarnation: 1, step: 'undecided'}});
	t.deepEqual(await new StayWatch(host, currentStay(record, 0)).look(), {kind: 'undecided'});
});

test('an attempt that failed does not end a stay, and the next one does', async t => {
	const host = new Host(t);
	const watch = new StayWatch(host, currentStay(await host.put({}), 0));
	await host.ended({step: 'given-back'});
	await host.put({incarnation: 1});
	t.deepEqual(await watch.look(), {kind: 'here'});
	await host.put({incarnation: 2, state: 'outgoing', migration: {...LEAVING, id: 'm2', incarnation: 2, step: 'handed-over'}});
	await host.ended({id: 'm2', incarnation: 2});
	t.like(await watch.look(), {kind: 'left', to: {migrationId: 'm2'}});
});

test('a guest that left and came back between two looks has left all the same', async t => {
	const host = new Host(t);
	const watch = new StayWatch(host, currentStay(await host.put({}), 0));
	await host.ended({});
	await host.put({incarnation: 2});
	t.deepEqual(await watch.look(), LEFT);
	await host.ended({id: 'm3', peer: 'host-c', incarnation: 3});
	await host.remove();
	t.deepEqual(await watch.look(), LEFT);
});

test('a guest that is destroyed, or whose name another one has now, is gone', async t => {
	const host = new Host(t);
	const record = await host.put({});
	const watch = new StayWatch(host, currentStay(record, 0));
	await host.ended({uuid: randomUUID()}); // An earlier domain of this name.
	await host.put({definition: {...record.definition, uuid: randomUUID()}});
	t.deepEqual(await watch.look(), {kind: 'gone'});
	await host.remove();
	t.deepEqual(await watch.look(), {kind: 'gone'});
});

test('an arrival is known by its migration and incarnation, with the place where its output begins', async t => {
	const host = new Host(t);
	await host.ended({id: 'm5', role: 'target', step: 'running', incarnation: 5, outputBytes: 7});
	t.deepEqual(await arrivedStay(host, {migrationId: 'm5', incarnation: 5}), {
		stay: {domain: 'dom1', uuid: UUID, incarnation: 5, outputFrom: 7},
		from: 'host-b',
	});
	t.is(await arrivedStay(host, {migrationId: 'm5', incarnation: 4}), undefined);
	t.is(await arrivedStay(host, {migrationId: 'm6', incarnation: 5}), undefined);
	await host.ended({id: 'm7', role: 'target', step: 'declined', incarnation: 7});
	t.is(await arrivedStay(host, {migrationId: 'm7', incarnation: 7}), undefined);
});
