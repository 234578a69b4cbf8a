import type {Output} from '../../io.ts';

/** So much text is written at once. */
const PIECE_CHARACTERS = 64 * 1024;

/** Writes lines in large pieces, and waits for a slow reader instead of keeping them. */
export class LineWriter {
	readonly #output: Output;
	#text = '';

	constructor(output: Output) {
		this.#output = output;
	}

	line(text: string): void {
		this.#text += `${text}\n`;
	}

	/** Writes what has come together, once that is much. */
	async breathe(): Promise<void> {
		if (this.#text.length >= PIECE_CHARACTERS) await this.flush();
	}

	/** Writes everything, and gives the process a moment to notice signals and a reader that went away. */
	async flush(): Promise<void> {
		const text = this.#text;
		this.#text = '';
		if (text !== '' && !this.#output.write(text)) {
			await new Promise<void>(resolve => {
				this.#output.once('drain', resolve);
			});
		}

		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
	}
}
