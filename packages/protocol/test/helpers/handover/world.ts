import type {nextSource, nextTarget, SourceState, TargetState} from '../../../src/handover.ts';

/** Which memory a paused guest has: that of the source as it was paused at the end of this link of this incarnation. 0 = none, or not whole. */
export type Snapshot = number;

export function snapshotOf(incarnation: number, link: number): Snapshot {
	return incarnation * 10 + link;
}

/** The source's host: disk and guest outlive the daemon, whose memory is what is below `state`. */
export type Source = {
	readonly up: boolean;
	readonly guest: 'running' | 'paused' | 'gone';
	/** Of a paused guest. */
	readonly snapshot: Snapshot;
	/** On the disk: the step in the domain's record, and its incarnation. */
	readonly record: 'none' | SourceState;
	readonly incarnation: number;
	/** On the disk: incarnations whose return the receiver has yet to hear of. */
	readonly owed: readonly number[];
	readonly state: 'idle' | SourceState;
	readonly link: number;
	/** Of that link: asked for, agreed on, or none. */
	readonly linked: 'no' | 'asked' | 'yes';
	readonly goJournaled: boolean;
	/** The receiver declined: it need not be told. */
	readonly receiverKnows: boolean;
	readonly todo: readonly string[];
};

/** The target's host, likewise. */
export type Target = {
	readonly up: boolean;
	readonly guest: 'none' | 'paused' | 'running' | 'dead';
	readonly snapshot: Snapshot;
	/** Has ever taken a step here. */
	readonly ran: boolean;
	readonly record: 'none' | 'receiving' | 'ready' | 'arrived';
	readonly recordIncarnation: number;
	/** On the disk, by incarnation - 1. */
	readonly outcomes: ReadonlyArray<'' | 'running' | 'declined'>;
	readonly state: 'idle' | TargetState;
	readonly incarnation: number;
	readonly link: number;
	readonly readyJournaled: boolean;
	/** The guest could not be resumed, nor that be written. */
	readonly mustDecline: boolean;
	readonly todo: readonly string[];
};

/**
 * Two hosts and what is under way between them. A message is `KIND INCARNATION` or `KIND INCARNATION LINK`; a word that was delivered, or that the source
 * no longer waits for, stays as `late …` where a wire can still bring it: again, or long after. Connections end with the daemon at either end of them.
 */
export type World = {readonly source: Source; readonly target: Target; readonly wire: readonly string[]};

/** One thing that may happen. A `fault` need not; whatever is none happens in the end, when both are up and connected. */
export type Move = {readonly label: string; readonly fault: boolean; readonly to: World};

/** The machines, and what the daemons do around them; a broken one is made by changing one entry. */
export type Rules = {
	/** How often the source tries: each attempt has an incarnation of its own. */
	readonly incarnations: number;
	/** The links of an attempt, the first one included. */
	readonly links: number;
	readonly nextSource: typeof nextSource;
	readonly nextTarget: typeof nextTarget;
	/** `go` is written while the receiver loads the guest, ahead of `ready` (docs/adr/0004-handover-journal.md). */
	readonly writesGoAhead: boolean;
	/** `declined` is written before it is said. */
	readonly keepsDeclined: boolean;
	/** A guest that is given back keeps its attempt in the record until it was told to run. */
	readonly keepsGivenBack: boolean;
	/** A receiver that has not heard that the guest stays at the source is told later. */
	readonly keepsTelling: boolean;
	/** The end of a link before the present one is not taken. */
	readonly fencesLinks: boolean;
	/** What was made for a guest and is in no record is removed at a start. */
	readonly removesOrphans: boolean;
	/** Writes to the journal may fail, leaving the old or the new. */
	readonly journalFaults: boolean;
};

export const FIRST_WORLD: World = {
	source: {
		up: true,
		guest: 'running',
		snapshot: 0,
		record: 'none',
		incarnation: 0,
		owed: [],
		state: 'idle',
		link: 0,
		linked: 'no',
		goJournaled: false,
		receiverKnows: false,
		todo: [],
	},
	target: {
		up: true,
		guest: 'none',
		snapshot: 0,
		ran: false,
		record: 'none',
		recordIncarnation: 0,
		outcomes: ['', ''],
		state: 'idle',
		incarnation: 0,
		link: -1,
		readyJournaled: false,
		mustDecline: false,
		todo: [],
	},
	wire: [],
};

/** Kinds that may come again, or long after they were sent. */
const LINGERING = new Set(['go', 'query']);
const TO_SOURCE = new Set(['prepared', 'refused', 'ready', 'running', 'declined', 'told']);

/** The receiving ends of all connections to one side are gone, with what was on its way there. */
export function disconnect(world: World, side: 'source' | 'target'): World {
	return {...world, wire: world.wire.filter(message => TO_SOURCE.has(kindOf(message)) !== (side === 'source'))};
}

function kindOf(message: string): string {
	const [first = '', second = ''] = message.split(' ');
	return first === 'late' ? second : first;
}

export function send(world: World, message: string): World {
	return {...world, wire: [...new Set([...world.wire, message])].toSorted()};
}

/** Takes a message off the wire: delivered or lost. */
export function take(world: World, message: string): World {
	const others = world.wire.filter(other => other !== message);
	const lingers = LINGERING.has(kindOf(message));
	return {...world, wire: lingers ? [...new Set([...others, `late ${message}`])].toSorted() : others};
}

export function withSource(world: World, change: Partial<Source>): World {
	return {...world, source: {...world.source, ...change}};
}

export function withTarget(world: World, change: Partial<Target>): World {
	return {...world, target: {...world.target, ...change}};
}

/** Whether anything of these kinds is on its way, by its connection, for this incarnation (and link). */
export function isOnWire(world: World, kinds: readonly string[], ...numbers: readonly number[]): boolean {
	return kinds.some(kind => world.wire.includes([kind, ...numbers].join(' ')));
}

/** The same world without what makes no difference: numbers of attempts that are over, answers that nobody waits for. Parts that stay are the same objects. */
export function canonical({source, target, wire}: World): World {
	const awaited = wire.every(message => isAwaited(source, message)) ? wire : wire.filter(message => isAwaited(source, message));
	return {source: canonicalSource(source), target: canonicalTarget(target), wire: awaited};
}

function canonicalSource(source: Source): Source {
	if (source.state !== 'idle' || source.todo.length > 0) return source;
	const link = source.up ? 0 : source.link;
	if (source.link === link && source.linked === 'no' && !source.goJournaled && !source.receiverKnows) return source;
	return {...source, link, linked: 'no', goJournaled: false, receiverKnows: false};
}

function canonicalTarget(target: Target): Target {
	const isIdle = target.state === 'idle' && target.todo.length === 0;
	const recordIncarnation = target.record === 'none' ? 0 : target.recordIncarnation;
	if (!isIdle) return recordIncarnation === target.recordIncarnation ? target : {...target, recordIncarnation};
	const isPlain = target.incarnation === 0 && target.link === -1 && !target.readyJournaled && !target.mustDecline;
	if (isPlain && recordIncarnation === target.recordIncarnation) return target;
	return {...target, recordIncarnation, incarnation: 0, link: -1, readyJournaled: false, mustDecline: false};
}

function isAwaited(source: Source, message: string): boolean {
	const [kind = '', incarnation = '', link = ''] = message.split(' ');
	if (!TO_SOURCE.has(kind)) return true;
	if (kind === 'told') return source.owed.includes(Number(incarnation));
	if (Number(incarnation) !== source.incarnation) return false;
	if (kind === 'running' || kind === 'declined') return source.state === 'go' || source.state === 'undecided';
	return source.state === 'transferring' && source.linked !== 'no' && Number(link) === source.link;
}
