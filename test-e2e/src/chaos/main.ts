/** `npm run chaos -- --runs N [--seed S] [--only-run K]`: migrations to which things happen. The last line is `N passed, N failed`. */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Command, InvalidArgumentError} from 'commander';
import {describeSchedule} from './describe-schedule.ts';
import {drawSchedule} from './draw-schedule.ts';
import {play, type Played} from './play.ts';
import type {Schedule} from './schedule.ts';
import {Stage} from './stage.ts';
import {describeError} from './verdict.ts';

/** Runs of one lab; the next one is without TLS, or with it. */
const RUNS_PER_STAGE = 10;
const DIRECTORY = path.join(import.meta.dirname, '../../../.chaos');
const LARGEST_SEED = 2 ** 31 - 1;

type Options = {readonly runs: number; readonly seed: number; readonly onlyRun?: number};

function numberArgument(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < 0 || value > LARGEST_SEED)
		throw new InvalidArgumentError(`must be a whole number up to ${LARGEST_SEED}`);
	return value;
}

const hasTls = (run: number): boolean => Math.floor(run / RUNS_PER_STAGE) % 3 === 2;

/** Plays one run; what throws is wrong, too. */
async function attempt(stage: Stage, schedule: Schedule): Promise<Played> {
	try {
		return await play(stage, schedule);
	} catch (error) {
		return {
			wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
			struck: [],
			told: describeError(error),
			interruptions: 0,
		};
	}
}

/** Shows a run that failed, and keeps what the daemons logged. */
function report(stage: Stage, schedule: Schedule, {wrong}: Played): void {
	const {seed, run} = schedule;
	mkdirSync(DIRECTORY, {recursive: true});
	const file = path.join(DIRECTORY, `seed-${seed}-run-${run}.log`);
	writeFileSync(file, stage.logs());
	for (const line of wrong) console.log(`    WRONG: ${line}`);
	for (const line of describeSchedule(schedule)) console.log(`    ${line}`);
	console.log(`    logs: ${file}`);
	console.log(`    again: npm run chaos -- --seed ${seed} --only-run ${run}`);
}

async function chaos({runs, seed, onlyRun}: Options): Promise<void> {
	const numbers = onlyRun === undefined ? Array.from({length: runs}, (_, run) => run) : [onlyRun];
	console.log(`seed ${seed}`);
	const startedMs = performance.now();
	const outcomes = new Map<string, number>();
	let stage: Stage | undefined;
	let failed = 0;
	let interrupted = 0;
	try {
		for (const run of numbers) {
			const isTls = hasTls(run);
			if (run % RUNS_PER_STAGE === 0) {
				await stage?.[Symbol.asyncDispose]();
				stage = undefined;
			}

			stage ??= await Stage.open({tls: isTls});
			const schedule = drawSchedule(seed, run, {isTls});
			const runStartedMs = performance.now();
			const played = await attempt(stage, schedule);
			const seconds = ((performance.now() - runStartedMs) / 1000).toFixed(1);
			const kinds = schedule.faults.map(({kind}) => (played.struck.includes(kind) ? kind : `(${kind})`)).join(', ');
			console.log(
				`${String(run).padStart(5)}  ${played.wrong.length === 0 ? 'ok    ' : 'FAILED'} ${seconds.padStart(5)} s  ${kinds.padEnd(40)} ${played.told}${played.interruptions > 0 ? `, ${played.interruptions} interruptions` : ''}`,
			);
			const outcome = played.told.split(' ')[0] ?? '';
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			if (played.interruptions > 0) interrupted += 1;
			if (played.wrong.length === 0) continue;
			failed += 1;
			report(stage, schedule, played);
			// What a failed run left is not what the next one is to begin with.
			await stage[Symbol.asyncDispose]();
			stage = undefined;
		}
	} finally {
		await stage?.[Symbol.asyncDispose]();
	}

	const told = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
	console.log(
		`seed ${seed}: ${numbers.length} runs in ${Math.round((performance.now() - startedMs) / 1000)} s: ${told}; ${interrupted} went on over another link`,
	);
	console.log(`${numbers.length - failed} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
}

// A lab that is left is ended by its reaper.
for (const [signal, status] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) process.once(signal, () => process.exit(status));

await new Command('npm run chaos --')
	.description(
		'Migrates a guest back and forth while the network, daemons, disks and clocks fail, and checks after each run that exactly one copy runs, whole.',
	)
	.option('--runs <n>', 'how many', numberArgument, 20)
	.option(
		'--seed <s>',
		'the same seed gives the same runs; a random one by default',
		numberArgument,
		Math.floor(Math.random() * LARGEST_SEED),
	)
	.option('--only-run <k>', 'only the run with this number', numberArgument)
	.action(chaos)
	.parseAsync();
