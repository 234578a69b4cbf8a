import type {Argument, Option} from 'commander';
import type {GlobalOptions} from '../cli.ts';
import type {Command} from '../command.ts';

/** A value that is wanted: of an option or an argument. */
export type WantedValue = {
	readonly what: 'value';
	readonly of: Argument | Option;
	/** Stands in the same word before it: `--stream=`. */
	readonly prefix: string;
	/** What is there of it. */
	readonly text: string;
	/** The arguments of the command before it. */
	readonly before: readonly string[];
	/** The options on the line, by their long names. */
	readonly given: ReadonlySet<string>;
};

/** What the word can be that is being written. */
export type Wanted =
	| {readonly what: 'nothing'}
	| {readonly what: 'command'; readonly of: Command}
	| {readonly what: 'option'; readonly of: Command; readonly given: ReadonlySet<string>}
	| WantedValue;

export type Line = {readonly globals: GlobalOptions; readonly wanted: Wanted};

/** Reads a line that is being written. `words`: without the program's name; the last one, which may be empty, is not whole yet. Pure; takes any words, also wrong ones. */
export function readLine(program: Command, words: readonly string[]): Line {
	const reader = new LineReader(program);
	for (const word of words.slice(0, -1)) reader.take(word);
	return {globals: reader.globals(), wanted: reader.wanted(words.at(-1) ?? '')};
}

/** Goes along a line as commander does, and minds nothing that is wrong. */
class LineReader {
	#command: Command;
	/** The option whose value comes next. */
	#pending: Option | undefined;
	/** Behind `--` there are no options. */
	#isLiteral = false;
	/** Behind `help` there are names of commands alone. */
	#isHelp = false;
	readonly #arguments: string[] = [];
	readonly #given = new Set<string>();
	readonly #values = new Map<string, string>();

	constructor(program: Command) {
		this.#command = program;
	}

	take(word: string): void {
		const pending = this.#pending;
		this.#pending = undefined;
		if (pending?.required === true || (pending !== undefined && !word.startsWith('-'))) this.#values.set(pending.attributeName(), word);
		else if (!this.#isLiteral && word === '--') this.#isLiteral = true;
		else if (!this.#isLiteral && isOption(word)) this.#takeOption(word);
		else this.#takeArgument(word);
	}

	wanted(text: string): Wanted {
		const pending = this.#pending;
		if (pending?.required === true || (pending !== undefined && !text.startsWith('-'))) return this.#value(pending, '', text);
		if (!this.#isLiteral && text.startsWith('-')) return this.#wantedOption(text);
		if (this.#isHelp) return {what: 'command', of: this.#command};
		if (this.#command.commands.length > 0) return this.#arguments.length === 0 ? {what: 'command', of: this.#command} : {what: 'nothing'};
		const places = this.#command.registeredArguments;
		const last = places.at(-1);
		const place = places[this.#arguments.length] ?? (last?.variadic === true ? last : undefined);
		return place === undefined ? {what: 'nothing'} : this.#value(place, '', text);
	}

	globals(): GlobalOptions {
		return Object.fromEntries(
			['config', 'runDir', 'socket'].flatMap(name => {
				const value = this.#values.get(name);
				return value === undefined ? [] : [[name, value]];
			}),
		);
	}

	#takeOption(word: string): void {
		const {flag, value} = splitOption(word);
		const option = this.#find(flag);
		if (option === undefined) return;
		this.#given.add(option.long ?? flag);
		if (value !== undefined) this.#values.set(option.attributeName(), value);
		else if (option.required || option.optional) this.#pending = option;
	}

	#takeArgument(word: string): void {
		const isName = this.#arguments.length === 0;
		const child = isName ? this.#command.commands.find(command => command.name() === word || command.aliases().includes(word)) : undefined;
		if (child !== undefined) this.#command = child;
		else if (isName && word === 'help' && this.#command.commands.length > 0) this.#isHelp = true;
		else this.#arguments.push(word);
	}

	#wantedOption(text: string): Wanted {
		const {flag, value} = splitOption(text);
		if (value === undefined) return {what: 'option', of: this.#command, given: this.#given};
		const option = this.#find(flag);
		if (option === undefined || option.isBoolean()) return {what: 'nothing'};
		return this.#value(option, `${flag}=`, value);
	}

	#value(of: Argument | Option, prefix: string, text: string): Wanted {
		return {what: 'value', of, prefix, text, before: this.#arguments, given: this.#given};
	}

	/** An option of the command, or of one that it is below. */
	#find(flag: string): Option | undefined {
		for (let command: Pick<Command, 'options' | 'parent'> | null = this.#command; command !== null; command = command.parent) {
			const option = command.options.find(({long, short}) => long === flag || short === flag);
			if (option !== undefined) return option;
		}

		return undefined;
	}
}

function isOption(word: string): boolean {
	return word.length > 1 && word.startsWith('-');
}

function splitOption(word: string): {readonly flag: string; readonly value: string | undefined} {
	const at = word.startsWith('--') ? word.indexOf('=') : -1;
	return at < 0 ? {flag: word, value: undefined} : {flag: word.slice(0, at), value: word.slice(at + 1)};
}
