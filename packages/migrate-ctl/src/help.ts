import type {Command, Example, Section} from './command.ts';
import {wrap} from './render/wrap.ts';

/** Columns that a line of help has at most. */
export const HELP_WIDTH = 100;

/** Adds examples below a command's help: each line can be pasted into a shell. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
	return addSection(command, {title: 'Examples', kind: 'examples', examples});
}

/** Adds a paragraph below a command's help. */
export function addText(command: Command, title: string, text: string): Command {
	return addSection(command, {title, kind: 'text', text});
}

/** Adds words and what they mean below a command's help. */
export function addEntries(command: Command, title: string, entries: readonly (readonly [term: string, meaning: string])[]): Command {
	return addSection(command, {title, kind: 'entries', entries});
}

function addSection(command: Command, section: Section): Command {
	command.sections.push(section);
	return command.addHelpText('after', ['', `${section.title}:`, ...linesOf(section)].join('\n'));
}

function linesOf(section: Section): readonly string[] {
	switch (section.kind) {
		case 'text':
			return [wrap(section.text, {first: '  ', width: HELP_WIDTH})];
		case 'entries': {
			const width = Math.max(...section.entries.map(([term]) => term.length));
			const areNumbers = section.entries.every(([term]) => /^\d+$/.test(term));
			return section.entries.map(([term, meaning]) =>
				wrap(meaning, {first: `  ${areNumbers ? term.padStart(width) : term.padEnd(width)}  `, width: HELP_WIDTH}),
			);
		}

		case 'examples': {
			const width = Math.max(...section.examples.map(([line]) => line.length));
			return section.examples.map(([line, what]) => `  ${line.padEnd(width)}  # ${what}`);
		}
	}
}
