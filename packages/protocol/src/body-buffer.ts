import {FIRST_BODY_BUFFER_BYTES} from './limits.ts';

/** Collects the body of one record. The buffer doubles as bytes arrive: a claimed length that never comes costs nothing. */
export class BodyBuffer {
	#bytes = new Uint8Array(0);
	#wanted = 0;
	#filled = 0;

	/** Starts over for a body of `wanted` bytes. */
	begin(wanted: number): void {
		this.#bytes = new Uint8Array(0);
		this.#wanted = wanted;
		this.#filled = 0;
	}

	get missing(): number {
		return this.#wanted - this.#filled;
	}

	/** Takes what it can of `chunk` from `at` on and returns how many bytes that were. The bytes are copied. */
	push(chunk: Uint8Array, at: number): number {
		const taken = Math.min(this.missing, chunk.length - at);
		const end = this.#filled + taken;
		if (end > this.#bytes.length) this.#grow(end);
		this.#bytes.set(chunk.subarray(at, at + taken), this.#filled);
		this.#filled = end;
		return taken;
	}

	/** The whole body, which belongs to the caller from here on. Only once nothing is missing. */
	take(): Uint8Array {
		const bytes = this.#bytes;
		this.begin(0);
		return bytes;
	}

	#grow(least: number): void {
		const capacity = Math.min(this.#wanted, Math.max(least, this.#bytes.length * 2, FIRST_BODY_BUFFER_BYTES));
		const grown = new Uint8Array(capacity);
		grown.set(this.#bytes.subarray(0, this.#filled));
		this.#bytes = grown;
	}
}
