/** What a bar is drawn with: eighths of block characters, or plain ASCII where the locale has no UTF-8. */
export type BarCells = 'blocks' | 'ascii';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar of exactly `width` columns for `share` (0 … 1): what is done, and what is not. */
export function renderBar(share: number, width: number, cells: BarCells): {readonly full: string; readonly rest: string} {
	const columns = Math.max(0, Math.floor(width));
	const held = Math.min(1, Math.max(0, share));
	if (cells === 'ascii') {
		const full = Math.floor(held * columns);
		return {full: '#'.repeat(full), rest: '-'.repeat(columns - full)};
	}

	const eighths = Math.floor(held * columns * 8);
	const full = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
	return {full, rest: '·'.repeat(columns - full.length)};
}
