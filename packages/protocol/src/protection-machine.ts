import type {Step} from './handover.ts';

/**
 * A protected guest, as the daemon of its own host plays it. Pure, as handover.ts: a step gives the next state and what to do, in order, and an effect that begins
 * with `journal-` is durable before the one behind it begins. docs/adr/0014-standby.md.
 *
 * What it rests on: a standby takes over by its own only where it can get the lease; a `go` counts only over the control connection of its standby's latest link,
 * so that a standby that has answered a newer link has declined every `go` before it; and a standby that is asked for with a higher incarnation than it had belongs
 * to a guest that went on alone meanwhile, so that what it holds is a base for the pages alone, and not to be gone on from before its next whole checkpoint.
 */
export type ProtectionState =
	/** The standby may take over: the guest runs here as long as its lease lasts, and what it says waits for its checkpoint. */
	| 'protecting'
	/** As `protecting`, and the guest stands still until the standby is in step again: by policy. */
	| 'paused'
	/** The lease is not held: the guest stands still until it is known whether the standby has taken over. */
	| 'stopped'
	/** The standby cannot take over any more, or a person accepted that it might: the guest runs here, and what it says goes out. */
	| 'alone'
	/** `go` may have left: the guest stands still, and runs here again only when the standby has declined. */
	| 'handing-over'
	/** The guest's process is gone from here, and nobody was told to go on with it: its standby may, at once, and nothing of it ever runs here again. */
	| 'gone'
	/** The guest runs at the standby's host, which was not given it: the copy here never runs. */
	| 'stale'
	/** The guest runs at the standby's host, which was given it: nothing of it is left here. */
	| 'handed-over'
	/** The guest is an ordinary one again. */
	| 'ended';

export type ProtectionEvent =
	/** The standby is in step: a checkpoint is committed over the link at hand. */
	| 'in-step'
	/** No link to the standby, and none for as long as was waited for; the operator's policy lets the guest go on. */
	| 'lost-continue'
	/** The same, and the policy lets it wait. */
	| 'lost-pause'
	/** The lease store, or the policy where there is none, says that no standby takes over. */
	| 'kept'
	/** The lease ran out. */
	| 'lease-lost'
	/** It is held again, with the same incarnation: nobody had it meanwhile. */
	| 'lease-regained'
	/** Another host has the lease, or the standby says that it runs the guest. */
	| 'taken-over'
	/** The guest's process is gone for certain, and its standby may have something of it. */
	| 'guest-gone'
	/** An operator wants a standby again. */
	| 'protect'
	/** An operator wants none, and no standby takes over: it is gone, or the lease store or a person answers for it. */
	| 'unprotect'
	/** The last checkpoint is committed with the guest standing still, and the standby is to run it. */
	| 'planned-go'
	/** The standby runs it. */
	| 'running'
	/** The standby has not run it, and will not by that `go`. */
	| 'declined'
	/** The standby does not answer to `go`. */
	| 'no-answer'
	/** The daemon came back and found this state in its journal, where `paused` is written as `stopped`. */
	| 'restarted';

export type ProtectionEffect =
	| 'journal-protecting'
	| 'journal-stopped'
	| 'journal-alone'
	| 'journal-handing-over'
	| 'journal-handed-over'
	| 'journal-gone'
	| 'journal-stale'
	/** The record of an ordinary guest. */
	| 'journal-ended'
	/** The guest takes no further step; one that does not hear it is stopped by signal. */
	| 'stop-guest'
	/** The guest runs, what it says is held or not as before. */
	| 'run-guest'
	/** What the guest said and says goes out. */
	| 'open-gate'
	/** Makes sure that no standby takes over, for as long as it takes: `kept`, or `lease-lost`. */
	| 'keep-for-good'
	/** Another host may have the lease at once. */
	| 'release-lease'
	/** Tries to get the lease until it is `lease-regained`, or `taken-over`. Without a lease store the standby is asked. */
	| 'regain-lease'
	/** Tells the standby that it is left to it, and asks who has the guest until that is `taken-over`. */
	| 'leave-to-standby'
	| 'send-go'
	/** Asks the standby until it is `running` or `declined`. */
	| 'query-standby'
	| 'destroy-guest';

type ProtectionStep = Step<ProtectionState, ProtectionEffect>;

const TAKEN_OVER: ProtectionStep = {state: 'stale', effects: ['stop-guest', 'journal-stale']};
/** `alone` first: a daemon that ends in between must not leave an ordinary guest whose output is held. And a guest that its guard has stopped opens no gate before it runs. */
const UNPROTECTED: ProtectionStep = {
	state: 'ended',
	effects: ['journal-alone', 'run-guest', 'open-gate', 'release-lease', 'journal-ended'],
};
const KEPT: ProtectionStep = {state: 'alone', effects: ['journal-alone', 'run-guest', 'open-gate', 'release-lease']};
/** The journal first: a daemon that ends in between finds that it has no claim to the lease any more. */
const GONE: ProtectionStep = {state: 'gone', effects: ['journal-gone', 'release-lease', 'leave-to-standby']};
const WITHOUT_LEASE: ProtectionStep = {state: 'stopped', effects: ['stop-guest', 'journal-stopped', 'regain-lease']};

/** The step of the guest's own host. An event that a state does not expect changes nothing. */
export function nextProtection(state: ProtectionState, event: ProtectionEvent): ProtectionStep {
	switch (state) {
		case 'protecting':
		case 'paused':
			if (event === 'in-step' && state === 'paused') return {state: 'protecting', effects: ['journal-protecting', 'run-guest']};
			if (event === 'lost-continue') return {state, effects: ['keep-for-good']};
			if (event === 'lost-pause' && state === 'protecting') return {state: 'paused', effects: ['stop-guest', 'journal-stopped']};
			if (event === 'kept') return KEPT;
			if (event === 'lease-lost') return WITHOUT_LEASE;
			if (event === 'guest-gone') return GONE;
			if (event === 'taken-over') return TAKEN_OVER;
			if (event === 'unprotect') return UNPROTECTED;
			// The standby gets the lease for running the guest: from here on it is not held here.
			if (event === 'planned-go') return {state: 'handing-over', effects: ['journal-handing-over', 'release-lease', 'send-go']};
			// Its guard has an eye on it: it need not stand still for a daemon that was away.
			if (event === 'restarted') return {state: 'protecting', effects: ['regain-lease']};
			// Also a guest that a daemon left paused in the middle of a checkpoint.
			if (event === 'lease-regained' && state === 'protecting') return {state, effects: ['journal-protecting', 'run-guest']};
			break;
		case 'stopped':
			if (event === 'lease-regained') return {state: 'protecting', effects: ['journal-protecting', 'run-guest']};
			if (event === 'guest-gone') return GONE;
			if (event === 'taken-over') return TAKEN_OVER;
			if (event === 'unprotect') return UNPROTECTED;
			if (event === 'restarted') return {state, effects: ['stop-guest', 'regain-lease']};
			break;
		case 'alone':
			if (event === 'protect') return {state: 'protecting', effects: ['journal-protecting', 'regain-lease']};
			if (event === 'unprotect') return UNPROTECTED;
			if (event === 'taken-over') return TAKEN_OVER;
			if (event === 'restarted') return {state, effects: ['run-guest', 'open-gate']};
			break;
		case 'handing-over':
			if (event === 'running') return {state: 'handed-over', effects: ['journal-handed-over', 'destroy-guest']};
			// It has the lease by another right than that `go`: what it runs may not be what it was given.
			if (event === 'taken-over') return TAKEN_OVER;
			if (event === 'declined') return {state: 'stopped', effects: ['journal-stopped', 'regain-lease']};
			if (event === 'no-answer') return {state, effects: ['query-standby']};
			if (event === 'restarted') return {state, effects: ['stop-guest', 'query-standby']};
			break;
		case 'gone':
			if (event === 'taken-over') return {state: 'stale', effects: ['journal-stale']};
			if (event === 'unprotect') return {state: 'ended', effects: ['journal-ended']};
			// A lease that the daemon before has not given up is renewed by nobody.
			if (event === 'restarted') return {state, effects: ['leave-to-standby']};
			break;
		case 'stale':
			if (event === 'restarted') return {state, effects: ['stop-guest']};
			break;
		case 'handed-over':
			if (event === 'restarted') return {state, effects: ['destroy-guest']};
			break;
		case 'ended':
			break;
	}

	return {state, effects: []};
}
