import {writeFileSync} from 'node:fs';

/** What a host's QEMU does to the command line that it is given. */
export type Alteration = {
	/** Words to put behind it: of most options the last one holds. */
	readonly append?: readonly string[];
	/** Text to put in place of another, wherever that is. */
	readonly replace?: Readonly<Record<string, string>>;
};

const QEMU = '/usr/bin/qemu-system-x86_64';

/** A word for a shell that is this text and nothing else. */
function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Writes a program that is QEMU with an altered command line, for a host whose QEMU is not what the other side believes. */
export function writeAlteredQemu(file: string, {append = [], replace = {}}: Alteration): void {
	const lines = [
		'#!/bin/bash',
		'words=()',
		'for word in "$@"; do',
		...Object.entries(replace).map(([from, to]) => `\tword=\${word//${quote(from)}/${quote(to)}}`),
		'\twords+=("$word")',
		'done',
		`exec ${QEMU} "\${words[@]}" ${append.map(quote).join(' ')}`,
	];
	writeFileSync(file, `${lines.join('\n')}\n`, {mode: 0o755});
}
