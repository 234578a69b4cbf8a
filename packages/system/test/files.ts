import {Buffer} from 'node:buffer';
import {closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {
	allocateFile,
	allocateFileAsync,
	closeDescriptor,
	createMemoryFile,
	duplicateDescriptor,
	punchHole,
	resizeFile,
	sealFileSize,
	seekData,
	seekHole,
	syncFile,
	syncFileData,
	tryLockFile,
	tryLockRange,
	unlockFile,
} from '../src/index.ts';

const MIB = 2 ** 20;

test('a lock is held by one open file at a time, and by its duplicates', t => {
	const directory = mkdtempSync(join(tmpdir(), 'sterna-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const path = join(directory, 'lock');
	const first = openSync(path, 'w');
	const second = openSync(path, 'w');
	t.true(tryLockFile(first));
	t.false(tryLockFile(second));
	const copy = duplicateDescriptor(first);
	closeSync(first);
	t.false(tryLockFile(second));
	unlockFile(copy);
	t.true(tryLockFile(second));
	closeSync(second);
	closeSync(copy);
});

test('a range is locked for one open file at a time, and another range beside it is not', t => {
	const directory = mkdtempSync(join(tmpdir(), 'sterna-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	const path = join(directory, 'image');
	const first = openSync(path, 'w+');
	const second = openSync(path, 'w+');
	t.true(tryLockRange(first, 100, 200));
	t.false(tryLockRange(second, 299, 1));
	t.true(tryLockRange(second, 300, 1));
	t.true(tryLockRange(first, 150, 10));
	closeSync(first);
	t.true(tryLockRange(second, 100, 200));
	closeSync(second);
});

test('data and holes of a memory file beyond 4 GiB are found', t => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, 6 * 1024 * MIB);
	t.is(seekData(fd, 0), undefined);
	t.is(seekHole(fd, 0), 0);
	writeSync(fd, Buffer.alloc(MIB), 0, MIB, MIB);
	writeSync(fd, Buffer.alloc(4096), 0, 4096, 5 * 1024 * MIB);
	t.is(seekData(fd, 0), MIB);
	t.is(seekHole(fd, MIB), 2 * MIB);
	t.is(seekData(fd, 2 * MIB), 5 * 1024 * MIB);
	punchHole(fd, MIB, MIB);
	t.is(seekData(fd, 0), 5 * 1024 * MIB);
	t.is(fstatSync(fd).size, 6 * 1024 * MIB);
	closeDescriptor(fd);
});

test('a sealed memory file keeps its size', t => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, MIB);
	sealFileSize(fd);
	t.throws(() => resizeFile(fd, 0), {name: 'SystemError', code: 'EPERM'});
	t.throws(() => resizeFile(fd, 2 * MIB), {name: 'SystemError', code: 'EPERM'});
	closeDescriptor(fd);
});

test('failures of allocation and sync carry their code', async t => {
	const fd = openSync('/dev/null', 'r+');
	await t.throwsAsync(allocateFileAsync(fd, 0, 4096), {name: 'SystemError', code: 'ENODEV'});
	t.throws(() => allocateFile(fd, 0, 4096), {name: 'SystemError', code: 'ENODEV'});
	t.throws(() => syncFile(fd), {name: 'SystemError', code: 'EINVAL'});
	t.throws(() => syncFileData(fd), {name: 'SystemError', code: 'EINVAL'});
	closeSync(fd);
});

test('a thousand allocations asked for at once all succeed, and are no data yet', async t => {
	const fd = createMemoryFile('sterna-test');
	await Promise.all(Array.from({length: 1000}, (_, index) => allocateFileAsync(fd, index * 4096, 4096)));
	t.is(fstatSync(fd).blocks * 512, 1000 * 4096);
	t.is(seekData(fd, 0), undefined);
	syncFile(fd);
	syncFileData(fd);
	closeDescriptor(fd);
});
