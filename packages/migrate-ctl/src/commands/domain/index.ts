import type {DomainCommand} from '@sterna/protocol/control';
import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {domainJson} from '../../domain-info.ts';
import {addExamples} from '../../help.ts';
import {domainFacts, domainTable} from '../../render/domains.ts';
import {styleOf} from '../../render/style.ts';
import {addAdoptCommand} from './adopt.ts';
import {addCheckCommand} from './check.ts';
import {addConsoleCommand} from './console.ts';
import {addCreateCommand} from './create.ts';
import {addOutputCommand} from './output.ts';

type JsonOption = {readonly json?: true};

/** `domain …`: the guests of this host. */
export function addDomainCommands(program: Command, cli: Cli): void {
	const domain = program.command('domain').summary('make, show and end the guests of this host').description('The guests of this host.');
	addCreateCommand(domain, cli);
	addAdoptCommand(domain, cli);
	addListCommand(domain, cli);
	addShowCommand(domain, cli);
	addActionCommand(domain, cli, {action: 'destroy', summary: 'end a guest; its memory is lost', past: 'is destroyed'});
	addActionCommand(domain, cli, {action: 'pause', summary: "stop a guest's CPUs", past: 'is paused'});
	addActionCommand(domain, cli, {action: 'resume', summary: 'let a paused guest run on', past: 'runs on'});
	addCheckCommand(domain, cli);
	addOutputCommand(domain, cli);
	addConsoleCommand(domain, cli);
}

function addListCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('list')
		.summary('list the guests of this host')
		.description('Lists the guests of this host: running, paused, held as images, or on their way.')
		.option('--json', 'one JSON object')
		.action(async (options: JsonOption, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const domains = await daemon.domains();
			if (options.json === true) printJson(cli, {host: daemon.host, domains: domains.map(info => domainJson(info))});
			else print(cli, domains.length === 0 ? 'no domains' : domainTable(domains, styleOf(cli.io.stdout)));
		});
	addExamples(command, [["migrate-ctl domain list --json | jq -r '.domains[].name'", 'names for a script']]);
}

function addShowCommand(domain: Command, cli: Cli): void {
	const command = domain
		.command('show')
		.summary('show everything about a guest')
		.description('Shows everything that is known of a guest, its own counters and self-check included.')
		.addArgument(argumentOf('domain', '<name>', 'the domain'))
		.option('--json', 'one JSON object')
		.action(async (name: string, options: JsonOption, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const info = await daemon.showDomain(name);
			if (options.json === true) printJson(cli, {domain: domainJson(info)});
			else print(cli, domainFacts(info, styleOf(cli.io.stdout)));
		});
	addExamples(command, [['migrate-ctl domain show dom1', 'state, memory, steps, lines, self-check']]);
}

type SimpleAction = {
	readonly action: Extract<DomainCommand['action'], 'destroy' | 'pause' | 'resume'>;
	readonly summary: string;
	readonly past: string;
};

/** A command that does one thing to one guest and has little to say. */
function addActionCommand(domain: Command, cli: Cli, {action, summary, past}: SimpleAction): void {
	const command = domain
		.command(action)
		.summary(summary)
		.description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
		.addArgument(argumentOf('domain', '<name>', 'the domain'))
		.option('--json', 'one JSON object')
		.action(async (name: string, options: JsonOption, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const info = await daemon.commandDomain(name, action);
			// What is left to tell of a destroyed guest is what it was before.
			if (options.json === true)
				printJson(cli, {action, name, domain: info === undefined || action === 'destroy' ? null : domainJson(info)});
			else print(cli, `${name} ${past}`);
		});
	addExamples(command, [[`migrate-ctl domain ${action} dom1`, summary]]);
}
