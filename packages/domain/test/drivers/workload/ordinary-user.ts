import {execFileSync, spawnSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';

const NOBODY = {uid: 65_534, gid: 65_534};
const HELPER = fileURLToPath(new URL('../../helpers/move-guest.ts', import.meta.url));

/** Whether that user can read this checkout and run our Node: a checkout below /root is nobody's. */
const nobodyCanRun = (): boolean => spawnSync(process.execPath, ['--check', HELPER], {...NOBODY, cwd: '/', stdio: 'ignore'}).status === 0;

test('a user without any privilege moves a guest, its writes tracked by the kernel', t => {
	const user = process.getuid?.() === 0 && nobodyCanRun() ? NOBODY : {};
	const output = execFileSync(process.execPath, [HELPER], {
		...user,
		cwd: '/',
		encoding: 'utf8',
		env: {PATH: process.env['PATH'], TMPDIR: '/tmp'},
	});
	const {uid, tracking, tracker, badPages, lines} = JSON.parse(output) as Record<string, unknown>;
	t.is(uid, user === NOBODY ? NOBODY.uid : process.getuid?.());
	t.true(tracking === 'user-mode-only' || uid === 0);
	t.is(tracker, 'pagemap-scan');
	t.is(badPages, 0);
	t.is(lines, 'without gap or repeat');
});
