import {once} from 'node:events';
import {spawn} from 'node:child_process';
import test from 'ava';
import type {ServerMessage} from '@sterna/protocol/control';
import {MAIN} from '../../helpers/cli.ts';
import {GrowingText} from '../../helpers/growing-text.ts';
import {fault, type Script, ScriptedHost} from '../../helpers/scripted-daemon.ts';
import {TerminalCli, type TerminalSession} from '../../helpers/terminal.ts';

const DONE: ServerMessage = {kind: 'done', body: {}};

/** A guest that greets, says back in capitals what it is told, and ends at `quit`. */
const ECHOES: Script = {
	async domainConsole({name, tailBytes}, reply) {
		const stream = reply.openStream();
		await stream.write(Buffer.from(`welcome to ${name} (${tailBytes})\r\n`));
		for await (const bytes of stream) {
			const text = Buffer.from(bytes).toString();
			await stream.write(Buffer.from(text.toUpperCase()));
			if (text.includes('quit')) return DONE;
			if (text.includes('move')) await reply.send({kind: 'consoleNote', body: {text: `${name} is on host-b`}});
			if (text.includes('fail')) throw fault('ERR_NOT_SUPPORTED', 'it has no console');
		}

		await stream.write(Buffer.from('nobody there'));
		return DONE;
	},
};

/** The console with its input and output in pipes. */
function spawnPiped(
	host: ScriptedHost,
	...args: string[]
): {
	readonly type: (text: string) => void;
	readonly end: () => void;
	readonly stdout: GrowingText;
	readonly finished: Promise<{readonly status: number | null; readonly stderr: string}>;
} {
	const child = spawn(process.execPath, [MAIN, '--run-dir', host.runDir, 'domain', 'console', 'dom1', ...args], {
		stdio: ['pipe', 'pipe', 'pipe'],
		env: {PATH: process.env['PATH'], LANG: 'C.UTF-8'},
	});
	const stderr = new GrowingText(child.stderr);
	return {
		type: text => void child.stdin.write(text),
		end: () => void child.stdin.end(),
		stdout: new GrowingText(child.stdout),
		finished: once(child, 'close').then(([status]: (number | null)[]) => ({status: status ?? null, stderr: stderr.text})),
	};
}

function modesAreSane({modes: [before, after]}: TerminalSession): boolean {
	return before !== '' && before === after;
}

test('in a pipe the console carries bytes both ways as they are, until the guest ends', async t => {
	await using host = await ScriptedHost.listen({sender: ECHOES});
	const cli = spawnPiped(host, '--tail', '1KiB');
	await cli.stdout.includes('welcome to dom1 (1024)\r\n');
	cli.type('a\u001Db\u0003');
	await cli.stdout.includes('A\u001DB\u0003');
	cli.type('move');
	await cli.stdout.includes('MOVE');
	cli.type('quit');
	t.deepEqual(await cli.finished, {status: 0, stderr: '[dom1 is on host-b]\n'});
});

test('the end of what is piped in is not the end of the console', async t => {
	await using host = await ScriptedHost.listen({sender: ECHOES});
	const cli = spawnPiped(host);
	cli.end();
	t.is((await cli.finished).status, 0);
	t.regex(cli.stdout.text, /\(4096\)\r\nnobody there$/);
});

test('on a terminal every key is for the guest, Ctrl-C too, and Ctrl-] leaves; the terminal is as it was', async t => {
	await using host = await ScriptedHost.listen({sender: ECHOES});
	await using cli = new TerminalCli(['--run-dir', host.runDir, 'domain', 'console', 'dom1']);
	await cli.shows('welcome to dom1');
	cli.type('one');
	await cli.shows('ONE');
	cli.type('\u0003two');
	await cli.shows('\u0003TWO');
	cli.type('three\u001Dfour');
	const session = await cli.finished;
	t.true(modesAreSane(session));
	t.is(session.exitStatus, 0);
	t.false(session.text.includes('FOUR'));
	t.false(session.text.includes('one')); // Nothing echoes but the guest.
});

test('the terminal is as it was behind a fault, and behind a daemon that goes away', async t => {
	await using host = await ScriptedHost.listen({sender: ECHOES});
	await using refused = new TerminalCli(['--run-dir', host.runDir, 'domain', 'console', 'dom1']);
	await refused.shows('welcome to dom1');
	refused.type('fail');
	const after = await refused.finished;
	t.true(modesAreSane(after));
	t.is(after.exitStatus, 4);
	t.regex(after.text, /\n\S*error\S* \S*ERR_NOT_SUPPORTED\S*: it has no console/);

	await using left = new TerminalCli(['--run-dir', host.runDir, 'domain', 'console', 'dom1']);
	await left.shows('welcome to dom1');
	await host.sender[Symbol.asyncDispose]();
	const gone = await left.finished;
	t.true(modesAreSane(gone));
	t.is(gone.exitStatus, 4);
	t.regex(gone.text, /\n\S*error\S* \S*ERR_DAEMON_UNREACHABLE/);
});
