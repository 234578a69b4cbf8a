/** Rows with as many cells each, one below the other, for a terminal and a log. */
export function textTable(rows: ReadonlyArray<readonly string[]>): string {
	const columns = Math.max(...rows.map(({length}) => length));
	const widths = Array.from({length: columns}, (_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows
		.map(row =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
