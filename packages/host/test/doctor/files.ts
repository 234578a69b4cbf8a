import {chmodSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {
	type DirectoryFacts,
	directoryFacts,
	hookFacts,
	judgeDirectories,
	judgeHooks,
	judgeSocket,
	socketFacts,
} from '../../src/doctor/files.ts';
import {hostDirectories, temporaryDirectory} from '../helpers/host.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const WELL: DirectoryFacts = {
	path: '/var/lib/sterna',
	missing: undefined,
	isDirectory: true,
	owner: 990,
	mode: 0o40700,
	notWritable: undefined,
	user: 990,
};

test('a directory that is not there, not ours, not writable or open to others is told with its cure', t => {
	const rows: readonly [Partial<DirectoryFacts>, Expected][] = [
		[{}, {state: 'ok'}],
		[{owner: 0}, {state: 'ok'}],
		[{mode: 0o40710}, {state: 'ok'}],
		[{missing: 'ENOENT'}, {state: 'fault', detail: /not there \(ENOENT\)/, fix: /mkdir -m 700 -p \/var\/lib\/sterna/}],
		[{isDirectory: false}, {state: 'fault', detail: /not a directory/}],
		[{owner: 1000}, {state: 'fault', detail: /of user 1000, the daemon of 990/, fix: /chown -R 990/}],
		[{notWritable: 'EROFS'}, {state: 'fault', detail: /EROFS/, fix: /read-only/}],
		[{mode: 0o40777}, {state: 'warning', detail: /mode 0777/, fix: /chmod go-w/}],
		[{mode: 0o40770}, {state: 'warning'}],
	];
	for (const [facts, expected] of rows) assertJudged(t, judgeDirectories([{...WELL, ...facts}]), [expected], JSON.stringify(facts));
	assertJudged(
		t,
		judgeDirectories([{...WELL, missing: 'ENOENT'}, WELL, {...WELL, isDirectory: false}]),
		[{state: 'fault'}, {state: 'fault'}],
		'each by itself',
	);
});

test('directories are really written to, and nothing stays', async t => {
	const {state, domains, migrations} = hostDirectories(t);
	assertJudged(
		t,
		judgeDirectories(await Promise.all([state, domains, migrations].map(async each => directoryFacts(each)))),
		[{state: 'ok'}],
		'fresh',
	);
	rmSync(migrations, {recursive: true});
	writeFileSync(migrations, '');
	assertJudged(t, judgeDirectories([await directoryFacts(migrations)]), [{state: 'fault', detail: /not a directory/}], 'a file');
	rmSync(migrations);
	assertJudged(t, judgeDirectories([await directoryFacts(migrations)]), [{state: 'fault', detail: /ENOENT/}], 'gone');
	// Where nobody can make files, root neither.
	assertJudged(
		t,
		judgeDirectories([await directoryFacts('/proc/self')]),
		[{state: 'fault', detail: /cannot be written/}],
		'no place for files',
	);
});

test('a control socket that is gone is a fault, one for everybody a warning', async t => {
	assertJudged(t, judgeSocket({path: '/run/s.sock', mode: 0o140600}), [{state: 'ok'}], 'the owner alone');
	assertJudged(t, judgeSocket({path: '/run/s.sock', mode: 0o140660}), [{state: 'ok'}], 'its group');
	assertJudged(t, judgeSocket({path: '/run/s.sock', mode: 0o140666}), [{state: 'warning', fix: /chmod o-rwx/}], 'everybody');
	assertJudged(t, judgeSocket(await socketFacts('/nowhere/s.sock')), [{state: 'fault', fix: /restart/}], 'gone');
});

test('hooks are looked for as a daemon does, and must be programs', async t => {
	const directory = temporaryDirectory(t);
	const script = path.join(directory, 'hook');
	writeFileSync(script, '#!/bin/sh\n');
	mkdirSync(path.join(directory, 'folder'));
	const judge = async (program: string): Promise<ReturnType<typeof judgeHooks>> =>
		judgeHooks([await hookFacts('hooks.before-go', program)]);
	chmodSync(script, 0o600);
	assertJudged(t, await judge(script), [{state: 'fault', detail: /EACCES/, fix: /chmod a\+rx/}], 'not executable');
	chmodSync(script, 0o700);
	assertJudged(t, await judge(script), [{state: 'ok'}], 'executable');
	assertJudged(t, await judge('sh'), [{state: 'ok'}], 'below PATH');
	assertJudged(t, await judge('no-such-program-anywhere'), [{state: 'fault', detail: /ENOENT/}], 'nowhere');
	assertJudged(t, await judge(path.join(directory, 'folder')), [{state: 'fault', detail: /EISDIR/}], 'a directory');
	assertJudged(t, judgeHooks([]), [{state: 'ok'}], 'none');
});
