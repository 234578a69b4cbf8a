import {type ClockOffset, clockOffset, type ClockTrip} from '@sterna/host';
import type {ControlClient} from '@sterna/transport';

/** Of a connection that is otherwise idle some tenths of a millisecond each, and of one that is not one of them is soon. */
const TRIPS = 8;

/** How the clock of the other daemon stands to this one's. Rejects with what the connection, or a daemon that cannot tell, says. */
export async function measureClock(
	client: Pick<ControlClient, 'ask'>,
	nowMs: () => number,
	signal: AbortSignal,
): Promise<ClockOffset | undefined> {
	const trips: ClockTrip[] = [];
	while (trips.length < TRIPS) {
		const sentMs = nowMs();
		const {nowMs: theirMs} = await client.ask('clock', {}, 'clock', {signal});
		trips.push({sentMs, theirMs, receivedMs: nowMs()});
	}

	return clockOffset(trips);
}
