/** One numbered line of a workload guest's output. */
export type GuestLine = {
	readonly number: number;
	/** When it was written: CLOCK_MONOTONIC nanoseconds, the same clock on all hosts of a lab. */
	readonly ns: bigint;
	/** The host that the guest wrote it on. */
	readonly host: string;
};

/** Lines with consecutive numbers that one host has. */
export type Stretch = {readonly host: string; readonly from: number; readonly to: number};

/** What the outputs of one guest on several hosts come to when they are put together. */
export type GuestOutput = {
	/** By number, as far as they are there; a number that came twice is there twice. */
	readonly lines: readonly GuestLine[];
	/** Numbers from 1 to the last that no host has. */
	readonly missing: readonly number[];
	readonly repeated: readonly number[];
	readonly stretches: readonly Stretch[];
	/** What a guest says besides its numbered lines: only when it found its memory wrong. */
	readonly remarks: readonly string[];
	/** Longest time between two lines with consecutive numbers, in milliseconds. */
	readonly longestGapMs: number;
};

const LINE = /^LINE (?<number>\d+) .*\bns=(?<ns>\d+)$/;

/** Puts the outputs of one guest together: the text that each host has of it, by host. A last line without its end is passed over. */
export function mergeGuestOutput(outputs: Readonly<Record<string, string>>): GuestOutput {
	const lines: GuestLine[] = [];
	const remarks: string[] = [];
	for (const [host, text] of Object.entries(outputs)) {
		for (const line of text.split('\n').slice(0, -1)) {
			const groups = LINE.exec(line)?.groups;
			if (groups === undefined) remarks.push(`${host}: ${line}`);
			else lines.push({number: Number(groups['number']), ns: BigInt(groups['ns'] ?? 0), host});
		}
	}

	lines.sort((a, b) => a.number - b.number);
	const missing: number[] = [];
	const repeated: number[] = [];
	const stretches: {host: string; from: number; to: number}[] = [];
	let previous: GuestLine | undefined;
	let longestGapNs = 0n;
	for (const line of lines) {
		const expected = (previous?.number ?? 0) + 1;
		if (line.number < expected) repeated.push(line.number);
		for (let number = expected; number < line.number; number++) missing.push(number);
		if (previous !== undefined && line.number === expected && line.ns - previous.ns > longestGapNs) longestGapNs = line.ns - previous.ns;
		const last = stretches.at(-1);
		if (last?.host === line.host && line.number === expected) last.to = line.number;
		else stretches.push({host: line.host, from: line.number, to: line.number});
		previous = line;
	}

	return {lines, missing, repeated, stretches, remarks, longestGapMs: Number(longestGapNs) / 1e6};
}
