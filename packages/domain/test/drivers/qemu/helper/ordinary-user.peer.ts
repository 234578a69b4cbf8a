import {execFile} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import test from 'ava';
import {NOBODY, ordinaryUser} from '../../../helpers/nobody.ts';

const SCRIPTS = path.join(import.meta.dirname, '../../../helpers/qemu');

/** What a script of ours prints, run without privilege. */
async function runAs(user: Partial<typeof NOBODY>, name: string, argument: string): Promise<string> {
	const options = {...user, cwd: '/', env: {PATH: process.env['PATH'], TMPDIR: '/tmp'}};
	const {stdout} = await promisify(execFile)(process.execPath, ['--no-warnings', path.join(SCRIPTS, name), argument], options);
	return stdout;
}

for (const backend of ['memfd', 'file']) {
	test(`a user without any privilege tracks a QEMU of its own, its RAM in a ${backend}`, async t => {
		const user = ordinaryUser(path.join(SCRIPTS, 'hold-own-qemu.ts'));
		const result = JSON.parse(await runAs(user, 'hold-own-qemu.ts', backend)) as Record<string, unknown>;
		t.is(result['uid'], user === NOBODY ? NOBODY.uid : process.getuid?.());
		t.is(result['trackingRefused'], undefined);
		t.true(result['userModeOnly'] === true || result['uid'] === 0);
		t.true(Number(result['found']) > 0);
		t.is(result['status'], 'running');
	});
}

const asAnother = ordinaryUser(path.join(SCRIPTS, 'hold-foreign-process.ts')) === NOBODY ? test : test.skip;
asAnother('a process of another user is refused without privilege', async t => {
	const output = await runAs(NOBODY, 'hold-foreign-process.ts', String(process.pid));
	t.regex(output, /^ERR_NOT_SUPPORTED .*may not be looked into/);
});
