import type {MigrationStatus} from '@sterna/protocol/control';

/** Shares of the bar. Iteration 0 is every page and so most of a live migration; the later ones share what is left before the pause. */
const PREPARED = 0.02;
const FIRST_PASS_END = 0.75;
const PRECOPY_END = 0.95;
const COPY_END = 0.99;

/**
 * How far a migration is, 0 … 1, never backwards: the passes of a precopy find more to send, which is no reason to take back what was shown.
 * One estimator follows one migration.
 */
export class ProgressEstimator {
	#shown = 0;

	/** The progress to show for `status`: at least what was shown before. An end other than `completed` leaves it where it was. */
	advance(status: MigrationStatus): number {
		const now = estimate(status);
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
			return status.direction === 'outgoing'
				? precopy(status)
				: between(PREPARED, FIRST_PASS_END, ratio(status.pagesSent, status.totalPages) ?? 0);
		case 'stop-and-copy':
			// A save is not live: its one pass is this phase. A migration's last pass is short.
			return status.direction === 'outgoing' || status.direction === 'incoming'
				? between(PRECOPY_END, COPY_END, 1 - (ratio(status.remainingPages, status.dirtyPages) ?? 1))
				: between(PREPARED, COPY_END, ratio(status.pagesSent, status.totalPages) ?? 0);
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

/** Each later iteration takes half of what the one before it left: there is always room for one more. */
function precopy({iteration, remainingPages, dirtyPages, totalPages}: MigrationStatus): number {
	if (iteration === 0) return between(PREPARED, FIRST_PASS_END, 1 - (ratio(remainingPages, totalPages) ?? 1));
	const room = PRECOPY_END - FIRST_PASS_END;
	const begin = PRECOPY_END - room * 2 ** (1 - iteration);
	const end = PRECOPY_END - room * 2 ** -iteration;
	return between(begin, end, 1 - (ratio(remainingPages, dirtyPages) ?? 1));
}

function between(begin: number, end: number, share: number): number {
	return begin + (end - begin) * share;
}

/** `part / whole` held to 0 … 1; undefined when the whole is not known. */
function ratio(part: number, whole: number | undefined): number | undefined {
	if (whole === undefined || !(whole > 0)) return undefined;
	return Math.min(1, Math.max(0, part / whole));
}
