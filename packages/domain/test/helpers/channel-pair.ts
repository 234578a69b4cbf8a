import type {DiskChannel} from '../../src/disks.ts';

/** One direction: pieces of which one waits at most. */
class Way {
	#piece: Uint8Array | undefined;
	#hasEnded = false;
	#error: Error | undefined;
	#changed = Promise.withResolvers<void>();

	async write(bytes: Uint8Array): Promise<void> {
		while (this.#piece !== undefined && this.#error === undefined) await this.#changed.promise;
		if (this.#error !== undefined) throw this.#error;
		this.#piece = Uint8Array.from(bytes);
		this.#notify();
	}

	end(): void {
		this.#hasEnded = true;
		this.#notify();
	}

	cut(error: Error): void {
		this.#error ??= error;
		this.#notify();
	}

	async *read(): AsyncGenerator<Uint8Array, void, undefined> {
		for (;;) {
			if (this.#error !== undefined) throw this.#error;
			const piece = this.#piece;
			if (piece !== undefined) {
				this.#piece = undefined;
				this.#notify();
				yield piece;
			} else if (this.#hasEnded) return;
			else await this.#changed.promise;
		}
	}

	#notify(): void {
		const {resolve} = this.#changed;
		this.#changed = Promise.withResolvers();
		resolve();
	}
}

export type ChannelPair = {
	readonly near: DiskChannel;
	readonly far: DiskChannel;
	/** Both ends fail with it from now on, as with a connection that is lost. */
	readonly cut: (error: Error) => void;
};

/** Two ends of a channel, without a network between them. */
export function channelPair(): ChannelPair {
	const [there, back] = [new Way(), new Way()];
	const cut = (error: Error): void => {
		there.cut(error);
		back.cut(error);
	};
	const end = (from: Way, to: Way): DiskChannel => ({
		write: async bytes => to.write(bytes),
		end: async () => Promise.resolve(to.end()),
		[Symbol.asyncIterator]: () => from.read(),
		[Symbol.asyncDispose]: async () => Promise.resolve(cut(new Error('the channel was closed'))),
	});
	return {near: end(back, there), far: end(there, back), cut};
}
