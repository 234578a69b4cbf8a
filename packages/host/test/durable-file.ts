import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {writeDurably} from '../src/durable-file.ts';
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
