/**
 * A guest's guard: `guard-main.ts PID START-TICKS FILE`. Says `watching`, or why not, in a line on descriptor 3, and stops the guest when the deadline in FILE has passed; see
 * watch.ts. Ends with the guest, or when it is dismissed. Loads as little as it can: every protected guest has one.
 */
import {closeSync, writeFileSync, writeSync} from 'node:fs';
import {constants, setPriority} from 'node:os';
import process from 'node:process';
import {bootTimeNs} from '@sterna/system/watching';
import {GuardFile} from './guard-file.ts';
import {watch} from './watch.ts';
import {WatchedGuest} from './watched-guest.ts';

/** Where the daemon waits for the line. */
const READY_FD = 3;

/** On a busy machine it comes before others, and is not the one to go when memory is short. Without the rights for it, it is as others are. */
function claimPrecedence(): void {
	for (const claim of [() => setPriority(constants.priority.PRIORITY_HIGHEST), () => writeFileSync('/proc/self/oom_score_adj', '-900')]) {
		try {
			claim();
		} catch {
			// Not ours to have.
		}
	}
}

/** The daemon may have gone: the guest is watched all the same. */
function say(line: string): void {
	try {
		writeSync(READY_FD, `${line}\n`);
		closeSync(READY_FD);
	} catch {
		// Nobody listens.
	}
}

const [, , pid = '', startTicks = '', path = ''] = process.argv;
// A terminal that closes, or whoever stops the daemon's process group, does not mean the guard.
for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => {});
claimPrecedence();
try {
	using file = GuardFile.open(path);
	using guest = new WatchedGuest({pid: Number(pid), startTicks});
	// The first look, so that whoever reads the line finds it.
	file.lookedAtBootNs = bootTimeNs();
	say('watching');
	watch(guest, file);
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}
