import {resolve} from 'node:path';
import {Option} from 'commander';
import type {CheckpointOptions, ProtectRequest} from '@sterna/protocol/control';
import type {Command} from '../../command.ts';
import {argumentOf, optionOf} from '../../completion/word-kind.ts';
import {
	bandwidthArgument,
	bytesArgument,
	compressionOption,
	countArgument,
	durationArgument,
	percentArgument,
	proofOption,
	streamOption,
} from '../../arguments.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {addExamples, addText} from '../../help.ts';
import {addLimitsOptions, limitsOf} from '../../limits-options.ts';
import {type MigrationOptions, transferOf} from '../../migration-options.ts';
import {followProtection} from '../../protection/follow-protection.ts';
import {protectionJson} from '../../protection/protection-json.ts';

type ProtectOptions = Omit<MigrationOptions, 'channels' | 'downtimeBudget' | 'reconnect'> & {
	readonly interval?: number;
	readonly maxLag?: number;
	readonly maxAddedLatency?: number;
	readonly maxSlowdown?: number;
	readonly inFlight?: number;
	readonly staging?: number;
	readonly onStandbyLoss?: CheckpointOptions['onStandbyLoss'];
	readonly unsafeOutput?: true;
	readonly stream: ProtectRequest['stream'];
	readonly tee?: string;
	readonly detach?: true;
	readonly json?: true;
};

export function addProtectCommand(program: Command, cli: Cli): void {
	const command = addLimitsOptions(program.command('protect'))
		.summary('keep a live standby of a running domain on another host')
		.description(
			'Keeps a standby of a running domain that is never more than an epoch or two behind. What the guest says to the world is held until the standby has the checkpoint that knows of it. Shows how it goes until it ends; leaving does not end it.',
		)
		.addArgument(argumentOf('domain', '<domain>', 'the domain, running on this host'))
		.addArgument(argumentOf('host', '<host>', 'where the standby is: a name of `migrate-ctl hosts`'))
		.option('--interval <duration>', 'a checkpoint so often, like 25ms', durationArgument)
		.option('--max-lag <duration>', 'adapt the epoch: the standby is never further behind', durationArgument)
		.option('--max-added-latency <duration>', 'adapt the epoch: output is held no longer', durationArgument)
		.option('--max-slowdown <percent>', 'adapt the epoch: the guest loses no more of its time, like 15%', percentArgument)
		.option('--in-flight <n>', 'checkpoints on their way at most', countArgument)
		.option('--staging <size>', 'memory that dirty pages are copied to, for each of them', bytesArgument)
		.addOption(
			new Option('--on-standby-loss <what>', 'the guest goes on without a standby, or stands still until it has one').choices([
				'continue',
				'pause',
			]),
		)
		.option('--unsafe-output', 'also where output cannot be held: after a failover the world may know more than the guest')
		.addOption(streamOption())
		.addOption(optionOf('file', '--tee <file>', 'write the stream to this file too, as it is sent'))
		.addOption(compressionOption())
		.option('--delta-cache <size>', 'memory for sending pages as differences', bytesArgument)
		.option('--bandwidth <rate>', 'most that it sends, like 200MB/s, or none', bandwidthArgument)
		.addOption(proofOption())
		.option('--detach', 'do not wait: leave when the first checkpoint is on its way')
		.option('--json', 'one JSON object a line')
		.action(async (domain: string, host: string, options: ProtectOptions, self: Command) => protect(cli, self, {domain, host, options}));
	addExamples(command, [
		['migrate-ctl protect dom1 host-b --interval 25ms', '40 checkpoints a second'],
		['migrate-ctl protect dom1 host-b --max-added-latency 20ms --max-slowdown 15%', 'as often as that allows'],
		['migrate-ctl protect dom1 host-b --detach', 'begin it, and leave'],
		['migrate-ctl status dom1', 'how far the standby is behind'],
	]);
	addText(
		command,
		'The first checkpoint',
		'Ahead of it the memory goes as in a migration, while the guest runs: --max-iterations, --dirty-threshold, --max-downtime, --deadline and the like say when it is cut.',
	);
	addText(
		command,
		'When a host is lost',
		'The source: with a lease store (`[lease]`) the standby takes over when the lease has run out; without one it waits for `migrate-ctl failover`, on its host. The standby: the guest goes on alone, or stands still (--on-standby-loss).',
	);
}

async function protect(
	cli: Cli,
	self: Command,
	{domain, host, options}: {readonly domain: string; readonly host: string; readonly options: ProtectOptions},
): Promise<void> {
	if (options.interval !== undefined && hasObjectives(options))
		self.error('error: --interval is a fixed one: it does not go together with objectives.', {
			exitCode: 2,
			code: 'commander.conflictingOption',
		});
	const json = options.json === true;
	const body: ProtectRequest = {
		domain,
		host,
		detach: options.detach === true,
		stream: options.stream,
		tee: options.tee === undefined ? '' : resolve(cli.io.cwd, options.tee),
		transfer: transferOf(options),
		limits: limitsOf(options),
		checkpoints: checkpointsOf(options),
		unsafeOutput: options.unsafeOutput === true,
	};
	await using daemon = await cli.open('sender', globalsOf(self));
	if (!body.detach) {
		await followProtection(cli, async follow => daemon.protect(body, follow), {json, domain});
		return;
	}

	const status = await daemon.protect(body, {onProtection: () => undefined, signal: new AbortController().signal});
	if (json) printJson(cli, {protection: protectionJson(status)});
	else print(cli, `${domain} is protected on ${host} (${status.id}); look at it with: migrate-ctl status ${domain}`);
}

function hasObjectives({maxLag, maxAddedLatency, maxSlowdown}: ProtectOptions): boolean {
	return maxLag !== undefined || maxAddedLatency !== undefined || maxSlowdown !== undefined;
}

/** Only what was asked for: the daemon's configuration has the rest. */
function checkpointsOf({
	interval,
	maxLag,
	maxAddedLatency,
	maxSlowdown,
	inFlight,
	staging,
	onStandbyLoss,
}: ProtectOptions): CheckpointOptions {
	return {
		intervalMs: interval,
		maxLagMs: maxLag,
		maxAddedLatencyMs: maxAddedLatency,
		maxSlowdownPercent: maxSlowdown,
		inFlight,
		stagingBytes: staging,
		onStandbyLoss: onStandbyLoss ?? '',
	};
}
