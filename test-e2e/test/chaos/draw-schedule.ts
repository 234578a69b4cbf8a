import test from 'ava';
import {CRASH_POINTS, JOURNAL_WRITES} from '@sterna/host';
import {describeSchedule} from '../../src/chaos/describe-schedule.ts';
import {drawSchedule, isArmed} from '../../src/chaos/draw-schedule.ts';
import type {ChaosFault} from '../../src/chaos/schedule.ts';

const PLAIN = {isTls: false};
const MANY = 5000;

/** The faults of many runs. */
const faultsOf = (isTls: boolean): ChaosFault[] => Array.from({length: MANY}, (_, run) => drawSchedule(1, run, {isTls}).faults).flat();

test('a run is the same for the same seed and number, whatever was drawn before it', t => {
	const run = drawSchedule(7, 3, PLAIN);
	for (let other = 0; other < 10; other++) drawSchedule(7, other, PLAIN);
	t.deepEqual(drawSchedule(7, 3, PLAIN), run);
	t.notDeepEqual(drawSchedule(7, 4, PLAIN).faults, run.faults);
	t.notDeepEqual(drawSchedule(8, 3, PLAIN).faults, run.faults);
});

test('every run has one to three faults, and at most one that a daemon is started with', t => {
	for (let run = 0; run < MANY; run++) {
		const {faults} = drawSchedule(2, run, PLAIN);
		t.true(faults.length >= 1 && faults.length <= 3);
		t.true(faults.filter(isArmed).length <= 1);
	}
});

test('many runs have every kind of fault, every crash point and every write of the journal', t => {
	const faults = faultsOf(false);
	t.is(new Set(faults.map(({kind}) => kind)).size, 11);
	t.is(new Set(faults.flatMap(fault => (fault.kind === 'crash-point' ? [fault.point] : []))).size, CRASH_POINTS.length);
	t.is(new Set(faults.flatMap(fault => (fault.kind === 'journal-fault' ? [fault.write] : []))).size, JOURNAL_WRITES.length);
});

test('bits of the control connection are turned only where TLS would notice', t => {
	const spoilt = (isTls: boolean): Set<string> =>
		new Set(faultsOf(isTls).flatMap(fault => (fault.kind === 'flip' ? [fault.connection] : [])));
	t.deepEqual([...spoilt(false)], ['data']);
	t.deepEqual([...spoilt(true)].toSorted(), ['control', 'data']);
});

test('a schedule is told in a line for how the guest moves and one for each fault', t => {
	for (let run = 0; run < MANY; run++) {
		const schedule = drawSchedule(3, run, PLAIN);
		const lines = describeSchedule(schedule);
		t.is(lines.length, schedule.faults.length + 1);
		t.false(
			lines.some(line => line.includes('undefined') || line.includes('[object')),
			lines.join('\n'),
		);
	}
});
