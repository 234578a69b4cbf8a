import type {BarCells} from './bar.ts';

const LEVELS: Readonly<Record<BarCells, string>> = {blocks: '▁▂▃▄▅▆▇█', ascii: '_.:-=+*#'};

/** A character for each value, the last ones where there are more than `width`: 0 is the lowest, `most` the highest, and so is what is above it. */
export function renderSparkline(values: readonly number[], {most, width, cells}: {most: number; width: number; cells: BarCells}): string {
	const levels = LEVELS[cells];
	const shown = width > 0 ? values.slice(-width) : [];
	return shown
		.map(value => {
			const share = most > 0 ? Math.min(1, Math.max(0, value / most)) : 0;
			return levels[Math.round(share * (levels.length - 1))];
		})
		.join('');
}
