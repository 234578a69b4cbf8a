import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {CliIo} from '../io.ts';
import {printable} from '../render/printable.ts';
import {formatDuration} from '@sterna/host/units';
import {plainStyle} from '../render/style.ts';
import {describeDirty, describeDisks, describeExpectedDowntime, describePhase, describeRoute, describeSent, hasEnded} from './describe.ts';
import {ProgressEstimator} from './estimate.ts';
import {renderEnd} from './render-end.ts';
import type {MigrationView} from './view.ts';

/** Milliseconds of the migration between two lines in which nothing but the amounts changed. */
const LINE_INTERVAL_MS = 2000;

/** Lines for a log or a pipe: one where phase or iteration change, and one now and then in between. No colours, no cursor movement. */
export class PlainView implements MigrationView {
	readonly #stdout: CliIo['stdout'];
	readonly #estimator = new ProgressEstimator();
	#printed: {readonly where: string; readonly elapsedMs: number} | undefined;

	constructor({stdout}: Pick<CliIo, 'stdout'>) {
		this.#stdout = stdout;
	}

	update(status: MigrationStatus): void {
		// The end tells of itself.
		if (hasEnded(status)) return;
		const progress = this.#estimator.advance(status);
		const where = describePhase(status);
		const last = this.#printed;
		if (last?.where === where && status.elapsedMs < last.elapsedMs + LINE_INTERVAL_MS) return;
		this.#printed = {where, elapsedMs: status.elapsedMs};
		this.#line(renderLine(status, progress));
	}

	note(text: string): void {
		this.#line(printable(text));
	}

	end(result: MigrationResult, direction: MigrationStatus['direction']): void {
		this.#line(renderEnd(result, direction, plainStyle));
	}

	[Symbol.dispose](): void {
		// Nothing is held: every line stands for itself.
	}

	#line(text: string): void {
		this.#stdout.write(`${text}\n`);
	}
}

function renderLine(status: MigrationStatus, progress: number): string {
	const facts = [
		describePhase(status),
		status.pagesSent > 0 ? describeSent(status) : undefined,
		describeDisks(status),
		describeDirty(status),
		describeExpectedDowntime(status),
		status.reason === '' ? undefined : status.reason,
	];
	const route = describeRoute(status, {to: '->', from: '<-'});
	return printable(
		`${formatDuration(status.elapsedMs)} ${Math.floor(progress * 100)} % ${route}: ${facts.filter(fact => fact !== undefined).join('; ')}`,
	);
}
