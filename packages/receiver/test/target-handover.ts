import test from 'ava';
import {TargetHandover} from '../src/target-handover.ts';

/** A handover that notes what it does. */
function handover(): {readonly played: TargetHandover; readonly done: string[]} {
	const done: string[] = [];
	const note = (what: string) => async () => {
		done.push(what);
	};
	const played = new TargetHandover({
		journal: {
			prepare: note('prepare'),
			ready: note('journal ready'),
			running: note('journal running'),
			declined: note('journal declined'),
		},
		sendReady: () => {
			done.push('send ready');
		},
		resumeGuest: note('resume'),
		destroyGuest: note('destroy'),
		onResumeFailed: () => undefined,
	});
	return {played, done};
}

test('ready is journaled once, and said only when the guest is loaded', async t => {
	const {played, done} = handover();
	await played.journalReady();
	t.deepEqual(done, ['journal ready']);
	t.is(played.state, 'receiving');
	t.is(await played.play('loaded'), 'ready');
	t.deepEqual(done, ['journal ready', 'send ready']);
	t.is(await played.play('go'), 'running');
	t.deepEqual(done.slice(2), ['journal running', 'resume']);
});

test('a guest whose device state fails behind a journaled ready is declined, durably, before it is destroyed', async t => {
	const {played, done} = handover();
	await played.journalReady();
	t.is(await played.play('failed'), 'declined');
	t.deepEqual(done, ['journal ready', 'journal declined', 'destroy']);
	t.is(await played.play('go'), 'declined');
	t.deepEqual(done.slice(3), []);
});
