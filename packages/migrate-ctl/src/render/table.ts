import Table from 'cli-table3';
import {printable} from './printable.ts';
import type {Style} from './style.ts';

export type Column<Row> = {
	readonly title: string;
	readonly align?: 'left' | 'right';
	/** What the cell says; made safe for the terminal here. */
	readonly cell: (row: Row) => string;
	/** Colour of the cell, by what its row says. */
	readonly role?: (row: Row) => Parameters<Style>[0] | undefined;
};

/** No borders: a table that a person reads, and that `awk` can too. */
const NO_BORDERS = {
	top: '',
	'top-mid': '',
	'top-left': '',
	'top-right': '',
	bottom: '',
	'bottom-mid': '',
	'bottom-left': '',
	'bottom-right': '',
	left: '',
	'left-mid': '',
	mid: '',
	'mid-mid': '',
	right: '',
	'right-mid': '',
	middle: '  ',
};

/** Rows under their titles; ends without a line break. An empty cell shows as `-`. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: Style): string {
	const table = new Table({
		chars: NO_BORDERS,
		colAligns: columns.map(({align}) => align ?? 'left'),
		style: {'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true},
	});
	table.push(columns.map(({title}) => style('label', title)));
	for (const row of rows) table.push(columns.map(column => renderCell(column, row, style)));
	return table
		.toString()
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n');
}

function renderCell<Row>({cell, role}: Column<Row>, row: Row, style: Style): string {
	const text = printable(cell(row)) || '-';
	const as = role?.(row);
	return as === undefined ? text : style(as, text);
}

/** Facts one below the other, their names aligned; ends without a line break. Facts without a value are left out. */
export function renderFacts(facts: readonly (readonly [name: string, value: string | undefined])[], style: Style): string {
	const known = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '');
	const width = Math.max(0, ...known.map(([name]) => name.length));
	return known.map(([name, value]) => `${style('label', name.padEnd(width))}  ${printable(value)}`).join('\n');
}
