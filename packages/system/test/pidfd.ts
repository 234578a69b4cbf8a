import {once} from 'node:events';
import {writeSync} from 'node:fs';
import test from 'ava';
import {closeDescriptor, openProcess, takeDescriptor} from '../src/index.ts';
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
