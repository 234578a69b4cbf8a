import test from 'ava';
import {appendFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Steps} from '../../src/acceptance/steps.ts';

type Scene = {readonly logFile: string; readonly open: (commit?: string, fresh?: boolean) => Steps};

function scene(t: {teardown: (end: () => void) => void}): Scene {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-steps-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	return {
		logFile: path.join(directory, 'check.jsonl'),
		open: (commit = 'abc', fresh = false) => new Steps({name: 'check', commit, directory, fresh, say: () => {}}),
	};
}

const fail = async (): Promise<never> => {
	throw new Error('no good');
};

test('a step that passed is not run again on the same commit, and is on another, or when everything is to be run', async t => {
	const {open} = scene(t);
	let runs = 0;
	const run = async (): Promise<{runs: number}> => ({runs: ++runs});
	for (const steps of [open(), open(), open('def'), open('def', true)]) {
		t.true(await steps.step('one', run));
		t.true(steps.passed);
	}

	t.is(runs, 3);
});

test('a step that failed fails the check, does not keep the next one from being run, and is run again', async t => {
	const {open} = scene(t);
	const first = open();
	t.false(await first.step('one', fail));
	t.true(await first.step('two', async () => ({})));
	t.false(first.passed);
	t.regex(first.summary(), /^check: FAILED: 1 of 2 steps passed in \d+ s, abc$/);
	const second = open();
	t.true(await second.step('one', async () => ({})));
	t.true(await second.step('two', fail));
	t.true(second.passed);
	t.regex(second.summary(), /^check: passed: 2 of 2 steps passed \(1 of them before\) in \d+ s, abc$/);
});

test('a check without any step has not passed', t => {
	t.false(scene(t).open().passed);
});

test('each step is a line of JSON; one that was cut off counts as never written', async t => {
	const {open, logFile} = scene(t);
	appendFileSync(logFile, '{"commit":"abc","step":"one","passed":tr');
	await open().step('one', async () => ({bits: 7}));
	await open().step('two', fail);
	const [, one, two] = readFileSync(logFile, 'utf8').split('\n');
	t.like(JSON.parse(one ?? ''), {commit: 'abc', step: 'one', passed: true, detail: {bits: 7}});
	t.like(JSON.parse(two ?? ''), {commit: 'abc', step: 'two', passed: false});
	t.regex((JSON.parse(two ?? '') as {error: string}).error, /^Error: no good/);
	t.true(await open().step('one', fail));
});
