import type {MigrationCommand, MigrationStatus} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {askBoth, askEither, warnOfSilent} from '../ask.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import type {Daemon} from '../daemon.ts';
import {followMigration, withResult} from '../follow-migration.ts';
import {addExamples} from '../help.ts';
import {statusJson} from '../progress/migration-json.ts';
import {faultJson} from '../render/fault.ts';
import {migrationTable} from '../render/migrations.ts';
import {styleOf} from '../render/style.ts';

type JsonOption = {readonly json?: true};

export function addListCommand(program: Command, cli: Cli): void {
	const command = program
		.command('list')
		.summary('list the migrations of this host')
		.description('Lists the migrations of this host, both ways, that are under way or ended lately. `domain list` lists the domains.')
		.option('--json', 'one JSON object')
		.action(async (options: JsonOption, self: Command) => list(cli, self, options.json === true));
	addExamples(command, [
		['migrate-ctl list', 'a table'],
		["migrate-ctl list --json | jq -r '.migrations[].id'", 'for a script'],
	]);
}

async function list(cli: Cli, self: Command, json: boolean): Promise<void> {
	const asked = await askBoth(cli, globalsOf(self), async daemon => daemon.migrations(''));
	const migrations = merge(asked.answers.map(({value}) => value));
	if (json) {
		printJson(cli, {
			migrations: migrations.map(status => statusJson(status)),
			silent: asked.silent.map(({role, fault}) => ({role, error: faultJson(fault)})),
		});
		return;
	}

	warnOfSilent(cli, asked);
	print(cli, migrations.length === 0 ? 'no migrations' : migrationTable(migrations, styleOf(cli.io.stdout)));
}

/** The migrations of both daemons, oldest first. */
export function merge(lists: readonly (readonly MigrationStatus[])[]): MigrationStatus[] {
	return lists.flat().toSorted((a, b) => a.startedAtMs - b.startedAtMs);
}

export function addWatchCommand(program: Command, cli: Cli): void {
	const command = program
		.command('watch')
		.summary('follow a migration until its end')
		.description(
			'Follows a migration that is under way until its end, with the display and the exit status of `start`. Ctrl-C leaves; the migration goes on.',
		)
		.addArgument(argumentOf('migration', '<id>', 'the id of a migration, or the name of its domain'))
		.option('--json', 'one JSON object a line; the last one is {"result":…}')
		.action(async (id: string, options: JsonOption, self: Command) => {
			const json = options.json === true;
			await withResult(cli, {json, domain: id}, async () => watch(cli, self, {id, json}));
		});
	addExamples(command, [['migrate-ctl watch dom1', 'by the name of the domain']]);
}

async function watch(cli: Cli, self: Command, {id, json}: {id: string; json: boolean}): Promise<void> {
	await askEither(cli, globalsOf(self), async daemon => {
		// Asked first, so that a migration of the other daemon is looked for there before anything is shown.
		const {id: known, domain, direction} = await daemon.migration(id);
		await followMigration(cli, daemon, async follow => daemon.watch(known, follow), {json, domain, direction, onInterrupt: 'leave'});
	});
}

export function addCommandCommands(program: Command, cli: Cli): void {
	const abort = program
		.command('abort')
		.summary('end a migration; the guest runs on where it was')
		.description(
			'Ends a migration, outgoing or incoming. Until the handover the guest runs on where it was; afterwards it is too late, and abort says so.',
		)
		.addArgument(argumentOf('migration', '<id>', 'the id of a migration, or the name of its domain'))
		.option('--json', 'one JSON object')
		.action(async (id: string, options: JsonOption, self: Command) => {
			await askEither(cli, globalsOf(self), async daemon => sendCommand(cli, daemon, {id, action: 'abort', json: options.json === true}));
		});
	addExamples(abort, [['migrate-ctl abort dom1', 'by the name of the domain']]);

	const switchNow = program
		.command('stop-and-copy')
		.summary('pause the guest and finish a migration now')
		.description(
			'Ends the precopy of an outgoing migration: the guest is paused, and what is left is sent. The downtime is what `status` expects.',
		)
		.addArgument(argumentOf('outgoing-migration', '<id>', 'the id of a migration, or the name of its domain'))
		.option('--json', 'one JSON object')
		.action(async (id: string, options: JsonOption, self: Command) => {
			await askEither(cli, globalsOf(self), async daemon =>
				sendCommand(cli, daemon, {id, action: 'stop-and-copy', json: options.json === true}),
			);
		});
	addExamples(switchNow, [['migrate-ctl stop-and-copy dom1', 'for a guest that dirties faster than the link']]);
}

export function addTransferCommands(program: Command, cli: Cli): void {
	const actions = [
		{
			action: 'pause',
			summary: 'hold the transfer of a migration; the guest runs on',
			description:
				'Holds the transfer of an outgoing migration: no page is sent but what is under way, and the guest runs on here. A deadline goes on to count. `domain pause` stops a guest.',
			example: ['migrate-ctl pause dom1', 'the link is needed for something else'],
		},
		{
			action: 'continue',
			summary: 'go on with a transfer that was paused',
			description: 'Goes on with the transfer of a migration that `pause` holds.',
			example: ['migrate-ctl continue dom1', 'by the name of the domain'],
		},
	] as const;
	for (const {action, summary, description, example} of actions) {
		const command = program
			.command(action)
			.summary(summary)
			.description(description)
			.addArgument(argumentOf('outgoing-migration', '<id>', 'the id of a migration, or the name of its domain'))
			.option('--json', 'one JSON object')
			.action(async (id: string, options: JsonOption, self: Command) => {
				await askEither(cli, globalsOf(self), async daemon => sendCommand(cli, daemon, {id, action, json: options.json === true}));
			});
		addExamples(command, [[...example]]);
	}
}

async function sendCommand(
	cli: Cli,
	daemon: Daemon,
	{id, action, json}: {id: string; action: MigrationCommand['action']; json: boolean},
): Promise<void> {
	const status = await daemon.command(id, action);
	if (json) printJson(cli, {migration: statusJson(status)});
	else print(cli, migrationTable([status], styleOf(cli.io.stdout)));
}
