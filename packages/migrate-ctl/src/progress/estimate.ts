import type {MigrationStatus} from '@sterna/protocol/control';

/** Shares of the bar. */
const PREPARED = 0.02;
const FIRST_PASS_END = 0.75;
const COPY_END = 0.99;

/**
 * How far a migration is, 0 to 1, never backwards. A sender tells of its own, which is taken as it is. A receiver knows neither what is dirty nor what is
 * to come: of what it tells, this is the share of the guest that has arrived. One estimator follows one migration.
 */
export class ProgressEstimator {
	#shown = 0;

	/** The progress to show for `status`: at least what was shown before. An end other than `completed` leaves it where it was. */
	advance(status: MigrationStatus): number {
		const now = status.progress ?? estimate(status);
		if (now > this.#shown) this.#shown = Math.min(1, now);
		return this.#shown;
	}
}

function estimate(status: MigrationStatus): number {
	switch (status.phase) {
		case 'queued':
			return 0;
		case 'prepare':
			return PREPARED / 2;
		case 'precopy':
		case 'reconnecting':
			return between(PREPARED, FIRST_PASS_END, arrived(status));
		case 'stop-and-copy':
			return between(PREPARED, COPY_END, arrived(status));
		case 'handover':
			return COPY_END;
		case 'completed':
			return 1;
		case 'aborted':
		case 'failed':
		case 'undecided':
			return 0;
	}
}

function between(begin: number, end: number, share: number): number {
	return begin + (end - begin) * share;
}

/** Share of all pages, held to 0 … 1; 0 where their number is not known. */
function arrived({pagesSent, totalPages}: MigrationStatus): number {
	return totalPages > 0 ? Math.min(1, Math.max(0, pagesSent / totalPages)) : 0;
}
