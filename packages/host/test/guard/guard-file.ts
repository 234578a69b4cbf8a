import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {GuardFile} from '../../src/guard/guard-file.ts';
import {temporaryDirectory} from '../helpers/host.ts';

test('the file is what its description says, to the byte', t => {
	const file = path.join(temporaryDirectory(t), 'guard');
	using guard = GuardFile.create(file, 0x0102_0304_0506_0708n);
	guard.stoppedAtBootNs = 0x11n;
	guard.lookedAtBootNs = 0x22n;
	guard.dismiss();
	const bytes = readFileSync(file);
	t.is(bytes.length, 64);
	t.is(bytes.toString('latin1', 0, 8), 'STRNGRD\u0001');
	t.deepEqual(
		[8, 16, 24, 32, 40, 48, 56].map(offset => bytes.readBigUInt64LE(offset)),
		[0x0102_0304_0506_0708n, 0x11n, 1n, 0x22n, 0n, 0n, 0n],
	);
});

const stoppedAt = (file: GuardFile): bigint | undefined => file.stoppedAtBootNs;

test('what one end writes the other reads, also when the file is removed meanwhile', t => {
	const file = path.join(temporaryDirectory(t), 'guard');
	using daemon = GuardFile.create(file, 5n);
	using guard = GuardFile.open(file);
	rmSync(file);
	t.is(guard.deadlineBootNs, 5n);
	t.is(guard.stoppedAtBootNs, undefined);
	t.false(guard.isDismissed);
	guard.stoppedAtBootNs = 7n;
	guard.lookedAtBootNs = 8n;
	daemon.deadlineBootNs = 0n;
	daemon.dismiss();
	t.is(guard.deadlineBootNs, 0n);
	t.true(guard.isDismissed);
	t.is(stoppedAt(daemon), 7n);
	t.is(daemon.lookedAtBootNs, 8n);
	daemon.stoppedAtBootNs = undefined;
	t.is(stoppedAt(guard), undefined);
});

test('what is no such file is not taken for one, and one that is closed is not used', t => {
	const file = path.join(temporaryDirectory(t), 'guard');
	t.throws(() => GuardFile.open(file), {code: 'ENOENT'});
	writeFileSync(file, 'short');
	t.throws(() => GuardFile.open(file), {message: /is not the file of a guard/});
	writeFileSync(file, new Uint8Array(64));
	t.throws(() => GuardFile.open(file), {message: /is not the file of a guard/});
	const closed = GuardFile.create(file, 1n);
	closed[Symbol.dispose]();
	closed[Symbol.dispose]();
	t.throws(() => closed.deadlineBootNs, {instanceOf: TypeError});
	using again = GuardFile.open(file);
	t.is(again.deadlineBootNs, 1n);
});
