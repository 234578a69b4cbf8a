import {wrap} from '../render/wrap.ts';

/** Bytes that a line of a source should have at most; one that is a single word may have more. */
const LINE_WIDTH = 78;

/** Text as roff prints it: a backslash, a hyphen that a shell takes, quotes and carets as they are in a shell, and what is not ASCII by its number. */
export function escapeText(text: string): string {
	return text
		.replaceAll('\\', String.raw`\e`)
		.replaceAll('-', String.raw`\-`)
		.replaceAll("'", String.raw`\(aq`)
		.replaceAll('`', String.raw`\(ga`)
		.replaceAll('^', String.raw`\(ha`)
		.replaceAll('~', String.raw`\(ti`)
		.replaceAll('"', String.raw`\(dq`)
		.replaceAll(/[^\x20-\x7e]/gu, character => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** Prose: what stands in backquotes is bold, and so is an option. Escaped, in lines that begin no request, even where their first character would. */
export function prose(text: string): string {
	const parts = text.split('`').map((part, index) => (index % 2 === 1 ? bold(part) : withOptions(part)));
	return wrap(parts.join(''), {first: '', width: LINE_WIDTH})
		.split('\n')
		.map(line => (/^[.']/.test(line) ? String.raw`\&${line}` : line))
		.join('\n');
}

export function bold(text: string): string {
	return `\\fB${escapeText(text)}\\fR`;
}

export function italic(text: string): string {
	return `\\fI${escapeText(text)}\\fR`;
}

/** A macro and its arguments, each of which may have blanks. `args`: escaped. */
export function macro(name: string, ...args: readonly string[]): string {
	return [`.${name}`, ...args.map(arg => `"${arg}"`)].join(' ');
}

/** Options in a sentence, and the rest of it. */
function withOptions(text: string): string {
	return text
		.split(/(?<![\w-])(--[a-z][a-z-]*)/)
		.map((part, index) => (index % 2 === 1 ? bold(part) : escapeText(part)))
		.join('');
}
