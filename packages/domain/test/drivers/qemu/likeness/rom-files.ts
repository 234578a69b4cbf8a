import {createHash} from 'node:crypto';
import {chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {RomFiles} from '../../../../src/drivers/qemu/likeness/rom-files.ts';
import {temporaryDirectory} from '../../../helpers/workshop.ts';

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** A program that names two data directories when asked as QEMU is. */
function programWithData(t: ExecutionContext): {binary: string; first: string; second: string} {
	const directory = temporaryDirectory(t);
	const [first, second, binary] = [join(directory, 'first'), join(directory, 'second'), join(directory, 'qemu')];
	mkdirSync(first);
	mkdirSync(second);
	writeFileSync(binary, `#!/bin/sh\n[ "$*" = "-L help" ] && printf '%s\\n' ${first} ${second}\n`);
	chmodSync(binary, 0o755);
	return {binary, first, second};
}

test('a name is looked for in the data directories of the program, in their order, unless it leads to a file; a path is taken as it is', async t => {
	const {binary, first, second} = programWithData(t);
	writeFileSync(join(first, 'both.rom'), '');
	writeFileSync(join(second, 'both.rom'), '');
	writeFileSync(join(second, 'one.rom'), '');
	const files = new RomFiles();
	t.is(await files.find(binary, 'both.rom', '/'), join(first, 'both.rom'));
	t.is(await files.find(binary, 'one.rom', '/'), join(second, 'one.rom'));
	t.is(await files.find(binary, '/nowhere/x.rom', '/'), '/nowhere/x.rom');
	t.is(await files.find(binary, 'one.rom', second), join(second, 'one.rom'));
	t.is(await files.find(binary, 'both.rom', second), join(second, 'both.rom'));
	await t.throwsAsync(files.find(binary, 'none.rom', '/'), {code: 'ERR_FILE', message: /^none\.rom is in none of the data directories/});
});

test('a program that is not there, or is none, is an error of a file', async t => {
	const files = new RomFiles();
	await t.throwsAsync(files.find('/nowhere/qemu', 'x.rom', '/'), {code: 'ERR_FILE'});
	const notProgram = join(temporaryDirectory(t), 'text');
	writeFileSync(notProgram, 'no program');
	await t.throwsAsync(files.find(notProgram, 'x.rom', '/'), {code: 'ERR_FILE'});
});

test('a file that was replaced is read again', async t => {
	const path = join(temporaryDirectory(t), 'a.rom');
	const files = new RomFiles();
	await t.throwsAsync(files.sha256(path), {code: 'ERR_FILE'});
	writeFileSync(path, 'one');
	t.is(await files.sha256(path), sha256('one'));
	writeFileSync(path, 'two');
	utimesSync(path, 1, 1);
	t.is(await files.sha256(path), sha256('two'));
	rmSync(path);
	await t.throwsAsync(files.sha256(path), {code: 'ERR_FILE'});
});

test('a file of several pieces is hashed whole', async t => {
	const path = join(temporaryDirectory(t), 'large');
	const content = 'sterna'.repeat(500_000);
	writeFileSync(path, content);
	t.is(await new RomFiles().sha256(path), sha256(content));
});
