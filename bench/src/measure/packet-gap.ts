import {setTimeout as sleep} from 'node:timers/promises';
import {type PacketSequence, readSequence, type SegmentListener} from '@sterna/test-guest';

/** How long it is listened before something is done, and behind it: an announcement or a retry may come late. */
const MARGIN_MS = 1500;

export type Heard<Result> = {
	/** The guest's datagrams, from a while before what was done to a while behind it. */
	readonly datagrams: PacketSequence;
	/** Whether any came behind it. */
	readonly isHeardStill: boolean;
	readonly result: Result;
};

/** What an outside party hears of a guest while something is done. */
export async function heardDuring<Result>(listener: SegmentListener, work: () => Promise<Result>): Promise<Heard<Result>> {
	listener.clear();
	await sleep(MARGIN_MS);
	const result = await work();
	const before = listener.arrivals.length;
	await sleep(MARGIN_MS);
	const isHeardStill = readSequence(listener.arrivals.slice(before)).last !== undefined;
	return {datagrams: readSequence(listener.arrivals), isHeardStill, result};
}
