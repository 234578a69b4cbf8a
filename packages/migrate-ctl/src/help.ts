import type {Command} from 'commander';

export type Example = readonly [commandLine: string, what: string];

/** Adds examples below a command's help: each line can be pasted into a shell. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
	const width = Math.max(...examples.map(([line]) => line.length));
	return addSection(
		command,
		'Examples',
		examples.map(([line, what]) => `  ${line.padEnd(width)}  # ${what}`),
	);
}

/** Adds a section of ready lines below a command's help. */
export function addSection(command: Command, title: string, lines: readonly string[]): Command {
	return command.addHelpText('after', ['', `${title}:`, ...lines].join('\n'));
}

/** `text` broken at words into lines of at most `width` columns; the first begins with `first`, the others are indented as far. */
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
