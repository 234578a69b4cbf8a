import {styleText} from 'node:util';

/** What a piece of text is for; the colours are chosen here, in one place. */
export type Role = 'title' | 'label' | 'good' | 'bad' | 'warning' | 'bar' | 'rest';

const FORMATS: Readonly<Record<Role, Parameters<typeof styleText>[0]>> = {
	title: 'bold',
	label: 'dim',
	good: 'green',
	bad: ['bold', 'red'],
	warning: 'yellow',
	bar: 'cyan',
	rest: 'dim',
};

/** Styles text for the stream it was made for, or leaves it as it is. */
export type Style = (role: Role, text: string) => string;

/**
 * The style of a stream: colours only on a terminal, none with NO_COLOR (https://no-color.org), NODE_DISABLE_COLORS or TERM=dumb,
 * and with FORCE_COLOR in a pipe too: Node's own rules.
 */
export function styleOf(stream: NodeJS.WritableStream): Style {
	return (role, text) => styleText(FORMATS[role], text, {stream});
}

/** No styles at all: for text that is compared or written to a file. */
export const plainStyle: Style = (_role, text) => text;
