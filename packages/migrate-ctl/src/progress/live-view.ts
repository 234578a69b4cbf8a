import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import cliTruncate from 'cli-truncate';
import {createLogUpdate} from 'log-update';
import type {CliIo} from '../io.ts';
import {printable} from '../render/printable.ts';
import {formatDuration} from '@sterna/host/units';
import {type Style, styleOf} from '../render/style.ts';
import {renderBar, type BarCells} from './bar.ts';
import {describeDirty, describeDisks, describeExpectedDowntime, describePhase, describeRoute, describeSent} from './describe.ts';
import {ProgressEstimator} from './estimate.ts';
import {renderEnd} from './render-end.ts';
import type {MigrationView} from './view.ts';

/** Milliseconds between two drawings in which the phase stays the same: an eye sees no more, and the terminal's time is the guest's too. */
const DRAW_INTERVAL_MS = 50;

/** Widest bar in columns; wider ones say no more. */
const MAX_BAR_WIDTH = 60;

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
	readonly #redraw = (): void => this.#show();
	#latest: {readonly status: MigrationStatus; readonly progress: number} | undefined;
	#note = '';
	#drawn: {readonly phase: string; readonly atMs: number} | undefined;

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
		const phase = describePhase(status);
		if (this.#drawn?.phase === phase && this.#now() < this.#drawn.atMs + DRAW_INTERVAL_MS) return;
		this.#drawn = {phase, atMs: this.#now()};
		this.#show();
	}

	note(text: string): void {
		this.#note = text;
		this.#show();
	}

	end(result: MigrationResult, direction: MigrationStatus['direction']): void {
		this.#note = '';
		// What was done says it all; how far a failed one came is worth keeping.
		if (result.outcome === 'completed') this.#draw.clear();
		else this.#show();
		this[Symbol.dispose]();
		this.#stdout.write(`${renderEnd(result, direction, this.#style)}\n`);
	}

	/** Keeps the last frame on the screen and leaves the cursor below it. */
	[Symbol.dispose](): void {
		this.#stdout.off('resize', this.#redraw);
		this.#draw.done();
	}

	#show(): void {
		const lines =
			this.#latest === undefined ? [] : renderFrame(this.#latest, {style: this.#style, cells: this.#cells, columns: this.#columns()});
		if (this.#note !== '') lines.push(this.#style('warning', printable(this.#note)));
		if (lines.length > 0) this.#draw(lines.map(line => cliTruncate(line, this.#columns())).join('\n'));
	}

	/** One column is left free: a full line makes some terminals wrap. */
	#columns(): number {
		return Math.max(10, (this.#stdout.columns ?? 80) - 1);
	}
}

/** One frame, as lines that may be wider than the terminal. */
export function renderFrame(
	{status, progress}: {readonly status: MigrationStatus; readonly progress: number},
	{style, cells, columns}: {readonly style: Style; readonly cells: BarCells; readonly columns: number},
): string[] {
	const arrows = cells === 'blocks' ? {to: '→', from: '←'} : {to: '->', from: '<-'};
	const percent = `${String(Math.floor(progress * 100)).padStart(3)} %`;
	const bar = renderBar(progress, Math.min(MAX_BAR_WIDTH, columns - percent.length - 1), cells);
	const second = [describeDisks(status), describeDirty(status), describeExpectedDowntime(status)]
		.filter(fact => fact !== undefined)
		.join('; ');
	const lines = [
		`${style('title', printable(describeRoute(status, arrows)))}  ${printable(describePhase(status))}  ${style('label', formatDuration(status.elapsedMs))}`,
		`${style('bar', bar.full)}${style('rest', bar.rest)} ${percent}`,
		describeSent(status),
	];
	if (second !== '') lines.push(second);
	if (status.reason !== '') lines.push(style('label', printable(status.reason)));
	return lines;
}
