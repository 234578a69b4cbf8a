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
	/** The link was lost before `go` was played, and the transfer has let the guest run on: the attempt goes on over another link. */
	| 'interrupted'
	/** Anything that ends the attempt from this side or the wire: an error, an abort, a connection lost for good. */
	| 'failed'
	/** The daemon came back and found this state in its journal. */
	| 'restarted'
	| 'running'
	| 'declined';

export type SourceEffect =
	/** Takes back a `go` that was written ahead of its event; nothing to do where there is none. */
	| 'journal-transferring'
	| 'journal-go'
	| 'send-go'
	| 'query-outcome'
	| 'resume-guest'
	| 'destroy-guest'
	| 'journal-handed-over'
	/** The guest is to run here: a restart finds that it may not have been told so. */
	| 'journal-given-back'
	/** Says that the guest stays here. May fail: `journal-returned` keeps that it is owed. */
	| 'tell-receiver'
	/** The guest was told to run, and the attempt is history. */
	| 'journal-returned';

export type Step<State, Effect> = {readonly state: State; readonly effects: readonly Effect[]};

const HAND_OVER: Step<SourceState, SourceEffect> = {state: 'handed-over', effects: ['journal-handed-over', 'destroy-guest']};
const GIVE_BACK: Step<SourceState, SourceEffect> = {
	state: 'given-back',
	effects: ['journal-given-back', 'resume-guest', 'tell-receiver', 'journal-returned'],
};
const DECLINED: Step<SourceState, SourceEffect> = {
	state: 'given-back',
	effects: ['journal-given-back', 'resume-guest', 'journal-returned'],
};

/** The source's step. An event that a state does not expect changes nothing. */
export function nextSource(state: SourceState, event: SourceEvent): Step<SourceState, SourceEffect> {
	switch (state) {
		case 'transferring':
			if (event === 'ready') return {state: 'go', effects: ['journal-go', 'send-go']};
			if (event === 'interrupted') return {state, effects: ['journal-transferring']};
			if (event === 'restarted') return {state, effects: ['resume-guest']};
			if (event === 'failed') return GIVE_BACK;
			break;
		case 'go':
		case 'undecided':
			if (event === 'running') return HAND_OVER;
			if (event === 'declined') return DECLINED;
			if (event === 'failed' || event === 'restarted') return {state: 'undecided', effects: ['query-outcome']};
			break;
		case 'handed-over':
			if (event === 'restarted') return {state, effects: ['destroy-guest']};
			break;
		case 'given-back':
			if (event === 'restarted') return {state, effects: ['resume-guest', 'tell-receiver', 'journal-returned']};
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
	/** Was to run here and is gone: whether it took a step before is not known, and nothing is answered on it. A person decides. */
	| 'lost'
	/** This incarnation will never run here; its `go` is refused. */
	| 'declined';

export type TargetEvent =
	/** The stream is whole and the device state is loaded. */
	| 'loaded'
	| 'go'
	/** An error or abort of this side, or a lost link that no other followed in time. */
	| 'failed'
	/** The source gave the guest up as not handed over, or asks for the outcome and wants a `ready` one declined. */
	| 'query'
	/** The guest could not be set running by the `go` that has just come: it never took a step here. */
	| 'resume-failed'
	/** The guest that an earlier daemon was about to set running cannot be: it may have taken a step. */
	| 'guest-lost'
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

/** The target's step. What it has received outlives its links and its daemon: neither is an event, and the hold for another link begins anew. Once `ready` is in the journal a lost connection changes nothing: only `go` and `query` decide. */
export function nextTarget(state: TargetState, event: TargetEvent): Step<TargetState, TargetEffect> {
	switch (state) {
		case 'receiving':
			if (event === 'loaded') return {state: 'ready', effects: ['journal-ready', 'send-ready']};
			if (event === 'failed') return {state: 'declined', effects: ['journal-declined', 'destroy-guest']};
			if (event === 'go' || event === 'query') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			break;
		case 'ready':
			if (event === 'go') return {state: 'running', effects: ['journal-running', 'resume-guest', 'send-running']};
			if (event === 'query') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			break;
		case 'running':
			if (event === 'go' || event === 'query') return {state, effects: ['send-running']};
			// Not destroyed before the journal says so: it would be lost with a daemon that ends in between. And before the word is given: it must not run here.
			if (event === 'resume-failed') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			if (event === 'guest-lost') return {state: 'lost', effects: []};
			if (event === 'restarted') return {state, effects: ['resume-guest']};
			break;
		case 'lost':
			// A person answers for it that the guest never took a step.
			if (event === 'resume-failed') return {state: 'declined', effects: ['journal-declined', 'destroy-guest', 'send-declined']};
			break;
		case 'declined':
			if (event === 'go' || event === 'query') return {state, effects: ['send-declined']};
			if (event === 'restarted') return {state, effects: ['destroy-guest']};
			break;
	}

	return {state, effects: []};
}
