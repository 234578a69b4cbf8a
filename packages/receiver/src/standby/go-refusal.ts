import type {GoRequest} from '@sterna/protocol/control';

/** What a standby holds a `go` against. */
export type GoFacts = {
	/** That the guest would run with here. */
	readonly nextIncarnation: number;
	/** Whether it came over the control connection of the latest link: what was said before that one counts no more. */
	readonly isOfLatestLink: boolean;
	/** No `go` for this checkpoint or one before it is obeyed. */
	readonly declinedEpoch: number;
	/** The last whole one. */
	readonly committedEpoch: number;
};

/** Why a `go` is not obeyed; undefined where it is. */
export function goRefusal({incarnation, epoch}: GoRequest, facts: GoFacts): string | undefined {
	const {nextIncarnation, isOfLatestLink, declinedEpoch, committedEpoch} = facts;
	if (incarnation !== nextIncarnation) return `it is of incarnation ${incarnation}, not ${nextIncarnation}`;
	if (!isOfLatestLink) return 'it did not come over the latest link';
	if (epoch === undefined) return 'it names no checkpoint';
	if (epoch <= declinedEpoch) return `checkpoint ${epoch} was declined`;
	if (epoch !== committedEpoch) return `it is for checkpoint ${epoch}, and ${committedEpoch} is held`;
	return undefined;
}
