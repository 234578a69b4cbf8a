import {bootTimeNs, BootTimer, PollEvent, PollSet} from '@sterna/system/watching';
import type {GuardFile} from './guard-file.ts';
import type {WatchedGuest} from './watched-guest.ts';

/** Between two looks while there is nothing to do: how long a dismissal waits. */
const IDLE_LOOK_MS = 250;
/** Between two looks while the guest has to stand still: how long it could run if somebody else let it. */
const STOPPED_LOOK_MS = 20;
/** Between two looks at a guest that was told to stop and whose threads are on their way to it. */
const STOPPING_LOOK_MS = 1;

/**
 * Keeps a guest from running beyond the deadline in the file, until one of the two ends. Blocks this thread. Every wake looks at the clock and the file again: one
 * that comes late, or early, stops the guest neither later than it must nor without need. Never lets it run again: that is the daemon's. Throws `SystemError` EPERM for a guest of another user's.
 */
export function watch(guest: WatchedGuest, file: GuardFile): 'guest-ended' | 'dismissed' {
	using timer = new BootTimer();
	const polled = new PollSet(2);
	polled.set(0, guest.pidfd, PollEvent.readable);
	polled.set(1, timer.fd, PollEvent.readable);
	for (;;) {
		const waitMs = look(guest, file, timer);
		if (waitMs === undefined) return 'dismissed';
		polled.wait(2, waitMs);
		if (polled.found(0) !== 0) return 'guest-ended';
	}
}

/** How long to wait for the next look, in milliseconds, unless the timer is due before; undefined: the guard is dismissed. */
function look(guest: WatchedGuest, file: GuardFile, timer: BootTimer): number | undefined {
	const nowBootNs = bootTimeNs();
	file.lookedAtBootNs = nowBootNs;
	if (file.isDismissed) return undefined;
	const {deadlineBootNs} = file;
	if (nowBootNs < deadlineBootNs) {
		timer.set(deadlineBootNs);
		return IDLE_LOOK_MS;
	}

	timer.set(undefined);
	// Ahead of the signal: should the daemon move the deadline at this very moment, it still learns that the guest was stopped.
	file.stoppedAtBootNs ??= nowBootNs;
	if (guest.isStopped) return STOPPED_LOOK_MS;
	guest.stop();
	return STOPPING_LOOK_MS;
}
