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
	#rest = '';
	#isInFailure = false;
	#hasSummary = false;

	constructor(onResult: (passed: boolean, title: string) => void = () => {}) {
		this.#onResult = onResult;
	}

	/** Whether ava came to its summary, the last it prints. It does not where a test stood still until its timeout: tests are then missing. */
	get isWhole(): boolean {
		return this.#hasSummary;
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
		if (/^# fail \d+$/.test(line)) this.#hasSummary = true;
		const result = /^(?<not>not )?ok \d+ - (?<title>.*)$/.exec(line);
		if (result?.groups) {
			const {not, title = ''} = result.groups;
			this.#isInFailure = false;
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
}
