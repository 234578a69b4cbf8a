import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** A directory that is gone with everything in it when it is disposed of, or when this process exits. */
export class TemporaryDirectory implements Disposable {
	readonly path: string;
	/** Tries again where a process that was just killed still writes. */
	readonly #remove = (): void => rmSync(this.path, {recursive: true, force: true, maxRetries: 10, retryDelay: 100});

	constructor(name: string) {
		this.path = mkdtempSync(path.join(tmpdir(), `sterna-${name}-`));
		process.once('exit', this.#remove);
	}

	[Symbol.dispose](): void {
		process.off('exit', this.#remove);
		this.#remove();
	}
}
