import type {CliIo, Input} from './io.ts';

const CTRL_C = '\u0003';

/** Whether somebody can be asked: what is typed comes from a terminal. */
export function canAsk({stdin}: Pick<CliIo, 'stdin'>): boolean {
	return stdin.isTTY === true && stdin.setRawMode !== undefined;
}

/**
 * Waits for one of some keys on a terminal, each as it is typed. The terminal is in its raw mode for as long as the question is open and no longer, and Node takes it
 * back also where the process ends in between; Ctrl-C is a key then, `onInterrupt`.
 */
export class KeyQuestion<Key extends string> implements Disposable {
	readonly #input: Input;
	readonly #onData: (chunk: Uint8Array) => void;
	#isOpen = true;

	constructor(
		{stdin}: Pick<CliIo, 'stdin'>,
		{keys, onKey, onInterrupt}: {readonly keys: readonly Key[]; readonly onKey: (key: Key) => void; readonly onInterrupt: () => void},
	) {
		this.#input = stdin;
		this.#onData = chunk => {
			for (const typed of new TextDecoder().decode(chunk).toLowerCase()) {
				const key = keys.find(candidate => candidate === typed);
				if (key === undefined && typed !== CTRL_C) continue;
				this[Symbol.dispose]();
				if (key === undefined) onInterrupt();
				else onKey(key);
				return;
			}
		};
		stdin.setRawMode?.(true);
		stdin.on('data', this.#onData);
		stdin.resume();
	}

	/** The question is over, answered or not. Idempotent. */
	[Symbol.dispose](): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#input.off('data', this.#onData);
		this.#input.pause();
		this.#input.setRawMode?.(false);
	}
}
