import type {Facts} from '../../src/forecast/facts.ts';
import type {LinkFigures} from '../../src/forecast/probe-link.ts';
import type {WriteScan} from '../../src/forecast/sample-writes.ts';

export type Guest = {
	readonly memoryPages?: number;
	/** Different pages that it writes, again and again in turn. */
	readonly hotPages: number;
	readonly pagesPerSecond: number;
};

/** Facts of a guest that writes to its hot pages one after another, and of a link of so many bytes a second. */
export function factsOf(
	{memoryPages = 65_536, hotPages, pagesPerSecond}: Guest,
	{bytesPerSecond, isLimit = false}: {readonly bytesPerSecond: number; readonly isLimit?: boolean},
): Facts {
	let ms = 0;
	let everPages = 0;
	const scans: WriteScan[] = [20, 50, 100, 200, 500, 1000, 20, 50, 100, 200, 500, 1000].map(sinceMs => {
		ms += sinceMs;
		const unique = (interval: number): number => Math.min(hotPages, Math.round((pagesPerSecond * interval) / 1000));
		const newPages = unique(ms) - everPages;
		everPages += newPages;
		return {sinceMs, dirtyPages: unique(sinceMs), newPages, scanMs: 0.2};
	});
	const figures = (rate: number): LinkFigures => ({
		pages: 10_000,
		ms: (10_000 * 4100 * 1000) / rate,
		wireBytes: 10_000 * 4100,
		zeroPages: 0,
		busyCores: 0.3,
	});
	return {
		kind: 'workload',
		sample: {scans, sampledMs: ms, writtenPages: hotPages},
		besideProbe: {scans: [], sampledMs: 0, writtenPages: 0},
		probe: {
			roundTripMs: 0.2,
			populateMsPerPage: 0.0002,
			processStartMs: 40,
			connectMs: 2,
			ofAll: figures(bytesPerSecond),
			ofWritten: figures(bytesPerSecond),
			unlimited: isLimit ? figures(bytesPerSecond * 10) : undefined,
		},
		populatedPages: memoryPages,
		contentPages: memoryPages,
		memoryPages,
		openMs: 5,
		bandwidthLimit: isLimit ? bytesPerSecond : undefined,
		downtimeBudgetMs: 500,
		channels: 1,
		compression: 'none',
		deltaCacheBytes: 0,
		hasDisks: false,
		ownPolicies: [],
		otherMigrations: 0,
	};
}
