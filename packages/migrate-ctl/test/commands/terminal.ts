import test from 'ava';
import {faultToMessage} from '@sterna/protocol/control';
import {MIGRATION, result, status} from '../helpers/frames.ts';
import {fault, type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';
import {TerminalCli, type TerminalSession} from '../helpers/terminal.ts';

const HIDE_CURSOR = '\u001B[?25l';
const OTHER_SCREEN = '\u001B[?1049h';
const COLOUR = /\u001B\[[\d;]*m/;

const COMPLETES: Script = {
	async start(_body, reply) {
		for (const body of MIGRATION) await reply.send({kind: 'migration', body});
		return {kind: 'result', body: result()};
	},
};

function assertSane(session: TerminalSession): string | undefined {
	if (session.modes[0] === '' || session.modes[0] !== session.modes[1]) return `modes changed: ${session.modes.join('\n')}`;
	if (session.text.includes(HIDE_CURSOR)) return 'the cursor was hidden';
	if (session.text.includes(OTHER_SCREEN)) return 'the screen was changed';
	return undefined;
}

test('on a terminal start draws its progress in place and leaves the terminal as it was', async t => {
	await using host = await ScriptedHost.listen({sender: COMPLETES});
	await using cli = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b']);
	const session = await cli.finished;
	t.is(assertSane(session), undefined);
	t.is(session.exitStatus, 0);
	t.regex(session.text, /dom1 → host-b/);
	t.regex(session.text, /█/);
	t.regex(session.text, COLOUR);
	t.regex(session.text, /dom1 is on host-b/);
});

test('NO_COLOR takes the colours, not the display', async t => {
	await using host = await ScriptedHost.listen({sender: COMPLETES});
	await using cli = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b'], {NO_COLOR: '1'});
	const session = await cli.finished;
	t.is(assertSane(session), undefined);
	t.notRegex(session.text, COLOUR);
	t.regex(session.text, /█/);
});

test('a terminal without cursor movement gets lines', async t => {
	await using host = await ScriptedHost.listen({sender: COMPLETES});
	await using cli = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b'], {TERM: 'dumb'});
	const session = await cli.finished;
	t.is(assertSane(session), undefined);
	t.false(session.text.includes('\u001B'));
	t.regex(session.text, /dom1 -> host-b: handover/);
});

/** A migration that goes on until it is aborted. */
function untilAborted(): Script {
	const {promise: aborted, resolve: abort} = Promise.withResolvers<void>();
	return {
		async start({domain}, reply) {
			await reply.send({kind: 'migration', body: status({domain})});
			await aborted;
			const error = fault('ERR_ABORTED_BY_OPERATOR', 'aborted', {phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}});
			return {kind: 'result', body: result({outcome: 'aborted', runsOn: 'host-a', error: faultToMessage(error)})};
		},
		async command({id, action}) {
			if (action === 'abort') abort();
			return {kind: 'migration', body: status({id})};
		},
	};
}

const QUESTION = '[a]bort, [d]etach or [c]ontinue?';

/** Up to the question that the first Ctrl-C is answered with. */
async function asked(host: ScriptedHost): Promise<TerminalCli> {
	const cli = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b']);
	await cli.shows('precopy');
	cli.type('\u0003');
	await cli.shows(QUESTION);
	return cli;
}

test('the first Ctrl-C asks, and nothing is aborted before it is answered: a aborts, and the end is waited for', async t => {
	await using host = await ScriptedHost.listen({sender: untilAborted()});
	await using cli = await asked(host);
	t.is(host.sender.bodies('command').length, 0);
	cli.type('xa');
	const session = await cli.finished;
	t.is(assertSane(session), undefined);
	t.is(session.exitStatus, 3);
	t.regex(session.text, /ERR_ABORTED_BY_OPERATOR/);
	t.like(host.sender.bodies('command'), [{action: 'abort'}]);
});

test('d detaches, and so does a second Ctrl-C: the migration goes on, and it is said how to look at it', async t => {
	await using host = await ScriptedHost.listen({sender: untilAborted()});
	for (const key of ['d', '\u0003']) {
		await using cli = await asked(host);
		cli.type(key);
		const session = await cli.finished;
		t.is(assertSane(session), undefined);
		t.is(session.exitStatus, 130);
		t.regex(session.text, /migrate-ctl status m-7f3a/);
	}

	t.is(host.sender.bodies('command').length, 0);
});

test('c goes on as if nothing had been typed, and Ctrl-C asks again', async t => {
	await using host = await ScriptedHost.listen({sender: untilAborted()});
	await using cli = await asked(host);
	cli.type('c');
	await cli.shows('going on');
	cli.type('\u0003');
	await cli.shows(QUESTION, 2);
	cli.type('a');
	await cli.shows('aborting');
	const session = await cli.finished;
	t.is(assertSane(session), undefined);
	t.is(session.exitStatus, 3);
});

test('a migration that ends, or a SIGTERM, while the question is open leaves the terminal as it was', async t => {
	await using host = await ScriptedHost.listen({sender: untilAborted()});
	await using ended = await asked(host);
	await using terminated = await asked(host);
	const pid = /<pid>(\d+)<\/pid>/.exec(terminated.text)?.[1];
	process.kill(Number(pid), 'SIGTERM');
	const left = await terminated.finished;
	t.is(assertSane(left), undefined);
	t.is(left.exitStatus, 143);

	await host.ctl('abort', 'dom1');
	const session = await ended.finished;
	t.is(assertSane(session), undefined);
	t.is(session.exitStatus, 3);
});
