import type {TapTally} from './tap-tally.ts';

/** Of a long output, where ava itself failed: the lines that say why are its last. */
const END_LINES = 60;

/**
 * Why a run of ava counts as failed though no test says so; undefined where it does not, or where its failed tests are all there is to say.
 * `status`: ava's exit status. `output`: all that it and the processes of its tests printed.
 */
export function failureBesidesTests(
	{name, status, output}: {readonly name: string; readonly status: number; readonly output: string},
	tally: TapTally,
): string | undefined {
	if (status === 0 || (tally.failed > 0 && tally.isWhole)) return undefined;
	const lines = [`${name}: ava exited with ${status}`];
	if (!tally.isWhole) {
		lines.push('It did not come to its summary: tests are missing from the count.');
	} else if (tally.passed > 0) {
		// Of all that ava fails for, these alone have no line in TAP.
		const {ms, after} = tally.longestSilence;
		const since = after === undefined ? 'before the first result' : `after '${after}'`;
		lines.push(
			'All tests passed, but a process of a test file did not end, and ava ended it by its idle timeout (or it called process.exit): TAP has no line for that.',
			`The longest time without a result was ${(ms / 1000).toFixed(0)} s, ${since}: that file it was, or one that ran beside it.`,
		);
	}

	return [...lines, `The last ${END_LINES} lines of its output:`, ...output.trimEnd().split('\n').slice(-END_LINES)].join('\n');
}

/** What processes of test files said, in a run's output, of having been ended where they did not end by themselves: `end-of-tests.ts`. */
export function endedByForce(output: string): string[] {
	const said = output.matchAll(/^.*: did not end by itself .*(?:\n {2}.*)*/gm);
	return Array.from(said, ([text]) => text);
}
