import {closeSync, constants, openSync, unlinkSync} from 'node:fs';
import {operationError} from '@sterna/host';

/** The file of `--tee`. Gone again when it is disposed of, unless it is kept: what remains of a migration that failed is no stream. */
export class Tee implements Disposable {
	readonly #file: string;
	/** Undefined: a link owns it. */
	#fd: number | undefined;
	#isKept = false;

	private constructor(file: string, fd: number) {
		this.#file = file;
		this.#fd = fd;
	}

	/** Makes the file, which must not be there. Before anything else happens: a tee that cannot be written must not cost a migration. Throws ERR_FILE. */
	static create(file: string): Tee {
		try {
			return new Tee(file, openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
		} catch (error) {
			const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
			throw operationError(
				'ERR_FILE',
				isThere ? `${file} exists already` : `${file} cannot be made for the tee`,
				{side: 'sender', phase: 'request', runsOn: {kind: 'unknown'}},
				{cause: error},
			);
		}
	}

	/** Whether a link owns, or owned, the descriptor. */
	get isTaken(): boolean {
		return this.#fd === undefined;
	}

	/** The descriptor, for a link that owns it from here on. Once. */
	takeDescriptor(): number {
		const fd = this.#fd;
		if (fd === undefined) throw new TypeError('the descriptor of the tee was taken already');
		this.#fd = undefined;
		return fd;
	}

	/** The stream in it is whole, or may be. */
	keep(): void {
		this.#isKept = true;
	}

	[Symbol.dispose](): void {
		if (this.#fd !== undefined) closeSync(this.#fd);
		this.#fd = undefined;
		if (this.#isKept) return;
		this.#isKept = true;
		try {
			unlinkSync(this.#file);
		} catch {
			// Somebody else removed it.
		}
	}
}
