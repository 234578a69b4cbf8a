import test from 'ava';
import {execFile} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {endedByForce, failureBesidesTests, TapTally} from '../src/index.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures');
const AVA = fileURLToPath(new URL('cli.js', import.meta.resolve('ava')));

/** A real run of ava over one file of a project of its own. */
async function runAva(
	project: string,
	args: readonly string[],
): Promise<{readonly status: number; readonly output: string; readonly tally: TapTally}> {
	const tally = new TapTally();
	// An ava within an ava would take itself for a part of the outer one.
	const env = {...process.env};
	delete env['NODE_CHANNEL_FD'];
	const {promise, resolve} = Promise.withResolvers<{readonly status: number; readonly output: string}>();
	execFile(process.execPath, [AVA, '--tap', ...args], {cwd: path.join(FIXTURES, project), env}, (error, stdout, stderr) => {
		tally.push(stdout);
		tally.end();
		resolve({status: error === null ? 0 : Number(error.code), output: stdout + stderr});
	});
	return {...(await promise), tally};
}

test('a process that is done ends, and its listeners of the end were run', async t => {
	const {status, output, tally} = await runAva('.', ['ends.ts']);
	t.is(status, 0, output);
	t.is(tally.passed, 1);
	t.regex(output, /its listener ran/);
	t.deepEqual(endedByForce(output), []);
});

test('a process that something keeps says what that is, and passes when its tests did', async t => {
	const {status, output, tally} = await runAva('.', ['kept.ts']);
	t.is(status, 0, output);
	t.is(tally.passed, 1);
	const [said = '', ...more] = endedByForce(output);
	t.deepEqual(more, []);
	t.regex(said, /^\/.*\/fixtures\/kept\.ts: did not end by itself 0\.5 s after its last test/);
	t.regex(said, /TCPServerWrap/);
	t.regex(said, /server that listens on \{"address":"127\.0\.0\.1"/);
	t.regex(said, /child process \d+: cat - \/dev\/null/);
	t.regex(said, /process \d+ that it started: cat - \/dev\/null/);
});

test('a process that something keeps fails when a test of it did', async t => {
	const {status, output, tally} = await runAva('.', ['fails.ts']);
	t.is(status, 1, output);
	t.is(tally.failed, 1);
	t.is(endedByForce(output).length, 1, output);
	t.is(failureBesidesTests({name: 'fixtures', status, output}, tally), undefined);
});

test('where ava ends a file that passed by its timeout, that is said, and what came last', async t => {
	const {status, output, tally} = await runAva('without', ['--timeout', '6s', 'kept.ts']);
	t.is(status, 1, output);
	t.deepEqual({passed: tally.passed, failed: tally.failed, isWhole: tally.isWhole}, {passed: 1, failed: 0, isWhole: true});
	const text = failureBesidesTests({name: 'fixtures', status, output}, tally) ?? '';
	t.regex(text, /^fixtures: ava exited with 1\nAll tests passed, but a process of a test file did not end/);
	t.regex(text, /ok 1 - a server outlives it/);
});
