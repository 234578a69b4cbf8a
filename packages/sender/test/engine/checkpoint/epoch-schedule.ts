import test from 'ava';
import {EpochSchedule} from '../../../src/engine/checkpoint/epoch-schedule.ts';

const cases = [
	{
		title: 'an epoch that ended when it was due is followed by one that is due an interval later',
		taken: {startedMs: 100, resumedMs: 103, standstillMs: 3, intervalMs: 25},
		dueMs: 125,
	},
	{
		title: 'what a timer was late does not make the next epoch later',
		taken: {startedMs: 101.4, resumedMs: 104, standstillMs: 2.6, intervalMs: 25},
		dueMs: 125,
	},
	{
		title: 'an epoch that was late by more than another one is the beginning of a new count',
		taken: {startedMs: 140, resumedMs: 143, standstillMs: 3, intervalMs: 25},
		dueMs: 165,
	},
	{
		title: 'an epoch that ended early, for what a disk had logged, is followed by a whole one',
		taken: {startedMs: 80, resumedMs: 83, standstillMs: 3, intervalMs: 25},
		dueMs: 105,
	},
	{
		title: 'a guest runs at least as long as it stood still',
		taken: {startedMs: 100, resumedMs: 160, standstillMs: 60, intervalMs: 25},
		dueMs: 220,
	},
	{
		title: 'a guest that stood still for seconds, once, does not leave its standby behind for as long again',
		taken: {startedMs: 100, resumedMs: 3100, standstillMs: 3000, intervalMs: 25},
		dueMs: 3200,
	},
] as const;

for (const {title, taken, dueMs} of cases) {
	test(title, t => {
		const schedule = new EpochSchedule(100);
		t.is(schedule.dueMs, 100);
		schedule.taken(taken);
		t.is(schedule.dueMs, dueMs);
	});
}

test('timers that are late by up to a millisecond do not make 40 epochs longer than a second', t => {
	const schedule = new EpochSchedule(0);
	for (let epoch = 0; epoch < 40; epoch++) {
		const startedMs = schedule.dueMs + ((epoch * 7) % 10) / 10;
		schedule.taken({startedMs, resumedMs: startedMs + 2, standstillMs: 2, intervalMs: 25});
	}

	t.is(schedule.dueMs, 1000);
});
