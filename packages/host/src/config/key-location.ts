/**
 * Line (from 1) of a key in TOML text; of the nearest enclosing table when the key itself is not found as `key =`; undefined otherwise. Tables of an
 * array (`[[disk]]`) are `disk.0`, `disk.1`, ….
 */
export function lineOfKey(text: string, path: readonly string[]): number | undefined {
	const wanted = path.join('.');
	const tables = new TableNames();
	let table = '';
	let tableLine: number | undefined;
	for (const [index, line] of text.split('\n').entries()) {
		const [, brackets, header] = /^\s*(\[\[?)\s*([^\]]+?)\s*\]/.exec(line) ?? [];
		if (header !== undefined) {
			table = tables.next(unquoted(header), brackets === '[[');
			if (table === wanted) return index + 1;
			if (wanted.startsWith(`${table}.`)) tableLine = index + 1;
			continue;
		}

		const key = /^\s*([\w."' -]+?)\s*=/.exec(line)?.[1];
		if (key === undefined) continue;
		const full = table === '' ? unquoted(key) : `${table}.${unquoted(key)}`;
		// An inline table has the rest of the path on the same line.
		if (full === wanted || wanted.startsWith(`${full}.`)) return index + 1;
	}

	return tableLine;
}

/** Names of tables as they come, with the place of each in the array that it is in. */
class TableNames {
	/** How many tables each array has so far. */
	readonly #lengths = new Map<string, number>();

	next(header: string, isInArray: boolean): string {
		const parts = header.split('.');
		let name = '';
		for (const [index, part] of parts.entries()) {
			name = name === '' ? part : `${name}.${part}`;
			const length = this.#lengths.get(name) ?? 0;
			const begins = isInArray && index === parts.length - 1;
			if (begins) this.#lengths.set(name, length + 1);
			// A table in a table of an array is that of its last.
			if (begins) name = `${name}.${length}`;
			else if (length > 0) name = `${name}.${length - 1}`;
		}

		return name;
	}
}

function unquoted(key: string): string {
	return key.replaceAll(/\s*\.\s*/g, '.').replaceAll(/["']/g, '');
}

/** The word of `known` that `word` is most likely a misspelling of; undefined when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
	let best: {readonly word: string; readonly distance: number} | undefined;
	for (const candidate of known) {
		const distance = editDistance(word, candidate);
		if (distance <= Math.max(2, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity))
			best = {word: candidate, distance};
	}

	return best?.word;
}

/** Levenshtein's: how many characters to insert, delete or replace. Words are short: keys of a file. */
function editDistance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, index) => index);
	for (let index = 0; index < from.length; index++) {
		const next = [index + 1];
		for (let at = 0; at < to.length; at++) {
			const replaced = (row[at] ?? 0) + (from[index] === to[at] ? 0 : 1);
			next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
		}

		row = next;
	}

	return row.at(-1) ?? 0;
}
