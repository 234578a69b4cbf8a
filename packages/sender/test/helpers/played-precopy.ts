import type {MigrationStatus} from '@sterna/protocol/control';
import {type Limits, policyOf} from '../../src/engine/policy/limits-policy.ts';
import {StatsRecorder} from '../../src/engine/stats.ts';
import {MigrationProgress, type ProgressView} from '../../src/progress/migration-progress.ts';

/** A migration in virtual time: the real statistics, policies and progress over a guest and a link of numbers. */
export type Scenario = {
	readonly totalPages: number;
	/** Pages a millisecond that the link takes at this time, in the pass behind so many. */
	readonly rate: (atMs: number, iteration: number) => number;
	/** Different pages that the guest writes in so many milliseconds, until the scan behind that pass. */
	readonly dirtyIn: (intervalMs: number, iteration: number) => number;
	readonly limits: Limits;
	/** The link is lost, or the operator pauses the transfer, from one time to another. */
	readonly gaps?: readonly {readonly fromMs: number; readonly untilMs: number; readonly kind: 'lost' | 'paused'}[];
	/** Of what follows the last page. */
	readonly tailMs?: number;
};

export type Played = {
	readonly endMs: number;
	readonly views: readonly (ProgressView & {readonly atMs: number; readonly phase: MigrationStatus['phase']})[];
	/** Behind each pass. */
	readonly sentences: readonly (string | undefined)[];
};

const BATCH_PAGES = 1024;
const PREPARE_MS = 20;
const VIEW_INTERVAL_MS = 50;

/** Ends a scenario that its policies do not. */
export const LONGEST_MS = 600_000;

export function playPrecopy({totalPages, rate, dirtyIn, limits, gaps = [], tailMs = 20}: Scenario): Played {
	const views: Array<Played['views'][number]> = [];
	let nowMs = PREPARE_MS;
	let phase: MigrationStatus['phase'] = 'prepare';
	let isPaused = false;
	const progress = new MigrationProgress(() => nowMs);
	const stats = new StatsRecorder(nowMs, totalPages);
	const policy = policyOf(limits);
	let shownMs = -Infinity;
	const show = (force = false): void => {
		if (!force && nowMs < shownMs + VIEW_INTERVAL_MS) return;
		shownMs = nowMs;
		const view = progress.look({
			atMs: nowMs,
			phase,
			stats: stats.snapshot(nowMs),
			totalPages,
			limits,
			isPaused,
			limitBytesPerSecond: undefined,
			wireBytesPerPage: undefined,
			disks: undefined,
		});
		views.push({atMs: nowMs, phase, ...view});
	};
	const enter = (next: MigrationStatus['phase']): void => {
		phase = next;
		progress.entered(next);
		show(true);
	};
	let sent = 0;
	let passesOver = 0;
	let waiting = [...gaps].toSorted((one, other) => one.fromMs - other.fromMs);
	const ask = (): boolean => {
		stats.acknowledged(nowMs, sent * 4096);
		const snapshot = stats.snapshot(nowMs);
		const decision = policy(snapshot);
		progress.asked(snapshot, decision);
		show();
		return decision.action === 'continue' && nowMs < LONGEST_MS;
	};
	const standStill = (): void => {
		const [gap] = waiting;
		if (gap === undefined || nowMs < gap.fromMs) return;
		waiting = waiting.slice(1);
		progress.interrupted();
		isPaused = gap.kind === 'paused';
		if (gap.kind === 'lost') enter('reconnecting');
		for (const until = nowMs + gap.untilMs - gap.fromMs; nowMs < until; nowMs += VIEW_INTERVAL_MS) show();
		isPaused = false;
		progress.interrupted();
		if (gap.kind === 'lost') enter('precopy');
	};
	const send = (pages: number): void => {
		standStill();
		nowMs += pages / rate(nowMs, passesOver);
		sent += pages;
		stats.batchWritten(pages);
	};

	enter('precopy');
	let remaining = totalPages;
	let scannedMs = nowMs;
	const scan = (): number => {
		const dirty = Math.min(totalPages, Math.round(dirtyIn(nowMs - scannedMs, passesOver)));
		scannedMs = nowMs;
		return dirty;
	};
	let goesOn = ask();
	while (goesOn) {
		while (goesOn && remaining > 0) {
			const pages = Math.min(BATCH_PAGES, remaining);
			send(pages);
			remaining -= pages;
			if (remaining === 0) {
				passesOver += 1;
				stats.passEnded(nowMs);
			}

			goesOn = ask();
		}

		if (!goesOn) break;
		remaining = scan();
		progress.scanned({dirtyPages: remaining, sinceMs: stats.scanned(nowMs, remaining, remaining)});
		goesOn = ask();
		if (goesOn && remaining === 0) {
			nowMs += 10;
			passesOver += 1;
			stats.passEnded(nowMs);
			goesOn = ask();
		}
	}

	remaining = Math.min(totalPages, remaining + scan());
	stats.scanned(nowMs, remaining, remaining);
	enter('stop-and-copy');
	while (remaining > 0) {
		const pages = Math.min(BATCH_PAGES, remaining);
		send(pages);
		remaining -= pages;
		show();
	}

	enter('handover');
	nowMs += tailMs;
	enter('completed');
	return {
		endMs: nowMs,
		views,
		sentences: stats.snapshot(nowMs).iterations.map(({iteration}) => progress.behind(iteration)),
	};
}
