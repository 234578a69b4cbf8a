import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {discardStaged, stageDurably, writeDurably} from '../src/durable-file.ts';
import {temporaryDirectory} from './helpers/host.ts';

test("a file is replaced whole, is its owner's alone and leaves nothing beside it", t => {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'record');
	writeFileSync(file, 'a much longer old text');
	// Left over by a crash in the middle of an earlier write.
	writeFileSync(`${file}.new`, 'half a');
	writeDurably(file, 'new');
	t.is(readFileSync(file, 'utf8'), 'new');
	t.is(statSync(file).mode & 0o777 & ~0o644, 0);
	t.deepEqual(readdirSync(directory), ['record']);
});

test('a write that fails leaves the old file and nothing else', t => {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'record');
	// A directory in the file's place: the rename fails.
	mkdirSync(path.join(file, 'inside'), {recursive: true});
	t.throws(() => writeDurably(file, 'new'));
	t.deepEqual(readdirSync(directory), ['record']);
	t.deepEqual(readdirSync(file), ['inside']);
});

test('a full disk is told as such', t => {
	// /dev/full answers every write with ENOSPC; `record.new` leads to it.
	const directory = temporaryDirectory(t);
	symlinkSync('/dev/full', path.join(directory, 'record.new'));
	t.throws(() => writeDurably(path.join(directory, 'record'), 'new'), {code: 'ENOSPC'});
	t.deepEqual(readdirSync(directory), []);
});

test('a staged write changes nothing until it is committed, and leaves nothing beside the file', async t => {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'record');
	writeFileSync(file, 'old');
	// Left over by a daemon that ended.
	writeFileSync(`${file}.staged`, 'much longer, of an earlier attempt');
	const staged = await stageDurably(file, 'new');
	t.is(readFileSync(file, 'utf8'), 'old');
	writeDurably(file, 'in between');
	staged.commit();
	t.is(readFileSync(file, 'utf8'), 'new');
	t.is(statSync(file).mode & 0o777 & ~0o644, 0);
	t.deepEqual(readdirSync(directory), ['record']);
	staged.discard();
	t.is(readFileSync(file, 'utf8'), 'new');
});

test('a staged write that is discarded was never there, and can be discarded by whoever finds it', async t => {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'record');
	const staged = await stageDurably(file, 'new');
	staged.discard();
	t.deepEqual(readdirSync(directory), []);
	t.throws(() => staged.commit(), {code: 'ENOENT'});
	await stageDurably(file, 'new');
	discardStaged(file);
	t.deepEqual(readdirSync(directory), []);
});

test('staging on a full disk is told as such, and leaves nothing', async t => {
	const directory = temporaryDirectory(t);
	symlinkSync('/dev/full', path.join(directory, 'record.staged'));
	await t.throwsAsync(stageDurably(path.join(directory, 'record'), 'new'), {code: 'ENOSPC'});
	t.deepEqual(readdirSync(directory), []);
});
