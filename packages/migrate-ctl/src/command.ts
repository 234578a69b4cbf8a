import {Command as CommanderCommand} from 'commander';

/** A command line that can be pasted into a shell, and what it is for. */
export type Example = readonly [commandLine: string, what: string];

/** What is said of a command beyond its arguments and options: below its help, and on its manual page. Text has `code` in backquotes, and no line breaks. */
export type Section = {readonly title: string} & (
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'entries'; readonly entries: readonly (readonly [term: string, meaning: string])[]}
	| {readonly kind: 'examples'; readonly examples: readonly Example[]}
);

/** A command that keeps its sections as they are said, so that help and manual page are made of the same. */
export class Command extends CommanderCommand {
	declare readonly commands: readonly Command[];
	/** In the order of the help. */
	readonly sections: Section[] = [];

	override createCommand(name?: string): Command {
		return new Command(name);
	}
}
