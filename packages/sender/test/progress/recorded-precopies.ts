import {readFileSync} from 'node:fs';
import test from 'ava';
import {playPrecopy} from '../helpers/played-precopy.ts';

/** Passes of real migrations, as `list --json` tells of them: what was due in each, and how long it took. */
type Recorded = {
	readonly name: string;
	readonly totalPages: number;
	readonly limits: {readonly maxIterations: number; readonly maxDowntimeMs?: number};
	readonly passes: ReadonlyArray<{readonly dirtyPages: number; readonly durationMs: number}>;
};

const RECORDED = JSON.parse(readFileSync(new URL('../fixtures/recorded-precopies.json', import.meta.url), 'utf8')) as readonly Recorded[];

/** Plays a recorded migration again: each pass as fast, and as much dirty behind it, as it was. */
function play({totalPages, limits, passes}: Recorded): ReturnType<typeof playPrecopy> {
	const last = passes.length - 1;
	const pass = (index: number): Recorded['passes'][number] => passes[Math.min(index, last)] ?? {dirtyPages: 0, durationMs: 1};
	return playPrecopy({
		totalPages,
		rate: (_atMs, iteration) => pass(iteration).dirtyPages / pass(iteration).durationMs,
		dirtyIn: (intervalMs, iteration) =>
			iteration > last ? (pass(last).dirtyPages * intervalMs) / pass(last).durationMs : pass(iteration).dirtyPages,
		limits: {
			maxDowntimeMs: undefined,
			...limits,
			dirtyThresholdPages: 50,
			deadlineMs: undefined,
			onDeadline: 'stop-and-copy',
			onStall: 'advise',
		},
	});
}

for (const recorded of RECORDED) {
	test(`of a recorded migration progress never goes back, and its end lies in the range in eight moments of ten: ${recorded.name}`, t => {
		const {views, endMs} = play(recorded);
		let before = 0;
		for (const {progress, phase} of views) {
			t.true(progress !== undefined && progress >= before && (progress === 1) === (phase === 'completed'));
			before = progress ?? NaN;
		}

		const told = views.filter(({etaHighMs}) => etaHighMs !== undefined);
		const right = told.filter(({atMs, etaLowMs = NaN, etaHighMs = NaN}) => endMs >= atMs + etaLowMs && endMs <= atMs + etaHighMs);
		t.true(told.length > 20);
		t.true(right.length / told.length >= 0.8, `${right.length} of ${told.length}`);
	});
}

test('of recorded migrations, the one whose guest outran its link is told of as such, and the others are not', t => {
	for (const recorded of RECORDED) {
		// What comes behind the recorded passes is played, not recorded.
		const untilMs = recorded.passes.slice(0, -1).reduce((sum, {durationMs}) => sum + durationMs, 0);
		const views = play(recorded).views.filter(({atMs}) => atMs <= untilMs);
		const states = new Set(views.map(({convergence}) => convergence));
		t.is(states.has('will-not-converge'), recorded.name === 'outruns-the-link', recorded.name);
	}
});
