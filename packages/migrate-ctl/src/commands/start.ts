import {resolve} from 'node:path';
import type {StartRequest} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {argumentOf, optionOf} from '../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {followMigration, withResult} from '../follow-migration.ts';
import {addExamples, addText} from '../help.ts';
import {
	bandwidthArgument,
	bytesArgument,
	channelsArgument,
	compressionOption,
	durationArgument,
	proofOption,
	streamOption,
} from '../arguments.ts';
import {addLimitsOptions, limitsOf} from '../limits-options.ts';
import {type MigrationOptions, transferOf} from '../migration-options.ts';
import {statusJson} from '../progress/migration-json.ts';
import {forecastAhead, forecastOption, type OnForecast} from '../forecast-ahead.ts';

type StartOptions = MigrationOptions & {
	readonly detach?: true;
	readonly json?: true;
	readonly stream: 'sterna' | 'xen';
	readonly tee?: string;
	readonly paused?: true;
	readonly forecast?: OnForecast;
};

export function addStartCommand(program: Command, cli: Cli): Command {
	const command = addLimitsOptions(program.command('start'))
		.summary('move a running domain to another host')
		.description(
			'Moves a running domain to another host, live: the guest stands still only for the last pass. Waits for the end and shows progress.',
		)
		.addArgument(argumentOf('domain', '<domain>', 'the domain, running on this host'))
		.addArgument(argumentOf('host', '<host>', 'where to: a name of `migrate-ctl hosts`'))
		.option('--detach', 'do not wait: print the id of the migration and leave')
		.option('--json', 'one JSON object a line; the last one is {"result":…}')
		.addOption(streamOption())
		.addOption(optionOf('file', '--tee <file>', 'write the stream to this file too, as it is sent'))
		.option('--channels <n>', 'data connections', channelsArgument)
		.addOption(compressionOption())
		.option('--delta-cache <size>', 'memory of each data connection for sending pages as differences', bytesArgument)
		.option('--bandwidth <rate>', 'most that this migration sends, like 200MB/s, or none', bandwidthArgument)
		.option('--downtime-budget <duration>', 'for so long the last pass ignores every limit of bandwidth', durationArgument)
		.addOption(proofOption())
		.option('--reconnect <duration>', 'for so long a lost connection is tried to be made anew; 0s = not at all', durationArgument)
		.addOption(forecastOption())
		.option('--paused', 'leave the guest paused on the other host')
		.action(async (domain: string, host: string, options: StartOptions, self: Command) =>
			withResult(cli, {json: options.json === true, domain}, async () => start(cli, self, {domain, host, options})),
		);
	addExamples(command, [
		['migrate-ctl start dom1 host-b', 'live, shows progress; Ctrl-C asks whether to abort'],
		['migrate-ctl start dom1 host-b --max-downtime 50ms', 'pause no sooner than 50 ms are expected'],
		['migrate-ctl start dom1 host-b --deadline 2m --on-deadline abort', 'within two minutes, or not at all'],
		['migrate-ctl start dom1 host-b --detach', 'begin it, print its id, leave'],
		['migrate-ctl start dom1 host-b --forecast=refuse', 'only if it will converge'],
		['migrate-ctl start dom1 host-b --json | tail -n 1', 'the outcome for a script'],
		['migrate-ctl start dom1 host-b --stream xen --tee dom1.xl', "exactly Xen's records, kept in a file"],
	]);
	addText(
		command,
		'Interrupting',
		'On a terminal the first Ctrl-C asks: a aborts and waits (the guest runs on here), d detaches, c continues. Without a terminal it aborts. A second Ctrl-C leaves without waiting. SIGTERM and SIGHUP leave at once; what is left goes on (`migrate-ctl watch ID`).',
	);
	return command;
}

async function start(
	cli: Cli,
	self: Command,
	{domain, host, options}: {domain: string; host: string; options: StartOptions},
): Promise<void> {
	const body: StartRequest = {
		domain,
		host,
		detach: options.detach === true,
		stream: options.stream,
		tee: options.tee === undefined ? '' : resolve(cli.io.cwd, options.tee),
		limits: limitsOf(options),
		paused: options.paused === true,
		transfer: transferOf(options),
	};
	const json = options.json === true;
	await using daemon = await cli.open('sender', globalsOf(self));
	if (options.forecast !== undefined) {
		const {limits, transfer} = body;
		await forecastAhead(cli, daemon, {request: {domain, host, limits, transfer}, action: options.forecast, json});
	}

	if (body.detach) {
		const status = await daemon.begin('start', body);
		if (json) printJson(cli, {migration: statusJson(status)});
		else print(cli, `migration ${status.id} of ${domain} to ${host} has begun; follow it with: migrate-ctl watch ${status.id}`);
		return;
	}

	await followMigration(cli, daemon, async follow => daemon.follow('start', body, follow), {
		json,
		domain,
		direction: 'outgoing',
		onInterrupt: 'abort',
	});
}
