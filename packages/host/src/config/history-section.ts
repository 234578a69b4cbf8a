import * as v from 'valibot';
import {count, Duration} from './values.ts';

/** `[history]`: for how long it is kept what migrations did. */
export const HistorySection = v.strictObject({
	/** Entries and recordings that are older go. */
	keep: v.optional(Duration, '90d'),
	/** So many are kept at most, the latest ones, by each of the two daemons. */
	'max-records': v.optional(count(1, 1_000_000), 1000),
});

/** For how long, and of how many migrations at most, entries and recordings are kept. */
export type HistorySettings = {
	readonly keepMs: number;
	readonly maxRecords: number;
};

export function historySettings({keep, 'max-records': maxRecords}: v.InferOutput<typeof HistorySection>): HistorySettings {
	return {keepMs: keep, maxRecords};
}
