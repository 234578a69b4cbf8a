/** A question for another host's clock, and its answer. Milliseconds: `sentMs` and `receivedMs` by the clock here, `theirMs` by the other. */
export type ClockTrip = {readonly sentMs: number; readonly theirMs: number; readonly receivedMs: number};

export type ClockOffset = {
	/** To be added to a time of this host for the same moment by the other's clock. */
	readonly offsetMs: number;
	/** The true offset is no farther away than this: half of the round trip. */
	readonly uncertaintyMs: number;
	readonly roundTripMs: number;
};

/**
 * How another host's clock stands to ours: of several round trips the one that took least counts, as the answer's moment is known best of it. NTP's formula
 * (RFC 5905, section 8) for a server that answers at once: `((T2 - T1) + (T3 - T4)) / 2` with T2 = T3. Undefined without a trip.
 */
export function clockOffset(trips: readonly ClockTrip[]): ClockOffset | undefined {
	let best: ClockOffset | undefined;
	for (const {sentMs, theirMs, receivedMs} of trips) {
		const roundTripMs = Math.max(0, receivedMs - sentMs);
		if (best !== undefined && roundTripMs >= best.roundTripMs) continue;
		best = {offsetMs: theirMs - (sentMs + receivedMs) / 2, uncertaintyMs: roundTripMs / 2, roundTripMs};
	}

	return best;
}
