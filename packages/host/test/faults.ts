import {execFile} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {stageDurably, writeDurably} from '../src/durable-file.ts';
import {armFaults} from '../src/faults/arm-faults.ts';
import {armCrashPoint, CRASH_POINTS, crashPoint, PROTECTION_CRASH_POINTS} from '../src/faults/crash-points.ts';
import {armJournalFault, JOURNAL_FAULTS} from '../src/faults/journal-faults.ts';
import {temporaryDirectory} from './helpers/host.ts';

const WRITER = path.join(import.meta.dirname, 'helpers/armed-writer.ts');

/** Runs a program that writes `first` and then `second` to a file as the journal's `go`; resolves with how it died and what it left. */
async function runArmed(
	t: ExecutionContext,
	point: string,
): Promise<{readonly signal: string | undefined; readonly text: string | undefined; readonly said: string; readonly left: string[]}> {
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'record');
	const {signal, stderr} = await promisify(execFile)(process.execPath, [WRITER, file], {
		env: {...process.env, STERNA_CRASH_POINT: point},
	}).then(
		({stderr: said}) => ({signal: undefined, stderr: said}),
		(error: unknown) => error as {readonly signal: string; readonly stderr: string},
	);
	const left = readdirSync(directory);
	return {signal, said: stderr, left, text: left.includes('record') ? readFileSync(file, 'utf8') : undefined};
}

test.serial('a process dies before or behind the write that was armed, the file being the old one or the new one', async t => {
	const before = await runArmed(t, 'source.journal-go.before');
	t.like(before, {signal: 'SIGKILL', text: undefined});
	t.true(before.said.includes('crash point source.journal-go.before reached'), before.said);
	t.like(await runArmed(t, 'source.journal-go.after'), {signal: 'SIGKILL', text: 'first'});
});

test.serial('the second time that a point is come by can be meant, and what is not armed goes on', async t => {
	t.like(await runArmed(t, 'source.journal-go.before:2'), {signal: 'SIGKILL', text: 'first'});
	t.like(await runArmed(t, 'source.journal-go.after:3'), {signal: undefined, text: 'second', left: ['record']});
	t.like(await runArmed(t, 'target.journal-ready.before'), {signal: undefined, text: 'second'});
});

test.serial('what is armed must be one of the list', t => {
	t.teardown(() => {
		armCrashPoint(undefined);
	});
	const all = [...CRASH_POINTS, ...PROTECTION_CRASH_POINTS];
	t.is(new Set(all).size, all.length);
	t.throws(() => armCrashPoint('source.journal-nothing.before'), {instanceOf: RangeError});
	t.throws(() => armCrashPoint('source.journal-go.before:0'), {instanceOf: RangeError});
	t.throws(() => armJournalFault('source.journal-go:nothing'), {instanceOf: RangeError});
	t.throws(() => armFaults({STERNA_CRASH_POINT: 'nowhere'}, 'sender', () => undefined), {code: 'ERR_CONFIG'});
	for (const point of all) {
		armCrashPoint(`${point}:2`);
		crashPoint(point);
	}
});

test.serial('a write that is armed to fail leaves the old file, unless it is the directory that could not be flushed', t => {
	t.teardown(() => {
		armJournalFault(undefined);
	});
	for (const fault of JOURNAL_FAULTS) {
		const directory = temporaryDirectory(t);
		const file = path.join(directory, 'record');
		writeFileSync(file, 'old');
		armJournalFault(`target.outcome-running:${fault}`);
		writeDurably(file, 'another', 'target.journal-ready');
		t.throws(() => writeDurably(file, 'new', 'target.outcome-running'), {code: fault === 'disk-full' ? 'ENOSPC' : 'EIO'}, fault);
		t.deepEqual(readdirSync(directory), ['record']);
		t.is(readFileSync(file, 'utf8'), fault === 'fsync-directory' ? 'new' : 'another', fault);
		writeDurably(file, 'later', 'target.outcome-running');
		t.is(readFileSync(file, 'utf8'), 'later');
	}
});

test.serial('both halves of a staged write can be armed, for one time or for all', async t => {
	t.teardown(() => {
		armJournalFault(undefined);
	});
	const names = {stage: 'target.stage-ready', commit: 'target.journal-ready'} as const;
	const file = path.join(temporaryDirectory(t), 'record');
	armJournalFault('target.stage-ready:fsync:*');
	await t.throwsAsync(stageDurably(file, 'new', names), {code: 'EIO'});
	await t.throwsAsync(stageDurably(file, 'new', names), {code: 'EIO'});
	armJournalFault('target.journal-ready:disk-full');
	const staged = await stageDurably(file, 'new', names);
	t.throws(() => staged.commit(), {code: 'ENOSPC'});
	staged.commit();
	t.is(readFileSync(file, 'utf8'), 'new');
});
