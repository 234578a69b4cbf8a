import test from 'ava';
import {PlainView} from '../../src/progress/plain-view.ts';
import {MIGRATION, result, status} from '../helpers/frames.ts';
import {Sink} from '../helpers/sink.ts';

test('in a pipe a migration is a line for each phase and iteration, then its end', t => {
	const stdout = new Sink();
	const view = new PlainView({stdout, unicode: true});
	for (const frame of MIGRATION) view.update(frame);
	view.end(result(), 'outgoing');
	t.deepEqual(stdout.text.trimEnd().split('\n'), [
		'0 ms 0 % dom1 -> host-b: queued',
		'3 ms 0 % dom1 -> host-b: prepare',
		'10 ms 0 % dom1 -> host-b: precopy, iteration 0; dirty 512 MiB in 131,072 pages',
		'290 ms 80 % dom1 -> host-b: iteration 1 is over: 512 MiB of 512 MiB sent in 280 ms at 1.9 GB/s; needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 64 MiB',
		'330 ms 90 % dom1 -> host-b: iteration 2 is over: 64 MiB of 64 MiB sent in 40 ms at 1.7 GB/s; needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 12.4 MiB, falling 51.6 MiB an iteration',
		'345 ms 95 % dom1 -> host-b: stop-and-copy; sent 590 MiB in 150,630 pages at 1.9 GB/s; dirty 3.52 MiB in 900 pages, 201 MB/s; expected downtime 9.0 ms is within 40 ms',
		'351 ms 99 % dom1 -> host-b: handover; sent 593 MiB in 151,530 pages at 1.9 GB/s',
		'dom1 is on host-b: 354 ms, downtime 8.21 ms, 4 iterations, 593 MiB in 151,530 pages',
		'  downtime: pause 0.3 ms, scan 0.41 ms, copy 5.2 ms, device state 0.1 ms, load 0.9 ms, handover 1.3 ms, resume 0.2 ms',
	]);
});

test('that it will not converge is told once, for as long as it is so', t => {
	const stdout = new Sink();
	const view = new PlainView({stdout, unicode: true});
	const outrun = {convergence: 'will-not-converge', convergenceBecause: 'the guest dirties 2 GB/s and the link takes 1.9 GB/s'} as const;
	for (const elapsedMs of [0, 100, 200]) view.update(status({elapsedMs, ...outrun}));
	view.update(status({elapsedMs: 300, convergence: 'converges'}));
	view.update(status({elapsedMs: 400, ...outrun}));
	const told = stdout.text.split('\n').filter(line => line.includes('will not converge'));
	t.deepEqual(
		told.map(line => line.split(' ', 1)[0]),
		['0', '400'],
	);
	t.regex(told[0] ?? '', /will not converge: the guest dirties 2 GB\/s/);
});

test('a moment tells what is waited for and between what its end lies, in ASCII where the locale has no more', t => {
	const stdout = new Sink();
	const view = new PlainView({stdout, unicode: false});
	view.update(status({waitsFor: 'needs ≤ 18.1 MiB dirty, now 64 MiB', etaLowMs: 4100, etaHighMs: 8700}));
	t.regex(stdout.text, /needs <= 18\.1 MiB dirty, now 64 MiB; 4 to 9 s left/);
	t.regex(stdout.text, /^[\n\u0020-\u007e]+$/);
});

test('a long phase is told of every two seconds of the migration', t => {
	const stdout = new Sink();
	const view = new PlainView({stdout, unicode: true});
	for (let elapsedMs = 0; elapsedMs <= 5000; elapsedMs += 100) view.update(status({elapsedMs}));
	t.is(stdout.text.trimEnd().split('\n').length, 3);
});

test('what a daemon says cannot move the cursor of a terminal', t => {
	const stdout = new Sink();
	const view = new PlainView({stdout, unicode: true});
	view.update(status({domain: 'a\u001B[2Jb', reason: 'x\ny'}));
	view.note('gone\u0007');
	view.end(result({domain: 'a\u001B[2Jb'}), 'outgoing');
	t.false(/[\u0000-\u0009\u000b-\u001f]/.test(stdout.text));
});

test('every outcome says where the guest is', t => {
	const endOf = (changes: Parameters<typeof result>[0], direction: 'outgoing' | 'save' | 'restore' = 'outgoing'): string => {
		const stdout = new Sink();
		const view = new PlainView({stdout, unicode: true});
		view.end(result({downtimeParts: undefined, ...changes}), direction);
		return stdout.text.split(':', 2).join(':');
	};

	t.is(endOf({}), 'dom1 is on host-b: 354 ms, downtime 8.21 ms, 4 iterations, 593 MiB in 151,530 pages\n');
	t.regex(endOf({outcome: 'aborted', runsOn: 'host-a'}), /^dom1: aborted; it runs on host-a/);
	t.regex(endOf({outcome: 'failed', runsOn: ''}), /^dom1: failed; it runs nowhere/);
	t.regex(endOf({outcome: 'failed', runsOn: '?'}), /^dom1: failed, and it is not known where it runs/);
	t.regex(endOf({outcome: 'undecided', runsOn: '?'}), /^dom1: undecided which host runs it/);
	t.regex(endOf({runsOn: ''}, 'save'), /^dom1 is saved and runs nowhere/);
	t.regex(endOf({runsOn: 'host-a'}, 'save'), /^dom1 is saved and still runs on host-a/);
	t.regex(endOf({runsOn: 'host-a'}, 'restore'), /^dom1 is restored on host-a/);
});
