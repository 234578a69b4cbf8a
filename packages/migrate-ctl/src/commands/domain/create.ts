import {type Command, Option} from 'commander';
import {randomInt} from 'node:crypto';
import {countArgument, durationArgument, memoryArgument, rateArgument} from '../../arguments.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {domainJson} from '../../domain-info.ts';
import {addExamples} from '../../help.ts';
import {domainTable} from '../../render/domains.ts';
import {styleOf} from '../../render/style.ts';
import {workloadDefinition, type WorkloadOptions} from './definition.ts';

type CreateOptions = Omit<WorkloadOptions, 'seed'> & {readonly seed?: number; readonly paused?: true; readonly json?: true};

const DEFAULT_MEMORY_BYTES = 512 * 1024 * 1024;
const DEFAULT_RATE_BYTES_PER_SECOND = 50_000_000;
const DEFAULT_LINE_INTERVAL_MS = 50;

/** Largest seed that is drawn: seeds are printed, and typed again. */
const SEED_LIMIT = 2 ** 32;

export function addCreateCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('create')
		.summary('make a workload guest and start it')
		.description(
			"Makes a guest of Sterna's own on this host and starts it: a process that rewrites its memory by a seeded program, checks it all the time, and prints numbered lines.",
		)
		.argument('<name>', '1 to 63 letters, digits, dots, dashes or underscores')
		.addOption(
			new Option('--memory <size>', 'its memory, a multiple of 4 KiB').argParser(memoryArgument).default(DEFAULT_MEMORY_BYTES, '512MiB'),
		)
		.addOption(new Option('--pattern <pattern>', 'which pages it rewrites').choices(['hot-set', 'sequential', 'random']).default('hot-set'))
		.addOption(
			new Option('--rate <rate>', 'how fast: 200MB/s, 0 (idle) or unthrottled')
				.argParser(rateArgument)
				.default(DEFAULT_RATE_BYTES_PER_SECOND, '50MB/s'),
		)
		.option('--hot <size>', 'the hot set, with --pattern hot-set (default: 64MiB, or a quarter of a smaller memory)', memoryArgument)
		.option('--touched <size>', 'how much of its memory it ever touches (default: all)', memoryArgument)
		.addOption(new Option('--content <content>', 'what its pages hold').choices(['random', 'text', 'zero']).default('random'))
		.option('--seed <n>', 'the same seed gives the same guest (default: a new one)', countArgument)
		.addOption(
			new Option('--line-interval <duration>', 'between two lines of its output')
				.argParser(durationArgument)
				.default(DEFAULT_LINE_INTERVAL_MS, '50ms'),
		)
		.option('--paused', 'do not start it')
		.option('--json', 'one JSON object')
		.action(async (name: string, options: CreateOptions, self: Command) => {
			if (options.hot !== undefined && options.pattern !== 'hot-set')
				self.error('error: --hot is for --pattern hot-set', {code: 'commander.conflictingOption'});
			const definition = workloadDefinition(name, {...options, seed: options.seed ?? randomInt(SEED_LIMIT)});
			await using daemon = await cli.open('sender', globalsOf(self));
			const info = await daemon.createDomain({definitionJson: JSON.stringify(definition), paused: options.paused === true});
			if (options.json === true) printJson(cli, {domain: domainJson(info)});
			else print(cli, domainTable([info], styleOf(cli.io.stdout)));
		});
	addExamples(command, [
		['migrate-ctl domain create dom1', '512 MiB, 64 MiB of them rewritten at 50 MB/s'],
		['migrate-ctl domain create dom1 --memory 1GiB --rate 200MB/s', 'a busier one'],
		['migrate-ctl domain create idle --rate 0 --touched 64MiB', 'idle, and mostly never touched'],
		['migrate-ctl domain create hog --pattern random --rate unthrottled', 'dirties as fast as it can'],
	]);
}
