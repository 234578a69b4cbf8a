/** Columns of what a person reads: those of a terminal that nobody made wider. */
export const TEXT_WIDTH = 80;

/** Blanks that a line may break at: not those between a figure and its unit. */
const BREAK = / (?!(?<=\d )(?:%|ms|s|min|B|[KMGT]iB|[kMGT]?B\/s)(?![^\s.,;:)]))/;

/** `text` broken at words, and inside words that are longer than a line, into lines of at most `width` columns. */
export function wrapped(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(BREAK)) {
		let rest = word;
		if (line !== '' && line.length + 1 + rest.length > width) {
			lines.push(line);
			line = '';
		}

		while (rest.length > width) {
			lines.push(rest.slice(0, width));
			rest = rest.slice(width);
		}

		line = line === '' ? rest : `${line} ${rest}`;
	}

	return [...lines, line];
}

/** `text` broken at words into lines of at most `width` columns; the first begins with `first`, the others are indented as far. No word is broken: one may be wider. */
export function wrap(text: string, {first, width}: {readonly first: string; readonly width: number}): string {
	const lines: string[] = [];
	let line = first;
	for (const word of text.split(' ')) {
		const gap = line.length === first.length ? '' : ' ';
		if (gap !== '' && line.length + 1 + word.length > width) {
			lines.push(line);
			line = ' '.repeat(first.length) + word;
		} else {
			line += gap + word;
		}
	}

	return [...lines, line].join('\n');
}
