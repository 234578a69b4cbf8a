import {parseRecordLine, type RecordKind, type RecordLine} from '@sterna/host/record';

/** A line of one kind, with its time and side. */
export type LineOf<Kind extends RecordKind> = Extract<RecordLine, {readonly kind: Kind}>;

/** What one daemon recorded. Lists are in the order of time; an empty list: nothing of the kind was recorded. */
export type SideRecord = {
	readonly begin: LineOf<'begin'> | undefined;
	/** The beginnings of the daemons that went on with it, or settled it, behind one that died or was stopped. */
	readonly restarts: readonly LineOf<'begin'>[];
	/** Of the source alone. */
	readonly opened: LineOf<'opened'> | undefined;
	readonly peer: LineOf<'peer'> | undefined;
	/** How it ended, as this side knows it; undefined: its recording breaks off. */
	readonly end: LineOf<'end'> | undefined;
	readonly downtime: LineOf<'downtime'> | undefined;
	readonly phases: readonly LineOf<'phase'>[];
	readonly samples: readonly LineOf<'sample'>[];
	readonly scans: readonly LineOf<'scan'>[];
	readonly iterations: readonly LineOf<'iteration'>[];
	readonly decisions: readonly LineOf<'decision'>[];
	readonly commands: readonly LineOf<'command'>[];
	readonly links: readonly LineOf<'link'>[];
	readonly errors: readonly LineOf<'error'>[];
	readonly notes: readonly LineOf<'note'>[];
	/** Of its last line. */
	readonly lastAtMs: number;
};

/** The recording of one migration: of one host, or of both by the clock of the source. Times are milliseconds since the Unix epoch. */
export type MigrationRecord = {
	readonly id: string;
	readonly domain: string;
	readonly direction: LineOf<'begin'>['direction'];
	/** Names of the hosts; empty where there is none, as with a file. */
	readonly source: string;
	readonly target: string;
	readonly startedAtMs: number;
	readonly endedAtMs: number;
	readonly sender: SideRecord | undefined;
	readonly receiver: SideRecord | undefined;
	/** The side that tells the most: the one the migration goes out from, else the other. */
	readonly main: SideRecord;
	/** Every line that could be read, in the order of time. */
	readonly lines: readonly RecordLine[];
	/** Lines that could not: cut off as a daemon died, or of a later version. */
	readonly unreadLines: number;
};

/**
 * The recording whose lines these are, of one side or merged of both; undefined where no line says what it is a recording of. A line that cannot be
 * read costs itself alone.
 */
export function readRecord(texts: Iterable<string>): MigrationRecord | undefined {
	const lines: RecordLine[] = [];
	let unreadLines = 0;
	for (const text of texts) {
		if (text.trim() === '') continue;
		const line = parseRecordLine(text);
		if (line === undefined) unreadLines += 1;
		else lines.push(line);
	}

	lines.sort((a, b) => a.atMs - b.atMs);
	const sender = sideOf(lines.filter(({side}) => side === 'sender'));
	const receiver = sideOf(lines.filter(({side}) => side === 'receiver'));
	const main = sender?.begin === undefined ? (receiver ?? sender) : sender;
	const begin = main?.begin;
	if (main === undefined || begin === undefined) return undefined;
	const goesOut = begin.direction === 'outgoing' || begin.direction === 'save';
	return {
		id: begin.id,
		domain: begin.domain,
		direction: begin.direction,
		source: goesOut ? begin.host : begin.peer,
		target: goesOut ? begin.peer : begin.host,
		startedAtMs: begin.atMs,
		endedAtMs: Math.max(begin.atMs, main.end?.atMs ?? main.lastAtMs),
		sender,
		receiver,
		main,
		lines,
		unreadLines,
	};
}

function sideOf(lines: readonly RecordLine[]): SideRecord | undefined {
	const last = lines.at(-1);
	if (last === undefined) return undefined;
	return {
		begin: ofKind(lines, 'begin')[0],
		restarts: ofKind(lines, 'begin').slice(1),
		opened: ofKind(lines, 'opened').at(-1),
		peer: ofKind(lines, 'peer').at(-1),
		end: ofKind(lines, 'end').at(-1),
		downtime: ofKind(lines, 'downtime').at(-1),
		phases: ofKind(lines, 'phase'),
		samples: ofKind(lines, 'sample'),
		scans: ofKind(lines, 'scan'),
		iterations: ofKind(lines, 'iteration'),
		decisions: ofKind(lines, 'decision'),
		commands: ofKind(lines, 'command'),
		links: ofKind(lines, 'link'),
		errors: ofKind(lines, 'error'),
		notes: ofKind(lines, 'note'),
		lastAtMs: last.atMs,
	};
}

function ofKind<Kind extends RecordKind>(lines: readonly RecordLine[], kind: Kind): readonly LineOf<Kind>[] {
	return lines.filter((line): line is LineOf<Kind> => line.kind === kind);
}
