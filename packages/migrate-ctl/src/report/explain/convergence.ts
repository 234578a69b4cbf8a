import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {bandwidthLimitOf, counted, meanBandwidth, percent, sentOf} from '../facts.ts';
import type {MigrationRecord, SideRecord} from '../record.ts';
import type {Remedy} from './explanation.ts';

/** How the guest's writes stood to what was sent of them, over the passes of a precopy. */
export type Convergence = {
	/** Passes that were finished, the full one included. */
	readonly passes: number;
	/** Pages that were due as the first pass after the full one began, and as the last one did; undefined: there was none. */
	readonly firstDirtyPages: number | undefined;
	readonly lastDirtyPages: number | undefined;
	readonly leastDirtyPages: number | undefined;
	readonly dirtyBytesPerSecond: number | undefined;
	readonly bandwidthBytesPerSecond: number | undefined;
	/** What the pause would have cost in the end. */
	readonly switchMs: number | undefined;
	/** What the limits allowed for it; undefined: no target was set. */
	readonly maxDowntimeMs: number | undefined;
	/** Of memory, sent when it ended: 0 to 1 in the first pass. */
	readonly sentShare: number | undefined;
};

/** A dirty set that fell by less than a twentieth is one that does not fall, as the policy has it. */
const LEAST_PROGRESS = 0.05;

export function convergenceOf({main}: Pick<MigrationRecord, 'main'>): Convergence {
	const later = main.iterations.filter(({iteration}) => iteration > 1);
	const dirty = later.length > 0 ? later.map(({dirtyPages}) => dirtyPages) : main.scans.map(({dirtyPages}) => dirtyPages);
	const rates = later.map(({dirtyBytesPerSecond}) => dirtyBytesPerSecond).filter(rate => rate !== undefined);
	const lastSample = main.samples.at(-1);
	const bandwidth = bandwidthOver(later) ?? meanBandwidth(main);
	const lastDirtyPages = dirty.at(-1);
	const memoryBytes = main.begin?.memoryBytes;
	return {
		passes: Math.max(0, ...main.iterations.map(({iteration}) => iteration)),
		firstDirtyPages: dirty[0],
		lastDirtyPages,
		leastDirtyPages: dirty.length === 0 ? undefined : Math.min(...dirty),
		dirtyBytesPerSecond: rates.length > 0 ? middle(rates) : positive(lastSample?.dirtyBytesPerSecond),
		bandwidthBytesPerSecond: bandwidth,
		switchMs: lastDirtyPages === undefined || bandwidth === undefined ? undefined : (lastDirtyPages * PAGE_SIZE_BYTES * 1000) / bandwidth,
		maxDowntimeMs: main.begin?.limits?.maxDowntimeMs ?? undefined,
		sentShare: memoryBytes === undefined || memoryBytes === 0 ? undefined : (sentOf(main).pagesSent * PAGE_SIZE_BYTES) / memoryBytes,
	};
}

/** Of passes together: one alone that is short tells more of its scan than of the link. */
function bandwidthOver(passes: SideRecord['iterations']): number | undefined {
	let [bytes, ms] = [0, 0];
	for (const {bandwidthBytesPerSecond, durationMs} of passes) {
		if (bandwidthBytesPerSecond === undefined) continue;
		bytes += (bandwidthBytesPerSecond * durationMs) / 1000;
		ms += durationMs;
	}

	return ms > 0 ? (bytes * 1000) / ms : undefined;
}

/** What the dirty set did, in sentences with its figures. */
export function describeConvergence(record: MigrationRecord): string[] {
	const now = convergenceOf(record);
	const {firstDirtyPages, lastDirtyPages, leastDirtyPages, dirtyBytesPerSecond, bandwidthBytesPerSecond, sentShare} = now;
	if (now.passes === 0)
		return [
			`Not even the first pass over memory was finished${sentShare === undefined ? '' : `: ${percent(Math.min(1, sentShare))} of it was sent`}${rateOf(record, bandwidthBytesPerSecond)}.`,
		];
	const sentences: string[] = [];
	if (firstDirtyPages !== undefined && lastDirtyPages !== undefined && leastDirtyPages !== undefined) {
		const falls = leastDirtyPages < firstDirtyPages * (1 - LEAST_PROGRESS);
		sentences.push(
			falls
				? `Over ${counted(now.passes, 'pass', 'passes')} the dirty set fell from ${pagesAndSize(firstDirtyPages)} to ${pagesAndSize(leastDirtyPages)}, and was ${pagesAndSize(lastDirtyPages)} at the end.`
				: `Over ${counted(now.passes, 'pass', 'passes')} the dirty set did not fall: it was ${pagesAndSize(firstDirtyPages)} after the first and ${pagesAndSize(lastDirtyPages)} at the end.`,
		);
	}

	if (dirtyBytesPerSecond !== undefined && bandwidthBytesPerSecond !== undefined)
		sentences.push(
			`The guest wrote ${formatRate(dirtyBytesPerSecond)} (each page counted once a pass), and ${formatRate(bandwidthBytesPerSecond)} were sent${limitNote(record)}${
				dirtyBytesPerSecond >= bandwidthBytesPerSecond * 0.9 ? ': pages became dirty as fast as they left' : ''
			}.`,
		);
	if (now.switchMs !== undefined)
		sentences.push(
			`Pausing the guest at the end would have cost about ${formatDuration(now.switchMs)}${
				now.maxDowntimeMs === undefined
					? '; no downtime limit was set that it could have met'
					: `, and ${formatDuration(now.maxDowntimeMs)} were allowed`
			}.`,
		);
	return sentences;
}

/** As `history` shows ids: enough to find one by. */
const ID_LETTERS = 8;

/** Changes that would have let it switch, by its own figures. */
export function convergenceRemedies(record: MigrationRecord): Remedy[] {
	const {switchMs, maxDowntimeMs, lastDirtyPages, leastDirtyPages, passes} = convergenceOf(record);
	const {main, domain, target, direction} = record;
	// Who moved it chooses how: on the other host there is nothing to be done.
	if (direction !== 'outgoing') return [];
	const start = `migrate-ctl start ${domain} ${target}`;
	const remedies: Remedy[] = [];
	// What was tried on the recording is not tried on the guest.
	const onRecording: Remedy[] = [];
	const limit = bandwidthLimitOf(main);
	const deadlineMs = main.begin?.limits?.deadlineMs ?? undefined;
	if (switchMs !== undefined && lastDirtyPages !== undefined && lastDirtyPages > 0) {
		const allowed = niceMs(switchMs * 1.3);
		remedies.push({
			text: `Allow a longer pause: a downtime limit of ${formatDuration(allowed)} would have been met.`,
			command: `${start} --max-downtime ${allowed}ms`,
		});
		onRecording.push({
			text: 'Try it on this recording first, with that or other limits: nothing is moved.',
			command: `migrate-ctl replay ${record.id.slice(0, ID_LETTERS)} --max-downtime ${allowed}ms`,
		});
		if (maxDowntimeMs !== undefined && leastDirtyPages !== undefined && leastDirtyPages > 0 && switchMs > maxDowntimeMs) {
			const needed = (leastDirtyPages * PAGE_SIZE_BYTES * 1000) / maxDowntimeMs;
			remedies.push({
				text: `Give it more bandwidth: ${formatSize(leastDirtyPages * PAGE_SIZE_BYTES)} within ${formatDuration(maxDowntimeMs)} need ${formatRate(needed)}${
					limit === undefined ? '' : `, and the limit was ${formatRate(limit)}`
				}.`,
				...(limit === undefined ? {} : {command: `${start} --max-downtime ${maxDowntimeMs}ms --bandwidth ${rateArgument(needed)}`}),
			});
		}
	}

	if (limit !== undefined && remedies.every(({command}) => command?.includes('--bandwidth') !== true))
		remedies.push({text: `Lift the bandwidth limit of ${formatRate(limit)}.`, command: `${start} --bandwidth none`});
	if (passes === 0 && deadlineMs !== undefined) remedies.push(...firstPassRemedy(record, start));
	remedies.push({
		text: 'End the precopy at the deadline by the switch, whatever the pause then is.',
		command: `${start} --deadline ${deadlineMs === undefined ? '2m' : `${Math.ceil(deadlineMs / 1000)}s`} --on-deadline stop-and-copy`,
	});
	const forecast: Remedy = {
		text: 'See what it would be like now, by what the guest writes and what the link carries:',
		command: `migrate-ctl forecast ${domain} ${target}`,
	};
	return [...remedies, ...onRecording, forecast];
}

/** The full pass takes its time, whatever the guest writes. */
function firstPassRemedy({main}: MigrationRecord, start: string): Remedy[] {
	const [memoryBytes, bandwidth] = [main.begin?.memoryBytes, meanBandwidth(main)];
	if (memoryBytes === undefined || bandwidth === undefined) return [];
	const ms = (memoryBytes * 1000) / bandwidth;
	return [
		{
			text: `Set a later deadline: at this bandwidth the full pass alone takes ${formatDuration(ms)}.`,
			command: `${start} --deadline ${Math.ceil((ms * 1.5) / 1000)}s`,
		},
	];
}

function limitNote({main}: MigrationRecord): string {
	const limit = bandwidthLimitOf(main);
	return limit === undefined ? '' : `, by a limit of ${formatRate(limit)}`;
}

function rateOf(record: MigrationRecord, bandwidthBytesPerSecond: number | undefined): string {
	return bandwidthBytesPerSecond === undefined ? '' : `, at ${formatRate(bandwidthBytesPerSecond)}${limitNote(record)}`;
}

/** `16,384 pages (64 MiB)`. */
export function pagesAndSize(pages: number): string {
	return `${counted(pages, 'page')} (${formatSize(pages * PAGE_SIZE_BYTES)})`;
}

/** Rounded up to two digits, for a command that a person types. */
function niceMs(ms: number): number {
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, ms))) - 1);
	return Math.max(1, Math.ceil(ms / step) * step);
}

function rateArgument(bytesPerSecond: number): string {
	return `${Math.max(1, Math.ceil(bytesPerSecond / 1e6))}MB/s`;
}

function middle(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function positive(value: number | undefined): number | undefined {
	return value === undefined || value <= 0 ? undefined : value;
}
