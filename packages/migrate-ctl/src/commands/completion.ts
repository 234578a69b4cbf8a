import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {Option} from 'commander';
import {durationArgument} from '../arguments.ts';
import {type Cli, globalsOf, print} from '../cli.ts';
import type {Command} from '../command.ts';
import {complete, renderOffer} from '../completion/complete.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {addExamples} from '../help.ts';

/** `completion`, which an operator types once, and the hidden `complete`, which the shells ask at every key. */
export function addCompletionCommands(program: Command, cli: Cli): void {
	const command = program
		.command('completion')
		.summary('print what makes a shell complete commands, domains, hosts and ids')
		.description(
			'Prints the script that makes a shell complete the commands and options of migrate-ctl, the hosts of the configuration, and domains and migrations as the daemons of this host know them. Where no daemon answers at once, nothing is offered.',
		)
		.addArgument(argumentOf('word', '<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
		.action((shell: string) => print(cli, scriptOf(shell)));
	addExamples(command, [
		['source <(migrate-ctl completion bash)', 'in ~/.bashrc; the same with zsh in ~/.zshrc, behind compinit'],
		['migrate-ctl completion bash > /usr/share/bash-completion/completions/migrate-ctl', 'for everybody, with bash-completion'],
		['migrate-ctl completion zsh > /usr/local/share/zsh/site-functions/_migrate-ctl', 'for everybody'],
		['migrate-ctl completion fish > /etc/fish/completions/migrate-ctl.fish', 'for everybody'],
	]);

	program
		.command('complete', {hidden: true})
		.summary('what the last of some words can be')
		.description('Says what the last of the words of a command line can be. The scripts of `migrate-ctl completion` ask it.')
		.addArgument(argumentOf('word', '[words...]', 'behind --: the words of the line, without the name of the program'))
		.addOption(
			new Option('--patience <duration>', 'so long for the daemons: who pressed a key waits')
				.argParser(durationArgument)
				.default(1000, '1s'),
		)
		.action(async (given: readonly string[], {patience: patienceMs}: {readonly patience: number}, self: Command) => {
			const words = given.map(word => withHome(word));
			cli.io.stdout.write(renderOffer(await complete(words, {program, cli, globals: globalsOf(self), patienceMs})));
		});
}

/** The script, without its last line break. */
function scriptOf(shell: string): string {
	return readFileSync(new URL(`../completion/scripts/migrate-ctl.${shell}`, import.meta.url), 'utf8').trimEnd();
}

/** A shell completes a line before it has expanded it. */
function withHome(word: string): string {
	return word.startsWith('~/') ? `${homedir()}${word.slice(1)}` : word;
}
