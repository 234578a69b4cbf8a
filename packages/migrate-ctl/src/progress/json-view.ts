import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import type {CliIo} from '../io.ts';
import {ProgressEstimator} from './estimate.ts';
import {resultJson, statusJson} from './migration-json.ts';
import type {MigrationView} from './view.ts';

/** One JSON object a line for programs: `{"migration":…}` for each event, at the end `{"downtime":…}` where it is known, and last `{"result":…}`. */
export class JsonView implements MigrationView {
	readonly #stdout: CliIo['stdout'];
	readonly #estimator = new ProgressEstimator();
	/** Passes are told of once, in the line behind their end: lines stay short. */
	#lastIteration = 0;

	constructor({stdout}: Pick<CliIo, 'stdout'>) {
		this.#stdout = stdout;
	}

	update(status: MigrationStatus): void {
		const iterations = status.iterations.filter(({iteration}) => iteration > this.#lastIteration);
		this.#lastIteration = iterations.at(-1)?.iteration ?? this.#lastIteration;
		this.#line({migration: statusJson({...status, iterations}, this.#estimator.advance(status))});
	}

	note(text: string): void {
		this.#line({note: text});
	}

	leave(text: string): void {
		this.note(text);
	}

	end(result: MigrationResult): void {
		if (result.downtimeParts !== undefined) this.#line({downtime: result.downtimeParts});
		this.#line({result: resultJson(result)});
	}

	[Symbol.dispose](): void {
		// Nothing is held: every line stands for itself.
	}

	#line(value: object): void {
		this.#stdout.write(`${JSON.stringify(value)}\n`);
	}
}
