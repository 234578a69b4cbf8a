import type {Step} from './handover.ts';

/**
 * The life of a standby, as its daemon plays it. Pure: a step gives the next phase and what to do, in order. An effect that begins with `journal-` is durable before
 * the one behind it begins. Which host may run the guest is not decided here: `take-over` comes when a lease, a fence or a person has said so, `go` from the source
 * itself. DESIGN section 7, docs/adr/0014-standby.md.
 */

export type StandbyPhase =
	/** No checkpoint is whole: there is nothing to go on from. */
	| 'receiving'
	/** Would go on from its last committed checkpoint. */
	| 'holding'
	/** In the journal as one that takes over: the guest is about to run here, or does. */
	| 'promoting'
	/** The guest runs here, and its outcome says so for ever. */
	| 'promoted'
	/** Was to run here and is gone: whether it took a step before is not known. A person decides. */
	| 'lost'
	/** Nothing of it is here, and it will never run here. */
	| 'removed';

export type StandbyInput =
	/** A checkpoint is whole, and in the store as such. */
	| 'committed'
	/** The source stands still at the checkpoint that is held here, and hands the guest over. */
	| 'go'
	/** A `go` for a checkpoint that was declined, or that is not the one that is held here. */
	| 'late-go'
	/** The source has begun another link: a `go` that it said before does not count any more. */
	| 'attached'
	/** The source has begun another link, with a guest that has gone on alone meanwhile, or whose disks go anew and cannot be held back: what is held is a base for its pages, and nothing to go on from. */
	| 'outdated'
	/** The source asks what became of its `go`, and wants one that has not come to be declined. */
	| 'query'
	/** The source is known not to run the guest any more. */
	| 'take-over'
	/** The guest could not be set running by the `go` that has just come: it never took a step here. */
	| 'go-failed'
	/** The same of a take-over. */
	| 'take-over-failed'
	/** The guest has taken its first step here. */
	| 'runs'
	/** The guest's process is gone. */
	| 'guest-lost'
	/** The source's operator ends the protection, or this host's gives the standby up. */
	| 'ended'
	| 'link-lost'
	| 'restarted';

export type StandbyEffect =
	| 'journal-holding'
	| 'journal-attached'
	/** No checkpoint of the store counts any more. */
	| 'forget-checkpoints'
	| 'journal-receiving'
	| 'journal-promoting'
	/** Once only: a guest that has its device state already is left as it is. */
	| 'load-guest'
	| 'resume-guest'
	| 'journal-promoted'
	/** No `go` for the checkpoint that is held now, or for one before it, is obeyed any more. */
	| 'journal-declined'
	| 'destroy-guest'
	| 'journal-removed'
	| 'send-running'
	| 'send-declined';

const REMOVE: Step<StandbyPhase, StandbyEffect> = {state: 'removed', effects: ['destroy-guest', 'journal-removed']};
const PROMOTION = ['journal-promoting', 'load-guest', 'resume-guest'] as const;

/** The standby's step. What a phase does not expect changes nothing. The answer to `go` does not wait for the outcome: what is in the journal by then leads there. */
export function nextStandby(phase: StandbyPhase, input: StandbyInput): Step<StandbyPhase, StandbyEffect> {
	switch (phase) {
		case 'receiving':
			if (input === 'committed') return {state: 'holding', effects: ['journal-holding']};
			if (input === 'go' || input === 'late-go' || input === 'query') return {state: phase, effects: ['send-declined']};
			// What has come is of no use without the rest, and the source has it.
			if (input === 'link-lost' || input === 'ended' || input === 'guest-lost' || input === 'restarted') return REMOVE;
			break;
		case 'holding':
			if (input === 'go') return {state: 'promoting', effects: [...PROMOTION, 'send-running']};
			if (input === 'take-over') return {state: 'promoting', effects: PROMOTION};
			if (input === 'attached') return {state: phase, effects: ['journal-attached']};
			// The other way round, a daemon that ends in between would go on from what is out of date.
			if (input === 'outdated') return {state: 'receiving', effects: ['forget-checkpoints', 'journal-receiving']};
			if (input === 'query' || input === 'late-go') return {state: phase, effects: ['journal-declined', 'send-declined']};
			if (input === 'ended' || input === 'guest-lost') return REMOVE;
			break;
		case 'promoting':
			if (input === 'runs') return {state: 'promoted', effects: ['journal-promoted']};
			if (input === 'restarted') return {state: phase, effects: ['load-guest', 'resume-guest']};
			if (input === 'go' || input === 'late-go' || input === 'query') return {state: phase, effects: ['send-running']};
			// The source may run it again as soon as it hears this: what could take over here is gone by then.
			if (input === 'go-failed')
				return {state: 'removed', effects: ['journal-declined', 'destroy-guest', 'journal-removed', 'send-declined']};
			// Perhaps the only copy there is: it is kept for another try.
			if (input === 'take-over-failed') return {state: 'holding', effects: ['journal-holding']};
			if (input === 'guest-lost') return {state: 'lost', effects: []};
			break;
		case 'promoted':
			if (input === 'go' || input === 'late-go' || input === 'query') return {state: phase, effects: ['send-running']};
			break;
		case 'lost':
			// A person answers for it that the guest never took a step.
			if (input === 'ended') return REMOVE;
			break;
		case 'removed':
			if (input === 'go' || input === 'late-go' || input === 'query') return {state: phase, effects: ['send-declined']};
			break;
	}

	return {state: phase, effects: []};
}
