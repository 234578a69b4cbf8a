import {styleText} from 'node:util';

/** Text for the demo's reader: plain where the output is no terminal or NO_COLOR is set. */
export const bold = (text: string): string => styleText('bold', text);
export const dim = (text: string): string => styleText('dim', text);

const MIB = 1024 * 1024;

/** `512 MiB`. */
export function mebibytes(bytes: number): string {
	return `${Math.round(bytes / MIB)} MiB`;
}

/** `0.83 s`, or `7.4 ms` below a tenth of a second. */
export function duration(milliseconds: number): string {
	return milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** A command as somebody on a host types it. */
export function prompt(host: string, command: string): string {
	return `\n${styleText('cyan', `${host}$`)} ${bold(command)}`;
}

/** Prints what was looked at and whether it was as it must be, and remembers whether all was. */
export class Verdict {
	#failures = 0;

	get isGood(): boolean {
		return this.#failures === 0;
	}

	check(isGood: boolean, text: string): void {
		if (!isGood) this.#failures += 1;
		console.log(`  ${isGood ? styleText('green', '✔') : styleText('red', '✘')} ${text}`);
	}
}

/** Rows of label and cells, the columns aligned. */
export function table(rows: readonly (readonly [label: string, ...cells: readonly string[]])[]): string {
	const widths = rows.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(cell.length, most[index] ?? 0)), []);
	return rows
		.map(([label, ...cells]) =>
			`  ${dim(label.padEnd(widths[0] ?? 0))}  ${cells.map((cell, index) => cell.padEnd(widths[index + 1] ?? 0)).join('   ')}`.trimEnd(),
		)
		.join('\n');
}
