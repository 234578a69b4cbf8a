import * as v from 'valibot';
import {type ListedOption, parseOptionList} from '../command-line/option-list.ts';
import type {GivenOption} from './split-command-line.ts';

const Flat = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

/** The values of one option, in their order. */
export function valuesOf(options: readonly GivenOption[], ...names: readonly string[]): string[] {
	return options.filter(({name}) => names.includes(name)).map(({value}) => value);
}

/**
 * What is behind `-device`, `-netdev` and the like, in either of QEMU's two forms: `key=value,key=value`, or JSON, whose booleans are `on` and `off`.
 * Undefined for JSON with values within values: no option list can say that.
 */
export function readOptions(text: string, impliedKey?: string): ReadonlyMap<string, string> | undefined {
	if (!text.startsWith('{')) return new Map<string, string>(parseOptionList(text, impliedKey));
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Flat), text);
	if (!parsed.success) return undefined;
	return new Map(
		Object.entries(parsed.output).map(([key, value]) => [key, typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)]),
	);
}

/** Options of the same list given more than once: the last of a key counts. */
export function mergeOptions(texts: readonly string[], impliedKey: string): Map<string, string> {
	return new Map(texts.flatMap((text): readonly ListedOption[] => parseOptionList(text, impliedKey)));
}

/** As QEMU reads a switch. */
export function isOn(value: string | undefined): boolean {
	return value === 'on' || value === 'yes' || value === 'true';
}
