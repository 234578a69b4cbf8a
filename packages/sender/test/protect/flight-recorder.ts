import test from 'ava';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {FlightRecorder} from '../../src/protect/flight-recorder.ts';

test('each line is one JSON object with its time and kind, and a later recorder goes on behind them', t => {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-recorder-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	for (const phase of ['starting', 'protected']) {
		using recorder = new FlightRecorder({directory, id: 'p1', nowMs: () => 0});
		recorder.write('phase', {phase});
	}

	const lines = readFileSync(path.join(directory, 'p1.jsonl'), 'utf8').trimEnd().split('\n');
	t.deepEqual(
		lines.map(line => JSON.parse(line) as unknown),
		['starting', 'protected'].map(phase => ({at: '1970-01-01T00:00:00.000Z', kind: 'phase', phase})),
	);
});

test('it never has more than two files, each hardly over its limit, and the last lines are in them', t => {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-recorder-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	using recorder = new FlightRecorder({directory, id: 'p1', limitBytes: 1000});
	for (let number = 0; number < 500; number++) recorder.write('status', {number});
	t.deepEqual(readdirSync(directory).toSorted(), ['p1.1.jsonl', 'p1.jsonl']);
	for (const file of readdirSync(directory)) t.true(statSync(path.join(directory, file)).size < 1100, file);
	t.regex(readFileSync(path.join(directory, 'p1.jsonl'), 'utf8'), /"number":499}\n$/);
});

test('a directory that cannot be made costs lines, and nothing else', t => {
	using recorder = new FlightRecorder({directory: path.join(import.meta.filename, 'below-a-file'), id: 'p1'});
	t.notThrows(() => recorder.write('phase', {phase: 'starting'}));
});
