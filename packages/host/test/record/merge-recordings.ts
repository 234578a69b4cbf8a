import test from 'ava';
import * as fc from 'fast-check';
import type {RecordLine} from '@sterna/host/record';
import {clockOffset} from '../../src/record/clock-offset.ts';
import {bestOffsetMs, mergeRecordings} from '../../src/record/merge-recordings.ts';

const note = (side: RecordLine['side'], atMs: number): RecordLine => ({atMs, side, kind: 'note', text: `${side} ${atMs}`});
const times = fc.array(fc.integer({min: 0, max: 1_000_000}), {maxLength: 50});

test('what happened on both sides is in the order in which it happened, whatever the clocks say', t => {
	fc.assert(
		fc.property(times, times, fc.integer({min: -1e9, max: 1e9}), (here, there, offsetMs) => {
			// True times; the receiver's clock is ahead by the offset.
			const merged = mergeRecordings(
				here.map(atMs => note('sender', atMs)),
				there.map(atMs => note('receiver', atMs + offsetMs)),
				offsetMs,
			);
			t.deepEqual(
				merged.map(({atMs}) => atMs),
				[...here, ...there].toSorted((one, other) => one - other),
			);
			t.is(merged.filter(({side}) => side === 'receiver').length, there.length);
		}),
	);
});

test('lines of one time stay in the order in which their side wrote them', t => {
	const lines = [note('sender', 5), {...note('sender', 5), text: 'second'} as RecordLine];
	const [first, second, third] = mergeRecordings(lines, [note('receiver', 5)], 0);
	t.deepEqual([first, second], lines);
	t.is(third?.side, 'receiver');
});

test('the offset of another clock is within its uncertainty, however the way there differs from the way back', t => {
	const way = fc.double({min: 0, max: 1000, noNaN: true});
	fc.assert(
		fc.property(
			fc.integer({min: -1e9, max: 1e9}),
			fc.array(fc.record({sentMs: fc.integer({min: 0, max: 1e6}), there: way, back: way}), {minLength: 1, maxLength: 10}),
			(trueOffsetMs, ways) => {
				const offset = clockOffset(
					ways.map(({sentMs, there, back}) => ({sentMs, theirMs: sentMs + there + trueOffsetMs, receivedMs: sentMs + there + back})),
				);
				t.truthy(offset);
				if (offset === undefined) return;
				t.true(Math.abs(offset.offsetMs - trueOffsetMs) <= offset.uncertaintyMs + 1e-5);
				const leastMs = Math.min(...ways.map(({there, back}) => there + back));
				t.true(Math.abs(offset.roundTripMs - leastMs) < 1e-5);
			},
		),
	);
	t.is(clockOffset([]), undefined);
});

test('of several estimates the one that is known best counts', t => {
	const peer = (offsetMs: number, uncertaintyMs: number): RecordLine => ({
		atMs: 0,
		side: 'sender',
		kind: 'peer',
		host: 'b',
		software: 'x',
		offsetMs,
		uncertaintyMs,
	});
	t.is(bestOffsetMs([peer(5, 3), peer(7, 1), peer(9, 2)]), 7);
	t.is(bestOffsetMs([{atMs: 0, side: 'sender', kind: 'peer', host: 'b', software: 'x'}, note('sender', 0)]), 0);
});
