import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {migrateCtl} from '../helpers/cli.ts';
import {Recording} from '../helpers/recordings.ts';

const PAGES = 25_600;
const RATE = 51_200_000;
const PAGES_A_SECOND = RATE / 4104;

/**
 * A guest of 100 MiB that sweeps 5,000 of its pages 1,250 pages a second, sent at 51.2 MB/s, as the engine recorded it: two seconds for the first pass, whose last 4 MiB are
 * on their way when it is over, and an eighth of that for the next one.
 */
function recorded(): Recording {
	const recording = new Recording().add(0, {
		kind: 'begin',
		format: 1,
		id: 'm-1',
		domain: 'dom1',
		direction: 'outgoing',
		host: 'host-a',
		peer: 'host-b',
		software: 'sterna-sender 0.1.0',
		memoryBytes: PAGES * 4096,
		limits: {
			maxIterations: 5,
			dirtyThresholdPages: 500,
			maxDowntimeMs: null,
			deadlineMs: null,
			onDeadline: 'stop-and-copy',
			onStall: 'advise',
		},
		bandwidthLimitBytesPerSecond: RATE,
		channels: 1,
		downtimeBudgetMs: 500,
	});
	recording.phase(50, 'prepare').phase(100, 'precopy').add(100, {kind: 'decision', action: 'continue', because: 'iteration 1 of 5'});
	for (let atMs = 200; atMs < 2100; atMs += 200)
		recording.add(atMs, {
			kind: 'sample',
			iteration: 0,
			pagesSent: Math.round(((atMs - 100) / 1000) * PAGES_A_SECOND),
			bytesSent: ((atMs - 100) / 1000) * RATE,
			remainingPages: 0,
			bandwidthBytesPerSecond: RATE,
			dirtyBytesPerSecond: 0,
		});
	let atMs = 100;
	for (const [index, [dirtyPages, sinceMs]] of [
		[2462, 1970],
		[306, 245],
	].entries()) {
		atMs += sinceMs ?? 0;
		recording.add(atMs, {
			kind: 'scan',
			dirtyPages: dirtyPages ?? 0,
			sinceMs: sinceMs ?? 0,
			...(index === 0 ? {} : {againPages: 0}),
		});
	}

	return recording
		.phase(2400, 'stop-and-copy', '306 dirty pages, fewer than 500')
		.phase(2420, 'handover')
		.add(2500, {kind: 'downtime', totalMs: 8, parts: {pause: 1, scan: 1, copy: 2, deviceState: 0, load: 2, handover: 1, resume: 1}})
		.add(2500, {
			kind: 'end',
			outcome: 'completed',
			runsOn: 'host-b',
			totalMs: 2500,
			downtimeMs: 8,
			iterations: 2,
			pagesSent: 28_368,
			bytesSent: 116_422_000,
			because: '306 dirty pages, fewer than 500',
		});
}

async function fileOf(t: ExecutionContext, recording: Recording): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'sterna-replay-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	const file = join(folder, 'm-1.jsonl');
	await writeFile(file, recording.text);
	return file;
}

type Simulated = {
	readonly outcome: string;
	readonly totalMs: number;
	readonly downtimeMs: number | null;
	readonly iterations: number;
	readonly because: string;
	readonly passes: ReadonlyArray<{readonly dirtyPages: number}>;
};
type Told = {readonly happened: {readonly totalMs: number}; readonly replayed: Simulated; readonly wouldHave: Simulated | null};

async function told(t: ExecutionContext, file: string, ...args: readonly string[]): Promise<Told> {
	const {status, stdout, stderr} = await migrateCtl(['replay', file, '--json', ...args]);
	t.is(status, 0, stderr);
	return JSON.parse(stdout) as Told;
}

test('a replay without changes ends as the recorded migration did', async t => {
	const {happened, replayed, wouldHave} = await told(t, await fileOf(t, recorded()));
	t.is(wouldHave, null);
	t.is(happened.totalMs, 2500);
	t.is(replayed.outcome, 'completed');
	t.regex(replayed.because, /^\d+ dirty pages, fewer than 500$/);
	t.is(replayed.iterations, 2);
	t.true(Math.abs(replayed.totalMs / 2500 - 1) < 0.15, String(replayed.totalMs));
	t.true(Math.abs((replayed.passes[1]?.dirtyPages ?? 0) / 2462 - 1) < 0.1, JSON.stringify(replayed.passes));
});

test('each change has its effect', async t => {
	const file = await fileOf(t, recorded());
	const slow = (await told(t, file, '--bandwidth', '25.6MB/s')).wouldHave;
	t.true(Math.abs((slow?.totalMs ?? 0) / 5000 - 1) < 0.2, String(slow?.totalMs));
	const once = (await told(t, file, '--max-iterations', '1')).wouldHave;
	t.is(once?.iterations, 1);
	t.is(once?.because, '1 iterations, the limit');
	const aborted = (await told(t, file, '--deadline', '1s', '--on-deadline', 'abort')).wouldHave;
	t.is(aborted?.outcome, 'aborted');
	t.is(aborted?.downtimeMs, null);
	const switched = (await told(t, file, '--policy', 'deadline', '--deadline', '1s')).wouldHave;
	t.is(switched?.outcome, 'completed');
	t.is(switched?.iterations, 0);
	t.regex(switched?.because ?? '', /the deadline was 1\.0 s/);
	const target = (await told(t, file, '--max-downtime', '1s', '--dirty-threshold', '0')).wouldHave;
	t.regex(target?.because ?? '', /is within 1000 ms/);
	t.is((await told(t, file, '--channels', '2')).wouldHave?.outcome, 'completed');
});

test('a person is told what happened, what the model makes of it, what would have happened, and how far that may be off', async t => {
	const {status, stdout} = await migrateCtl(['replay', await fileOf(t, recorded()), '--bandwidth', '100MB/s']);
	t.is(status, 0);
	t.regex(stdout, /^dom1: it would have completed in /);
	t.regex(stdout, /HAPPENED +REPLAYED +WOULD HAVE/);
	t.regex(stdout, /\ntotal +2\.5 s /);
	t.regex(stdout, /ITERATION +DUE/);
	t.regex(stdout, /\nError: of 16 migrations/);
});

test('a recording that tells too little, an own policy and what is not built are refused with their reason', async t => {
	const short = new Recording();
	short.lines.push(recorded().lines[0] ?? '');
	const tooLittle = await migrateCtl(['replay', await fileOf(t, short)]);
	t.not(tooLittle.status, 0);
	t.regex(tooLittle.stderr, /does not tell enough to play it again/);
	const file = await fileOf(t, recorded());
	const own = await migrateCtl(['replay', file, '--policy', 'mine']);
	t.regex(own.stderr, /Only built-in policies are played again, and mine is none/);
	const postcopy = await migrateCtl(['replay', file, '--deadline', '1s', '--on-deadline', 'postcopy']);
	t.regex(postcopy.stderr, /There is no postcopy/);
});
