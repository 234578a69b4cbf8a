import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {type Asked, askBoth, askEither} from '../ask.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {domainJson} from '../domain-info.ts';
import {addExamples} from '../help.ts';
import {statusJson} from '../progress/migration-json.ts';
import {domainTable} from '../render/domains.ts';
import {faultJson} from '../render/fault.ts';
import {migrationFacts, migrationTable} from '../render/migrations.ts';
import {type Style, styleOf} from '../render/style.ts';
import {renderTable} from '../render/table.ts';
import {isOver} from '../protection/describe-protection.ts';
import {protectionJson} from '../protection/protection-json.ts';
import {protectionFacts, protectionTable} from '../protection/render-protections.ts';
import {merge} from './migrations.ts';
import type {DomainInfo, MigrationStatus, ProtectionStatus} from '@sterna/protocol/control';

export function addStatusCommand(program: Command, cli: Cli): void {
	const command = program
		.command('status')
		.summary('show this host, or one migration or standby')
		.description(
			'Without an id: the daemons of this host, its domains, standbys and migrations. With one: everything that is known of that standby or migration.',
		)
		.addArgument(argumentOf('known-migration', '[id]', 'the id of a migration or protection, or the name of its domain'))
		.option('--json', 'one JSON object')
		.action(async (id: string | undefined, options: {readonly json?: true}, self: Command) => {
			const json = options.json === true;
			await (id === undefined ? showHost(cli, self, json) : showOne(cli, self, {id, json}));
		});
	addExamples(command, [
		['migrate-ctl status', 'the whole host'],
		['migrate-ctl status dom1', 'its standby; else its latest migration, and why it ended'],
		['migrate-ctl status dom1 --json | jq .migration.result', 'for a script'],
	]);
}

async function showOne(cli: Cli, self: Command, {id, json}: {id: string; json: boolean}): Promise<void> {
	const {answers} = await askBoth(cli, globalsOf(self), async daemon => daemon.protections(id));
	// One that is over is shown as long as there is nothing newer.
	const [protection] = answers
		.flatMap(({value}) => value)
		.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.startedAtMs - a.startedAtMs);
	if (protection !== undefined) {
		if (json) printJson(cli, {protection: protectionJson(protection)});
		else print(cli, protectionFacts(protection, styleOf(cli.io.stdout)));
		return;
	}

	await askEither(cli, globalsOf(self), async daemon => {
		const status = await daemon.migration(id);
		if (json) printJson(cli, {migration: statusJson(status)});
		else print(cli, migrationFacts(status, styleOf(cli.io.stdout)));
	});
}

type HostView = {
	readonly domains: readonly DomainInfo[] | undefined;
	readonly migrations: readonly MigrationStatus[];
	readonly protections: readonly ProtectionStatus[];
};

async function showHost(cli: Cli, self: Command, json: boolean): Promise<void> {
	const asked = await askBoth(cli, globalsOf(self), async daemon => ({
		// The registry is the host's: the sender tells of all of it.
		domains: daemon.role === 'sender' ? await daemon.domains() : undefined,
		migrations: await daemon.migrations(''),
		protections: await daemon.protections(''),
	}));
	const domains = asked.answers.find(({value}) => value.domains !== undefined)?.value.domains;
	const migrations = merge(asked.answers.map(({value}) => value.migrations));
	const protections = asked.answers.flatMap(({value}) => value.protections);
	if (json) {
		printJson(cli, {
			host: asked.answers[0]?.host ?? null,
			daemons: [
				...asked.answers.map(({role, software}) => ({role, answers: true, software, error: null})),
				...asked.silent.map(({role, fault}) => ({role, answers: false, software: null, error: faultJson(fault)})),
			],
			domains: domains?.map(info => domainJson(info)) ?? null,
			protections: protections.map(status => protectionJson(status)),
			migrations: migrations.map(status => statusJson(status)),
		});
		return;
	}

	print(cli, renderHost(asked, {domains, protections, migrations}, styleOf(cli.io.stdout)));
}

function renderHost({answers, silent}: Asked<HostView>, {domains, protections, migrations}: HostView, style: Style): string {
	const daemons = [
		...answers.map(({role, software}) => ({name: `sterna-${role}`, state: 'answers', detail: software})),
		...silent.map(({role, fault}) => ({name: `sterna-${role}`, state: 'silent', detail: fault.message})),
	];
	const table = renderTable(
		[
			{title: 'DAEMON', cell: ({name}) => name},
			{title: 'STATE', cell: ({state}) => state, role: ({state}) => (state === 'answers' ? 'good' : 'bad')},
			{title: 'DETAIL', cell: ({detail}) => detail},
		],
		daemons,
		style,
	);
	return [
		style('title', `host ${answers[0]?.host ?? ''}`),
		table,
		...(domains === undefined ? [] : [domains.length === 0 ? '\nno domains' : `\n${domainTable(domains, style)}`]),
		...(protections.length === 0 ? [] : [`\n${protectionTable(protections, style)}`]),
		migrations.length === 0 ? '\nno migrations' : `\n${migrationTable(migrations, style)}`,
	].join('\n');
}
