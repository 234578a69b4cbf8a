import {setTimeout as sleep} from 'node:timers/promises';
import {assertReleasedOnce, Lab, ProtectedGuest} from '@sterna/test-e2e';
import {runCtl} from '../../run-ctl.ts';
import type {Check} from '../check.ts';
import {assertNothingGrew, describeFootprint, footprintOf} from '../footprint.ts';
import type {Detail} from '../steps.ts';

const CHECKPOINTS = 20_000;
/** Until pools have their threads and code is compiled. */
const WARM_UP = 1000;
const NAME = 'dom1';
const GUEST = '--memory 256MiB --content random --pattern hot-set --hot 16MiB --rate 60MB/s --line-interval 5ms'.split(' ');
const LOOK_EVERY_MS = 10_000;
/** Far more than any machine is late by. */
const STUCK_MS = 30_000;

/** A guest is protected for as long as it takes. */
export const checkpointSoak: Check = {
	name: 'checkpoint-soak',
	title: `${CHECKPOINTS} checkpoints of one guest: memory, descriptors, threads and files are after them what they were before, each is acknowledged, and the guest goes on from the last`,
	subject: 'files',
	async run(steps) {
		await steps.step(`${CHECKPOINTS} checkpoints`, async () => soak(steps.say));
	},
};

async function soak(say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const [from, to] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await ProtectedGuest.create(lab, from, NAME, GUEST, runCtl);
	const begun = await guest.protect(from, to, ['--interval', '25ms'], WARM_UP);
	const before = footprintOf(lab);
	for (const line of describeFootprint(before)) say(`  before: ${line}`);
	const startedMs = performance.now();
	const first = begun.committedEpoch ?? 0;
	let last = begun;
	let movedMs = startedMs;
	let alarms = 0;
	while ((last.committedEpoch ?? 0) < first + CHECKPOINTS) {
		await sleep(LOOK_EVERY_MS);
		const status = await guest.status(from);
		if (status?.phase !== 'protected') throw new Error(`not protected any more: ${JSON.stringify(status)}\n${guest.logs()}`);
		if ((status.committedEpoch ?? 0) > (last.committedEpoch ?? 0)) movedMs = performance.now();
		if (performance.now() > movedMs + STUCK_MS)
			throw new Error(`no checkpoint was acknowledged for ${STUCK_MS} ms: ${JSON.stringify(status)}`);
		last = status;
		// That a busy machine does not keep to the interval for a moment is no missed acknowledgement.
		if (status.alarm !== null) alarms += 1;
		say(
			`  checkpoint ${status.committedEpoch}: pause ${status.pauseMedianMs?.toFixed(2)} ms, lag ${status.ackLagMs?.toFixed(1)} ms, ${status.checkpointsPerSecond?.toFixed(1)} a second`,
		);
	}

	const seconds = (performance.now() - startedMs) / 1000;
	const after = footprintOf(lab);
	for (const line of describeFootprint(after)) say(`  after:  ${line}`);
	assertNothingGrew(before, after);
	const {epoch} = await guest.failover(to, ['--planned']);
	const pagesChecked = await guest.mustBeIntactOn(to);
	const {lines, unheard} = assertReleasedOnce(lab.guestOutput(NAME));
	if (unheard > 0) throw new Error(`${unheard} lines were lost by a planned failover`);
	return {
		checkpoints: (last.committedEpoch ?? 0) - first,
		seconds: Math.round(seconds),
		'a second': Math.round((((last.committedEpoch ?? 0) - first) / seconds) * 10) / 10,
		'looks that saw an alarm': alarms,
		'gone on from': epoch,
		'pages checked': pagesChecked,
		'lines exactly once': lines,
		...Object.fromEntries(describeFootprint(before).map((line, index) => [`before ${index + 1}`, line])),
		...Object.fromEntries(describeFootprint(after).map((line, index) => [`after ${index + 1}`, line])),
	};
}
