import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {DomainLock} from '../src/domain-lock.ts';
import {hostDirectories} from './helpers/host.ts';

const HOLDER = fileURLToPath(new URL('helpers/lock-holder.ts', import.meta.url));

test('a domain is locked by one at a time, within a process too', t => {
	const directories = hostDirectories(t);
	const first = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'migration m1 to host-b'});
	t.throws(() => DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'save'}), {
		code: 'ERR_DOMAIN_BUSY',
		message: `dom1 is in use by process ${process.pid} (sender: migration m1 to host-b)`,
	});
	using other = DomainLock.acquire(directories, 'dom2', {side: 'sender', what: 'save'});
	t.is(other.domain, 'dom2');
	first[Symbol.dispose]();
	first[Symbol.dispose]();
	using again = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'save'});
	t.is(again.domain, 'dom1');
});

test('a lock leaves no file behind', t => {
	const directories = hostDirectories(t);
	const file = path.join(directories.locks, 'dom1.lock');
	{
		using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'save'});
		t.is(lock.domain, 'dom1');
		t.true(existsSync(file));
	}

	t.false(existsSync(file));
});

test('the lock of another process is respected, and free when that process is killed', async t => {
	const directories = hostDirectories(t);
	const holder = spawn(process.execPath, [HOLDER, path.dirname(directories.run), 'dom1'], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => holder.kill('SIGKILL'));
	await once(holder.stdout, 'data');
	t.throws(() => DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'save'}), {
		code: 'ERR_DOMAIN_BUSY',
		message: `dom1 is in use by process ${holder.pid} (receiver: migration m1 from host-a)`,
	});
	holder.kill('SIGKILL');
	await once(holder, 'exit');
	using lock = DomainLock.acquire(directories, 'dom1', {side: 'sender', what: 'save'});
	t.is(lock.domain, 'dom1');
});

test('a write under the wrong lock, or under one that was released, is a fault of ours', t => {
	const lock = DomainLock.acquire(hostDirectories(t), 'dom1', {side: 'sender', what: 'save'});
	t.notThrows(() => lock.assertHeld('dom1'));
	t.throws(() => lock.assertHeld('dom2'), {instanceOf: TypeError});
	lock[Symbol.dispose]();
	t.throws(() => lock.assertHeld('dom1'), {instanceOf: TypeError});
});
