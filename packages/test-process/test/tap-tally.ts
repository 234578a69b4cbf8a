import test from 'ava';
import {failureBesidesTests, TapTally} from '../src/index.ts';

/** A tally of output that came in pieces, each at its time in ms. */
function tallyOf(pieces: ReadonlyArray<readonly [number, string]>): TapTally {
	let nowMs = 0;
	const tally = new TapTally({now: () => nowMs});
	for (const [atMs, text] of pieces) {
		nowMs = atMs;
		tally.push(text);
	}

	tally.end();
	return tally;
}

test('results are counted however the output is cut, and a failure keeps its details', t => {
	const tally = tallyOf([
		[0, 'TAP version 13\nok 1 - a\nno'],
		[1, "t ok 2 - b\n  ---\n    message: 'wrong'\n  ...\nok 3 - c # SKIP\n# a remark\nok 4 - d"],
	]);
	t.is(tally.passed, 2);
	t.deepEqual(tally.failures, ["b\n  ---\n    message: 'wrong'\n  ..."]);
	t.false(tally.isWhole);
});

test('the longest silence is known, and the result that it came behind', t => {
	t.deepEqual(
		tallyOf([
			[3_000, 'ok 1 - x › a\n'],
			[4_000, 'ok 2 - y › b\n'],
			[604_000, 'ok 3 - z › c\n'],
			[604_500, '# fail 0\n'],
		]).longestSilence,
		{ms: 600_000, after: 'y › b'},
	);
});

test('a run without failures that ava fails all the same names the silence', t => {
	const output = 'ok 1 - x › a\nok 2 - y › b\n\n1..2\n# tests 2\n# pass 2\n# fail 0\n';
	const tally = tallyOf([
		[1_000, 'ok 1 - x › a\nok 2 - y › b\n'],
		[601_000, '\n1..2\n# tests 2\n# pass 2\n# fail 0\n'],
	]);
	const text = failureBesidesTests({name: 'test-e2e', status: 1, output}, tally) ?? '';
	t.regex(text, /^test-e2e: ava exited with 1\nAll tests passed, but a process of a test file did not end/);
	t.regex(text, /without a result was 600 s, after 'y › b'/);
	t.true(text.endsWith('# fail 0'));
	t.is(failureBesidesTests({name: 'test-e2e', status: 0, output}, tally), undefined);
});

test('a run that was cut off says so, and shows the end of its output', t => {
	const lines = Array.from({length: 100}, (_, index) => `line ${index}`);
	const text = failureBesidesTests({name: 'host', status: 143, output: lines.join('\n')}, tallyOf([[0, lines.join('\n')]])) ?? '';
	t.regex(text, /^host: ava exited with 143\nIt did not come to its summary/);
	t.deepEqual(text.split('\n').slice(-60), lines.slice(40));
});
