/**
 * Cuts a byte stream into lines of UTF-8 text. A line longer than the limit is a fault of the peer: `push` throws a RangeError
 * before more of it is kept.
 */
export class LineReader {
	readonly #maxLineBytes: number;
	#rest: Uint8Array = new Uint8Array(0);

	constructor(maxLineBytes: number) {
		this.#maxLineBytes = maxLineBytes;
	}

	/** The lines that this chunk completes, without their line feed. Keeps a copy of the rest. */
	push(chunk: Uint8Array): string[] {
		const lines: string[] = [];
		let bytes = chunk;
		for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a)) {
			lines.push(new TextDecoder().decode(this.#joined(bytes.subarray(0, end))));
			this.#rest = new Uint8Array(0);
			bytes = bytes.subarray(end + 1);
		}

		this.#rest = this.#joined(bytes);
		return lines;
	}

	#joined(bytes: Uint8Array): Uint8Array {
		const length = this.#rest.byteLength + bytes.byteLength;
		if (length > this.#maxLineBytes) throw new RangeError(`a line has more than ${this.#maxLineBytes} bytes`);
		const joined = new Uint8Array(length);
		joined.set(this.#rest);
		joined.set(bytes, this.#rest.byteLength);
		return joined;
	}
}
