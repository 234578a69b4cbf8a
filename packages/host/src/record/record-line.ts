import * as v from 'valibot';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Amount = v.pipe(v.number(), v.minValue(0));
const Text = v.string();

/** An error as it is recorded: all of its fields, with the causes of both hosts, outermost first. */
export const RecordedFault = v.object({
	code: Text,
	message: Text,
	side: Text,
	phase: Text,
	/** A host's name; null = nowhere; `?` = not known. */
	runsOn: v.nullable(Text),
	next: v.nullable(Text),
	causes: v.array(Text),
});
export type RecordedFault = v.InferOutput<typeof RecordedFault>;

/** What ends a precopy, in the units of the configuration; null = that decides nothing. */
const Limits = v.object({
	maxIterations: Count,
	dirtyThresholdPages: Count,
	maxDowntimeMs: v.nullable(Amount),
	deadlineMs: v.nullable(Amount),
	onDeadline: Text,
	onStall: Text,
	/** Which policies were asked, in this order; undefined: every built-in one that has its limit. */
	use: v.optional(v.array(Text)),
});

/** The first line of every file: who records what. A daemon that takes a migration up after another one writes a second, into the same file. */
const Begin = v.object({
	kind: v.literal('begin'),
	format: v.literal(1),
	id: Text,
	domain: Text,
	uuid: v.optional(Text),
	direction: v.picklist(['outgoing', 'incoming', 'save', 'restore']),
	/** Of the daemon that records, and of the other one; empty where there is none. */
	host: Text,
	peer: Text,
	/** Name and version: `sterna-sender 0.1.0`. */
	software: Text,
	memoryBytes: v.optional(Count),
	incarnation: v.optional(Count),
	/** At the source: how it was to be moved. */
	limits: v.optional(Limits),
	bandwidthLimitBytesPerSecond: v.optional(v.nullable(Amount)),
	channels: v.optional(Count),
	compression: v.optional(Text),
	deltaCacheBytes: v.optional(Count),
	/** For so long the last pass ignores every limit of bandwidth. */
	downtimeBudgetMs: v.optional(Amount),
	/** For so long a lost link is tried to be made anew. */
	reconnectMs: v.optional(Amount),
	stream: v.optional(Text),
	proof: v.optional(Text),
	/** As configured; what came of it is in `opened`. */
	tracker: v.optional(Text),
});

/** The source's guest is open. */
const Opened = v.object({
	kind: v.literal('opened'),
	/** By which its writes are tracked: `pagemap-scan`, …; empty where they are not, as of a guest that is paused. */
	tracker: Text,
	totalPages: Count,
});

/** What the other end is, and how its clock stands: `offsetMs` is added to a time of this host for the same moment of the other's. */
const Peer = v.object({
	kind: v.literal('peer'),
	host: Text,
	software: Text,
	offsetMs: v.optional(v.number()),
	/** The offset is known to this, either way. */
	uncertaintyMs: v.optional(Amount),
	roundTripMs: v.optional(Amount),
});

/** `pagesInHand`: of a switch, the pages that were given to the data connections and not yet to the kernel: they are sent before the guest is paused. */
const Phase = v.object({kind: v.literal('phase'), phase: Text, reason: Text, pagesInHand: v.optional(Count)});

/** The figures of the moment, some times a second, fewer in long migrations. */
const Sample = v.object({
	kind: v.literal('sample'),
	iteration: Count,
	pagesSent: Count,
	/** On the wire. */
	bytesSent: Count,
	remainingPages: Count,
	dirtyPages: v.optional(Count),
	bandwidthBytesPerSecond: Amount,
	dirtyBytesPerSecond: Amount,
	expectedDowntimeMs: v.optional(Amount),
	bandwidthLimitBytesPerSecond: v.optional(Amount),
	progress: v.optional(Amount),
});

/** A scan of the dirty log: what the guest wrote since the one before, each page once. */
const Scan = v.object({
	kind: v.literal('scan'),
	dirtyPages: Count,
	/** Since the scan before, or since tracking began. */
	sinceMs: Amount,
	/** Pages that were written both in this interval and in the one before. */
	againPages: v.optional(Count),
	/** Pages of the guest's memory that were written since tracking began, each once. */
	everPages: v.optional(Count),
});

/** A pass over memory that is over. */
const Iteration = v.object({
	kind: v.literal('iteration'),
	iteration: Count,
	dirtyPages: Count,
	writtenPages: Count,
	durationMs: Amount,
	bandwidthBytesPerSecond: v.optional(Amount),
	dirtyBytesPerSecond: v.optional(Amount),
	waitsFor: v.optional(Text),
});

/** A policy's answer, where it is another than the one before. */
const Decision = v.object({kind: v.literal('decision'), action: Text, because: Text});

/** What the operator asked for: a command, or new limits. */
const Command = v.object({kind: v.literal('command'), command: Text, detail: Text});

/** A link opened, or was lost. */
const Link = v.object({kind: v.literal('link'), link: Count, state: v.picklist(['opened', 'lost']), error: v.optional(RecordedFault)});

const ErrorLine = v.object({kind: v.literal('error'), error: RecordedFault});

/** Something else worth a line: a hook, a proof, a repaired page, a forecast. */
const Note = v.object({kind: v.literal('note'), text: Text});

/** Milliseconds of the downtime, as the control channel's DowntimeParts has them. */
const Downtime = v.object({
	kind: v.literal('downtime'),
	totalMs: Amount,
	parts: v.record(Text, Amount),
});

/** The last line; one that was `undecided` may be followed by another, which counts. A file without one is of a daemon that died, or of what is still under way. */
const End = v.object({
	kind: v.literal('end'),
	outcome: v.picklist(['completed', 'aborted', 'failed', 'undecided']),
	/** As in a fault. */
	runsOn: v.nullable(Text),
	totalMs: Amount,
	downtimeMs: v.optional(Amount),
	iterations: Count,
	pagesSent: Count,
	bytesSent: Count,
	because: v.optional(Text),
	digest: v.optional(Text),
	error: v.optional(RecordedFault),
});

const Facts = v.variant('kind', [
	Begin,
	Opened,
	Peer,
	Phase,
	Sample,
	Scan,
	Iteration,
	Decision,
	Command,
	Link,
	ErrorLine,
	Note,
	Downtime,
	End,
]);

/** What one line of a recording says, its time and side aside. */
export type RecordFacts = v.InferOutput<typeof Facts>;
export type RecordKind = RecordFacts['kind'];

/**
 * A line of a migration's recording. `atMs`: milliseconds since the Unix epoch, with fractions, by the clock of the daemon that wrote it; in a merged
 * recording by the source's. `side`: whose line it is.
 */
export const RecordLine = v.intersect([v.object({atMs: v.number(), side: v.picklist(['sender', 'receiver'])}), Facts]);
export type RecordLine = v.InferOutput<typeof RecordLine>;

/** A line as it stands in a file, without its end. A microsecond is fine enough for every figure, and a third as long. */
export function encodeRecordLine(line: RecordLine): string {
	return JSON.stringify(line, (_key, value: unknown) =>
		typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1000) / 1000 : value,
	);
}

/** The line of JSON, or undefined where it is none: cut off by a daemon's death, or of a later version. */
export function parseRecordLine(text: string): RecordLine | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}

	const parsed = v.safeParse(RecordLine, value);
	return parsed.success ? parsed.output : undefined;
}
