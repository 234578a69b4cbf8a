import {printable} from '../../render/printable.ts';

/** Text that is markup already, and goes into a page as it is. Made by `html`, and of the style sheet. */
export class Markup {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

type Value = string | number | Markup | undefined | readonly Value[];

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/**
 * Markup of a template: what is put into it is text, whatever it holds, between tags and inside quoted attributes alike, with characters that cannot be
 * seen written out. Numbers are rounded to hundredths; undefined is nothing; a list is its values one behind the other.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
	return new Markup(strings.map((text, index) => (index === 0 ? text : put(values[index - 1]) + text)).join(''));
}

function put(value: Value): string {
	if (value === undefined) return '';
	if (value instanceof Markup) return value.text;
	if (typeof value === 'number') return String(Math.round(value * 100) / 100);
	if (typeof value === 'string') return printable(value).replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? character);
	return value.map(each => put(each)).join('');
}
