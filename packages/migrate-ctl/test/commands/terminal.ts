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

test('Ctrl-C at the keyboard aborts, and a second one leaves; the terminal is sane after both', async t => {
	const {promise: released, resolve: release} = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		sender: {
			async start({domain}, reply) {
				await reply.send({kind: 'migration', body: status({domain})});
				await released;
				const error = fault('ERR_ABORTED_BY_OPERATOR', 'aborted', {phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}});
				return {kind: 'result', body: result({outcome: 'aborted', runsOn: 'host-a', error: faultToMessage(error)})};
			},
			async command({id}) {
				return {kind: 'migration', body: status({id})};
			},
		},
	});
	await using leaving = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b']);
	await leaving.shows('precopy');
	leaving.type('\u0003');
	await leaving.shows('Ctrl-C again');
	leaving.type('\u0003');
	const left = await leaving.finished;
	t.is(assertSane(left), undefined);
	t.is(left.exitStatus, 130);
	t.regex(left.text, /migrate-ctl status m-7f3a/);

	await using waiting = new TerminalCli(['--run-dir', host.runDir, 'start', 'dom1', 'host-b']);
	await waiting.shows('precopy');
	waiting.type('\u0003');
	await waiting.shows('Ctrl-C again');
	release();
	const aborted = await waiting.finished;
	t.is(assertSane(aborted), undefined);
	t.is(aborted.exitStatus, 3);
	t.regex(aborted.text, /ERR_ABORTED_BY_OPERATOR/);
	t.is(host.sender.bodies('command').length, 2);
});
