import {Lab, playSequence} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import type {Detail} from '../steps.ts';

const SEQUENCES = 200;
/** With a lab and a guest of its own each; the unit in which an interrupted check goes on. */
const A_STEP = 20;
const GUEST = ['--memory', '32MiB', '--content', 'random', '--pattern', 'hot-set', '--hot', '8MiB', '--rate', '40MB/s'];
const LINES = ['--line-interval', '5ms'];

/** Nobody who tells a migration something is left without an answer, and the guest is never left in two places or in none. */
export const commands: Check = {
	name: 'commands',
	title: `${SEQUENCES} random sequences of commands from several operators against running migrations: every one is answered as it may be, none hangs, the guest runs on exactly one host, whole`,
	subject: 'files',
	async run(steps) {
		for (let first = 1; first <= SEQUENCES; first += A_STEP) {
			const last = first + A_STEP - 1;
			await steps.step(`sequences ${first} to ${last}`, async () => playAll({first, last}, steps.say));
		}
	},
};

async function playAll({first, last}: {readonly first: number; readonly last: number}, say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await Guest.create(lab, hostA, 'dom1', [...GUEST, ...LINES]);
	const counts = {completed: 0, aborted: 0, answers: 0};
	let from = hostA;
	for (let seed = first; seed <= last; seed++) {
		const {runsOn, outcomes, answers} = await playSequence(seed, guest.name, {from, to: from === hostA ? hostB : hostA}).catch(
			(error: unknown) => {
				throw new Error(`sequence ${seed}`, {cause: error});
			},
		);
		for (const outcome of outcomes) if (outcome === 'completed' || outcome === 'aborted') counts[outcome] += 1;
		counts.answers += answers;
		from = runsOn;
		say(`  sequence ${seed}: ${answers} commands, ${outcomes.join(', ')}, runs on ${from.name}`);
	}

	await guest.mustRunOn(from);
	await guest.mustBeIntactOn(from);
	return {...counts, 'lines exactly once': guest.mustHaveEveryLineOnce().lines};
}
