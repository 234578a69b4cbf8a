import type {Cli, GlobalOptions} from '../cli.ts';
import type {Command} from '../command.ts';
import {printable} from '../render/printable.ts';
import {type Candidate, namesBelow, type Place, SOURCES} from './candidates.ts';
import {readLine, type Wanted, type WantedValue} from './read-line.ts';
import {wordKindOf} from './word-kind.ts';

/** What a shell offers: the candidates, and of its own what `paths` says. */
export type Offer = {readonly paths: 'none' | 'files' | 'directories'; readonly candidates: readonly Candidate[]};

export type Asker = {
	readonly program: Command;
	readonly cli: Cli;
	/** Where the line does not say them. */
	readonly globals: GlobalOptions;
	/** Milliseconds for the daemons, from the connection to the answer. */
	readonly patienceMs: number;
};

/** What means something to a shell is not put into a line: no name of ours has it, and a host's or a peer's word is not to be trusted with it. */
const SAFE_WORD = /^[\w@%+=:,./-]+$/;

/**
 * What the last of `words` can be (without the program's name). Never rejects, prints nothing, changes nothing: where a daemon does not answer
 * or the line makes no sense, nothing is offered.
 */
export async function complete(words: readonly string[], {program, cli, globals: usual, patienceMs}: Asker): Promise<Offer> {
	const {globals: ofLine, wanted} = readLine(program, words);
	const globals = {...usual, ...ofLine};
	const impatient = new AbortController();
	const timer = setTimeout(() => impatient.abort(), patienceMs);
	const quick: Cli = {
		...cli,
		async open(role, ofCommand) {
			const daemon = await cli.open(role, ofCommand, {patienceMs});
			// What was asked of it by then rejects.
			impatient.signal.addEventListener('abort', () => void daemon[Symbol.asyncDispose]());
			return daemon;
		},
	};
	try {
		const before = wanted.what === 'value' ? wanted.before : [];
		const text = wanted.what === 'value' ? wanted.text : '';
		return await offerOf(wanted, {cli: quick, globals, program, before, text});
	} finally {
		clearTimeout(timer);
	}
}

/** As the scripts of the shells read it: what paths are wanted, then a candidate a line, its description behind a tab. */
export function renderOffer({paths, candidates}: Offer): string {
	const lines = candidates.filter(({value}) => SAFE_WORD.test(value)).map(({value, description}) => `${value}\t${printable(description)}`);
	return [paths, ...lines].map(line => `${line}\n`).join('');
}

async function offerOf(wanted: Wanted, place: Place): Promise<Offer> {
	switch (wanted.what) {
		case 'nothing':
			return {paths: 'none', candidates: []};
		case 'command':
			return {paths: 'none', candidates: namesBelow(wanted.of)};
		case 'option':
			return {paths: 'none', candidates: optionsOf(wanted.of, wanted.given)};
		case 'value':
			return valuesOf(wanted, place);
	}
}

/** Options of a command and those of the whole program; one that is there already only where it may be said again. */
function optionsOf(command: Command, given: ReadonlySet<string>): readonly Candidate[] {
	const help = command.createHelp();
	return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)]
		.filter(({long, defaultValue}) => !given.has(long ?? '') || Array.isArray(defaultValue))
		.map(({long, short, description}) => ({value: long ?? short ?? '', description}));
}

async function valuesOf({of, prefix, given}: WantedValue, place: Place): Promise<Offer> {
	const kind = wordKindOf(of, given) ?? 'word';
	const candidates = of.argChoices?.map(value => ({value, description: ''})) ?? (await found(async () => SOURCES[kind](place)));
	return {
		paths: pathsOf(kind),
		candidates: candidates.map(({value, description}) => ({value: `${prefix}${value}`, description})),
	};
}

function pathsOf(kind: keyof typeof SOURCES): Offer['paths'] {
	if (kind === 'directory') return 'directories';
	return kind === 'file' || kind === 'recording' ? 'files' : 'none';
}

/** A shell has no place for a complaint: whoever runs the command hears it. */
async function found(look: () => Promise<readonly Candidate[]>): Promise<readonly Candidate[]> {
	try {
		return await look();
	} catch {
		return [];
	}
}
