import type {Command} from '../../command.ts';
import {argumentOf} from '../../completion/word-kind.ts';
import {type Cli, globalsOf, print, printJson} from '../../cli.ts';
import {addExamples} from '../../help.ts';
import {protectionJson} from '../../protection/protection-json.ts';

type UnprotectOptions = {readonly force?: true; readonly json?: true};

export function addUnprotectCommand(program: Command, cli: Cli): void {
	const command = program
		.command('unprotect')
		.summary('end the protection of a domain; it runs on without a standby')
		.description(
			'Ends the protection of a domain of this host: its standby is removed, what the guest said is let out, and the guest runs on.',
		)
		.addArgument(argumentOf('protected-domain', '<domain>', 'the domain, protected on this host'))
		.option('--force', 'the other host cannot be told: you answer for it that the standby never runs')
		.option('--json', 'one JSON object')
		.action(async (domain: string, {force, json}: UnprotectOptions, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const status = await daemon.unprotect({domain, force: force === true});
			if (json === true) printJson(cli, {protection: protectionJson(status)});
			else print(cli, `${domain} runs on ${daemon.host}, and has no standby any more`);
		});
	addExamples(command, [
		['migrate-ctl unprotect dom1', 'a clean end'],
		['migrate-ctl unprotect dom1 --force', 'the host of the standby is known to be dead'],
	]);
}
