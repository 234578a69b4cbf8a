/**
 * The handover of a guest, as both daemons play it: `ready` → `go` → `running`, or `declined`. Pure: a step gives the next state and
 * what to do, in order. An effect that begins with `journal-` is durable before the one behind it begins.
 * DESIGN section 7, docs/spec/control.md.
 */

export type SourceState =
	/** The guest is the source's: whatever fails now gives it back, running. */
	| 'transferring'
	/** `go` is in the journal and may have left: only `declined` gives the guest back. */
	| 'go'
	/** `go` may have arrived, and the target does not answer. Not a failure: it resolves as soon as the two talk again. */
	| 'undecided'
	| 'handed-over'
	| 'given-back';

export type SourceEvent =
	/** The target has the whole guest, paused, and nothing vetoed the switch. */
	| 'ready'
	/** Anything that ends the attempt from this side or the wire: an error, an abort, a lost connection. */
	| 'failed'
	/** The daemon came back and found this state in its journal. */
	| 'restarted'
	| 'running'
	| 'declined';

export type SourceEffect =
	| 'journal-go'
	| 'send-go'
	| 'query-outcome'
	| 'resume-guest'
	| 'destroy-guest'
	| 'journal-handed-over'
	| 'journal-given-back';

export type Step<State, Effect> = {readonly state: State; readonly effects: readonly Effect[]};

const HAND_OVER: Step<SourceState, SourceEffect> = {state: 'handed-over', effects: ['journal-handed-over', 'destroy-guest']};
const GIVE_BACK: Step<SourceState, SourceEffect> = {state: 'given-back', effects: ['journal-given-back', 'resume-guest']};

/** The source's step. An event that a state does not expect changes nothing. */
export function nextSource(state: SourceState, event: SourceEvent): Step<SourceState, SourceEffect> {
	switch (state) {
		case 'transferring':
			if (event === 'ready') return {state: 'go', effects: ['journal-go', 'send-go']};
			if (event === 'failed' || event === 'restarted') return GIVE_BACK;
			break;
		case 'go':
		case 'undecided':
			if (event === 'running') return HAND_OVER;
			if (event === 'declined') return GIVE_BACK;
			if (event === 'failed' || event === 'restarted') return {state: 'undecided', effects: ['query-outcome']};
			break;
		case 'handed-over':
			if (event === 'restarted') return {state, effects: ['destroy-guest']};
			break;
		case 'given-back':
			if (event === 'restarted') return {state, effects: ['resume-guest']};
			break;
	}

	return {state, effects: []};
}

export type TargetState =
	/** Pages come in; the guest is not whole. */
	| 'receiving'
	/** Whole, loaded, paused, and in the journal as such. */
	| 'ready'
	| 'running'
	/** This incarnation will never run here; its `go` is refused. */
	| 'declined';

export type TargetEvent =
	/** The stream is whole and the device state is loaded. */
	| 'loaded'
	| 'go'
	/** An error or abort of this side or of the peer, or a connection lost. */
	| 'failed'
	/** The source gave the guest up as not handed over, or asks for the outcome and wants a `ready` one declined. */
	| 'query'
	/** The guest could not be set running: it never took a step here. */
	| 'resume-failed'
	| 'restarted';

export type TargetEffect =
	| 'journal-ready'
	| 'send-ready'
	| 'journal-running'
	| 'resume-guest'
	| 'send-running'
	| 'journal-declined'
	| 'destroy-guest'
	| 'send-declined';

/** The target's step. Once `ready` is in the journal a lost connection changes nothing: only `go` and `query` decide. */
export function nextTarget(state: TargetState, event: TargetEvent): Step<TargetState, TargetEffect> {
	switch (state) {
		case 'receiving':
			if (event === 'loaded') return {state: 'ready', effects: ['journal-ready', 'send-ready']};
			if (event === 'failed' || event === 'restarted') return {state: 'declined', effects: ['journal-declined', 'destroy-guest']};
			if (event === 'go' || event === 'query') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			break;
		case 'ready':
			if (event === 'go') return {state: 'running', effects: ['journal-running', 'resume-guest', 'send-running']};
			if (event === 'query') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			break;
		case 'running':
			if (event === 'go' || event === 'query') return {state, effects: ['send-running']};
			// Destroyed before the word is given: what the source gets back must not run here.
			if (event === 'resume-failed') return {state: 'declined', effects: ['destroy-guest', 'journal-declined', 'send-declined']};
			if (event === 'restarted') return {state, effects: ['resume-guest']};
			break;
		case 'declined':
			if (event === 'go' || event === 'query') return {state, effects: ['send-declined']};
			if (event === 'restarted') return {state, effects: ['destroy-guest']};
			break;
	}

	return {state, effects: []};
}
