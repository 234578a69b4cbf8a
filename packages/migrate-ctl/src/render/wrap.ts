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
