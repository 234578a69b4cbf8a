/** Somebody waits until it is woken, or for a while. One at a time. */
export class Wake {
	#resolve: (() => void) | undefined;
	#timer: NodeJS.Timeout | undefined;

	/** Resolves when woken, or after so many milliseconds, which are rounded to whole ones; Infinity = only when woken. */
	async wait(milliseconds: number): Promise<void> {
		await new Promise<void>(resolve => {
			this.#resolve = resolve;
			if (milliseconds !== Infinity) this.#timer = setTimeout(this.wake, Math.round(milliseconds));
		});
	}

	/** Nothing where nobody waits. */
	readonly wake = (): void => {
		clearTimeout(this.#timer);
		this.#resolve?.();
		this.#resolve = undefined;
	};
}
