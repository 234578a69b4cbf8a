import test from 'ava';
import {nextProtection, type ProtectionEffect, type ProtectionEvent, type ProtectionState} from '../src/protection-machine.ts';

const STATES: ProtectionState[] = ['protecting', 'paused', 'stopped', 'alone', 'handing-over', 'gone', 'stale', 'handed-over', 'ended'];
const EVENTS: ProtectionEvent[] = [
	'in-step',
	'lost-continue',
	'lost-pause',
	'kept',
	'lease-lost',
	'lease-regained',
	'taken-over',
	'guest-gone',
	'protect',
	'unprotect',
	'planned-go',
	'running',
	'declined',
	'no-answer',
	'restarted',
];

/** A protected guest with its daemon, its guard, its standby and the lease store, as they are at one moment. */
type World = {
	readonly source: ProtectionState;
	readonly journal: ProtectionState;
	/** What the daemon has yet to do of its last step. */
	readonly todo: readonly ProtectionEffect[];
	readonly runsHere: boolean;
	/** Its process here has ended. */
	readonly isGone: boolean;
	readonly gateIsOpen: boolean;
	/** Who has the lease now; `for-good`: the source's host owns the guest and needs none. */
	readonly lease: 'source' | 'standby' | 'nobody' | 'for-good';
	/** `holding`: it has a whole checkpoint that it may go on from. One whose incarnation another took for good may not any more: it is as good as gone. */
	readonly standby: 'holding' | 'runs' | 'gone';
	/** A `go` is on its way over the standby's latest link. */
	readonly go: boolean;
};

const START: World = {
	source: 'protecting',
	journal: 'protecting',
	todo: [],
	runsHere: true,
	isGone: false,
	gateIsOpen: false,
	lease: 'source',
	standby: 'holding',
	go: false,
};

/** What the world may become next, each with its name. */
function* nextWorlds(world: World): Generator<readonly [string, World]> {
	const play = (event: ProtectionEvent, change: Partial<World> = {}): readonly [string, World] => {
		const {state, effects} = nextProtection(world.source, event);
		return [event, {...world, ...change, source: state, todo: effects}];
	};

	// The daemon ends at any time, the guest goes on as it is.
	const {state, effects} = nextProtection(world.journal === 'paused' ? 'stopped' : world.journal, 'restarted');
	yield ['crash', {...world, source: state, todo: effects}];
	if (!world.isGone) yield ['guest dies', {...world, isGone: true, runsHere: false}];
	// The guard stops the guest before another can have the lease.
	if (world.lease === 'source') yield ['lease expires', {...world, lease: 'nobody', runsHere: false}];
	if (world.standby === 'holding' && world.lease === 'nobody')
		yield ['standby promotes itself', {...world, lease: 'standby', standby: 'runs'}];
	if (world.go && world.standby === 'holding' && world.lease === 'nobody')
		yield ['go arrives', {...world, go: false, lease: 'standby', standby: 'runs'}];

	const [first, ...todo] = world.todo;
	if (first !== undefined) {
		for (const done of doEffect({...world, todo}, first)) yield [`does ${first}`, done];
		return;
	}

	if (world.source === 'protecting' || world.source === 'paused') {
		yield play('lost-continue');
		yield play('lost-pause');
		// Over a new link: an earlier `go` counts no more.
		if (world.standby !== 'runs' && world.lease === 'source') yield play('in-step', {go: false, standby: 'holding', gateIsOpen: false});
		if (world.lease === 'source') yield play('planned-go', {runsHere: false});
	}

	if (world.isGone) yield play('guest-gone');
	if (world.lease === 'standby' || world.lease === 'nobody') yield play('lease-lost');
	// Its operator has it destroyed first; or the lease store answers for it, as in `keep-for-good`.
	if (world.standby === 'holding' && world.lease === 'source') yield play('unprotect', {standby: 'gone', lease: 'for-good'});
	if (world.source === 'alone') {
		yield play('unprotect');
		yield play('protect');
	}
}

function* doEffect(world: World, effect: ProtectionEffect): Generator<World> {
	const play = (event: ProtectionEvent, change: Partial<World> = {}): World => {
		const {state, effects} = nextProtection(world.source, event);
		return {...world, ...change, source: state, todo: [...effects, ...world.todo]};
	};
	switch (effect) {
		case 'journal-protecting':
			return yield {...world, journal: 'protecting'};
		case 'journal-stopped':
			return yield {...world, journal: 'stopped'};
		case 'journal-alone':
			return yield {...world, journal: 'alone'};
		case 'journal-handing-over':
			return yield {...world, journal: 'handing-over'};
		case 'journal-handed-over':
			return yield {...world, journal: 'handed-over'};
		case 'journal-gone':
			return yield {...world, journal: 'gone'};
		case 'journal-stale':
			return yield {...world, journal: 'stale'};
		case 'journal-ended':
			return yield {...world, journal: 'ended'};
		case 'stop-guest':
		case 'destroy-guest':
			return yield {...world, runsHere: false};
		case 'run-guest':
			// The guard stops at once what runs without a lease.
			return yield {...world, runsHere: !world.isGone && (world.lease === 'source' || world.lease === 'for-good')};
		case 'open-gate':
			return yield {...world, gateIsOpen: true};
		case 'keep-for-good':
			if (world.lease === 'source' || world.lease === 'for-good') yield play('kept', {lease: 'for-good', standby: 'gone'});
			else yield play('lease-lost');
			return undefined;
		case 'release-lease':
			return yield {...world, lease: world.lease === 'source' ? 'nobody' : world.lease};
		case 'regain-lease':
			if (world.lease === 'standby') yield play('taken-over');
			else yield play('lease-regained', {lease: 'source'});
			// Its last daemon died between that and the note of it.
			if (world.lease === 'for-good') yield play('kept');
			return undefined;
		case 'leave-to-standby':
			return yield world.standby === 'runs' ? play('taken-over') : world;
		case 'send-go':
			// The answer comes, or does not.
			yield play('no-answer', {go: true});
			yield play('no-answer');
			if (world.standby === 'holding' && world.lease === 'nobody') yield play('running', {lease: 'standby', standby: 'runs'});
			if (world.standby === 'holding') yield play('declined');
			return undefined;
		case 'query-standby':
			// Over a new link.
			if (world.standby === 'runs') yield play('running');
			else yield play('declined', {go: false});
			return undefined;
	}
}

test('in every order of deaths, losses, words and leases at most one copy runs, and nothing is let out while the other may take over', t => {
	const seen = new Map<string, string>([[JSON.stringify(START), 'start']]);
	const open: World[] = [START];
	for (let world = open.pop(); world !== undefined; world = open.pop()) {
		const path = seen.get(JSON.stringify(world)) ?? '';
		t.false(world.runsHere && world.standby === 'runs', path);
		t.false(world.gateIsOpen && world.standby === 'holding' && world.lease !== 'for-good', path);
		// Whose guest is gone keeps the lease from nobody: what it has not given up runs out.
		t.false(world.source === 'gone' && world.todo.some(effect => effect === 'regain-lease'), path);
		for (const [name, next] of nextWorlds(world)) {
			const key = JSON.stringify(next);
			if (seen.has(key)) continue;
			seen.set(key, `${path}, ${name}`);
			open.push(next);
		}
	}

	t.true(seen.size > 100);
});

test('from handing-over the guest runs here again only behind a decline, and with its lease', t => {
	for (const event of EVENTS) {
		const {state, effects} = nextProtection('handing-over', event);
		t.false(effects.includes('run-guest') || effects.includes('open-gate'), event);
		if (event === 'declined') t.deepEqual({state, effects}, {state: 'stopped', effects: ['journal-stopped', 'regain-lease']});
	}
});

test('a stale, a handed-over and an ended guest stay what they are', t => {
	for (const state of ['stale', 'handed-over', 'ended'] as const) {
		for (const event of EVENTS) {
			const step = nextProtection(state, event);
			t.is(step.state, state, event);
			t.false(step.effects.includes('run-guest'), event);
		}
	}
});

test('a state that a restart must find is in the journal before it is acted on, unless acting on it is to stop', t => {
	for (const state of STATES) {
		for (const event of EVENTS) {
			const step = nextProtection(state, event);
			if (step.state === state || event === 'restarted') continue;
			const first = step.effects.find(effect => effect !== 'stop-guest');
			t.true(first?.startsWith('journal-'), `${state}, ${event}`);
		}
	}
});

test('a guest that may have been stopped by its guard runs before its gate is opened: it would not hear that', t => {
	const opening = STATES.flatMap(state => EVENTS.map(event => nextProtection(state, event).effects)).filter(effects =>
		effects.includes('open-gate'),
	);
	t.true(opening.length > 3);
	for (const effects of opening) t.is(effects[effects.indexOf('open-gate') - 1], 'run-guest');
});
