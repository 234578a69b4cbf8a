import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import {stripVTControlCharacters} from 'node:util';
import cliTruncate from 'cli-truncate';
import {createLogUpdate} from 'log-update';
import type {CliIo} from '../io.ts';
import {printable} from '../render/printable.ts';
import {type Style, styleOf} from '../render/style.ts';
import type {BarCells} from './bar.ts';
import {describePhase} from './describe.ts';
import {ProgressEstimator} from './estimate.ts';
import {RateHistory} from './rate-history.ts';
import {renderEnd} from './render-end.ts';
import {renderFrame} from './render-frame.ts';
import type {MigrationView} from './view.ts';

/** Milliseconds between two drawings in which the phase stays the same: an eye sees no more, and the terminal's time is the guest's too. */
const DRAW_INTERVAL_MS = 50;

/** Of a terminal that does not say. */
const DEFAULT_SIZE = {columns: 80, rows: 24};

/**
 * The display on a terminal, redrawn in place. The cursor is never hidden and no mode of the terminal is changed, so that every end of the
 * process, a SIGKILL too, leaves it sane.
 */
export class LiveView implements MigrationView {
	readonly #stdout: CliIo['stdout'];
	readonly #now: () => number;
	readonly #cells: BarCells;
	readonly #draw: ReturnType<typeof createLogUpdate>;
	readonly #style: Style;
	readonly #estimator = new ProgressEstimator();
	readonly #history = new RateHistory();
	readonly #redraw = (): void => this.#resized();
	#latest: {readonly status: MigrationStatus; readonly progress: number} | undefined;
	#note = '';
	#drawn: {readonly phase: string; readonly atMs: number} | undefined;
	#drawnLines: readonly string[] = [];

	constructor({stdout, now, unicode}: Pick<CliIo, 'stdout' | 'now' | 'unicode'>) {
		this.#stdout = stdout;
		this.#now = now;
		this.#cells = unicode ? 'blocks' : 'ascii';
		this.#style = styleOf(stdout);
		this.#draw = createLogUpdate(stdout, {showCursor: true});
		stdout.on('resize', this.#redraw);
	}

	update(status: MigrationStatus): void {
		this.#latest = {status, progress: this.#estimator.advance(status)};
		this.#history.add(status);
		const phase = describePhase(status);
		if (this.#drawn?.phase === phase && this.#now() < this.#drawn.atMs + DRAW_INTERVAL_MS) return;
		this.#drawn = {phase, atMs: this.#now()};
		this.#show();
	}

	note(text: string): void {
		this.#note = text;
		this.#show();
	}

	leave(text: string): void {
		this.#note = '';
		this.#show();
		this[Symbol.dispose]();
		this.#stdout.write(`${printable(text)}\n`);
	}

	end(result: MigrationResult, direction: MigrationStatus['direction']): void {
		this.#note = '';
		// What was done says it all; how far a failed one came is worth keeping.
		if (result.outcome === 'completed') this.#draw.clear();
		else this.#show();
		this[Symbol.dispose]();
		this.#stdout.write(`${renderEnd(result, direction, this.#style, this.#columns)}\n`);
	}

	/** Keeps the last frame on the screen and leaves the cursor below it. */
	[Symbol.dispose](): void {
		this.#stdout.off('resize', this.#redraw);
		this.#draw.done();
	}

	#show(): void {
		const columns = this.#columns;
		const rows = this.#rows - (this.#note === '' ? 0 : 1);
		const canvas = {style: this.#style, cells: this.#cells, columns, rows};
		const lines = this.#latest === undefined ? [] : renderFrame({...this.#latest, rates: this.#history.rates}, canvas);
		if (this.#note !== '') lines.push(this.#style('warning', printable(this.#note)));
		if (lines.length === 0) return;
		this.#drawnLines = lines.map(line => cliTruncate(line, columns));
		this.#draw(this.#drawnLines.join('\n'));
	}

	/** A terminal that became narrower has wrapped the lines of the frame, and what is to be erased is higher than what was drawn. */
	#resized(): void {
		const {columns} = this.#size;
		const wrapped = this.#drawnLines.reduce(
			(rows, line) => rows + Math.max(0, Math.ceil(stripVTControlCharacters(line).length / columns) - 1),
			0,
		);
		this.#draw.clear();
		if (wrapped > 0) this.#stdout.write('\u001B[1A\u001B[2K'.repeat(Math.min(wrapped, this.#size.rows)));
		this.#show();
	}

	/** One column is left free: a full line makes some terminals wrap. */
	get #columns(): number {
		return Math.max(10, this.#size.columns - 1);
	}

	/** One row is left free, for the cursor. */
	get #rows(): number {
		return Math.max(1, this.#size.rows - 1);
	}

	get #size(): {readonly columns: number; readonly rows: number} {
		const {columns = DEFAULT_SIZE.columns, rows = DEFAULT_SIZE.rows} = this.#stdout;
		return {columns: Math.max(1, columns), rows};
	}
}
