import {resolve} from 'node:path';
import type {MigrationResult, RestoreResult} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import type {Daemon} from '../daemon.ts';
import {domainJson} from '../domain-info.ts';
import {followMigration, withResult} from '../follow-migration.ts';
import {addExamples} from '../help.ts';
import {statusJson} from '../progress/migration-json.ts';

type SaveOptions = {readonly checkpoint?: true; readonly detach?: true; readonly json?: true};
type RestoreOptions = {readonly name?: string; readonly paused?: true; readonly json?: true};

export function addSaveCommand(program: Command, cli: Cli): void {
	const command = program
		.command('save')
		.summary('write a domain to a file and end it')
		.description(
			"Writes a domain's memory and state to a file in Xen's format (`xl save`). Not live: the guest is paused while it is written, and gone afterwards unless --checkpoint.",
		)
		.addArgument(argumentOf('domain', '<domain>', 'the domain, on this host'))
		.addArgument(argumentOf('file', '<file>', 'the file to write; it appears only when it is whole'))
		.option('--checkpoint', 'let the guest run on afterwards')
		.option('--detach', 'do not wait: print the id of the save and leave')
		.option('--json', 'one JSON object a line; the last one is {"result":…}')
		.action(async (domain: string, file: string, options: SaveOptions, self: Command) =>
			withResult(cli, {json: options.json === true, domain}, async () => save(cli, self, {domain, file, options})),
		);
	addExamples(command, [
		['migrate-ctl save dom1 dom1.xl', 'the guest is in the file, and nowhere else'],
		['migrate-ctl save dom1 dom1.xl --checkpoint', 'a copy; the guest runs on'],
	]);
}

async function save(cli: Cli, self: Command, {domain, file, options}: {domain: string; file: string; options: SaveOptions}): Promise<void> {
	const body = {domain, file: resolve(cli.io.cwd, file), checkpoint: options.checkpoint === true, detach: options.detach === true};
	const json = options.json === true;
	await using daemon = await cli.open('sender', globalsOf(self));
	if (body.detach) {
		const status = await daemon.begin('save', body);
		if (json) printJson(cli, {migration: statusJson(status)});
		else print(cli, `save ${status.id} of ${domain} has begun; follow it with: migrate-ctl watch ${status.id}`);
		return;
	}

	await followMigration(cli, daemon, async follow => daemon.follow('save', body, follow), {
		json,
		domain,
		direction: 'save',
		onInterrupt: 'abort',
	});
}

export function addRestoreCommand(program: Command, cli: Cli): void {
	const command = program
		.command('restore')
		.summary('make a domain of a saved file')
		.description(
			'Makes a domain of a file that `save`, `start --tee` or a Xen host wrote, and starts it. A stream of a guest that cannot run here becomes an image: held, sent on, saved, never run.',
		)
		.addArgument(argumentOf('file', '<file>', 'the file to read'))
		.option('--name <name>', 'the name of the domain; the one in the file without it')
		.option('--paused', 'do not start the guest')
		.option('--json', 'one JSON object a line; the last one is {"result":…}')
		.action(async (file: string, options: RestoreOptions, self: Command) =>
			withResult(cli, {json: options.json === true, domain: options.name ?? ''}, async () => restore(cli, self, {file, options})),
		);
	addExamples(command, [
		['migrate-ctl restore dom1.xl', 'under its old name'],
		['migrate-ctl restore xen-guest.xl --name copy --paused', 'under another, not started'],
	]);
}

async function restore(cli: Cli, self: Command, {file, options}: {file: string; options: RestoreOptions}): Promise<void> {
	const body = {file: resolve(cli.io.cwd, file), name: options.name ?? '', paused: options.paused === true};
	const json = options.json === true;
	await using daemon = await cli.open('receiver', globalsOf(self));
	let restored: RestoreResult | undefined;
	await followMigration(
		cli,
		daemon,
		async follow => {
			restored = await daemon.restore(body, follow);
			if (json)
				printJson(cli, {
					restored: {domain: restored.domain === undefined ? null : domainJson(restored.domain), checkpoints: restored.checkpoints},
				});
			return restoredResult(restored, daemon);
		},
		{json, domain: options.name ?? '', direction: 'restore', onInterrupt: 'abort'},
	);
	if (restored !== undefined && restored.checkpoints > 0 && !json) {
		print(cli, `  the stream breaks off: this is its last whole checkpoint of ${restored.checkpoints}`);
	}
}

/** A restore's end in the words of every other. */
function restoredResult({domain, totalMs, pages, bytes}: RestoreResult, daemon: Daemon): MigrationResult {
	return {
		id: '',
		domain: domain?.name ?? '',
		outcome: 'completed',
		runsOn: daemon.host,
		totalMs,
		iterations: 0,
		pagesSent: pages,
		bytesSent: bytes,
	};
}
