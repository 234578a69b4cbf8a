import test from 'ava';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const PROGRAM = path.join(import.meta.dirname, 'helpers/ending-process.ts');

/** Runs the program to its end. A run that is still there after a minute stood still, and is killed. */
async function run(way: string, env: Readonly<Record<string, string>> = {}): Promise<{readonly status: unknown; readonly output: string}> {
	const child = spawn(process.execPath, [PROGRAM, way], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {...process.env, ...env},
		timeout: 60_000,
		killSignal: 'SIGKILL',
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
	return {status: code ?? signal, output};
}

test('a process ends at once with its status, whatever its threads wait for, and its listeners were run', async t => {
	t.deepEqual(await run('at-once'), {status: 7, output: 'listener: 7\n'});
});

test('a process that ends when it is done has written everything before that', async t => {
	const {status, output} = await run('when-done');
	t.is(status, 8);
	t.is(output.length, 1_000_001 + 'listener: 8\n'.length);
	t.true(output.endsWith('x\nlistener: 8\n'));
});

test('what was compiled is kept for the next process', async t => {
	const cache = mkdtempSync(path.join(tmpdir(), 'sterna-compile-cache-'));
	t.teardown(() => rmSync(cache, {recursive: true}));
	t.is((await run('at-once', {NODE_COMPILE_CACHE: cache})).status, 7);
	t.not(readdirSync(cache, {recursive: true}).length, 0);
});
