import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {durationArgument} from '../arguments.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addExamples, addText} from '../help.ts';
import {renderForecast} from '../render/forecast.ts';
import {styleOf} from '../render/style.ts';
import {limitsOf} from '../limits-options.ts';
import {type MigrationOptions, transferOf} from '../migration-options.ts';

/** Options of `start` that say how a migration goes, and not how it is asked for. */
const NOT_OF_A_FORECAST: ReadonlySet<string> = new Set(['--detach', '--json', '--stream', '--tee', '--paused', '--forecast']);

/** `forecast`. `start`: the command whose migration it foretells; it takes the same limits. */
export function addForecastCommand(program: Command, cli: Cli, start: Command): void {
	const command = program
		.command('forecast')
		.summary('say what moving a domain would be like, and move nothing')
		.description(
			'Watches what a running domain writes, measures the link with copies of some of its pages, which the other host throws away, and says whether a migration with these limits would converge, how long it would take and how long the guest would stand still.',
		)
		.addArgument(argumentOf('domain', '<domain>', 'the domain, running on this host'))
		.addArgument(argumentOf('host', '<host>', 'where to: a name of `migrate-ctl hosts`'))
		.option('--sample <duration>', 'for so long the guest is watched: 5s unless said otherwise, 500ms to 10min', durationArgument)
		.option('--json', 'one JSON object')
		.action(
			async (domain: string, host: string, options: MigrationOptions & {readonly sample?: number; readonly json?: true}, self: Command) => {
				await using daemon = await cli.open('sender', globalsOf(self));
				const {sample: sampleMs} = options;
				const reply = await daemon.forecast({domain, host, sampleMs, limits: limitsOf(options), transfer: transferOf(options)});
				if (options.json === true) printJson(cli, {forecast: reply});
				else print(cli, renderForecast(reply, styleOf(cli.io.stdout)));
			},
		);
	for (const option of start.options) if (!NOT_OF_A_FORECAST.has(option.long ?? '')) command.addOption(option);
	addExamples(command, [
		['migrate-ctl forecast dom1 host-b', 'will it finish, and how soon?'],
		['migrate-ctl forecast dom1 host-b --bandwidth 200MB/s --max-downtime 50ms', 'with these limits'],
		['migrate-ctl forecast dom1 host-b --sample 60s --json', 'watched for a minute, for a program'],
	]);
	addText(
		command,
		'What it does to the guest',
		'It runs on and stays where it is. Its writes are tracked while it is watched: the first write to a page behind each look costs it a page fault. Nothing else can begin with the domain meanwhile.',
	);
}
