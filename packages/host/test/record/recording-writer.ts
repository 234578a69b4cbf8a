import test from 'ava';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseRecordLine, type RecordFacts, type RecordLine} from '@sterna/host/record';
import {MAX_RECORDING_BYTES, RecordingWriter} from '../../src/record/recording-writer.ts';

const END: RecordFacts = {kind: 'end', outcome: 'completed', runsOn: 'host-b', totalMs: 1, iterations: 1, pagesSent: 1, bytesSent: 1};

function scratch(t: {teardown: (tidy: () => void) => void}): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-record-'));
	t.teardown(() => {
		rmSync(directory, {recursive: true});
	});
	return directory;
}

function linesOf(file: string): RecordLine[] {
	return readFileSync(file, 'utf8')
		.split('\n')
		.map(text => parseRecordLine(text))
		.filter(line => line !== undefined);
}

const sample = (iteration: number): RecordFacts => ({
	kind: 'sample',
	iteration,
	pagesSent: 123_456_789,
	bytesSent: 123_456_789_012,
	remainingPages: 1_234_567,
	dirtyPages: 1_234_567,
	bandwidthBytesPerSecond: 1_234_567_890.123,
	dirtyBytesPerSecond: 1_234_567_890.123,
	expectedDowntimeMs: 12_345.678,
	progress: 0.123,
});

test('a line is read back as it was written, with its time and side', async t => {
	const file = path.join(scratch(t), 'records', 'm1.sender.jsonl');
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => 1_764_000_000_000.5});
	writer.write({kind: 'phase', phase: 'precopy', reason: 'a "reason"\nof two lines'});
	await writer.flush();
	t.deepEqual(linesOf(file), [
		{atMs: 1_764_000_000_000.5, side: 'sender', kind: 'phase', phase: 'precopy', reason: 'a "reason"\nof two lines'},
	]);
	await writer.flush();
});

test('a migration of a week leaves fewer than 10,000 lines and 4 MiB, from its beginning to its end', async t => {
	const file = path.join(scratch(t), 'm1.sender.jsonl');
	let nowMs = 1_764_000_000_000;
	const startedMs = nowMs;
	const weekMs = 7 * 86_400_000;
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => nowMs});
	// As it is told of things: five samples a second; scans and passes as fast as an idle guest's, and then as a large one's.
	for (let asked = 0; nowMs - startedMs < weekMs; nowMs += nowMs - startedMs < 600_000 ? 10 : 1000, asked += 1) {
		writer.writeThinned(sample(asked));
		writer.writeThinned({kind: 'scan', dirtyPages: asked, sinceMs: 10, againPages: 5, everPages: asked});
		writer.writeThinned({kind: 'iteration', iteration: asked, dirtyPages: 1, writtenPages: 1, durationMs: 10, waitsFor: 'x'.repeat(80)});
		if (asked % 1000 === 0) await writer.flush();
	}

	writer.write(END);
	await writer.flush();
	const lines = linesOf(file);
	t.true(lines.length < 10_000 && lines.length > 1000, `${lines.length} lines`);
	t.true(statSync(file).size < MAX_RECORDING_BYTES);
	const samples = lines.filter(({kind}) => kind === 'sample');
	t.is(samples[0]?.atMs, startedMs);
	// Of its last minute every second is there.
	t.true(lines.filter(({kind, atMs}) => kind === 'scan' && atMs > nowMs - 60_000).length >= 59);
	const gaps = samples.slice(1).map(({atMs}, index) => atMs - (samples[index]?.atMs ?? 0));
	t.true(Math.max(...gaps) <= weekMs / 400 + 1000);
	t.is(lines.at(-1)?.kind, 'end');
});

test('a link that is lost without end does not fill the disk, and the end is written all the same', async t => {
	const file = path.join(scratch(t), 'm1.sender.jsonl');
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => 1});
	const error = {
		code: 'ERR_CONNECTION_LOST',
		message: 'x'.repeat(1500),
		side: 'sender',
		phase: 'precopy',
		runsOn: 'a',
		next: null,
		causes: [],
	};
	for (let link = 0; link < 5000; link++) {
		writer.write({kind: 'link', link, state: 'lost', error});
		if (link % 100 === 0) await writer.flush();
	}

	writer.write(END);
	await writer.flush();
	t.true(statSync(file).size <= MAX_RECORDING_BYTES);
	t.is(linesOf(file).at(-1)?.kind, 'end');
});

test('nothing is written while it is held, and nothing of it is lost', async t => {
	const file = path.join(scratch(t), 'm1.sender.jsonl');
	let nowMs = 1;
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => nowMs});
	writer.write({kind: 'note', text: 'before'});
	await writer.flush();
	writer.hold();
	nowMs = 2;
	writer.write({kind: 'note', text: 'held'});
	nowMs = 3;
	await writer.flush();
	t.is(linesOf(file).length, 1);
	writer.release();
	await writer.flush();
	t.deepEqual(
		linesOf(file).map(({atMs}) => atMs),
		[1, 2],
	);
	await writer.flush();
});

test('a disk that takes no lines costs them, and those that come later are read', async t => {
	const directory = scratch(t);
	// A directory cannot be made where a file is; /dev/full answers every write with ENOSPC.
	const inTheWay = path.join(directory, 'records');
	writeFileSync(inTheWay, '');
	const file = path.join(inTheWay, 'm1.sender.jsonl');
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => 1});
	writer.write({kind: 'note', text: 'lost'});
	await t.notThrowsAsync(writer.flush());
	rmSync(inTheWay);
	mkdirSync(inTheWay);
	writer.write({kind: 'note', text: 'later'});
	await writer.flush();
	t.deepEqual(
		linesOf(file).map(line => (line.kind === 'note' ? line.text : line.kind)),
		['1 line was lost: the disk did not take it', 'later'],
	);

	const full = new RecordingWriter({file: '/dev/full', side: 'sender', nowMs: () => 1});
	for (let line = 0; line < 100; line++) full.write({kind: 'note', text: 'lost'});
	await t.notThrowsAsync(full.flush());
});

test('a daemon goes on in the file that another left, behind a line that was cut off', async t => {
	const file = path.join(scratch(t), 'm1.sender.jsonl');
	writeFileSync(file, `${JSON.stringify({atMs: 1, side: 'sender', kind: 'note', text: 'one'})}\n{"atMs":2,"si`);
	const writer = new RecordingWriter({file, side: 'sender', nowMs: () => 3});
	writer.write({kind: 'note', text: 'two'});
	await writer.flush();
	t.deepEqual(
		linesOf(file).map(({atMs}) => atMs),
		[1, 3],
	);
});
