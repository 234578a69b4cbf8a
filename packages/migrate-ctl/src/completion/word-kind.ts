import {Argument, Option} from 'commander';

/**
 * What a word of the command line is, so that a shell can complete it (`candidates.ts`). A migration may be said by its id or by its domain.
 * `recording`: of a migration that the history has, or a file. `word`: what only its writer knows, such as a new name or an amount.
 */
export type WordKind =
	| 'command'
	| 'domain'
	| 'protected-domain'
	| 'standby-domain'
	| 'recorded-domain'
	| 'host'
	| 'migration'
	| 'outgoing-migration'
	| 'known-migration'
	| 'recording'
	| 'setting'
	| 'daemon-setting'
	| 'policies'
	| 'file'
	| 'directory'
	| 'word';

/** Where options say what a word is. `given`: the long names of those on the line before it. */
export type WordKindOf = WordKind | ((given: ReadonlySet<string>) => WordKind);

class KnownArgument extends Argument {
	readonly wordKind: WordKindOf;

	constructor(wordKind: WordKindOf, name: string, description: string) {
		super(name, description);
		this.wordKind = wordKind;
	}
}

class KnownOption extends Option {
	readonly wordKind: WordKindOf;

	constructor(wordKind: WordKindOf, flags: string, description: string) {
		super(flags, description);
		this.wordKind = wordKind;
	}
}

/** An argument whose kind is known. `name` as commander has it: `<domain>`, `[host]`. */
export function argumentOf(wordKind: WordKindOf, name: string, description: string): Argument {
	return new KnownArgument(wordKind, name, description);
}

/** An option whose value is of a known kind. `flags` as commander has them: `--tee <file>`. */
export function optionOf(wordKind: WordKindOf, flags: string, description: string): Option {
	return new KnownOption(wordKind, flags, description);
}

/** What an argument, or the value of an option, is; undefined where its kind was not said. */
export function wordKindOf(place: Argument | Option, given: ReadonlySet<string>): WordKind | undefined {
	if (!(place instanceof KnownArgument || place instanceof KnownOption)) return undefined;
	return typeof place.wordKind === 'function' ? place.wordKind(given) : place.wordKind;
}
