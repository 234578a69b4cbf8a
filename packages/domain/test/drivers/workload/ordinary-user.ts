import {execFileSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {NOBODY, ordinaryUser} from '../../helpers/nobody.ts';

const HELPER = fileURLToPath(new URL('../../helpers/move-guest.ts', import.meta.url));

test('a user without any privilege moves a guest, its writes tracked by the kernel', t => {
	const user = ordinaryUser(HELPER);
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
