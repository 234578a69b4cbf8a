/** A stretch of an output without a result: how long, in ms, and the title of the result that it came behind, where there was one. */
export type Silence = {readonly ms: number; readonly after: string | undefined};

export type TapTallyOptions = {
	/** Told of each result that counts. */
	readonly onResult?: (passed: boolean, title: string) => void;
	/** A clock that only goes forward, in ms. */
	readonly now?: () => number;
};

/**
 * Counts the results in the TAP that `ava --tap` prints, as it comes in, and keeps what it says of each failure.
 * Tests skipped or marked as failing on purpose count as neither.
 */
export class TapTally {
	passed = 0;
	failed = 0;
	/** The title and details of each failed test, as ava printed them. */
	readonly failures: string[] = [];
	readonly #onResult: (passed: boolean, title: string) => void;
	readonly #now: () => number;
	#rest = '';
	#isInFailure = false;
	#hasSummary = false;
	#longestSilence: Silence = {ms: 0, after: undefined};
	#last: {readonly atMs: number; readonly title: string | undefined};

	constructor({onResult = () => {}, now = () => performance.now()}: TapTallyOptions = {}) {
		this.#onResult = onResult;
		this.#now = now;
		this.#last = {atMs: now(), title: undefined};
	}

	/** Whether ava came to its summary, the last it prints. It does not where it was ended itself: tests are then missing. */
	get isWhole(): boolean {
		return this.#hasSummary;
	}

	/** The longest time in which no result came, from the start to the summary. */
	get longestSilence(): Silence {
		return this.#longestSilence;
	}

	/** Takes the next piece of output, cut anywhere. */
	push(text: string): void {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) this.#line(line);
	}

	/** The output is over: counts what stands on an unfinished last line. */
	end(): void {
		this.#line(this.#rest);
		this.#rest = '';
	}

	#line(line: string): void {
		if (/^# fail \d+$/.test(line)) {
			this.#hasSummary = true;
			this.#endSilence(undefined);
		}

		const result = /^(?<not>not )?ok \d+ - (?<title>.*)$/.exec(line);
		if (result?.groups) {
			const {not, title = ''} = result.groups;
			this.#isInFailure = false;
			this.#endSilence(title);
			if (/ # (?:SKIP|TODO)\b/.test(title)) return;
			if (not === undefined) {
				this.passed += 1;
			} else {
				this.failed += 1;
				this.failures.push(title);
				this.#isInFailure = true;
			}

			this.#onResult(not === undefined, title);
		} else if (this.#isInFailure && line.startsWith(' ')) {
			this.failures[this.failures.length - 1] += `\n${line}`;
		}
	}

	#endSilence(title: string | undefined): void {
		const atMs = this.#now();
		const ms = atMs - this.#last.atMs;
		if (ms > this.#longestSilence.ms) this.#longestSilence = {ms, after: this.#last.title};
		this.#last = {atMs, title};
	}
}
