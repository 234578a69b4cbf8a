import test from 'ava';
import {playSequence} from '../src/commands/command-sequence.ts';
import {assertRunsIntact, createGuest, DOMAIN, startScene} from './helpers/scene.ts';

/** `npm run acceptance -- commands` plays 200. */
const SEQUENCES = 5;

test.serial('operators who say anything at any time are all answered, and the guest is on one host, whole', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	let from = hostA;
	for (let seed = 1; seed <= SEQUENCES; seed++) {
		const {runsOn, outcomes} = await playSequence(seed, DOMAIN, {from, to: from === hostA ? hostB : hostA});
		t.log(`sequence ${seed}: ${outcomes.join(', ')}`);
		from = runsOn;
	}

	await assertRunsIntact(t, lab, from);
});
