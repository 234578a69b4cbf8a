import {setTimeout as sleep} from 'node:timers/promises';
import {assertReleasedOnce, Lab, type LabHost, PROTECTION_CRASH_POINTS, ProtectedGuest, seededRandom, Source} from '@sterna/test-e2e';
import {runCtl} from '../../run-ctl.ts';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';

const KILLS = 100;
const KILLS_A_STEP = 20;
const SEED = 61_127;
const NAME = 'dom1';
/** Much is written, so that much of the time a checkpoint is being applied. */
const GUEST = '--memory 64MiB --content random --pattern hot-set --hot 32MiB --rate 400MB/s --line-interval 5ms'.split(' ');
const PROTECTED_MS = 400;
/** Moments that a kill from outside hardly meets: inside of the commit and of the copying behind it. */
const POINTS = PROTECTION_CRASH_POINTS.filter(point => point.startsWith('standby.store-'));

type Kill = {readonly afterMs: number; readonly point: string | undefined; readonly times: number};

/** The daemon of a standby's host dies. */
export const standbyKills: Check = {
	name: 'standby-kills',
	title: `the daemon of a standby killed at ${KILLS} random moments, in the middle of applying a checkpoint too: what it has afterwards is one whole checkpoint`,
	subject: 'files',
	async run(steps) {
		const random = seededRandom(SEED);
		for (let step = 0; step < KILLS / KILLS_A_STEP; step++) {
			const kills = Array.from({length: KILLS_A_STEP}, (_, index): Kill => {
				const afterMs = random(PROTECTED_MS * 10) / 10;
				// Every other one at a named point, at the third to twentieth time that it is come by.
				return {afterMs, point: index % 2 === 0 ? undefined : POINTS[random(POINTS.length)], times: 3 + random(18)};
			});
			await steps.step(`kills ${step * KILLS_A_STEP + 1} to ${(step + 1) * KILLS_A_STEP}`, async () => killAll(kills, steps.say));
		}
	},
};

async function killAll(kills: readonly Kill[], say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	let [from, to] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await ProtectedGuest.create(lab, from, NAME, GUEST, runCtl);
	let pages = 0;
	for (const [index, kill] of kills.entries()) {
		const {epoch, pagesChecked, seen} = await killOne(guest, from, to, kill);
		pages += pagesChecked;
		say(`  ${index + 1}: ${kill.point ?? `${kill.afterMs} ms`}: ${to.name} is back with checkpoint ${epoch} (${seen} was seen before)`);
		[from, to] = [to, from];
	}

	const {lines, unheard} = assertReleasedOnce(lab.guestOutput(NAME));
	return {kills: kills.length, 'pages checked': pages, 'lines released': lines, 'lines that nobody heard': unheard};
}

/** The standby's daemon dies, comes back, and its guest goes on from what it has; its self-check says whether that is one checkpoint. */
async function killOne(
	guest: ProtectedGuest,
	from: LabHost,
	to: LabHost,
	{afterMs, point, times}: Kill,
): Promise<{readonly epoch: number; readonly seen: number; readonly pagesChecked: number}> {
	if (point !== undefined) await to.restart('receiver', {environment: {STERNA_CRASH_POINT: `${point}:${times}`}});
	const source = Source.of(from, await guest.show(from));
	const seen = (await guest.protect(from, to, ['--interval', '10ms'])).committedEpoch ?? 0;
	if (point === undefined) {
		await sleep(afterMs);
		await to.kill('receiver');
	} else while (to.daemon('receiver').id !== undefined) await sleep(20);

	await source.kill({first: 'daemon', gapMs: 0});
	await to.daemon('receiver').start();
	const {committedEpoch} = await guest.reached(to, 'a standby that holds', ({phase}) => phase === 'holding');
	const {epoch} = await guest.failover(to, ['--source-is-dead']);
	if (epoch !== committedEpoch || epoch < seen)
		throw new Error(`goes on from checkpoint ${epoch}; ${committedEpoch} was held, and ${seen} was seen to be committed\n${guest.logs()}`);
	const pagesChecked = await guest.mustBeIntactOn(to);
	await from.daemon('sender').start();
	// It asks who runs the guest before it lets go of its own copy.
	await guest.reached(from, 'that its copy is out of date', ({phase}) => phase === 'stale');
	return {epoch, seen, pagesChecked};
}
