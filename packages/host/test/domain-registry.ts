import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {type Directories} from '../src/directories.ts';
import {DomainLock} from '../src/domain-lock.ts';
import {type DomainRecord} from '../src/domain-record.ts';
import {DomainRegistry} from '../src/domain-registry.ts';
import {domainRecord, hostDirectories} from './helpers/host.ts';

async function put(directories: Directories, record: DomainRecord): Promise<void> {
	using lock = DomainLock.acquire(directories, record.definition.name, {side: 'sender', what: 'test'});
	await new DomainRegistry(directories, {side: 'sender'}).put(record, lock);
}

test('a record is read back as it was written, by another registry', async t => {
	const directories = hostDirectories(t);
	const record = domainRecord('dom1', {
		state: 'outgoing',
		incarnation: 4,
		migration: {role: 'source', step: 'go', id: 'm1', peer: 'host-b', incarnation: 4, paused: false},
	});
	await put(directories, record);
	t.deepEqual(await new DomainRegistry(directories, {side: 'receiver'}).get('dom1'), record);
	t.deepEqual(readdirSync(directories.domainDir('dom1')), ['domain.json']);
});

test('a record is replaced', async t => {
	const directories = hostDirectories(t);
	await put(directories, domainRecord('dom1'));
	const changed = domainRecord('dom1', {
		incarnation: 1,
		handle: {kind: 'process', pid: 7, startTicks: '123', socketPath: '/x'},
		state: 'running',
	});
	await put(directories, changed);
	t.deepEqual(await new DomainRegistry(directories, {side: 'sender'}).get('dom1'), changed);
});

test('a record is removed, and the rest of its directory stays', async t => {
	const directories = hostDirectories(t);
	await put(directories, domainRecord('dom1'));
	writeFileSync(path.join(directories.domainDir('dom1'), 'output'), 'lines');
	const registry = new DomainRegistry(directories, {side: 'sender'});
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'test'});
	await registry.remove('dom1', lock);
	await registry.remove('dom1', lock);
	t.is(await registry.get('dom1'), undefined);
	t.deepEqual(readdirSync(directories.domainDir('dom1')), ['output']);
});

test('a domain that is not there is undefined, or ERR_DOMAIN_UNKNOWN where it must be', async t => {
	const registry = new DomainRegistry(hostDirectories(t), {side: 'sender'});
	for (const name of ['dom1', '..', '../../etc', '', 'a/b', '__proto__']) t.is(await registry.get(name), undefined, name);
	await t.throwsAsync(registry.need('dom1'), {code: 'ERR_DOMAIN_UNKNOWN', message: 'there is no domain dom1 on this host'});
});

test('all domains are listed by name', async t => {
	const directories = hostDirectories(t);
	for (const name of ['b', 'a', 'c']) await put(directories, domainRecord(name));
	const {records, corrupt} = await new DomainRegistry(directories, {side: 'sender'}).list();
	t.deepEqual(
		records.map(({definition}) => definition.name),
		['a', 'b', 'c'],
	);
	t.deepEqual(corrupt, []);
});

test('a corrupt record is reported, kept, and stops nobody else', async t => {
	const directories = hostDirectories(t);
	await put(directories, domainRecord('good'));
	const faults: Record<string, [text: string, message: RegExp]> = {
		cut: ['{"version":1,', /is not JSON/],
		empty: ['', /is not JSON/],
		field: [JSON.stringify({...domainRecord('field'), incarnation: -1}), /incarnation/],
		future: [JSON.stringify({...domainRecord('future'), version: 2}), /version/],
		huge: [' '.repeat(1024 * 1024 + 1), /more than 1048576/],
		renamed: [JSON.stringify(domainRecord('other')), /record of other/],
	};
	for (const [name, [text]] of Object.entries(faults)) {
		mkdirSync(directories.domainDir(name));
		writeFileSync(path.join(directories.domainDir(name), 'domain.json'), text);
	}

	const registry = new DomainRegistry(directories, {side: 'sender'});
	const {records, corrupt} = await registry.list();
	t.is(records.length, 1);
	t.deepEqual(
		corrupt.map(({domain}) => domain),
		Object.keys(faults),
	);
	for (const {domain, error} of corrupt) {
		t.regex(error.message, faults[domain]?.[1] ?? /^$/);
		await t.throwsAsync(registry.get(domain), {code: 'ERR_FILE'}, domain);
		t.is(readFileSync(path.join(directories.domainDir(domain), 'domain.json'), 'utf8'), faults[domain]?.[0] ?? '');
	}
});

test('a record that would not be readable is not written', async t => {
	const directories = hostDirectories(t);
	await put(directories, domainRecord('dom1'));
	await t.throwsAsync(put(directories, {...domainRecord('dom1'), incarnation: -1}));
	t.like(await new DomainRegistry(directories, {side: 'sender'}).get('dom1'), {incarnation: 0});
});

test('writing without the lock is a fault of ours', async t => {
	const directories = hostDirectories(t);
	const registry = new DomainRegistry(directories, {side: 'sender'});
	using lock = DomainLock.acquire(directories, 'dom2', {side: 'sender', what: 'test'});
	await t.throwsAsync(registry.put(domainRecord('dom1'), lock), {instanceOf: TypeError});
	await t.throwsAsync(registry.remove('dom1', lock), {instanceOf: TypeError});
	t.is(await registry.get('dom1'), undefined);
});

test('a staged record is read when it is committed, and a removal takes one that never was', async t => {
	const directories = hostDirectories(t);
	const registry = new DomainRegistry(directories, {side: 'sender'});
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'test'});
	const before = domainRecord('dom1');
	const after = domainRecord('dom1', {incarnation: 9});
	await registry.put(before, lock);
	const staged = await registry.stage(after, lock);
	t.deepEqual(await registry.get('dom1'), before);
	staged.commit();
	t.deepEqual(await registry.get('dom1'), after);
	await registry.stage(before, lock);
	await registry.remove('dom1', lock);
	t.deepEqual(readdirSync(directories.domainDir('dom1')), []);
});
