import type {GuestOutput} from '../guest-lines.ts';

/** What the released lines of a guest came to over its failovers. */
export type ReleasedLines = {
	readonly lines: number;
	/** Said in epochs that were committed and not released yet when their host died: nobody has heard them, and the guest does not say them again. */
	readonly unheard: number;
};

/**
 * Holds the released lines of a guest against what a failover may do to them: no line is out twice, whatever its content, and lines are only missing where one
 * host has the guest from another. Throws otherwise.
 */
export function assertReleasedOnce({lines, repeated, missing, remarks, stretches}: GuestOutput): ReleasedLines {
	if (lines.length === 0 || repeated.length > 0 || remarks.length > 0)
		throw new Error(`${lines.length} lines; twice: ${repeated.slice(0, 10).join(' ')}; complaints: ${remarks.slice(0, 3).join('; ')}`);
	for (const [index, {from, host}] of stretches.entries()) {
		const before = stretches[index - 1];
		if (before === undefined ? from !== 1 : before.host === host && from !== before.to + 1)
			throw new Error(`line ${(before?.to ?? 0) + 1} is missing, where ${host} had the guest before and after it`);
	}

	return {lines: lines.length, unheard: missing.length};
}
