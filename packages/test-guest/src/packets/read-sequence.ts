import type {Frame} from './parse-frame.ts';

/** A frame as it came by. */
export type Arrival = {
	/** CLOCK_MONOTONIC nanoseconds. */
	readonly ns: bigint;
	readonly frame: Frame;
};

/** Numbers that did not come, one behind the other, between two that did. The times are of these two: CLOCK_MONOTONIC nanoseconds. */
export type SequenceHole = {readonly first: number; readonly last: number; readonly afterNs: bigint; readonly beforeNs: bigint};

/** What the numbered datagrams of a guest come to, as an outside party has seen them. */
export type PacketSequence = {
	/** Numbers of the first and the last that came; undefined where none did. */
	readonly first: number | undefined;
	readonly last: number | undefined;
	/** Numbers between the first and the last that did not come. */
	readonly missing: readonly number[];
	/** The same, put together. */
	readonly holes: readonly SequenceHole[];
	/** Numbers that came more than once. */
	readonly repeated: readonly number[];
	/** Numbers that came behind a higher one. */
	readonly late: readonly number[];
	/** Longest time between two that came one behind the other, and the number of the second of them. */
	readonly longestGapMs: number;
	readonly gapBefore: number | undefined;
	/** Whether the generation that each carries is one more than the one before, as its number is. */
	readonly isInStep: boolean;
};

/** The guest broadcasts from 10.9.0.2 to this address and port. */
const DESTINATION = '10.9.0.255';
const DESTINATION_PORT = 7000;
const PAYLOAD = /^SEQ (\d+) gen (\d+)$/;

type Numbered = {readonly number: number; readonly generation: number; readonly ns: bigint};

/** Picks the datagrams out of `arrivals`, by `mac` where several guests send, and puts them together. One boot of a guest: its numbers begin anew with each. */
export function readSequence(arrivals: readonly Arrival[], {mac}: {readonly mac?: string} = {}): PacketSequence {
	const packets = arrivals.map(arrival => numberOf(arrival, mac)).filter(packet => packet !== undefined);
	/** When each number came first. */
	const seen = new Map<number, bigint>();
	const repeated: number[] = [];
	const late: number[] = [];
	let highest = 0;
	let longestGapNs = 0n;
	let gapBefore: number | undefined;
	let isInStep = true;
	let before: Numbered | undefined;
	for (const packet of packets) {
		if (seen.has(packet.number)) repeated.push(packet.number);
		else if (packet.number < highest) late.push(packet.number);
		if (!seen.has(packet.number)) seen.set(packet.number, packet.ns);
		highest = Math.max(highest, packet.number);
		if (before !== undefined) {
			if (packet.generation - before.generation !== packet.number - before.number) isInStep = false;
			if (packet.ns - before.ns > longestGapNs) {
				longestGapNs = packet.ns - before.ns;
				gapBefore = packet.number;
			}
		}

		before = packet;
	}

	const numbers = [...seen.keys()].toSorted((a, b) => a - b);
	const [first] = numbers;
	const missing: number[] = [];
	for (let number = first ?? 1; number <= highest; number++) if (!seen.has(number)) missing.push(number);
	const holes = numbers.flatMap((number, index): SequenceHole[] => {
		const previous = numbers[index - 1];
		if (previous === undefined || number === previous + 1) return [];
		return [{first: previous + 1, last: number - 1, afterNs: seen.get(previous) ?? 0n, beforeNs: seen.get(number) ?? 0n}];
	});
	const last = packets.length === 0 ? undefined : highest;
	return {first, last, missing, holes, repeated, late, longestGapMs: Number(longestGapNs) / 1e6, gapBefore, isInStep};
}

/** When each announcement of a guest's address came: RARP, which only its QEMU sends. CLOCK_MONOTONIC nanoseconds. */
export function announcements(arrivals: readonly Arrival[], mac: string): bigint[] {
	return arrivals.filter(({frame}) => frame.kind === 'rarp' && frame.sourceMac === mac).map(({ns}) => ns);
}

function numberOf({ns, frame}: Arrival, mac: string | undefined): Numbered | undefined {
	if (frame.kind !== 'udp' || frame.destination !== DESTINATION || frame.destinationPort !== DESTINATION_PORT) return undefined;
	if (mac !== undefined && frame.sourceMac !== mac) return undefined;
	const match = PAYLOAD.exec(Buffer.from(frame.payload).toString('latin1'));
	return match === null ? undefined : {number: Number(match[1]), generation: Number(match[2]), ns};
}
