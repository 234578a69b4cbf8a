import {once} from 'node:events';
import {writeSync} from 'node:fs';
import {constants} from 'node:os';
import test from 'ava';
import {closeDescriptor, openProcess, signalProcess, takeDescriptor} from '../src/index.ts';
import {startBlocked} from './helpers/blocked-process.ts';

test("another process's descriptor is taken as a duplicate, and it keeps its own", async t => {
	const {child, pid} = await startBlocked('cat', []);
	const process = openProcess(pid);
	const output = takeDescriptor(process, 1);
	writeSync(output, 'ours');
	t.is(String(await once(child.stdout, 'data')), 'ours');
	child.stdin.write('its own');
	t.is(String(await once(child.stdout, 'data')), 'its own');
	t.throws(() => takeDescriptor(process, 1_000_000), {name: 'SystemError', code: 'EBADF'});
	child.stdin.end();
	await once(child, 'exit');
	t.throws(() => takeDescriptor(process, 1), {name: 'SystemError', code: 'ESRCH'}, 'it never means another process');
	t.throws(() => openProcess(pid), {name: 'SystemError', code: 'ESRCH'});
	closeDescriptor(output);
	closeDescriptor(process);
});

test('a signal reaches exactly the process that a descriptor is of, and nobody when it has ended', async t => {
	const {child, pid} = await startBlocked('cat', []);
	const process = openProcess(pid);
	t.throws(() => signalProcess(process, 1000), {name: 'SystemError', code: 'EINVAL'});
	t.true(signalProcess(process, constants.signals.SIGTERM));
	t.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
	t.false(signalProcess(process, constants.signals.SIGTERM));
	closeDescriptor(process);
});
