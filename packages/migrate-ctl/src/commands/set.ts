import {InvalidArgumentError} from 'commander';
import type {SetRequest} from '@sterna/protocol/control';
import {formatRate} from '@sterna/host/units';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addEntries, addExamples} from '../help.ts';
import {statusJson} from '../progress/migration-json.ts';
import {migrationTable} from '../render/migrations.ts';
import {styleOf} from '../render/style.ts';
import {parseSettings, SETTINGS} from '../settings.ts';

type SetOptions = {readonly daemon?: true; readonly json?: true};

export function addSetCommand(program: Command, cli: Cli): void {
	const command = program
		.command('set')
		.summary('change the limits of a migration under way')
		.description(
			'Changes limits of an outgoing migration while it runs, or with --daemon the bandwidth of all of this host together. What is not named stays as it is.',
		)
		.addArgument(
			argumentOf(
				given => (given.has('--daemon') ? 'daemon-setting' : 'outgoing-migration'),
				'[id]',
				'the id of a migration, or the name of its domain; left out with --daemon',
			),
		)
		.addArgument(
			argumentOf(given => (given.has('--daemon') ? 'daemon-setting' : 'setting'), '[settings...]', 'KEY=VALUE, any number of them'),
		)
		.option('--daemon', 'of sterna-sender, until it is started again')
		.option('--json', 'one JSON object')
		.action(async (id: string | undefined, settings: readonly string[], options: SetOptions, self: Command) => {
			const json = options.json === true;
			// With --daemon there is no id: the first word is a setting already.
			const words = id === undefined ? [] : [id, ...settings];
			try {
				if (options.daemon === true) await setDaemon(cli, self, {change: parseSettings(words, {ofDaemon: true}), json});
				else await setMigration(cli, self, {id: words[0] ?? '', change: parseSettings(words.slice(1), {ofDaemon: false}), json});
			} catch (error) {
				if (error instanceof InvalidArgumentError) self.error(`error: ${error.message}`, {exitCode: error.exitCode, code: error.code});
				throw error;
			}
		});
	addEntries(
		command,
		'Keys',
		SETTINGS.map(({key, meaning}) => [key, meaning]),
	);
	addExamples(command, [
		['migrate-ctl set dom1 max-downtime=80ms', 'by the name of the domain'],
		['migrate-ctl set dom1 bandwidth=200MB/s', 'from now on'],
		['migrate-ctl set dom1 bandwidth=none', 'as fast as it can'],
		['migrate-ctl set --daemon bandwidth=500MB/s', 'all outgoing migrations of this host together'],
	]);
}

type Change = {readonly change: Omit<SetRequest, 'id'>; readonly json: boolean};

async function setMigration(cli: Cli, self: Command, {id, change, json}: Change & {readonly id: string}): Promise<void> {
	if (id === '') throw new InvalidArgumentError('Say of which migration, or --daemon.');
	await using daemon = await cli.open('sender', globalsOf(self));
	const status = await daemon.setMigration({...change, id});
	if (json) printJson(cli, {migration: statusJson(status)});
	else print(cli, migrationTable([status], styleOf(cli.io.stdout)));
}

async function setDaemon(cli: Cli, self: Command, {change, json}: Change): Promise<void> {
	await using daemon = await cli.open('sender', globalsOf(self));
	await daemon.setDaemon(change);
	const rate = change.bandwidthBytesPerSecond ?? 0;
	if (json) printJson(cli, {daemon: {role: daemon.role, bandwidthLimitBytesPerSecond: rate === 0 ? null : rate}});
	else print(cli, `sterna-${daemon.role}: bandwidth ${rate === 0 ? 'without a limit' : `of at most ${formatRate(rate)}`}`);
}
