import {Lab} from '@sterna/test-e2e';
import {setTimeout as sleep} from 'node:timers/promises';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import {assertNothingGrew, describeFootprint, type Footprint, footprintOf} from '../footprint.ts';
import {Guest} from '../guest.ts';
import type {Detail} from '../steps.ts';

const MIGRATIONS = 300;
/** Until pools have their threads and code is compiled; an even number, so that the guest is where it began. */
const WARM_UP = 40;
const SAY_EVERY = 20;
const GUEST = [
	'--memory',
	'64MiB',
	'--content',
	'random',
	'--pattern',
	'hot-set',
	'--hot',
	'16MiB',
	'--rate',
	'100MB/s',
	'--line-interval',
	'5ms',
];
/** After this nothing of the last migration is under way. */
const REST_MS = 3000;

/** A migration leaves nothing behind but its record. */
export const backAndForth: Check = {
	name: 'back-and-forth',
	title: `${MIGRATIONS} migrations of one guest of 64 MiB under load: memory, descriptors, threads, processes, files and ports are after them what they were before`,
	subject: 'files',
	async run(steps) {
		await steps.step(`${MIGRATIONS} migrations`, async () => shuttle(steps.say));
	},
};

async function shuttle(say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, hostA, 'dom1', GUEST);
	await guest.mustRunOn(hostA);
	const downtimesMs: number[] = [];
	let before: Footprint | undefined;
	for (let index = 0; index < WARM_UP + MIGRATIONS; index++) {
		if (index === WARM_UP) {
			before = await footprintAtRest(lab);
			for (const line of describeFootprint(before)) say(`  before: ${line}`);
		}

		const [from, to] = index % 2 === 0 ? [hostA, hostB] : [hostB, hostA];
		const {result} = await guest.move(from, to);
		if (index >= WARM_UP && result.downtimeMs !== null) downtimesMs.push(result.downtimeMs);
		if ((index + 1) % SAY_EVERY === 0) say(`  ${index + 1} of ${WARM_UP + MIGRATIONS} migrations`);
	}

	await guest.mustRunOn(hostA);
	await guest.mustBeIntactOn(hostA);
	const after = await footprintAtRest(lab);
	for (const line of describeFootprint(after)) say(`  after:  ${line}`);
	const {lines} = guest.mustHaveEveryLineOnce();
	if (before === undefined) throw new TypeError('there was no before');
	assertNothingGrew(before, after);
	return {
		migrations: MIGRATIONS,
		...Object.fromEntries(describeFootprint(before).map((line, index) => [`before ${index + 1}`, line])),
		...Object.fromEntries(describeFootprint(after).map((line, index) => [`after ${index + 1}`, line])),
		'downtime median ms': Math.round(spreadOf(downtimesMs).median * 10) / 10,
		'lines exactly once': lines,
	};
}

async function footprintAtRest(lab: Lab): Promise<Footprint> {
	await sleep(REST_MS);
	return footprintOf(lab);
}
