import test from 'ava';
import type {MigrationStatus} from '@sterna/protocol/control';
import {type Canvas, renderFrame} from '../../src/progress/render-frame.ts';
import {plainStyle} from '../../src/render/style.ts';
import {MIGRATION, status} from '../helpers/frames.ts';

const CANVAS: Canvas = {style: plainStyle, cells: 'blocks', columns: 79, rows: 23};
const RATES = {bandwidth: [0, 950e6, 1900e6], dirty: [0, 0, 200e6]};

const frame = (shown: MigrationStatus, canvas: Partial<Canvas> = {}): string[] =>
	renderFrame({status: shown, progress: 0.5, rates: RATES}, {...CANVAS, ...canvas});

const PASSES = MIGRATION.at(-1)?.iterations ?? [];
const FULL = status({
	iteration: 2,
	dirtyPages: 3174,
	expectedDowntimeMs: 9,
	etaLowMs: 8100,
	etaHighMs: 13_900,
	waitsFor: 'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 12.4 MiB, falling 51.6 MiB an iteration',
	convergence: 'converges',
	convergenceBecause: 'about 2 iterations more',
	iterations: PASSES,
});

test('a frame shows route, phase, bar, time left, what is waited for, whether it converges, amounts, rates and passes', t => {
	t.deepEqual(frame(FULL), [
		'dom1 → host-b  precopy, iteration 2  140 ms',
		`${'█'.repeat(28)}▌${'·'.repeat(28)}  50 %  8 to 14 s left`,
		'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 12.4 MiB, falling 51.6 MiB an iteration',
		'converges: about 2 iterations more',
		'sent 257 MiB in 65,536 pages at 1.9 GB/s',
		'link 1.9 GB/s ▁▅█  guest 201 MB/s ▁▁▂',
		'dirty 12.4 MiB in 3,174 pages, 201 MB/s; expected downtime 9 ms',
		'iteration    dirty     sent    took      link     guest',
		'        1  512 MiB  512 MiB  280 ms  1.9 GB/s         -',
		'        2   64 MiB   64 MiB   40 ms  1.7 GB/s  240 MB/s',
	]);
});

test('on a low terminal what matters least is left out, and route and bar stay', t => {
	for (let rows = 1; rows <= 12; rows++) t.true(frame(FULL, {rows}).length <= rows, `${rows}`);
	t.deepEqual(
		frame(FULL, {rows: 3}).map(line => line.split(' ', 1)[0]),
		['dom1', frame(FULL)[1]?.split(' ', 1)[0], 'needs'],
	);
	t.regex(frame(FULL, {rows: 1})[0] ?? '', /^dom1 → host-b/);
});

test('on a narrow terminal the bar takes the room of the time left', t => {
	t.regex(frame(FULL, {columns: 24})[1] ?? '', /^[█▌·]+ {2}50 %$/);
});

test('that a migration will not converge is worth more room than its amounts', t => {
	const lines = frame({...FULL, convergence: 'will-not-converge', convergenceBecause: 'the guest is faster'}, {rows: 4});
	t.deepEqual(lines.slice(2), [
		'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 12.4 MiB, falling 51.6 MiB an iteration',
		'will not converge: the guest is faster',
	]);
});

test('a paused transfer and a policy that failed are told', t => {
	const lines = frame(status({transferPaused: true, policyFault: 'policy.js threw'}));
	t.regex(lines[0] ?? '', /precopy, iteration 0, the transfer is paused/);
	t.true(lines.includes('the policy failed, and the built-in ones decide: policy.js threw'));
});

test('without UTF-8 a frame is ASCII', t => {
	t.regex(frame(FULL, {cells: 'ascii'}).join('\n'), /^[\n\u0020-\u007e]+$/);
});

test('of a guest that comes in there is a frame without what its host does not know', t => {
	t.deepEqual(frame(status({direction: 'incoming', dirtyPages: undefined, dirtyBytesPerSecond: 0})), [
		'dom1 ← host-b  precopy  140 ms',
		`${'█'.repeat(30)}${'·'.repeat(30)}  50 %`,
		'received 257 MiB in 65,536 pages at 1.9 GB/s',
	]);
});
