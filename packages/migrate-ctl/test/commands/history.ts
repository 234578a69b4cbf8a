import test from 'ava';
import type {HistoryEntry} from '@sterna/protocol/control';
import {jsonLines} from '../helpers/cli.ts';
import {type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';

const entry = (over: Partial<HistoryEntry>): HistoryEntry => ({
	id: '8a161c5b-b508-48e1-ae4f-913bf9bb6c17',
	domain: 'dom1',
	direction: 'outgoing',
	peer: 'host-b',
	outcome: 'completed',
	runsOn: 'host-b',
	startedAtMs: Date.UTC(2026, 10, 28, 5, 0),
	totalMs: 3462,
	downtimeMs: 17.5,
	iterations: 5,
	bytesSent: 87_195_069,
	because: '5 iterations, the limit',
	errorCode: '',
	errorMessage: '',
	hasRecord: true,
	...over,
});

const answers = (...entries: HistoryEntry[]): Script => ({
	history: async () => ({kind: 'history', body: {host: 'host-a', entries}}),
});

test('history lists what both daemons know, newest first, with the reason of each end', async t => {
	await using host = await ScriptedHost.listen({
		sender: answers(
			entry({}),
			entry({
				id: 'save-1',
				direction: 'save',
				peer: '',
				outcome: 'failed',
				startedAtMs: 1000,
				errorCode: 'ERR_DISK_FULL',
				errorMessage: `no space \u001B[31m${'x'.repeat(100)}`,
			}),
		),
		receiver: answers(entry({id: 'arrival-1', direction: 'incoming', outcome: '', startedAtMs: 2000, downtimeMs: undefined})),
	});
	const {status, stdout, stderr} = await host.ctl('history');
	t.is(status, 0, stderr);
	const [title, ...rows] = stdout.trimEnd().split('\n');
	t.regex(title ?? '', /^BEGUN +ID +DOMAIN +DIRECTION +PEER +RESULT +TIME +DOWNTIME +SENT +WHY$/);
	t.is(rows.length, 3);
	t.regex(
		rows[0] ?? '',
		/^2026-11-28T05:00:00Z +8a161c5b +dom1 +outgoing +host-b +completed +3\.46 s +17\.5 ms +83\.2 MiB +5 iterations, the limit$/,
	);
	t.regex(rows[1] ?? '', /arrival- .*incoming .*no end known +- +- +-/);
	t.regex(rows[2] ?? '', /save-1 .* - +failed .*ERR_DISK_FULL: no space .*…$/);
	t.false(stdout.includes('\u001B'));
});

test('what is asked for is passed on, and what is not known is null', async t => {
	await using host = await ScriptedHost.listen({
		sender: answers(entry({startedAtMs: 1}), entry({startedAtMs: 3, outcome: '', because: ''})),
		receiver: answers(entry({startedAtMs: 2})),
	});
	const {stdout} = await host.ctl('history', 'dom1', '--limit', '2', '--json');
	t.deepEqual(host.sender.bodies('history'), [{limit: 2, domain: 'dom1'}]);
	t.like(jsonLines(stdout)[0], {
		host: 'host-a',
		migrations: {
			length: 2,
			0: {outcome: null, totalMs: null, because: null, error: null},
			1: {outcome: 'completed', totalMs: 3462},
		},
	});
});

test('a limit that cannot be is refused, and an empty history says so', async t => {
	await using host = await ScriptedHost.listen({sender: answers(), receiver: answers()});
	t.is((await host.ctl('history', '--limit', '0')).status, 2);
	t.is((await host.ctl('history', '--limit', '1e3')).status, 2);
	t.regex((await host.ctl('history')).stdout, /^no migrations$/m);
});

test('a daemon that is down costs its part of the list, and is named', async t => {
	await using host = await ScriptedHost.listen({sender: answers(entry({}))});
	const {status, stdout, stderr} = await host.ctl('history');
	t.is(status, 0);
	t.regex(stdout, /8a161c5b/);
	t.regex(stderr, /sterna-receiver does not answer/);
});
