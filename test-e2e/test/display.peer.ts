import test from 'ava';
import {TmuxScreen} from '../src/tmux-screen.ts';
import {assertRunsIntact, createGuest, startScene, waitUntil} from './helpers/scene.ts';
import {migrate} from './helpers/start.ts';

const WIDE = {columns: 80, rows: 24};
const SMALL = {columns: 40, rows: 7};

const SLOW = ['start', 'dom1', 'host-b', '--bandwidth', '8MB/s', '--max-iterations', '1000', '--compression', 'none'];

test.serial('on a terminal start shows what it waits for, fits when that is resized, and asks at Ctrl-C', async t => {
	const {lab, hostA} = await startScene(t);
	await createGuest(hostA, {memory: '32MiB', hot: '4MiB'});
	await using screen = await TmuxScreen.open(hostA.ctlCommand(SLOW), WIDE);
	const wide = await screen.shows(rows => rows.some(row => /^ +2 +\d/.test(row)));
	t.regex(wide[0] ?? '', /^dom1 → host-b {2}precopy, iteration \d+ /);
	t.regex(wide[1] ?? '', /^[█▏▎▍▌▋▊▉·]+ +\d+ %/);
	t.regex(wide[2] ?? '', /^needs < 200 KiB dirty, now /);
	t.true(
		wide.some(row => /^link .*[▁-█]+ {2}guest .*[▁-█]+$/.test(row)),
		wide.join('\n'),
	);
	t.true(
		wide.some(row => /^(converges|will not converge): /.test(row)),
		wide.join('\n'),
	);

	await screen.resize(SMALL);
	// Nothing of a frame of the old width is left: there is one first line, and its bar is below it.
	const small = await screen.shows(
		rows => rows.length < SMALL.rows && rows[0]?.startsWith('dom1 → host-b') === true && / %/.test(rows[1] ?? ''),
	);
	t.is(small.filter(row => row.startsWith('dom1')).length, 1, small.join('\n'));
	await screen.resize(WIDE);
	await screen.shows(rows => rows.some(row => row.includes('guest')) && rows.filter(row => row.startsWith('dom1')).length === 1);

	await screen.type('C-c');
	await screen.shows(rows => rows.some(row => row.startsWith('[a]bort, [d]etach or [c]ontinue?')));
	await screen.type('a');
	const ended = await screen.shows(rows => rows.some(row => row.startsWith('exit status')));
	t.true(ended.includes('exit status 3'), ended.join('\n'));
	await assertRunsIntact(t, lab, hostA);
});

test.serial('in a pipe each pass is one line with what is waited for, and events and status say the same', async t => {
	const {hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const run = hostA.spawnCtl(['start', 'dom1', 'host-b', '--bandwidth', '16MB/s', '--compression', 'none']);
	await waitUntil('it waits for something', async () => {
		const {migrations} = JSON.parse(await hostA.mustCtl(['list', '--json'])) as {migrations: Array<{waitsFor: string | null}>};
		return migrations[0]?.waitsFor?.includes('needs < 200 KiB dirty') === true;
	});
	const {status, stdout} = await run.result;
	t.is(status, 0, stdout);
	const lines = stdout.trimEnd().split('\n');
	t.true(
		lines.some(line => /iteration 1 is over: 32 MiB of 32 MiB sent in .*; needs < 200 KiB dirty, now /.test(line)),
		stdout,
	);
	t.false(stdout.includes('\u001B'));
	const percents = lines.map(line => / (\d+) % dom1/.exec(line)?.[1]).filter(percent => percent !== undefined);
	t.deepEqual(
		percents,
		percents.toSorted((one, other) => Number(one) - Number(other)),
	);

	const {events, status: statusBack, text} = await migrate(hostB, hostA);
	t.is(statusBack, 0, text);
	const told = events.flatMap(({iterations}) => iterations.map(({iteration}) => iteration));
	t.deepEqual(
		told,
		[...new Set(told)].toSorted((one, other) => one - other),
		'each pass is told of once',
	);
	const progress = events.map(event => event.progress ?? NaN);
	t.true(
		progress.every((now, index) => now >= (progress[index - 1] ?? 0)),
		progress.join(' '),
	);
	t.is(progress.at(-1), 1);
});
