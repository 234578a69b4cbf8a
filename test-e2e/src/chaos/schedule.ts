import type {CrashPoint, JournalFault, JournalWrite} from '@sterna/host';
import type {TransferOptions} from '@sterna/protocol/control';
import type {CutKind, Direction} from '@sterna/test-network';
import type {DaemonName} from '../lab/host-files.ts';

/** A host by its part in the migration: the guest leaves `source` and goes to `target`. */
export type Role = 'source' | 'target';

/** One of the four daemons. */
export type DaemonRef = {readonly role: Role; readonly daemon: DaemonName};

/** Which connections from the source to the target, by the target's port. */
export type Connection = 'control' | 'data';

/** Behind the first `afterBytes` bytes that one connection carries in one direction: of several the one that gets there first. */
export type BytePlace = {readonly connection: Connection; readonly direction: Direction; readonly afterBytes: number};

/** A phase of the migration, as its operator is shown it. */
export const TRIGGER_PHASES = ['precopy', 'stop-and-copy', 'handover', 'reconnecting'] as const;

/** When something is done. One whose moment never comes is never done. */
export type Moment =
	/** The connection is held at the byte until it is done. */
	({readonly at: 'byte'} & BytePlace) | {readonly at: 'phase'; readonly phase: (typeof TRIGGER_PHASES)[number]};

/** What goes wrong. Milliseconds count from the fault itself. */
export type ChaosFault =
	/** One connection is cut: @sterna/test-network has the kinds. */
	| ({readonly kind: 'cut'; readonly how: CutKind} & BytePlace)
	/** One bit of the byte behind the place is turned. */
	| ({readonly kind: 'flip'; readonly bit: number} & BytePlace)
	/** What a connection has said up to the byte is said again by a second one. */
	| {readonly kind: 'duplicate'; readonly connection: Connection; readonly afterBytes: number}
	/** All connections from source to target, and what would be new ones: reset and refused, without a word, or standing still. */
	| {readonly kind: 'network'; readonly when: Moment; readonly how: 'reset' | 'silent' | 'stall'; readonly forMs: number}
	/** A daemon gets the signal, and is started again so much later. */
	| ({readonly kind: 'kill'; readonly when: Moment; readonly signal: 'SIGKILL' | 'SIGTERM'; readonly forMs: number} & DaemonRef)
	/** A daemon stands still (SIGSTOP) for so long. */
	| ({readonly kind: 'freeze'; readonly when: Moment; readonly forMs: number} & DaemonRef)
	/** The daemon whose step it is kills itself there, the `nth` time that it comes by, and is started again so much later. */
	| {readonly kind: 'crash-point'; readonly point: CrashPoint; readonly nth: number; readonly forMs: number}
	/** A durable write of a daemon fails; `nth` as there. */
	| {readonly kind: 'journal-fault'; readonly write: JournalWrite; readonly fault: JournalFault; readonly nth: number | '*'}
	/** The wall clock of a daemon jumps. */
	| ({readonly kind: 'clock'; readonly when: Moment; readonly byMs: number} & DaemonRef)
	/** The operator of one of the hosts aborts. */
	| {readonly kind: 'abort'; readonly when: Moment; readonly role: Role}
	/** The operator has the guest switched over now. */
	| {readonly kind: 'switch'; readonly when: Moment};

export type ChaosKind = ChaosFault['kind'];

/** What is drawn: the link's own properties, how the guest is moved, and what goes wrong meanwhile. */
export type Schedule = {
	readonly seed: number;
	readonly run: number;
	readonly link: {
		/** Each connection and direction by itself; undefined: as fast as it can. */
		readonly bytesPerSecond: number | undefined;
		/** One way. */
		readonly delayMs: number;
	};
	readonly transfer: Pick<TransferOptions, 'channels' | 'compression' | 'deltaCacheBytes' | 'proof' | 'reconnectMs'>;
	readonly faults: readonly ChaosFault[];
};
