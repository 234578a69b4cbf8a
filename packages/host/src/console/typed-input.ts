import {orAborted} from '../task-group.ts';

/** What is typed at a console, piece by piece, to wherever the guest is: a piece that one place did not take waits for the next. */
export class TypedInput {
	readonly #pieces: AsyncIterator<Uint8Array, unknown>;
	#next: Promise<IteratorResult<Uint8Array, unknown>> | undefined;

	constructor(pieces: AsyncIterable<Uint8Array>) {
		this.#pieces = pieces[Symbol.asyncIterator]();
	}

	/** Gives pieces to `take` until it is disposed of, one place at a time. `onRefused` is called when `take` fails; nothing more is given to it then. */
	feed(take: (piece: Uint8Array) => Promise<void>, onRefused: (error: unknown) => void): AsyncDisposable {
		const stopping = new AbortController();
		const feeding = this.#feed(take, stopping.signal).catch((error: unknown) => {
			if (!stopping.signal.aborted) onRefused(error);
		});
		return {
			async [Symbol.asyncDispose]() {
				stopping.abort();
				await feeding;
			},
		};
	}

	async #feed(take: (piece: Uint8Array) => Promise<void>, signal: AbortSignal): Promise<void> {
		for (;;) {
			this.#next ??= this.#pieces.next();
			const {done, value} = await orAborted(this.#next, signal);
			if (done === true) return;
			await orAborted(take(value), signal);
			this.#next = undefined;
		}
	}
}
