/** The output of a process while it grows. */
export class GrowingText {
	text = '';
	#ended = false;
	#waiting: (() => void)[] = [];

	constructor(stream: NodeJS.ReadableStream) {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => {
			this.text += text;
			this.#wake();
		});
		stream.on('end', () => {
			this.#ended = true;
			this.#wake();
		});
	}

	/** Resolves once `text` is in it, so many times; rejects when it ends without. */
	async includes(text: string, times = 1): Promise<void> {
		while (this.text.split(text).length <= times) {
			if (this.#ended) throw new Error(`it ended without "${text}":\n${this.text}`);
			const {promise, resolve} = Promise.withResolvers<void>();
			this.#waiting.push(resolve);
			await promise;
		}
	}

	#wake(): void {
		for (const wake of this.#waiting.splice(0)) wake();
	}
}
