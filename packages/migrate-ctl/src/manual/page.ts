import type {Argument, Option} from 'commander';
import type {Command, Section} from '../command.ts';
import {VERSION} from '../version.ts';
import {bold, escapeText, italic, macro, prose} from './roff.ts';

/** A manual page of section 1. */
export type Page = {
	/** `migrate-ctl-start` */
	readonly name: string;
	/** In the macros of man(7). */
	readonly text: string;
};

/** The pages of a command and of all below it that are not hidden. `date`: like `2026-11-28`, digits and dashes alone. Pure. */
export function pagesOf(command: Command, date: string): readonly Page[] {
	return [pageOf(command, date), ...shownBelow(command).flatMap(child => pagesOf(child, date))];
}

/** The page of one command: what `--help` says of it, as man(7) has it. */
export function pageOf(command: Command, date: string): Page {
	const name = pageNameOf(command);
	const lines = [
		macro('TH', escapeText(name.toUpperCase()), '1', date, escapeText(`Sterna ${VERSION}`), 'Sterna'),
		'.SH NAME',
		`${escapeText(name)} \\- ${escapeText(summaryOf(command))}`,
		'.SH SYNOPSIS',
		synopsis(command),
		'.SH DESCRIPTION',
		prose(command.description()),
		...commandsOf(command),
		...argumentsOf(command),
		...optionsOf(command),
		...sectionsOf(command).flatMap(section => linesOf(section)),
		...seeAlso(command),
	];
	return {name, text: `${lines.join('\n')}\n`};
}

/** `migrate-ctl-domain-create` */
function pageNameOf(command: Command): string {
	return wordsOf(command).join('-');
}

/** The command as it is typed: program, group, name. */
function wordsOf(command: Command): readonly string[] {
	return [...above(command), command].map(one => one.name());
}

/** What a command is below, the program first. */
function above({parent}: Command): readonly Command[] {
	return parent === null ? [] : [...above(parent as Command), parent as Command];
}

function summaryOf(command: Command): string {
	return (
		command.summary() ||
		command
			.description()
			.replace(/\..*$/s, '')
			.replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase())
	);
}

function shownBelow(command: Command): readonly Command[] {
	const shown = new Set(command.createHelp().visibleCommands(command));
	return command.commands.filter(child => shown.has(child));
}

function synopsis(command: Command): string {
	const parts = [bold(wordsOf(command).join(' ')), `[${italic('options')}]`];
	if (command.commands.length > 0) parts.push(italic('command'), `[${italic('arguments')}]`);
	for (const argument of command.registeredArguments) {
		const name = `${italic(argument.name())}${argument.variadic ? ' .\\|.\\|.' : ''}`;
		parts.push(argument.required ? name : `[${name}]`);
	}

	return parts.join(' ');
}

function commandsOf(command: Command): readonly string[] {
	const below = shownBelow(command);
	if (below.length === 0) return [];
	const lines = ['.SH COMMANDS'];
	let group = '';
	for (const child of below) {
		if (child.helpGroup() !== group) {
			group = child.helpGroup();
			lines.push(macro('SS', escapeText(group.replace(/:$/, ''))));
		}

		lines.push('.TP', bold(wordsOf(child).join(' ')), prose(child.summary()));
	}

	return lines;
}

function argumentsOf(command: Command): readonly string[] {
	if (command.registeredArguments.length === 0) return [];
	const help = command.createHelp();
	const entry = (argument: Argument): readonly string[] => ['.TP', italic(argument.name()), prose(help.argumentDescription(argument))];
	return ['.SH ARGUMENTS', ...command.registeredArguments.flatMap(argument => entry(argument))];
}

function optionsOf(command: Command): readonly string[] {
	const help = command.createHelp();
	const entry = (option: Option): readonly string[] => ['.TP', flags(option), prose(help.optionDescription(option))];
	const globals = help.visibleGlobalOptions(command);
	return [
		'.SH OPTIONS',
		...help.visibleOptions(command).flatMap(option => entry(option)),
		...(globals.length === 0 ? [] : ['.SS Of every command', ...globals.flatMap(option => entry(option))]),
	];
}

/** `-f, --follow`, `--tee <file>`: what is typed as it is bold, what stands for something else in italics. */
function flags({flags: text}: Option): string {
	return text
		.split(/([<[][^>\]]*[>\]])/)
		.map((part, index) => (index % 2 === 0 ? boldFlags(part) : value(part)))
		.join('');
}

function boldFlags(text: string): string {
	return text.replaceAll(/[^\s,]+/g, flag => bold(flag));
}

function value(part: string): string {
	return part.startsWith('[') ? `[${italic(part.slice(1, -1))}]` : italic(part.slice(1, -1));
}

/** In the order that manual pages have; what is of a command alone comes ahead of it. What a command does not say for itself, the program does. */
function sectionsOf(command: Command): readonly Section[] {
	const own = command.sections;
	const [program] = above(command);
	const isLeftToProgram = program !== undefined && own.every(({title}) => title !== 'Exit status');
	const text = `As of ${program?.name() ?? ''}(1), which has the environment and the files, too.`;
	const statuses: readonly Section[] = isLeftToProgram ? [{title: 'Exit status', kind: 'text', text}] : [];
	const order = ['Exit status', 'Environment', 'Files', 'Examples'];
	return [...own, ...statuses].toSorted((one, other) => order.indexOf(one.title) - order.indexOf(other.title));
}

function linesOf(section: Section): readonly string[] {
	const heading = macro('SH', escapeText(section.title.toUpperCase()));
	switch (section.kind) {
		case 'text':
			return [heading, prose(section.text)];
		case 'entries':
			return [heading, ...section.entries.flatMap(([term, meaning]) => ['.TP', bold(term), prose(meaning)])];
		case 'examples':
			return [
				heading,
				...section.examples.flatMap(([line, what], index) => [
					...(index === 0 ? [] : ['.PP']),
					prose(/[.?!]$/.test(what) ? what : `${what}:`),
					'.PP',
					'.RS 4',
					'.EX',
					bold(line),
					'.EE',
					'.RE',
				]),
			];
	}
}

/** The pages above and below, and those beside it in a group. */
function seeAlso(command: Command): readonly string[] {
	const [program, group] = above(command);
	const related = [program, group, ...shownBelow(command), ...(group === undefined ? [] : shownBelow(group))];
	const names = new Set(related.flatMap(other => (other === undefined || other === command ? [] : [pageNameOf(other)])));
	return [
		'.SH SEE ALSO',
		...[...names].toSorted().map((name, index) => macro('BR', escapeText(name), index === names.size - 1 ? '(1)' : '(1),')),
	];
}
