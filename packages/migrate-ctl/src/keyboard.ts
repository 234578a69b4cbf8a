import type {Input} from './io.ts';

/** Ctrl-], as telnet and other consoles have it. */
const ESCAPE = 0x1d;

/**
 * What is typed, byte by byte as it is typed where that is on a terminal: Ctrl-C and the like are the guest's then, and Ctrl-] ends the reading. What is piped
 * in goes as it is. The terminal is as it was when this is disposed of, and, as Node sees to, when the process ends before.
 */
export class Keyboard implements Disposable, AsyncIterable<Uint8Array> {
	readonly isTerminal: boolean;
	readonly #input: Input;
	#hasEscaped = false;

	constructor(input: Input) {
		this.#input = input;
		this.isTerminal = input.isTTY === true && input.setRawMode !== undefined;
		if (this.isTerminal) input.setRawMode?.(true);
	}

	/** Whether Ctrl-] was typed. */
	get hasEscaped(): boolean {
		return this.#hasEscaped;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
		for await (const chunk of this.#input as AsyncIterable<Uint8Array>) {
			const escape = this.isTerminal ? chunk.indexOf(ESCAPE) : -1;
			if (escape === -1) yield chunk;
			else {
				if (escape > 0) yield chunk.subarray(0, escape);
				this.#hasEscaped = true;
				return;
			}
		}
	}

	[Symbol.dispose](): void {
		if (this.isTerminal) this.#input.setRawMode?.(false);
		// Nobody waits for what is typed from here on.
		this.#input.destroy();
	}
}
