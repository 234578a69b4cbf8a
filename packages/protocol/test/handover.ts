import test from 'ava';
import {nextSource, nextTarget, type SourceEvent, type SourceState, type TargetEvent, type TargetState} from '../src/handover.ts';

const SOURCE_STATES: SourceState[] = ['transferring', 'go', 'undecided', 'handed-over', 'given-back'];
const SOURCE_EVENTS: SourceEvent[] = ['ready', 'interrupted', 'failed', 'restarted', 'running', 'declined'];
const TARGET_STATES: TargetState[] = ['receiving', 'ready', 'running', 'declined'];
const TARGET_EVENTS: TargetEvent[] = ['loaded', 'go', 'failed', 'query', 'resume-failed', 'restarted'];

test('a source that may have sent go resumes the guest only when it was declined', t => {
	for (const state of ['go', 'undecided'] as const) {
		for (const event of SOURCE_EVENTS) {
			t.is(nextSource(state, event).effects.includes('resume-guest'), event === 'declined', `${state}, ${event}`);
		}
	}
});

test('a source destroys its guest only on running, or after it once was handed over', t => {
	for (const state of SOURCE_STATES) {
		for (const event of SOURCE_EVENTS) {
			const destroys = nextSource(state, event).effects.includes('destroy-guest');
			const may = ((state === 'go' || state === 'undecided') && event === 'running') || state === 'handed-over';
			t.true(!destroys || may, `${state}, ${event}`);
		}
	}
});

test('what fails before go gives the guest back and says so; a lost link or a restart lets it run, and the attempt go on', t => {
	t.deepEqual(nextSource('transferring', 'failed'), {
		state: 'given-back',
		effects: ['journal-given-back', 'resume-guest', 'tell-receiver', 'journal-returned'],
	});
	t.deepEqual(nextSource('transferring', 'interrupted'), {state: 'transferring', effects: ['journal-transferring']});
	t.deepEqual(nextSource('transferring', 'restarted'), {state: 'transferring', effects: ['resume-guest']});
});

test('a target keeps what it has received over a restart', t => {
	t.deepEqual(nextTarget('receiving', 'restarted'), {state: 'receiving', effects: []});
});

test('every step that decides is journaled before it is acted on', t => {
	const acts = new Set(['send-go', 'resume-guest', 'destroy-guest', 'send-ready', 'send-running', 'send-declined']);
	const decide = <State, Event>(
		states: State[],
		events: Event[],
		next: (state: State, event: Event) => {state: State; effects: readonly string[]},
	): void => {
		for (const state of states) {
			for (const event of events) {
				const step = next(state, event);
				if (step.state === state || event === 'resume-failed') continue;
				const first = step.effects[0];
				t.true(first === undefined || first.startsWith('journal-') || !acts.has(first), `${String(state)}, ${String(event)}`);
			}
		}
	};
	decide(SOURCE_STATES, SOURCE_EVENTS, nextSource);
	decide(TARGET_STATES, TARGET_EVENTS, nextTarget);
});

test('a target that declined never runs its guest', t => {
	for (const event of TARGET_EVENTS) {
		const step = nextTarget('declined', event);
		t.is(step.state, 'declined', event);
		t.false(step.effects.includes('resume-guest'), event);
	}
});

test('a ready target is moved by nothing but go and a query', t => {
	for (const event of TARGET_EVENTS) {
		t.is(nextTarget('ready', event).state, event === 'go' ? 'running' : event === 'query' ? 'declined' : 'ready', event);
	}
});

test('a guest that could not be set running is declined, durably, and destroyed before the source is told', t => {
	t.deepEqual(nextTarget('running', 'resume-failed').effects, ['journal-declined', 'destroy-guest', 'send-declined']);
});
