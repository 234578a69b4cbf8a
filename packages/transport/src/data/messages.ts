import type {DataChannel} from '@sterna/protocol';
import type {CommittedCheckpoint, CompressionOptions, HeartbeatOptions, ReceiveEvent} from '../data-link.ts';
import type {SharedLimit} from './bandwidth-limit.ts';
import type {StoredCheckpointsOptions} from './checkpoint-store/stored-checkpoints.ts';
import type {LinkFault} from './link-error.ts';
import type {SharedPageHashes} from './page-hashes.ts';
import type {DigestOf, QueuedBatch} from './send-queue.ts';
import type {SharedTargetPages} from './target-pages.ts';

/** The numbers of a mapping that a worker needs: mappings belong to the process, not to a thread. */
export type MappedMemory = {readonly address: number; readonly pageLimit: number; readonly fd: number};

/** How the worker treats a descriptor: polled (socket, pipe), or always ready (file, device). */
export type DescriptorKind = 'polled' | 'file';

export type OpenSend = {
	readonly type: 'open-send';
	readonly link: number;
	readonly fd: number;
	readonly descriptor: DescriptorKind;
	readonly memory: MappedMemory;
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Of the descriptor, its handshake made; owned with it. Undefined = the bytes go as they are. */
	readonly tlsSession: number | undefined;
	readonly windowBytes: number | undefined;
	readonly limits: readonly SharedLimit[];
	readonly teeFd: number | undefined;
	readonly compression: CompressionOptions | undefined;
	readonly dataChannel: DataChannel;
	readonly pageHashes: SharedPageHashes | undefined;
	readonly digestRecords: boolean;
	readonly heartbeat: HeartbeatOptions | undefined;
};

export type OpenReceive = {
	readonly type: 'open-receive';
	readonly link: number;
	readonly fd: number;
	readonly descriptor: DescriptorKind;
	readonly tlsSession: number | undefined;
	readonly begins: 'xl' | 'libxl' | 'pages';
	readonly dataChannel: DataChannel;
	readonly mode: 'plain' | 'checkpointed' | 'any';
	readonly memory: MappedMemory;
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	readonly populatedPagesLimit: number;
	readonly targetPages: SharedTargetPages;
	readonly keepsHoles: boolean;
	readonly backChannel: boolean;
	readonly windowBytes: number | undefined;
	readonly heartbeat: HeartbeatOptions | undefined;
	readonly initialBytes: Uint8Array | undefined;
	readonly pageHashes: SharedPageHashes | undefined;
	/** Whether each checkpoint, where pages are hashed, has a DIGEST record. */
	readonly digestRecords: boolean;
	readonly checkpoints: StoredCheckpointsOptions | undefined;
};

/** The beginning of a TLS data connection: what comes of it is reported by `secured`, or by `closed`. */
export type OpenHandshake = {
	readonly type: 'open-handshake';
	readonly link: number;
	/** Connected and non-blocking; nothing was read from it. */
	readonly fd: number;
	/** The worker's until it reports; freed where the peer turns out to be a plain one. */
	readonly tlsSession: number;
	/** To write, by the end that connected; undefined: to be read. */
	readonly preamble: Uint8Array<ArrayBuffer> | undefined;
	/** Whether a peer may go on without TLS. */
	readonly plainAllowed: boolean;
	readonly timeoutMs: number;
};

/** Hashing of memory that no link moves. */
export type OpenHash = {
	readonly type: 'open-hash';
	readonly link: number;
	readonly memory: MappedMemory;
	readonly pageHashes: SharedPageHashes;
};

/** `compare`: which pages differ from the table; `enter`: make their entries anew. */
export type HashOrder = 'compare' | 'enter';

/** Main thread to data worker. Commands of one link are obeyed in order. */
export type WorkerCommand =
	| OpenSend
	| OpenReceive
	| OpenHandshake
	| OpenHash
	/** Stream bytes to send; the buffer was transferred. */
	| {readonly type: 'bytes'; readonly link: number; readonly bytes: Uint8Array<ArrayBuffer>}
	/** Pages to send; the buffer of the runs was transferred. */
	| {readonly type: 'pages'; readonly link: number; readonly batch: QueuedBatch}
	/** A DIGEST record of everything so far. `of`: of all of the stream, or of a checkpoint, which ends there. */
	| {readonly type: 'digest'; readonly link: number; readonly of: DigestOf}
	/** The limits of the link do not hold for so many milliseconds. */
	| {readonly type: 'ignore-limits'; readonly link: number; readonly milliseconds: number}
	/** Whether HEARTBEAT records may go out while nothing is queued. */
	| {readonly type: 'heartbeats'; readonly link: number; readonly allowed: boolean}
	/** Every other link of the migration has come to the barrier that this one stands behind. */
	| {readonly type: 'pass-barrier'; readonly link: number}
	/** The main thread has dealt with record events of so many bytes, as `eventBytes` counts them. */
	| {readonly type: 'taken'; readonly link: number; readonly bytes: number}
	/** Pages to hash. */
	| {readonly type: 'hash'; readonly link: number; readonly order: HashOrder; readonly runs: Uint32Array<ArrayBuffer>}
	/** Ends a link. `lastRecord`: a FAULT to write on the back channel before that. */
	| {readonly type: 'close'; readonly link: number; readonly lastRecord: Uint8Array<ArrayBuffer> | undefined};

type ErrorEvent = 'failed' | 'broken-off';

/** A received event as it crosses threads: an error has no class there. */
export type WorkerEvent =
	| Exclude<ReceiveEvent, {readonly kind: ErrorEvent}>
	| {readonly kind: 'barrier'; readonly sequence: number}
	| {readonly kind: 'failed'; readonly fault: LinkFault}
	| {readonly kind: 'broken-off'; readonly wholeCheckpoints: number; readonly bytesReceived: number; readonly fault: LinkFault};

/** What an event that is on its way costs in memory: its body and an object around it. 0 for events whose number is bounded otherwise. */
export function eventBytes(event: WorkerEvent): number {
	return event.kind === 'record' ? event.body.length + 256 : 0;
}

/** Data worker to main thread. */
export type WorkerReport =
	| {
			readonly type: 'sent';
			readonly link: number;
			readonly writtenBytes: number;
			readonly creditedBytes: number;
			readonly appliedBytes: number;
			readonly zeroPages: number;
			readonly savedBytes: number;
			/** Stream offsets behind the items that were handed to the kernel since the last report, in order. */
			readonly itemEnds: readonly number[];
	  }
	/** The receiver has committed a checkpoint. */
	| {readonly type: 'committed'; readonly link: number; readonly checkpoint: CommittedCheckpoint}
	/** `appliedBytes`: everything before this stream offset has been applied. */
	| {readonly type: 'events'; readonly link: number; readonly events: readonly WorkerEvent[]; readonly appliedBytes: number}
	/** A `hash` command was obeyed; `differing`: runs of the pages that are others than the table says. */
	| {readonly type: 'hashed'; readonly link: number; readonly differing: Uint32Array}
	/** The connection has begun, and is the main thread's again; nothing follows for the link. `preamble`: what was read. */
	| {readonly type: 'secured'; readonly link: number; readonly isTls: boolean; readonly preamble: Uint8Array<ArrayBuffer> | undefined}
	/**
	 * The worker no longer touches the link's memory and has closed its descriptors. Nothing follows for the link. `appliedBytes`: of a receiving one,
	 * everything before this stream offset has been applied.
	 */
	| {readonly type: 'closed'; readonly link: number; readonly fault: ClosingFault | undefined; readonly appliedBytes?: number};

/** Why a link closed by itself: a failure that the worker met, or the FAULT record with which the receiver ended it. */
export type ClosingFault =
	| {readonly kind: 'failed'; readonly fault: LinkFault}
	| {readonly kind: 'record'; readonly bytes: Uint8Array<ArrayBuffer>};
