import {describeLimit, describeValue, type ObjectiveState} from './epoch-objectives.ts';

/** Objectives that are broken for so long are not about to be met. */
const RAISE_MS = 500;

/** All of them must have been met for so long that the alarm ends. */
const CLEAR_MS = 2000;

/** How often the figures of an alarm are brought up to date, in milliseconds. */
const REFRESH_MS = 1000;

/** The recent epochs, means; undefined until there was one. */
export type EpochMeans = {
	readonly intervalMs: number | undefined;
	readonly standstillMs: number | undefined;
	readonly pages: number | undefined;
	readonly ackLagMs: number | undefined;
};

export type Judgement = {
	readonly nowMs: number;
	/** What was measured holds since then. */
	readonly sinceMs: number;
	readonly broken: readonly ObjectiveState[];
	readonly kept: readonly ObjectiveState[];
	/** The epochs are on their way to where all would be met. */
	readonly mayYetBeMet: boolean;
	readonly epoch: EpochMeans;
};

/** Says in words that objectives are not met, once that has lasted, until they have been for a while. No clock. */
export class EpochAlarm {
	#text: string | undefined;
	#textMs = 0;
	#brokenSinceMs: number | undefined;
	#metSinceMs: number | undefined;

	/** One sentence with the numbers in it, without a full stop; undefined = no alarm. */
	get text(): string | undefined {
		return this.#text;
	}

	judge({nowMs, sinceMs, broken, kept, mayYetBeMet, epoch}: Judgement): void {
		if (broken.length === 0) {
			this.#brokenSinceMs = undefined;
			this.#metSinceMs ??= nowMs;
			if (nowMs - this.#metSinceMs >= CLEAR_MS) this.#text = undefined;
			return;
		}

		this.#metSinceMs = undefined;
		this.#brokenSinceMs ??= sinceMs;
		if (this.#text !== undefined) {
			if (nowMs - this.#textMs < REFRESH_MS) return;
		} else if (mayYetBeMet || nowMs - this.#brokenSinceMs < RAISE_MS) return;

		this.#text = describe(broken, kept, epoch);
		this.#textMs = nowMs;
	}
}

function describe(broken: readonly ObjectiveState[], kept: readonly ObjectiveState[], epoch: EpochMeans): string {
	const faults = broken.map(state => `${describeLimit(state)} is not met, it is ${describeValue(state.name, state.value)}`).join(', and ');
	const facts = [
		epoch.intervalMs === undefined ? undefined : `epochs of ${epoch.intervalMs.toFixed(0)} ms`,
		epoch.standstillMs === undefined ? undefined : `pauses of ${epoch.standstillMs.toFixed(1)} ms`,
		epoch.pages === undefined ? undefined : `${epoch.pages.toFixed(0)} pages`,
		epoch.ackLagMs === undefined ? undefined : `acknowledgements after ${epoch.ackLagMs.toFixed(0)} ms`,
	].filter(fact => fact !== undefined);
	const figures = facts.length === 0 ? '' : `, with ${facts.join(', ')}`;
	const others = kept.length === 0 ? '' : `; other epochs would break ${kept.map(state => describeLimit(state)).join(' and ')}`;
	return `${faults}${figures}${others}`;
}
