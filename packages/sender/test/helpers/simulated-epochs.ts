import {EpochController} from '../../src/engine/checkpoint/epoch-controller.ts';
import {TRACKING_FAULT_MS} from '../../src/engine/checkpoint/checkpoint-stats.ts';
import type {EpochObjectives} from '../../src/engine/checkpoint/epoch-objectives.ts';

/** Checkpoints that may be cut and not committed. */
const IN_FLIGHT = 4;

/** A guest and its link, by what they cost. */
export type SimulatedGuest = {
	/** Of the guest's running time. */
	readonly pagesPerMs: number;
	/** It writes no others. */
	readonly hotPages: number;
	/** Of a pause. */
	readonly fixedMs: number;
	readonly msPerPage: number;
	readonly linkPagesPerMs: number;
	readonly roundTripMs: number;
};

/** How a guest does with epochs of a length, once it has settled. */
export function steadyState(guest: SimulatedGuest, intervalMs: number): {readonly lagMs: number; readonly slowdownPercent: number} {
	let periodMs = intervalMs;
	for (;;) {
		const pages = pagesOf(guest, periodMs);
		const standstillMs = guest.fixedMs + pages * guest.msPerPage;
		const transferMs = pages / guest.linkPagesPerMs;
		// A link that is slower than the guest is waited for, while the guest writes more pages.
		const longerMs = Math.max(periodMs, transferMs, 2 * standstillMs);
		if (longerMs > periodMs * 1.0001) {
			periodMs = longerMs;
			continue;
		}

		const isQueued = transferMs >= intervalMs;
		return {
			lagMs: periodMs + standstillMs + transferMs + guest.roundTripMs + (isQueued ? periodMs : 0),
			slowdownPercent: (100 * (standstillMs + pages * TRACKING_FAULT_MS)) / periodMs,
		};
	}
}

export type SimulatedEpoch = {readonly atMs: number; readonly intervalMs: number; readonly alarm: string | undefined};

/** Lets a guest run for so many milliseconds under a controller and says how that went, epoch by epoch. `guestAt`: what the guest is like. */
export function simulateEpochs(objectives: EpochObjectives, guestAt: (nowMs: number) => SimulatedGuest, forMs: number): SimulatedEpoch[] {
	const controller = new EpochController(objectives, 0);
	const epochs: SimulatedEpoch[] = [];
	/** Checkpoints on their way: when each was cut, and will be committed. */
	const pending: Array<{readonly cutMs: number; readonly committedMs: number}> = [];
	let nowMs = 0;
	let lastCutMs = 0;
	let lastCommittedCutMs = 0;
	let linkFreeMs = 0;
	let dueMs = controller.intervalMs;
	const advanceTo = (atMs: number): void => {
		for (;;) {
			const next = pending[0]?.committedMs ?? Infinity;
			const lookMs = (Math.floor(nowMs / 100) + 1) * 100;
			const eventMs = Math.min(next, lookMs);
			if (eventMs > atMs) break;
			nowMs = eventMs;
			if (next === eventMs) {
				const {cutMs} = pending.shift() ?? {cutMs: nowMs};
				lastCommittedCutMs = cutMs;
				controller.acknowledged(nowMs, nowMs - cutMs);
				controller.released(nowMs, nowMs - cutMs);
			} else {
				controller.look(nowMs, nowMs - lastCommittedCutMs);
				epochs.push({atMs: nowMs, intervalMs: controller.intervalMs, alarm: controller.alarm});
			}
		}

		nowMs = atMs;
	};
	for (;;) {
		if (nowMs >= forMs) return epochs;
		advanceTo(Math.max(nowMs, dueMs));
		if (pending.length >= IN_FLIGHT) advanceTo(pending[0]?.committedMs ?? nowMs);
		const guest = guestAt(nowMs);
		const periodMs = nowMs - lastCutMs;
		const pages = pagesOf(guest, periodMs);
		const standstillMs = guest.fixedMs + pages * guest.msPerPage;
		const cutMs = nowMs;
		lastCutMs = cutMs;
		advanceTo(cutMs + standstillMs);
		linkFreeMs = Math.max(linkFreeMs, nowMs) + pages / guest.linkPagesPerMs;
		pending.push({cutMs, committedMs: linkFreeMs + guest.roundTripMs});
		controller.taken({nowMs, periodMs, standstillMs, pages, faults: pages});
		epochs.push({atMs: nowMs, intervalMs: controller.intervalMs, alarm: controller.alarm});
		dueMs = Math.max(cutMs + controller.intervalMs, nowMs + standstillMs);
	}
}

function pagesOf({pagesPerMs, hotPages}: SimulatedGuest, periodMs: number): number {
	return hotPages * (1 - Math.exp((-pagesPerMs * periodMs) / hotPages));
}
