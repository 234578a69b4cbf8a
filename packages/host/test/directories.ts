import {existsSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {Directories} from '../src/directories.ts';
import {hostDirectories, temporaryDirectory} from './helpers/host.ts';

test('directories are made for their owner alone', t => {
	const directories = hostDirectories(t);
	for (const directory of [
		directories.state,
		directories.run,
		directories.domains,
		directories.migrations,
		directories.locks,
		directories.guests,
	]) {
		t.is(statSync(directory).mode & 0o777, 0o700, directory);
	}

	t.notThrows(() => directories.create(), 'a second time');
});

test('a group can be let through to a socket', t => {
	const directories = hostDirectories(t);
	directories.create({socketGroup: process.getgid?.() ?? 0});
	t.is(statSync(directories.run).mode & 0o777, 0o710);
	t.is(statSync(directories.state).mode & 0o777, 0o700);
});

test('a guest has its places, which are there', t => {
	const place = hostDirectories(t).guestPlace('dom1');
	t.true(statSync(place.domainDir).isDirectory());
	t.true(statSync(place.runDir).isDirectory());
	t.is(path.dirname(place.outputFile), place.domainDir);
	t.false(existsSync(place.outputFile));
});

test('a guest is told at which address of this host its port is', t => {
	const directory = temporaryDirectory(t);
	const paths = {state: path.join(directory, 'state'), run: path.join(directory, 'run')};
	t.is(new Directories(paths, 'sender', {guestAddress: '192.0.2.1'}).placeOf('dom1').guestAddress, '192.0.2.1');
	t.is(new Directories(paths, 'sender').placeOf('dom1').guestAddress, undefined);
});

test('a guest is told what QEMU guests may be made of here, where there are any', t => {
	t.is(hostDirectories(t).guestPlace('dom1').qemu, undefined);
	const directory = temporaryDirectory(t);
	const qemu = {binaries: new Map<string, string>(), paths: ['/srv/images'], devices: new Set<string>(), networks: new Map()};
	const directories = new Directories({state: path.join(directory, 'state'), run: path.join(directory, 'run')}, 'receiver', {qemu});
	t.is(directories.guestPlace('dom1').qemu, qemu);
});

test('a long name has a run directory in which a socket fits', t => {
	const directories = hostDirectories(t);
	const names = ['a'.repeat(63), `${'a'.repeat(62)}b`];
	const runDirs = names.map(name => directories.guestPlace(name).runDir);
	t.not(runDirs[0], runDirs[1]);
	for (const runDir of runDirs) t.true(Buffer.byteLength(path.join(runDir, 'control.sock')) <= 107, runDir);
});

test('a run directory that leaves no room for a socket is refused', t => {
	const directory = path.join(temporaryDirectory(t), 'r'.repeat(70));
	const directories = new Directories({state: path.join(directory, 'state'), run: directory}, 'sender');
	directories.create();
	t.throws(() => directories.guestPlace('dom1'), {code: 'ERR_CONFIG', message: /too long/});
});

test('a directory that cannot be made is ERR_FILE', t => {
	const file = path.join(temporaryDirectory(t), 'file');
	writeFileSync(file, '');
	const directories = new Directories({state: path.join(file, 'state'), run: temporaryDirectory(t)}, 'sender');
	t.throws(() => directories.create(), {code: 'ERR_FILE', message: /file\/state cannot be made/});
});

test('a name that no domain can have is no path', t => {
	const directories = hostDirectories(t);
	for (const name of ['../state', 'a/b', '', '.', '-x', 'x'.repeat(64)]) {
		t.throws(() => directories.guestPlace(name), {code: 'ERR_USAGE'}, name);
		t.throws(() => directories.lockFile(name), {code: 'ERR_USAGE'}, name);
	}
});
