import test from 'ava';
import * as fc from 'fast-check';
import type {MigrationStatus} from '@sterna/protocol/control';
import {ProgressEstimator} from '../../src/progress/estimate.ts';
import {MIGRATION, status} from '../helpers/frames.ts';

const shown = (frames: readonly MigrationStatus[]): number[] => {
	const estimator = new ProgressEstimator();
	return frames.map(frame => estimator.advance(frame));
};

test('a recorded migration moves forward in every frame and is complete at its end', t => {
	const progress = shown([...MIGRATION, status({phase: 'completed'})]);
	for (const [index, now] of progress.entries())
		t.true(index === 0 || now > (progress[index - 1] ?? 1) || now === progress[index - 1], `frame ${index}`);
	t.is(progress.at(-1), 1);
	t.true((progress.at(-2) ?? 1) < 1);
});

test('a later iteration that has more to send than the one before it does not take progress back', t => {
	const [before, after] = shown([
		status({iteration: 1, remainingPages: 10, dirtyPages: 1000}),
		status({iteration: 2, remainingPages: 90_000, dirtyPages: 90_000}),
	]);
	t.true(before !== undefined && after !== undefined && after >= before);
});

test('a migration that fails stays where it was', t => {
	const [before, after] = shown([status(), status({phase: 'failed'})]);
	t.is(after, before);
});

test('nothing is claimed of an amount that is not known', t => {
	t.deepEqual(shown([status({phase: 'queued', totalPages: 0, remainingPages: 0})]), [0]);
	const [precopy] = shown([status({totalPages: 0, remainingPages: 0, pagesSent: 0, dirtyPages: undefined})]);
	t.true((precopy ?? 1) < 0.05);
	const [save] = shown([status({direction: 'save', phase: 'stop-and-copy', totalPages: 0, pagesSent: 0})]);
	t.true((save ?? 1) < 0.05);
});

test('progress stays within 0 and 1 and never goes back, whatever the daemon says', t => {
	const frames = fc.array(
		fc.record({
			phase: fc.constantFrom('queued', 'prepare', 'precopy', 'stop-and-copy', 'handover', 'completed', 'aborted', 'failed', 'undecided'),
			direction: fc.constantFrom('outgoing', 'incoming', 'save', 'restore'),
			iteration: fc.nat({max: 4_000_000_000}),
			totalPages: fc.oneof(fc.nat(), fc.double()),
			pagesSent: fc.oneof(fc.nat(), fc.double()),
			remainingPages: fc.oneof(fc.nat(), fc.double()),
			dirtyPages: fc.option(fc.oneof(fc.nat(), fc.double()), {nil: undefined}),
		}),
	);
	fc.assert(
		fc.property(frames, changes => {
			let last = 0;
			for (const now of shown(changes.map(change => status(change as Partial<MigrationStatus>)))) {
				if (!(now >= last && now <= 1)) return false;
				last = now;
			}

			return true;
		}),
	);
	t.pass();
});
