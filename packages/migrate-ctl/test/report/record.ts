import test from 'ava';
import {readRecord} from '../../src/report/record.ts';
import {begun, completed, cutOff, Recording, STARTED_AT_MS} from '../helpers/recordings.ts';

test('a merged recording has both sides, by the clock of the source', t => {
	const record = readRecord(completed().lines);
	t.like(record, {id: 'm-7f3a', domain: 'dom1', source: 'host-a', target: 'host-b', startedAtMs: STARTED_AT_MS, unreadLines: 0});
	t.is(record?.main, record?.sender);
	t.is(record?.receiver?.end?.outcome, 'completed');
	t.is(record?.sender?.iterations.length, 3);
});

test('lines that stand in another order are read in the order of time', t => {
	const record = readRecord(completed().lines.toReversed());
	t.deepEqual(
		record?.sender?.iterations.map(({iteration}) => iteration),
		[1, 2, 3],
	);
	t.is(record?.sender?.phases[0]?.phase, 'prepare');
});

test('a recording is read however it is cut off, up to the line that is', t => {
	const whole = completed();
	for (let lines = 1; lines <= whole.lines.length; lines++) {
		const last = whole.lines[lines - 1] ?? '';
		const record = readRecord([...whole.lines.slice(0, lines - 1), last.slice(0, -3)]);
		if (lines === 1) t.is(record, undefined);
		else t.like(record, {id: 'm-7f3a', unreadLines: 1});
	}
});

test('a line of a kind that is not known costs itself alone', t => {
	const recording = begun();
	recording.lines.push('{"atMs":1,"side":"sender","kind":"weather","rain":true}', 'null', '[]', '{}');
	t.like(readRecord(recording.lines), {unreadLines: 4, domain: 'dom1'});
});

test('what a receiver recorded alone names the same hosts', t => {
	const lines = completed().lines.filter(line => line.includes('"side":"receiver"'));
	const record = readRecord(lines);
	t.like(record, {source: 'host-a', target: 'host-b', sender: undefined, direction: 'incoming'});
	t.is(record?.main, record?.receiver);
});

test('what has no beginning is no recording', t => {
	t.is(readRecord([]), undefined);
	t.is(readRecord(['', 'hello', '{"a":1}']), undefined);
	t.is(readRecord(new Recording().phase(0, 'precopy').lines), undefined);
});

test('a recording that breaks off has no end', t => {
	const record = readRecord(cutOff('precopy').lines);
	t.is(record?.main.end, undefined);
	t.is(record?.unreadLines, 1);
});
