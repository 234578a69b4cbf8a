import test from 'ava';
import {nextSource, nextTarget} from '../src/handover.ts';
import {type Exploration, explore} from './helpers/handover/explore.ts';
import type {Rules} from './helpers/handover/world.ts';

const RULES: Rules = {
	incarnations: 1,
	links: 1,
	nextSource,
	nextTarget,
	writesGoAhead: true,
	keepsDeclined: true,
	keepsGivenBack: true,
	keepsTelling: true,
	fencesLinks: true,
	removesOrphans: true,
	journalFaults: false,
};

/**
 * What is gone through: every order of messages delivered, delayed, lost and repeated, of crashes and restarts of either daemon between any two effects, of
 * links lost, holds that end, and guests that die; as the daemons play the machines, with `go` and `ready` written ahead.
 */
const EXPLORED: ReadonlyArray<readonly [string, Partial<Rules>]> = [
	['one attempt over three links', {links: 3}],
	['an attempt behind another', {incarnations: 2}],
	['one attempt, the journal failing wherever it is written', {journalFaults: true}],
	['one attempt over two links, without writing ahead', {links: 2, writesGoAhead: false}],
];

for (const [what, bounds] of EXPLORED) {
	test.serial(`the guest never runs twice, is never lost, and never stays nowhere: ${what}`, t => {
		const {violations, ...figures} = explore({...RULES, ...bounds});
		t.deepEqual(violations, []);
		t.log(describe(figures));
		// An exploration that goes nowhere finds nothing.
		t.true(figures.settled > 50 && figures.nowhere > figures.settled);
	});
}

function describe({states, steps, nowhere, settled, lost}: Omit<Exploration, 'violations'>): string {
	const number = (value: number): string => value.toLocaleString('en');
	return (
		`${number(states)} states, ${number(steps)} steps, 0 violations; in ${number(nowhere)} states the guest runs nowhere, and each leads to one of ` +
		`${number(settled)} settled ones (${number(lost)} of those with a guest that died at its first step, for a person to decide)`
	);
}

/** What is broken, and what must be found then. */
const BROKEN: ReadonlyArray<readonly [string, Partial<Rules>, RegExp]> = [
	[
		'the source resumes its guest when the answer to go does not come',
		{
			nextSource: (state, event) =>
				(state === 'go' || state === 'undecided') && event === 'failed' ? nextSource('transferring', 'failed') : nextSource(state, event),
		},
		/both hosts run the guest/,
	],
	['the target does not write down that it declined', {keepsDeclined: false}, /both hosts run the guest|the guest is lost/],
	[
		'go is sent before it is in the journal',
		{
			writesGoAhead: false,
			nextSource: (state, event) => {
				const step = nextSource(state, event);
				return step.effects.includes('send-go') ? {...step, effects: step.effects.toReversed()} : step;
			},
		},
		/both hosts run the guest/,
	],
	[
		'the guest runs at the target before that is in the journal',
		{
			nextTarget: (state, event) =>
				state === 'ready' && event === 'go'
					? {state: 'running', effects: ['resume-guest', 'journal-running', 'send-running']}
					: nextTarget(state, event),
		},
		/the source runs a guest that has gone on at the target/,
	],
	[
		'a guest that may have run at the target goes back when it cannot be resumed there after a restart',
		{nextTarget: (state, event) => nextTarget(state, event === 'guest-lost' ? 'resume-failed' : event)},
		/the source runs a guest that has gone on at the target/,
	],
	['what belongs to an earlier link is taken', {links: 2, fencesLinks: false}, /has gone on at the source/],
	['the record forgets a guest that is given back before it was told to run', {keepsGivenBack: false}, /never resolves/],
	['a receiver that did not hear that the guest stays is not told again', {keepsTelling: false}, /never resolves/],
	['what was made for a guest outlives a daemon that had not written it down', {removesOrphans: false}, /never resolves/],
];

for (const [what, change, found] of BROKEN) {
	test.serial(`the exploration finds it when ${what}`, t => {
		const [violation] = explore({...RULES, ...change}).violations;
		t.regex(violation?.what ?? 'nothing', found);
		t.log(`${violation?.what}, after ${violation?.path.length} steps`);
	});
}
