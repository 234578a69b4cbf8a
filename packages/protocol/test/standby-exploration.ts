import test from 'ava';
import {nextStandby} from '../src/standby-machine.ts';
import {exploreStandby} from './helpers/standby/explore.ts';
import type {Rules} from './helpers/standby/world.ts';

const RULES: Rules = {
	nextStandby,
	epochs: 2,
	checksEpoch: true,
	keepsDeclined: true,
	needsLease: true,
	fencesOwner: true,
	looksFirst: true,
};

test.serial(
	'a guest and its standby never run at once, the standby never forgets what the world has seen, and one of them has the guest in the end',
	t => {
		const {states, steps, promoted, violation} = exploreStandby(RULES);
		t.is(violation, undefined);
		t.log(`${states} states, ${steps} steps, ${promoted} of them with the guest promoted`);
		// An exploration that goes nowhere finds nothing.
		t.true(promoted > 100 && states > 1000);
	},
);

/** What is broken, and what must be found then. */
const BROKEN: ReadonlyArray<readonly [string, Partial<Rules>, RegExp]> = [
	['the standby takes over without the lease', {needsLease: false}, /both hosts run the guest|has gone on at the standby/],
	[
		'a lease can be had again under the incarnation of the one that was followed',
		{fencesOwner: false},
		/both hosts run|has gone on at the standby/,
	],
	['a go that was declined is forgotten with the daemon', {keepsDeclined: false}, /both hosts run the guest|has gone on at the standby/],
	['a go is obeyed whatever checkpoint it is for', {checksEpoch: false}, /both hosts run the guest|has gone on at the standby/],
	[
		'the guest runs before that is in the journal',
		{
			nextStandby: (phase, input) => {
				const step = nextStandby(phase, input);
				const isPromotion = step.effects[0] === 'journal-promoting';
				return isPromotion ? {...step, effects: [...step.effects.slice(1), 'journal-promoting']} : step;
			},
		},
		/both hosts run the guest|has gone on at the standby/,
	],
	[
		'a guest that may have run is given back because it is gone',
		{
			nextStandby: (phase, input) =>
				phase === 'promoting' && input === 'guest-lost' ? nextStandby(phase, 'go-failed') : nextStandby(phase, input),
		},
		/has gone on at the standby/,
	],
];

for (const [what, change, found] of BROKEN) {
	test.serial(`the exploration finds it when ${what}`, t => {
		const {violation} = exploreStandby({...RULES, ...change});
		t.regex(violation?.what ?? 'nothing', found);
		t.log(`${violation?.what}, after ${violation?.path.length} steps`);
	});
}
