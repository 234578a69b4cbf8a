import test from 'ava';
import {copyFile, mkdir} from 'node:fs/promises';
import path from 'node:path';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertRunsIntact, createGuest, listDomains, DOMAIN, startScene} from './helpers/scene.ts';
import {historyOf, mergedLines, recordingFile} from './helpers/recordings.ts';
import {mustMigrate} from './helpers/start.ts';

/** What is told of a migration that happened, and of one that is only computed. */
type Run = {
	readonly outcome: string;
	readonly totalMs: number;
	readonly downtimeMs: number | null;
	readonly iterations: number;
	readonly pagesSent: number;
	readonly because: string;
};

type ReplayJson = {
	readonly id: string;
	readonly domain: string;
	readonly happened: Run;
	readonly replayed: Run;
	readonly wouldHave: Run | null;
	readonly assumptions: readonly string[];
};

async function replay(host: LabHost, args: readonly string[]): Promise<ReplayJson> {
	return JSON.parse(await host.mustCtl(['replay', ...args, '--json'])) as ReplayJson;
}

/** The same with changes, which are to make a difference. */
async function wouldHave(host: LabHost, args: readonly string[]): Promise<Run> {
	const {wouldHave: run} = await replay(host, args);
	if (run === null) throw new Error(`nothing was changed: ${args.join(' ')}`);
	return run;
}

test.serial(
	'a migration that was made is played again: what happened as the history has it, and as it would have been by other limits',
	async t => {
		const {lab, hostA, hostB} = await startScene(t);
		await createGuest(hostA);
		// It writes more than the link takes, so that each pass finds most of its hot pages again.
		const args = ['--compression', 'none', '--bandwidth', '24MB/s', '--max-iterations', '3', '--dirty-threshold', '0'];
		const {id, pagesSent} = await mustMigrate(t, hostA, hostB, {args});
		if (id === null) throw new Error('a migration without an id');
		await mergedLines(hostA, id);
		const played = await replay(hostA, [id]);
		const {happened, replayed} = played;
		t.log({happened, replayed});
		t.like(played, {id, domain: DOMAIN, wouldHave: null});

		const [entry] = await historyOf(hostA);
		const {outcome, iterations, because} = happened;
		t.like(entry, {id, outcome, iterations, because});
		// A recording is to the microsecond.
		for (const figure of ['totalMs', 'downtimeMs'] as const)
			t.true(Math.abs((happened[figure] ?? Number.NaN) - (entry?.[figure] ?? Number.NaN)) <= 0.001, figure);
		t.is(happened.pagesSent, pagesSent);
		t.like(happened, {outcome: 'completed', iterations: 3, because: '3 iterations, the limit'});

		// The model ends it as the engine did, with all of memory and the hot pages of some passes.
		t.like(replayed, {outcome: 'completed', iterations: 3, because: '3 iterations, the limit'});
		t.true(replayed.pagesSent > 8192);

		const late = ['--policy', 'deadline', '--deadline', '400ms'];
		const [again, slower, faster, longer, switched, aborted, short, text] = await Promise.all([
			replay(hostA, [DOMAIN]),
			wouldHave(hostA, [id, '--bandwidth', '12MB/s']),
			wouldHave(hostA, [id, '--bandwidth', '48MB/s']),
			wouldHave(hostA, [id, '--max-iterations', '6']),
			wouldHave(hostA, [id, ...late]),
			wouldHave(hostA, [id, ...late, '--on-deadline', 'abort']),
			wouldHave(hostA, [id, '--policy', 'downtime', '--max-downtime', '1h']),
			hostA.mustCtl(['replay', id, '--bandwidth', '12MB/s']),
		]);
		t.deepEqual(again, played);
		t.true(slower.totalMs > replayed.totalMs && slower.iterations >= replayed.iterations);
		// As many pages at least, but for what is drawn at random.
		t.true(slower.pagesSent >= 0.9 * replayed.pagesSent);
		t.true(faster.totalMs < replayed.totalMs);
		t.like(longer, {iterations: 6, because: '6 iterations, the limit'});
		t.like(switched, {outcome: 'completed', iterations: 0});
		t.regex(switched.because, /since the start, the deadline was 0\.4 s$/);
		t.like(aborted, {outcome: 'aborted', downtimeMs: null});
		t.regex(short.because, /^expected downtime [\d.]+ ms is within 3600000 ms$/);
		t.regex(text, /^dom1: it would have completed in [\d.]+ m?s with a downtime of [\d.]+ m?s$/m);
		t.regex(text, /^ {2}would have {2}3 iterations, the limit$/m);
		t.regex(text, /HAPPENED +REPLAYED +WOULD HAVE/);
		// Nothing was moved by any of it.
		t.deepEqual(await listDomains(hostA), []);
		t.is((await historyOf(hostA)).length, 1);
		await assertRunsIntact(t, lab, hostB);

		// Carried elsewhere it is played alike, by no daemon.
		const carried = path.join(hostB.directory, 'carried');
		await mkdir(carried);
		await copyFile(recordingFile(hostA, `${id}.jsonl`), path.join(carried, 'seen.jsonl'));
		await hostB.stop();
		const {stdout} = await hostB.ctl(['replay', 'seen.jsonl', '--json'], {cwd: carried});
		t.deepEqual(JSON.parse(stdout), played);
	},
);
