import {setTimeout as sleep} from 'node:timers/promises';
import {LEASE_TTL_MS} from './etcd-lab.ts';
import type {Together} from './sightings.ts';
import type {SplitScene, Verdict, Whereabouts} from './split-scene.ts';
import type {Split} from './splits.ts';
import {nowMs} from './step-watch.ts';

/** How it came out. */
export type SplitOutcome = Verdict & {
	readonly during: Whereabouts;
	readonly after: Whereabouts;
	/** When the guest took its first step at the standby's host; undefined: it took none there. */
	readonly tookOver: {readonly seconds: number; readonly since: 'beginning' | 'end'} | undefined;
	/** What the first source says of its copy in the end. */
	readonly sourceSays: string;
	readonly together: Together;
	/** Longest time between two looks at the guest's memory, in milliseconds. */
	readonly longestGapMs: number;
	/** How the guest came to have a standby again. */
	readonly protectedAgain: 'by itself' | 'by protect, the same way' | 'by protect, the other way';
};

/** Longer than any lease lasts, with what etcd takes to end it, and what a host takes to miss the other and to try it again. */
const LASTS_MS = 5 * LEASE_TTL_MS;
/** A guest that has not moved for so long stays where it is. */
const SETTLED_MS = 2000;
/**
 * Begins it, ends it when everything that it leads to has come about, and sees to it that the guest has a standby again. Rejects where the guest was seen on both hosts or is where it may not be,
 * where its memory or what the world heard of it is wrong, and where a source that was taken over does not say so.
 */
export async function playSplit(split: Split, scene: SplitScene): Promise<SplitOutcome> {
	const {watch, source, standby} = scene;
	const end = await split.begin(scene);
	const beganMs = nowMs();
	await sleep(LASTS_MS);
	const during = await scene.settled(split.during, SETTLED_MS);
	assertOneOf(scene, 'while it lasts', during, split.during);
	const endedMs = nowMs();
	await end();
	const after = await scene.settled(split.after, SETTLED_MS);
	assertOneOf(scene, 'afterwards', after, split.after);
	const seen = watch.together();
	const {tookOverAtMs, longestGapMs} = watch;
	// Behind this the other host's copy is made anew.
	watch[Symbol.dispose]();
	if (seen.sightings > 0 && split.maySilentlyRunOn !== true)
		throw new Error(`the guest ran on both hosts: ${JSON.stringify(seen)}\n${scene.guest.logs()}`);
	if (after === 'standby') await scene.guest.reached(source, 'that its copy is stale', ({phase}) => phase === 'stale');
	const sourceSays = await scene.says(source);
	const protectedAgain = after === 'standby' ? await protectBack(scene) : await protectOn(scene);
	const verdict = await scene.mustBeWholeOn(after === 'standby' ? standby : source);
	return {
		...verdict,
		during,
		after,
		tookOver: takeOver(tookOverAtMs, {beganMs, endedMs}),
		sourceSays,
		together: seen,
		longestGapMs,
		protectedAgain,
	};
}

/** The new source has the old one for its standby. */
async function protectBack(scene: SplitScene): Promise<SplitOutcome['protectedAgain']> {
	await scene.protect(scene.standby, scene.source);
	return 'by protect, the other way';
}

/** A source that has gone on alone is given its standby again; another one has it by itself. */
async function protectOn(scene: SplitScene): Promise<SplitOutcome['protectedAgain']> {
	const {guest, source, standby} = scene;
	const {phase, committedEpoch} = await guest.reached(
		source,
		'that it is alone, or protected',
		one => one.phase === 'unprotected' || one.phase === 'protected',
	);
	const epoch = committedEpoch ?? 0;
	if (phase === 'unprotected') {
		await scene.protect(source, standby, epoch);
		return 'by protect, the same way';
	}

	await scene.guest.reached(source, 'later checkpoints', one => one.phase === 'protected' && (one.committedEpoch ?? 0) > epoch);
	return 'by itself';
}

function takeOver(
	atMs: number | undefined,
	{beganMs, endedMs}: {readonly beganMs: number; readonly endedMs: number},
): SplitOutcome['tookOver'] {
	if (atMs === undefined) return undefined;
	return atMs < endedMs ? {seconds: (atMs - beganMs) / 1000, since: 'beginning'} : {seconds: (atMs - endedMs) / 1000, since: 'end'};
}

function assertOneOf({guest}: SplitScene, when: string, found: Whereabouts, wanted: readonly Whereabouts[]): void {
	if (!wanted.includes(found)) throw new Error(`${when} the guest runs on ${found}, not ${wanted.join(' or ')}\n${guest.logs()}`);
}
