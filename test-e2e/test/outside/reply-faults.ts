import test from 'ava';
import {nextReply, NO_REPLIES, type Reply, type ReplyState} from '@sterna/domain/replies';
import {mergeGuestOutput} from '../../src/guest-lines.ts';
import {distributionOf} from '../../src/outside/distribution.ts';
import {unknownLines} from '../../src/outside/known-output.ts';
import {missingSerials, replyFaults} from '../../src/outside/reply-faults.ts';

/** Replies of a guest that goes on from a state. */
const repliesFrom = (state: ReplyState, count: number, run: string): Reply[] => {
	const replies: Reply[] = [];
	for (let index = 0; index < count; index++) replies.push(nextReply(replies.at(-1) ?? state, {step: index, nonce: `${run}${index}`}));
	return replies;
};

const stateAfter = (replies: readonly Reply[]): ReplyState => replies.at(-1) ?? NO_REPLIES;

test('a guest that goes on elsewhere from what it has said last is one guest, lost replies or not', t => {
	const here = repliesFrom(NO_REPLIES, 10, 'a');
	const there = repliesFrom(stateAfter(here), 10, 'b');
	t.deepEqual(replyFaults([...there, ...here], stateAfter(there)), []);
	const some = [...here.slice(0, 7), ...there.slice(2)];
	t.deepEqual(replyFaults(some, stateAfter(there)), []);
	t.deepEqual(missingSerials(some), [8, 9, 10, 11, 12]);
	t.deepEqual(replyFaults(here, stateAfter(there)), [], 'it may know of more than what came');
});

test('a guest that goes on from before what it has said is found', t => {
	const here = repliesFrom(NO_REPLIES, 10, 'a');
	const there = repliesFrom(stateAfter(here.slice(0, 8)), 3, 'b');
	t.deepEqual(replyFaults([...here, ...there], stateAfter(there)), [
		'number 9 came twice, with different content',
		'number 10 came twice, with different content',
	]);
});

test('and also where the numbers that it gave again were lost on the way', t => {
	const here = repliesFrom(NO_REPLIES, 10, 'a');
	const there = repliesFrom(stateAfter(here.slice(0, 8)), 3, 'b');
	t.deepEqual(replyFaults([...here, ...there.slice(2)], stateAfter(there)), [
		'reply 11 follows from another reply 10 than the one that came',
	]);
	t.deepEqual(replyFaults(here, stateAfter(there.slice(0, 1))), [
		'the guest knows of another reply 9 than the one that came',
		'number 10 came, and the guest knows of 9 alone',
	]);
});

test('a reply that came twice, one that was damaged and a request that two guests answered are found', t => {
	const [first, second] = repliesFrom(NO_REPLIES, 2, 'a') as [Reply, Reply];
	t.deepEqual(replyFaults([first, second, first], undefined), ['number 1 came twice, the same']);
	t.deepEqual(replyFaults([{...first, step: 99}], undefined), [
		`reply 1 is damaged: its digest ${first.digest} is not that of its content`,
	]);
	const other = nextReply(second, {step: 5, nonce: first.nonce});
	t.deepEqual(replyFaults([first, second, other], undefined), ['request a0 was answered twice, with numbers 1 and 3']);
});

test('lines that the guest does not know are found', t => {
	const line = (number: number): string => `LINE ${number} step=7 tick=9 random=00c0ffee ns=${number}000000\n`;
	const output = mergeGuestOutput({'host-a': line(1) + line(2), 'host-b': line(3) + line(6)});
	t.deepEqual(unknownLines(output, {lines: 6}), []);
	t.like(unknownLines(output, {lines: 5}), [{number: 6, host: 'host-b'}]);
});

test('a distribution has the ranks of what was measured', t => {
	t.deepEqual(distributionOf(Array.from({length: 100}, (_, index) => 100 - index)), {
		count: 100,
		medianMs: 50,
		p90Ms: 90,
		p99Ms: 99,
		maxMs: 100,
	});
	t.deepEqual(distributionOf([7]), {count: 1, medianMs: 7, p90Ms: 7, p99Ms: 7, maxMs: 7});
	t.is(distributionOf([]).medianMs, Number.NaN);
});
