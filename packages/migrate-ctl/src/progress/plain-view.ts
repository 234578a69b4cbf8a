import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {CliIo} from '../io.ts';
import {printable} from '../render/printable.ts';
import {formatDuration} from '@sterna/host/units';
import {plainStyle} from '../render/style.ts';
import {describeDirty, describeDisks, describeExpectedDowntime, describePhase, describeRoute, describeSent, hasEnded} from './describe.ts';
import {describeConvergence, describeIteration, describeLeft, describePolicyFault} from './describe-outlook.ts';
import {ProgressEstimator} from './estimate.ts';
import type {BarCells} from './bar.ts';
import {inCells} from './render-frame.ts';
import {renderEnd} from './render-end.ts';
import type {MigrationView} from './view.ts';

/** Milliseconds of the migration between two lines in which nothing but the amounts changed. */
const LINE_INTERVAL_MS = 2000;

/**
 * Lines for a log or a pipe: one for each phase, one for each pass that is over, with what is waited for, one where it becomes known that it will not converge, and one
 * now and then in between. No colours, no cursor movement.
 */
export class PlainView implements MigrationView {
	readonly #stdout: CliIo['stdout'];
	readonly #cells: BarCells;
	readonly #estimator = new ProgressEstimator();
	#printed: {readonly where: string; readonly elapsedMs: number} | undefined;
	#lastIteration = 0;
	/** States that were told of, and go on. */
	readonly #told = new Set<string>();

	constructor({stdout, unicode}: Pick<CliIo, 'stdout' | 'unicode'>) {
		this.#stdout = stdout;
		this.#cells = unicode ? 'blocks' : 'ascii';
	}

	update(status: MigrationStatus): void {
		// The end tells of itself.
		if (hasEnded(status)) return;
		const progress = this.#estimator.advance(status);
		for (const pass of status.iterations) {
			if (pass.iteration <= this.#lastIteration) continue;
			this.#lastIteration = pass.iteration;
			this.#fact(status, progress, describeIteration(pass));
		}

		this.#once(status, progress, 'policy', describePolicyFault(status));
		this.#once(status, progress, 'convergence', status.convergence === 'will-not-converge' ? describeConvergence(status) : undefined);
		// A pass has a line of its own when it is over.
		const where = `${status.phase} ${status.transferPaused === true}`;
		const last = this.#printed;
		if (last?.where === where && status.elapsedMs < last.elapsedMs + LINE_INTERVAL_MS) return;
		this.#printed = {where, elapsedMs: status.elapsedMs};
		this.#fact(status, progress, describeMoment(status));
	}

	note(text: string): void {
		this.#line(printable(text));
	}

	leave(text: string): void {
		this.note(text);
	}

	end(result: MigrationResult, direction: MigrationStatus['direction']): void {
		this.#line(renderEnd(result, direction, plainStyle));
	}

	[Symbol.dispose](): void {
		// Nothing is held: every line stands for itself.
	}

	/** A state is told of when it begins, whatever its figures become. */
	#once(status: MigrationStatus, progress: number, about: string, text: string | undefined): void {
		if (text !== undefined && !this.#told.has(about)) this.#fact(status, progress, text);
		if (text === undefined) this.#told.delete(about);
		else this.#told.add(about);
	}

	#fact(status: MigrationStatus, progress: number, text: string): void {
		const route = describeRoute(status, {to: '->', from: '<-'});
		const at = `${formatDuration(status.elapsedMs)} ${Math.floor(progress * 100)} %`;
		this.#line(printable(inCells(`${at} ${route}: ${text}`, this.#cells)));
	}

	#line(text: string): void {
		this.#stdout.write(`${text}\n`);
	}
}

function describeMoment(status: MigrationStatus): string {
	const facts = [
		describePhase(status),
		status.pagesSent > 0 ? describeSent(status) : undefined,
		describeDisks(status),
		describeDirty(status),
		describeExpectedDowntime(status),
		status.waitsFor,
		describeLeft(status),
		status.reason === '' ? undefined : status.reason,
	];
	return facts.filter(fact => fact !== undefined).join('; ');
}
