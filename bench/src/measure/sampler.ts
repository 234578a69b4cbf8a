/** A value at a time, in milliseconds since the epoch. */
export type Timed<Value> = {readonly atMs: number; readonly value: Value};

/** Looks at a value again and again, from its start until it is disposed of. */
export class Sampler<Value> implements Disposable {
	readonly samples: Timed<Value>[] = [];
	readonly #read: () => Value;
	readonly #timer: NodeJS.Timeout;

	/** `read` is called at once, every `intervalMs` from then on, and a last time at the end. */
	constructor(read: () => Value, {intervalMs}: {readonly intervalMs: number}) {
		this.#read = read;
		this.#take();
		this.#timer = setInterval(() => this.#take(), intervalMs);
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
		this.#take();
	}

	#take(): void {
		this.samples.push({atMs: performance.timeOrigin + performance.now(), value: this.#read()});
	}
}

/** A steadily growing value at a time between two samples of it, on the line between them; the nearest one outside of all. Throws TypeError for no samples. */
export function valueAt(samples: readonly Timed<number>[], atMs: number): number {
	const after = samples.find(sample => sample.atMs >= atMs);
	const before = samples.findLast(sample => sample.atMs < atMs);
	const nearest = after ?? before;
	if (nearest === undefined) throw new TypeError('no samples');
	if (after === undefined || before === undefined) return nearest.value;
	return before.value + ((after.value - before.value) * (atMs - before.atMs)) / (after.atMs - before.atMs);
}

/** How much a counter grew between two times. */
export function growthBetween(samples: readonly Timed<number>[], fromMs: number, toMs: number): number {
	return valueAt(samples, toMs) - valueAt(samples, fromMs);
}
