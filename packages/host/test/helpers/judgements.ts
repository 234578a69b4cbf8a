import type {ExecutionContext} from 'ava';
import type {Judgement} from '../../src/doctor/finding.ts';

/** What a judgement must be: `detail` and `fix` are looked for in its texts. */
export type Expected = {readonly state: Judgement['state']; readonly detail?: RegExp; readonly fix?: RegExp};

/** A judgement, or several, are as expected, and whatever is not well has a fix that says something. */
export function assertJudged(
	t: ExecutionContext,
	judged: Judgement | readonly Judgement[],
	expected: readonly Expected[],
	why: string,
): void {
	const judgements = [judged].flat();
	t.deepEqual(
		judgements.map(({state}) => state),
		expected.map(({state}) => state),
		`${why}: ${JSON.stringify(judgements)}`,
	);
	for (const [index, {detail = /\S/, fix = /\S/}] of expected.entries()) {
		const judgement = judgements[index];
		if (judgement === undefined) continue;
		t.regex(judgement.detail, detail, why);
		if (judgement.state === 'ok') t.is(judgement.fix, '');
		else t.regex(judgement.fix, fix, why);
	}
}
