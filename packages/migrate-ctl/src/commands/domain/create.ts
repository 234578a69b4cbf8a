import {Option} from 'commander';
import {randomInt} from 'node:crypto';
import {resolve} from 'node:path';
import {readTomlText} from '@sterna/host/config';
import type {Command} from '../../command.ts';
import {argumentOf, optionOf} from '../../completion/word-kind.ts';
import {countArgument, durationArgument, memoryArgument, portArgument, rateArgument} from '../../arguments.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {domainJson} from '../../domain-info.ts';
import {addExamples} from '../../help.ts';
import {domainTable} from '../../render/domains.ts';
import {styleOf} from '../../render/style.ts';
import {workloadDefinition, type WorkloadOptions} from './definition.ts';
import {parseQemuFile} from './qemu-definition.ts';

type CreateOptions = Omit<WorkloadOptions, 'seed'> & {
	readonly seed?: number;
	/** File of a QEMU guest. */
	readonly qemu?: string;
	readonly paused?: true;
	readonly json?: true;
};

/** What the program of a workload guest is told by; a QEMU guest is told everything by its file. */
const WORKLOAD_OPTIONS = new Set(['memory', 'pattern', 'rate', 'hot', 'touched', 'content', 'seed', 'lineInterval', 'udpPort']);

const DEFAULT_MEMORY_BYTES = 512 * 1024 * 1024;
const DEFAULT_RATE_BYTES_PER_SECOND = 50_000_000;
const DEFAULT_LINE_INTERVAL_MS = 50;

/** Largest seed that is drawn: seeds are printed, and typed again. */
const SEED_LIMIT = 2 ** 32;

export function addCreateCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('create')
		.summary('make a guest and start it')
		.description(
			"Makes a guest on this host and starts it. With --qemu: a QEMU virtual machine, as the file says. Without: a workload guest of Sterna's own, a process that rewrites its memory by a seeded program, checks it all the time, and prints numbered lines.",
		)
		.addArgument(
			argumentOf('word', '[name]', "1 to 63 letters, digits, dots, dashes or underscores; with --qemu it counts more than the file's"),
		)
		.addOption(optionOf('file', '--qemu <file>', 'the QEMU guest that this file in TOML describes'))
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
		.option('--udp-port <port>', 'answer requests at this UDP port, of whatever host it runs on', portArgument)
		.option('--paused', 'do not start it')
		.option('--json', 'one JSON object')
		.action(async (name: string | undefined, options: CreateOptions, self: Command) => {
			const definition =
				options.qemu === undefined ? definitionOfWorkload(self, name, options) : definitionOfFile(cli, self, name, options.qemu);
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
		['migrate-ctl domain create --qemu vm1.toml', 'a virtual machine; docs/operations.md has a whole file'],
	]);
}

function definitionOfWorkload(self: Command, name: string | undefined, options: CreateOptions): ReturnType<typeof workloadDefinition> {
	if (name === undefined) return self.error("error: missing required argument 'name'", {code: 'commander.missingArgument'});
	if (options.hot !== undefined && options.pattern !== 'hot-set')
		self.error('error: --hot is for --pattern hot-set', {code: 'commander.conflictingOption'});
	return workloadDefinition(name, {...options, seed: options.seed ?? randomInt(SEED_LIMIT)});
}

function definitionOfFile(cli: Cli, self: Command, name: string | undefined, given: string): ReturnType<typeof parseQemuFile> {
	const misplaced = self.options.find(
		option => WORKLOAD_OPTIONS.has(option.attributeName()) && self.getOptionValueSource(option.attributeName()) === 'cli',
	);
	if (misplaced !== undefined) self.error(`error: ${misplaced.long} is for workload guests`, {code: 'commander.conflictingOption'});
	const file = resolve(cli.io.cwd, given);
	const text = readTomlText({file, side: 'migrate-ctl', code: 'ERR_FILE'}, {what: 'the file of the guest'}) ?? '';
	const definition = parseQemuFile(text, given, {name});
	if (definition.name === undefined) self.error(`error: neither the command line nor ${given} says the name of the guest`);
	return definition;
}
