import test from 'ava';
import {domainFacts, domainTable} from '../../src/render/domains.ts';
import {migrationFacts, migrationTable} from '../../src/render/migrations.ts';
import {plainStyle} from '../../src/render/style.ts';
import {domain, result, status} from '../helpers/frames.ts';

test('migrations are a table without borders that columns of text can be cut from', t => {
	const table = migrationTable(
		[
			status({iteration: 2}),
			status({id: 'm-2', phase: 'completed', direction: 'incoming', peer: 'host-c', result: result({runsOn: 'host-a'})}),
		],
		plainStyle,
	);
	t.deepEqual(
		table.split('\n').map(line => line.split(/ {2,}/)),
		[
			['ID', 'DOMAIN', 'DIRECTION', 'PEER', 'PHASE', 'SENT', 'TIME', 'DOWNTIME', 'RUNS ON'],
			['m-7f3a', 'dom1', 'outgoing', 'host-b', 'precopy, iteration 2', '257 MiB', '140 ms', '-', '-'],
			['m-2', 'dom1', 'incoming', 'host-c', 'completed', '257 MiB', '354 ms', '8.21 ms', 'host-a'],
		],
	);
});

test('a row stays one line whatever a name holds', t => {
	const table = domainTable([domain({name: 'a\nb\u001B[31m'})], plainStyle);
	t.is(table.split('\n').length, 2);
	t.true(table.includes(String.raw`a\x0ab\x1b[31m`));
});

test('one migration is shown with its result, the parts of its downtime and its error', t => {
	const failed = result({
		outcome: 'failed',
		runsOn: 'host-a',
		error: {
			code: 'ERR_CONNECTION_LOST',
			message: 'cut',
			side: 'sender',
			phase: 'stop-and-copy',
			runsOnHost: 'host-a',
			runsOnKind: 'host',
			next: 'migrate-ctl start dom1 host-b',
			causes: [],
		},
	});
	const text = migrationFacts(status({phase: 'failed', result: failed, reason: 'the connection was cut'}), plainStyle);
	t.regex(text, /^begun +2026-05-01T00:00:00\.000Z$/m);
	t.regex(text, /^result +failed: 354 ms, downtime 8\.21 ms, 4 iterations/m);
	t.regex(text, /^runs on +host-a$/m);
	t.regex(
		text,
		/^error ERR_CONNECTION_LOST: cut\n {2}phase: stop-and-copy\n {2}side: sender\n {2}the guest runs on host-a\n {2}next: migrate-ctl start dom1 host-b$/m,
	);
	t.false(text.includes('dirty'));
});

test("a domain is shown with its driver's own facts by name", t => {
	const lines = domainFacts(domain(), plainStyle).split('\n');
	t.deepEqual(
		lines.map(line => line.split(/ {2,}/)),
		[
			['name', 'dom1'],
			['state', 'running'],
			['kind', 'workload'],
			['uuid', '5f1c0a52-8f0e-4f1a-9a40-94f3d4f4f3b1'],
			['memory', '512 MiB'],
			['pid', '4242'],
			['incarnation', '1'],
			['steps', '120000'],
			['selfCheck.badPages', '0'],
		],
	);
});

test('facts of a driver that are not JSON, or nested without end, are shown all the same', t => {
	t.regex(domainFacts(domain({detailJson: '{"broken'}), plainStyle), /^detail +\{"broken$/m);
	t.regex(domainFacts(domain({detailJson: '{"a":{"b":{"c":{"d":1}}}}'}), plainStyle), /^a\.b\.c +\{"d":1\}$/m);
	t.notRegex(domainFacts(domain({detailJson: ''}), plainStyle), /detail/);
});
