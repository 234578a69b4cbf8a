import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {guestFacts, type GuestRecordFacts, judgeGuests, judgeLeftovers, leftoverFacts} from '../../src/doctor/guests.ts';
import {DomainLock} from '../../src/domain-lock.ts';
import {DomainRegistry} from '../../src/domain-registry.ts';
import {domainRecord, hostDirectories} from '../helpers/host.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const GUEST: GuestRecordFacts = {name: 'dom1', state: 'running', peer: 'host-b', protection: undefined, isAlive: true};
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

test('records that are not as they should be are told by what is to be done about them', t => {
	const rows: readonly [Partial<GuestRecordFacts>, Expected][] = [
		[{}, {state: 'ok'}],
		[{state: 'outgoing'}, {state: 'ok'}],
		[{state: 'protected', protection: 'protecting'}, {state: 'ok'}],
		[{state: 'standby'}, {state: 'ok'}],
		[{state: 'undecided'}, {state: 'fault', detail: /here or on host-b/, fix: /migrate-ctl resolve dom1/}],
		[
			{state: 'undecided', isAlive: false},
			{state: 'fault', fix: /resolve/},
		],
		[{state: 'stale'}, {state: 'warning', fix: /domain destroy dom1/}],
		[{isAlive: false}, {state: 'warning', detail: /has crashed/, fix: /domain destroy dom1/}],
		[
			{state: 'standby', isAlive: false},
			{state: 'warning', fix: /unprotect dom1, on host-b/},
		],
		[
			{state: 'protected', protection: 'gone', isAlive: false},
			{state: 'warning', fix: /failover dom1, on host-b/},
		],
		[
			{state: 'protected', protection: 'alone'},
			{state: 'warning', fix: /unprotect/},
		],
		[
			{state: 'protected', protection: 'stopped'},
			{state: 'fault', detail: /stands still/},
		],
	];
	for (const [facts, expected] of rows)
		assertJudged(t, judgeGuests({guests: [{...GUEST, ...facts}], corrupt: []}), [expected], JSON.stringify(facts));
	const corrupt = [{name: 'dom2', problem: 'it is not JSON'}];
	assertJudged(
		t,
		judgeGuests({guests: [GUEST], corrupt}),
		[{state: 'fault', detail: /dom2 cannot be read.*not JSON/, fix: /copy/}],
		'corrupt',
	);
});

test('records are read, and each guest is looked for', async t => {
	const directories = hostDirectories(t);
	const registry = new DomainRegistry(directories, {side: 'sender'});
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'test'});
	await registry.put(domainRecord('dom1'), lock);
	mkdirSync(path.join(directories.domains, 'dom2'));
	writeFileSync(path.join(directories.domains, 'dom2', 'domain.json'), '{');
	const {guests, corrupt} = await guestFacts(registry);
	t.like(guests, {length: 1, 0: {name: 'dom1', isAlive: false}});
	t.like(corrupt, {length: 1, 0: {name: 'dom2'}});
});

test('a run directory that no record leads to is left over, and a process that has it is an orphan; new ones are left alone', async t => {
	const directories = hostDirectories(t);
	const registry = new DomainRegistry(directories, {side: 'sender'});
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'test'});
	await registry.put(domainRecord('dom1'), lock);
	const make = (name: string): string => {
		const directory = path.join(directories.guests, name);
		mkdirSync(directory, {recursive: true});
		writeFileSync(path.join(directory, 'control.sock'), '');
		return directory;
	};
	make('new');
	assertJudged(t, judgeLeftovers(await leftoverFacts(registry, directories)), [{state: 'ok'}], 'a new one');
	for (const name of ['dom1', 'gone', 'orphan']) utimesSync(make(name), AN_HOUR_AGO, AN_HOUR_AGO);
	const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', path.join(directories.guests, 'orphan', 'control.sock')], {
		stdio: 'ignore',
	});
	t.teardown(() => orphan.kill('SIGKILL'));
	await once(orphan, 'spawn');
	const facts = await leftoverFacts(registry, directories);
	t.deepEqual(facts.processes, [{pid: orphan.pid ?? 0, directory: path.join(directories.guests, 'orphan')}]);
	assertJudged(
		t,
		judgeLeftovers(facts),
		[
			{state: 'warning', detail: /is a guest that no record leads to/, fix: new RegExp(`kill ${orphan.pid}`)},
			{state: 'warning', detail: /guests\/gone is left/, fix: /rm -r .*guests\/gone$/},
		],
		'two leftovers',
	);
});
