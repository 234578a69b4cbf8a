import test, {type ExecutionContext} from 'ava';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertFault} from './helpers/fault.ts';
import {inHandAtSwitch} from './helpers/recordings.ts';
import {assertRunsIntact, createGuest, DOMAIN, startScene, startSceneThroughProxy} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, mustMigrate, statusOf} from './helpers/start.ts';

/** Far less than the guest of these tests dirties, which is 40 MB/s. */
const SLOW = ['--bandwidth', '10MB/s', '--compression', 'none'];

const BATCH_PAGES = 1024;

const MODULES = {
	mine: `export default ({iteration}) => iteration < 2 ? {action: 'continue', because: 'too early'} : {action: 'stop-and-copy', because: 'two are enough'};`,
	loops: 'export default () => { for (;;); };',
};

/** Between the decision and the pause no more than one batch was sent. */
async function assertWithinBatch(t: ExecutionContext, host: LabHost, id: string): Promise<void> {
	const {pages, beforePauseMs} = await inHandAtSwitch(host, id);
	t.log(`${pages} pages were in hand at the switch, and went out in ${beforePauseMs.toFixed(0)} ms ahead of the pause`);
	t.true(pages <= BATCH_PAGES, `${pages} pages in hand`);
}

test.serial('each policy ends a precopy for its own reason; one of the operator that loops for ever ends nothing', async t => {
	const directory = await mkdtemp(path.join(tmpdir(), 'sterna-policies-'));
	t.teardown(async () => rm(directory, {recursive: true}));
	const modules: Record<string, string> = {};
	for (const [name, source] of Object.entries(MODULES)) {
		modules[name] = path.join(directory, `${name}.mjs`);
		await writeFile(path.join(directory, `${name}.mjs`), source);
	}

	const policy = {modules, 'module-timeout': '300ms'};
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-a': {policy}, 'host-b': {policy}}});
	await createGuest(hostA);
	const table: ReadonlyArray<readonly [args: readonly string[], because: RegExp]> = [
		[['--policy', 'xen', '--max-iterations', '2', '--dirty-threshold', '0'], /^2 iterations, the limit$/],
		[['--policy', 'xen', '--dirty-threshold', '1000000'], /^\d+ dirty pages, fewer than 1000000$/],
		[['--policy', 'xen,downtime', '--max-iterations', '1000', '--max-downtime', '30s'], /^expected downtime .* is within 30000 ms$/],
		[
			['--policy', 'deadline,xen', '--deadline', '400ms', '--max-iterations', '10000', '--dirty-threshold', '0'],
			/the deadline was 0\.4 s$/,
		],
		[['--policy', 'stall', '--on-stall', 'stop-and-copy'], /^no progress in 5 iterations/],
		[['--policy', 'mine'], /^mine: two are enough$/],
		[['--policy', 'loops', '--bandwidth', '20MB/s', '--compression', 'none'], /^5 iterations, the limit$|fewer than 50$/],
	];
	let [from, to] = [hostA, hostB];
	for (const [args, because] of table) {
		const {because: told, id} = await mustMigrate(t, from, to, {args});
		t.regex(told ?? '', because, args.join(' '));
		if (args[1] === 'loops') t.is((await statusOf(from, id ?? '')).policyFault, 'loops did not answer within 300 ms');
		[from, to] = [to, from];
	}

	for (const [args, message] of [
		[['--policy', 'zen'], /no policy is called "zen": there are deadline, xen, downtime, stall, mine, loops/],
		[['--policy', 'downtime'], /the policy downtime has nothing to go by: set max-downtime/],
		[['--deadline', '1s', '--on-deadline', 'postcopy'], /there is no postcopy/],
	] as const) {
		const {error, text} = await migrate(from, to, {args});
		t.regex(error?.message ?? text, message);
	}

	await assertRunsIntact(t, lab, from);
});

test.serial(
	'a guest that dirties faster than the link ends by each choice at the deadline, over a pause and a stalled link too',
	async t => {
		const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
		await createGuest(hostA);
		const within = ['--deadline', '1500ms', '--max-iterations', '10000', ...SLOW];
		const aborted = await migrate(hostA, hostB, {args: [...within, '--on-deadline', 'abort']});
		assertFault(t, aborted, {
			code: 'ERR_ABORTED_BY_POLICY',
			phase: 'precopy',
			side: 'sender',
			runsOn: 'host-a',
			next: 'migrate-ctl start dom1 host-b',
			status: 3,
		});
		t.regex(aborted.result?.because ?? '', /the deadline was 1\.5 s$/);
		t.log('abort:', aborted.result?.because);

		// Nothing is taken any more: no batch after which anybody could be asked.
		const stalled = beginMigration(hostA, hostB, {args: [...within, '--on-deadline', 'abort']});
		await stalled.reached('precopy', inPrecopy);
		proxy.stall();
		const end = await stalled.ended;
		proxy.unstall();
		t.is(end.error?.code, 'ERR_ABORTED_BY_POLICY', end.text);
		t.log('abort, stalled:', end.result?.because);

		const paused = beginMigration(hostA, hostB, {args: [...within, '--on-deadline', 'stop-and-copy']});
		const {id} = await paused.reached('precopy', ({phase}) => phase === 'precopy');
		const held = await hostA.ctl(['pause', DOMAIN, '--json']);
		// On a slow machine the deadline is there first.
		if (held.status === 0) t.true((JSON.parse(held.stdout) as {migration: {transferPaused: boolean}}).migration.transferPaused);
		const switched = await paused.ended;
		t.is(switched.status, 0, switched.text);
		t.regex(switched.result?.because ?? '', /the deadline was 1\.5 s$/);
		t.log('stop-and-copy, paused:', switched.result?.because);
		t.is((await statusOf(hostB, id)).result?.digest, switched.result?.digest);
		await assertWithinBatch(t, hostA, id);

		const back = await mustMigrate(t, hostB, hostA, {args: [...within, '--on-deadline', 'stop-and-copy']});
		t.regex(back.because ?? '', /the deadline was 1\.5 s$/);
		t.log('stop-and-copy:', back.because);
		await assertWithinBatch(t, hostB, back.id ?? '');
		await assertRunsIntact(t, lab, hostA);
	},
);

test.serial(
	'a transfer that is paused sends nothing, and goes on; a switch in the middle of an iteration brings every deferred page',
	async t => {
		const {lab, hostA, hostB} = await startScene(t);
		await createGuest(hostA);
		const run = beginMigration(hostA, hostB, {args: ['--max-iterations', '10000', '--dirty-threshold', '0', ...SLOW]});
		const {id} = await run.reached('precopy', inPrecopy);
		for (let times = 0; times < 2; times++) await hostA.mustCtl(['pause', id]);
		const batches = async (): Promise<number> => (await statusOf(hostA, id)).pagesSent;
		const sent = await batches();
		t.true((await statusOf(hostA, id)).transferPaused);
		// One that was on its way to its place when the pause was said.
		t.true((await batches()) - sent <= 1024);
		for (let times = 0; times < 2; times++) await hostA.mustCtl(['continue', id]);
		await run.reached('going on', event => event.transferPaused === false && event.pagesSent > sent);
		await hostA.mustCtl(['set', id, 'deadline=10m', 'on-deadline=abort', 'on-stall=advise', 'max-downtime=1ms']);
		await hostA.mustCtl(['stop-and-copy', id]);
		const ended = await run.ended;
		t.is(ended.status, 0, ended.text);
		t.is(ended.result?.because, 'the operator asked for the switch');
		t.regex(ended.result?.digest ?? '', /^[0-9a-f]{16}$/);
		t.is((await statusOf(hostB, id)).result?.digest, ended.result?.digest);
		await assertWithinBatch(t, hostA, id);
		await assertRunsIntact(t, lab, hostB);

		const answers: ReadonlyArray<readonly [args: readonly string[], status: number, said: RegExp]> = [
			[['stop-and-copy', id], 0, /completed/],
			[['abort', id], 4, /has ended: completed; dom1 runs on host-b/],
			[['pause', id], 4, /has ended: completed/],
			[['continue', 'nobody'], 4, /ERR_MIGRATION_UNKNOWN/],
		];
		for (const [args, status, said] of answers) {
			const answer = await hostA.ctl(args);
			t.is(answer.status, status, args.join(' ') + answer.stderr);
			t.regex(answer.stdout + answer.stderr, said);
		}

		const elsewhere = await hostB.ctl(['pause', id]);
		t.regex(elsewhere.stderr, /comes in from host-a: only the sending host can pause the transfer/);
	},
);
