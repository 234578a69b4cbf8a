import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readDeviceStateFile, writeDeviceStateFile} from '../src/index.ts';

const inDirectory = (t: ExecutionContext): ((name: string) => string) => {
	const directory = mkdtempSync(join(tmpdir(), 'sterna-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	return name => join(directory, name);
};

const notAFile = {name: 'DomainError', code: 'ERR_DEVICE_STATE_NOT_A_FILE'};
const changed = {name: 'DomainError', code: 'ERR_DEVICE_STATE_CHANGED'};
const refused = {name: 'DomainError', code: 'ERR_DEVICE_STATE'};

test('a plain file of the reported size is read whole', t => {
	const file = inDirectory(t)('state');
	writeDeviceStateFile(file, Uint8Array.of(1, 2, 3));
	t.deepEqual([...readDeviceStateFile(file, {expectedBytes: 3, limitBytes: 3})], [1, 2, 3]);
	t.deepEqual([...readDeviceStateFile(file, {expectedBytes: undefined, limitBytes: 100})], [1, 2, 3]);
	t.throws(() => writeDeviceStateFile(file, Uint8Array.of(4)), {code: 'EEXIST'});
});

test('what is no plain file is refused without waiting for it', t => {
	const path = inDirectory(t);
	writeFileSync(path('state'), 'abc');
	symlinkSync(path('state'), path('link'));
	execFileSync('mkfifo', [path('fifo')]);
	for (const name of [path('link'), path('fifo'), path('.'), '/dev/null', '/dev/zero']) {
		t.throws(() => readDeviceStateFile(name, {expectedBytes: undefined, limitBytes: 1000}), notAFile, name);
	}

	t.throws(() => readDeviceStateFile(path('missing'), {expectedBytes: 3, limitBytes: 3}), refused);
});

test('a file that has more or less than it says is refused', t => {
	const file = inDirectory(t)('state');
	writeFileSync(file, 'abc');
	t.throws(() => readDeviceStateFile(file, {expectedBytes: 4, limitBytes: 100}), changed);
	t.throws(() => readDeviceStateFile(file, {expectedBytes: 2, limitBytes: 100}), changed);
	t.throws(() => readDeviceStateFile(file, {expectedBytes: 3, limitBytes: 2}), refused);
	// A plain file by its type, whose size is 0 and whose content is not.
	t.throws(() => readDeviceStateFile('/proc/self/status', {expectedBytes: 0, limitBytes: 100_000}), changed);
	t.throws(() => readDeviceStateFile('/proc/self/status', {expectedBytes: undefined, limitBytes: 100_000}), changed);
});
