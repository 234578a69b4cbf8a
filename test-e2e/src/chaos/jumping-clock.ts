/**
 * Loaded into a daemon ahead of everything else (`node --import`): its wall clock is wrong by what the file named in the environment says, in
 * milliseconds, from shortly after it was written. Only `Date`: the clock that timers and durations go by is the kernel's, and never jumps.
 */
import {readFileSync} from 'node:fs';

/** The environment variable with the file's name. */
const FILE_VARIABLE = 'STERNA_CHAOS_CLOCK';
const POLL_INTERVAL_MS = 20;

const file = process.env[FILE_VARIABLE] ?? '';
const TrueDate = Date;
let offsetMs = 0;

class JumpingDate extends TrueDate {
	constructor(...parts: readonly unknown[]) {
		super(...((parts.length === 0 ? [JumpingDate.now()] : parts) as [number]));
	}

	static override now(): number {
		return TrueDate.now() + offsetMs;
	}
}

globalThis.Date = JumpingDate as DateConstructor;
setInterval(() => {
	try {
		offsetMs = Number(readFileSync(file, 'utf8'));
	} catch {
		// Nobody has written it yet.
	}
}, POLL_INTERVAL_MS).unref();
