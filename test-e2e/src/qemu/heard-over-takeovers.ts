import {type Arrival, readSequence} from '@sterna/test-guest';

/** While a guest was taken over: from before its copy was harmed until the other one ran. CLOCK_MONOTONIC nanoseconds. */
export type Takeover = {readonly fromNs: bigint; readonly toNs: bigint};

/** What the world heard of a guest that was taken over. */
export type Heard = {
	readonly faults: readonly string[];
	/** The last number. */
	readonly last: number;
	/** Numbers of epochs that were committed and not released yet when their host died: nobody has heard them, and the guest does not say them again. */
	readonly unheard: number;
};

/** Numbers of a list of faults that are shown. */
const SHOWN = 10;

/**
 * Holds the numbered datagrams of a guest, as an outside party heard them since it booted, against what takeovers may do to them: none is out twice, none comes late, each goes with its
 * generation, and numbers are missing in no place but where the guest was taken over. One hole for each takeover, at most.
 */
export function readHeard(
	arrivals: readonly Arrival[],
	{mac, takeovers}: {readonly mac: string; readonly takeovers: readonly Takeover[]},
): Heard {
	const {first, last = 0, holes, repeated, late, isInStep} = readSequence(arrivals, {mac});
	const faults = [
		...(first === 1 ? [] : [`the first packet was ${first}`]),
		...(repeated.length === 0 ? [] : [`${repeated.length} packets came twice: ${repeated.slice(0, SHOWN).join(' ')}`]),
		...(late.length === 0 ? [] : [`${late.length} packets came late: ${late.slice(0, SHOWN).join(' ')}`]),
		...(isInStep ? [] : ['packets and generations are out of step']),
	];
	const left = [...takeovers];
	let unheard = 0;
	for (const {first: from, last: to, afterNs, beforeNs} of holes) {
		unheard += to - from + 1;
		const index = left.findIndex(takeover => afterNs <= takeover.toNs && beforeNs >= takeover.fromNs);
		if (index === -1) faults.push(`packets ${from} to ${to} are missing, where nothing took the guest over`);
		else left.splice(index, 1);
	}

	return {faults, last, unheard};
}
