import {mkdir, writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {type Cli, print} from '../cli.ts';
import type {Command} from '../command.ts';
import {argumentOf, optionOf} from '../completion/word-kind.ts';
import {addExamples} from '../help.ts';
import {pageOf, pagesOf} from '../manual/page.ts';
import {fileError} from '../report/load-record.ts';

/** `man`: the manual, made of what `--help` is made of. */
export function addManCommand(program: Command, cli: Cli): void {
	const command = program
		.command('man')
		.summary('print a manual page, or write all of them')
		.description(
			'Prints the manual page of migrate-ctl, or of one of its commands, as man(1) reads it. With --out the pages of all commands are written, dated by $SOURCE_DATE_EPOCH where that is set.',
		)
		.addArgument(argumentOf('command', '[command...]', 'whose page: a command, with the one that it is below'))
		.addOption(optionOf('directory', '--out <dir>', 'write all pages into this directory, which is made where it is not there'))
		.action(async (names: readonly string[], {out}: {readonly out?: string}, self: Command) => {
			const date = dateOf(cli.io.env);
			if (out === undefined) cli.io.stdout.write(pageOf(commandOf(self, program, names), date).text);
			else if (names.length > 0) self.error('error: --out writes the pages of all commands.', {code: 'commander.conflictingOption'});
			else print(cli, `wrote ${await writePages(program, {directory: resolve(cli.io.cwd, out), date})} pages to ${out}`);
		});
	addExamples(command, [
		['migrate-ctl man start | man -l -', 'read the page of start'],
		['migrate-ctl man --out /usr/local/share/man/man1', 'for everybody: man migrate-ctl, man migrate-ctl-start'],
	]);
}

function commandOf(self: Command, program: Command, names: readonly string[]): Command {
	let command = program;
	for (const name of names) {
		const child = command.commands.find(one => one.name() === name);
		if (child === undefined) return self.error(`error: there is no command '${names.join(' ')}'.`, {code: 'commander.invalidArgument'});
		command = child;
	}

	return command;
}

/** How many there are. Rejects ERR_FILE. */
async function writePages(program: Command, {directory, date}: {readonly directory: string; readonly date: string}): Promise<number> {
	const pages = pagesOf(program, date);
	try {
		await mkdir(directory, {recursive: true});
		for (const {name, text} of pages) await writeFile(join(directory, `${name}.1`), text);
	} catch (error) {
		throw fileError(`the manual cannot be written to ${directory}`, [error instanceof Error ? error.message : String(error)]);
	}

	return pages.length;
}

/** Of a page: that of the build where one is said, so that the same sources give the same pages; else today. */
function dateOf(env: Cli['io']['env']): string {
	const seconds = Number(env['SOURCE_DATE_EPOCH']);
	const date = Number.isSafeInteger(seconds) && seconds > 0 ? new Date(seconds * 1000) : new Date();
	return date.toISOString().slice(0, 10);
}
