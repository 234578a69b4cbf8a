import {setTimeout as sleep} from 'node:timers/promises';
import {readSequence, type SegmentListener} from '@sterna/test-guest';

/** How long it is listened before something is done, and behind it: an announcement or a retry may come late. */
const MARGIN_MS = 1500;

/**
 * The longest time between two datagrams of a guest that an outside party heard while something was done, in milliseconds. Rejects where a datagram came twice,
 * or none did: both would be another guest than the one that is measured. One that got lost only widens the gap.
 */
export async function longestGapDuring<Result>(
	listener: SegmentListener,
	work: () => Promise<Result>,
): Promise<{readonly gapMs: number; readonly result: Result}> {
	listener.clear();
	await sleep(MARGIN_MS);
	const result = await work();
	await sleep(MARGIN_MS);
	const {longestGapMs, repeated, first} = readSequence(listener.arrivals);
	if (first === undefined) throw new Error('the guest sent nothing that an outside party heard');
	if (repeated.length > 0) throw new Error(`datagram ${repeated.join(', ')} came twice`);
	return {gapMs: longestGapMs, result};
}
