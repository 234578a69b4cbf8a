import type {DataChannel} from '@sterna/protocol';
import type {Codec} from '@sterna/system';
import type {BandwidthLimit} from './data/bandwidth-limit.ts';
import type {CheckpointCrash} from './data/checkpoint-store/crash-points.ts';
import type {DiskFile} from './data/checkpoint-store/store-file.ts';
import type {LinkError} from './data/link-error.ts';
import type {PageHashes} from './data/page-hashes.ts';
import type {TargetPages} from './data/target-pages.ts';
import type {MemoryMapping} from './memory-mapping.ts';

/**
 * What both ends of a data connection look like from a daemon's main thread. The bytes themselves move in a data worker
 * (`data/worker.ts`), a thread that polls its descriptors and moves page bytes between socket and mapping by readv and writev.
 */

/** Where the sending end stands. Byte counts are of the stream, preamble excluded. */
export type LinkProgress = {
	/** Handed to the kernel. */
	readonly writtenBytes: number;
	/** Acknowledged as taken by the receiver (CREDIT); equals `writtenBytes` toward a file. */
	readonly creditedBytes: number;
	/** Acknowledged as applied to the target's memory (APPLIED). */
	readonly appliedBytes: number;
	/** Pages that were written without their content, being zeros. */
	readonly zeroPages: number;
	/** Bytes that compression kept off the wire. */
	readonly savedBytes: number;
};

/** `auto`: the way that moves the most guest memory over this link, which may be not to compress. */
export type CompressionMode = 'auto' | Codec;

/** How pages are compressed. `codecs`: those that both ends have, of which `mode` must be one where it names one. */
export type CompressionOptions = {
	readonly mode: CompressionMode;
	readonly codecs: readonly Codec[];
	/** Memory of each link for pages as they were last sent, where both ends agreed to `delta`: pages sent again go as differences. 0 or undefined = never. */
	readonly deltaCacheBytes?: number | undefined;
};

/**
 * How pages of zeros are sent. `in-full`: as any other. Between two Sternas that agreed to `zero-pages`, `allocate` for pages that were
 * never sent in this migration to a target that began as a hole: named as XALLOC; `record` for others: named in a ZERO_PAGES record.
 */
export type ZeroPageMode = 'in-full' | 'allocate' | 'record';

export type WritePagesOptions = {readonly zeroPages: ZeroPageMode};

/** How the two ends of a data connection know of each other that they are there, where both agreed to `heartbeat`. */
export type HeartbeatOptions = {
	/** After so many milliseconds without anything else to say this end gives a sign of life; undefined = it never does. */
	readonly intervalMs?: number | undefined;
	/** After so many milliseconds without a word the other end counts as gone: ERR_PEER_SILENT. Undefined = it may be silent for ever. */
	readonly silenceMs?: number | undefined;
};

/** A checkpoint that the receiver has applied as a whole, and would start the guest from. */
export type CommittedCheckpoint = {
	/** 1, 2, …: the receiver counts on from the last one that it had. */
	readonly epoch: number;
	/** Of the stream so far and the memory, equal at both ends: docs/spec/stream.md section 10.8. 0 without a proof of memory. */
	readonly digest: bigint;
};

export type SendLinkOptions = {
	/** A connected, non-blocking socket or a file. The link owns it from here and closes it. */
	readonly fd: number;
	/** The TLS session of the socket (`DataSocket`), owned with it; undefined = plain. */
	readonly tlsSession?: number | undefined;
	/** What the bytes go to; a pipe is polled like a socket, but has no back channel: call it a file. */
	readonly kind: 'socket' | 'file';
	readonly memory: MemoryMapping;
	/** Type nibble per pfn in shared memory; undefined = all NOTAB. */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/**
	 * Most stream bytes written and not yet credited, see `DEFAULT_WINDOW_BYTES`: the link uses as much of it as bandwidth and delay
	 * make use of. Undefined = no back channel: TCP alone is the flow control, and what is written counts as credited and applied. Of no
	 * meaning toward a file.
	 */
	readonly windowBytes: number | undefined;
	/** All of them hold, and may be changed at any time; none where undefined. Other links may share them. */
	readonly limits?: readonly BandwidthLimit[] | undefined;
	/** A second descriptor that gets exactly the same bytes (--tee); owned. With a tee, pages go through a staging copy so that both get the same bytes. */
	readonly teeFd: number | undefined;
	/** Between two Sternas that agreed to it: pages may go in COMPRESSED_PAGES records. Undefined = they never do. */
	readonly compression?: CompressionOptions | undefined;
	/** Which of the migration's data connections it is, the only one where undefined: a digest is of the pages of that one. */
	readonly channel?: DataChannel | undefined;
	/** Takes the hash of each page that is sent; the receiver has one with the same key. Undefined = no proof of memory. */
	readonly pageHashes?: PageHashes | undefined;
	/** Whether DIGEST records may be written: not into a stream of Xen's, where the digests of checkpoints are compared all the same. True where undefined. */
	readonly digestRecords?: boolean | undefined;
	/** `intervalMs`: HEARTBEAT records may be written, so only in a stream of Sterna's own. `silenceMs`: of no meaning without a back channel. */
	readonly heartbeat?: HeartbeatOptions | undefined;
	/**
	 * Of a checkpointed stream: called for each checkpoint that the receiver says is committed, in order, as soon as it does. Where memory is proven its digest
	 * is ours: another one ends the link with ERR_PROOF_MISMATCH.
	 */
	readonly onCommitted?: ((checkpoint: CommittedCheckpoint) => void) | undefined;
};

/**
 * The sending end of one data connection. Items go out in the order of the calls; each promise rejects with the link's first failure,
 * which `closed` reports as well: a promise that nobody waits for is no unhandled rejection.
 */
export interface SendLink extends AsyncDisposable {
	/** Queues stream bytes (headers, whole records). The bytes are copied or transferred at the call. Resolves with the stream offset behind them once the kernel has them. */
	writeBytes(bytes: Uint8Array): Promise<number>;
	/**
	 * Queues the given pages: one PAGE_DATA record that lists them in order, or several where zeros go without content or pages are compressed.
	 * `runs`: pairs of pfn and page count, at most 1024 pages in all; kept by the link until the promise settles.
	 * Page bytes are read from the mapping when they are written: a page that changes meanwhile must be sent again. Pages of zeros go in full
	 * unless `options` say otherwise. Resolves with the stream offset behind the records.
	 */
	writePages(runs: Uint32Array, options?: WritePagesOptions): Promise<number>;
	/**
	 * As `writePages`, of pages that were copied out of the guest: the copies lie one behind another from `address` on in native memory of this
	 * process, all pages of all runs, and stay there until the promise settles. The runs must be ascending and not overlap.
	 */
	writeCopies(runs: Uint32Array, address: number, options?: WritePagesOptions): Promise<number>;
	/**
	 * Queues a DIGEST record: the receiver holds all that was written so far against it, and fails with ERR_PROOF_MISMATCH where it received anything else.
	 * It wants one before the last END. Nothing without `pageHashes`.
	 */
	writeDigest(): Promise<void>;
	/**
	 * Queues the end of what a checkpoint's digest is of: to be called between the last record of a checkpoint and its CHECKPOINT_END. Writes a DIGEST record there
	 * as well unless `digestRecords` says otherwise. Nothing without `pageHashes`.
	 */
	writeCheckpointDigest(): Promise<void>;
	/**
	 * Queues a DISK_WRITE record: what the guest wrote to a disk in the epoch of the checkpoint under way, 1 byte to 1 MiB. Among pages, in checkpointed
	 * streams alone. The bytes are copied at the call. Resolves with the stream offset behind it once the kernel has it.
	 */
	writeDiskExtent(disk: number, offset: number, bytes: Uint8Array): Promise<number>;
	readonly progress: LinkProgress;
	/** For so many milliseconds from now the limits do not hold, and what is written does not count against them: for the last pass. */
	ignoreLimitsFor(milliseconds: number): void;
	/** Whether HEARTBEAT records may go out while nothing is queued: where the stream stands between two records of its libxc layer. At first they may not. */
	allowHeartbeats(allowed: boolean): void;
	/** Resolves when the receiver has acknowledged everything up to this stream offset as applied. Rejects as `writePages` does. */
	applied(offset: number): Promise<void>;
	/**
	 * Resolves when the link has failed or was closed, and the worker has let go of memory and descriptors: the first failure, or
	 * undefined after a `destroy` without a cause. A FAULT from the receiver arrives here as its `OperationError`, what the link met
	 * itself as a `LinkError`, the cause of a `destroy` as it is.
	 */
	readonly closed: Promise<Error | undefined>;
	/** Waits for everything queued, then fsync of a file and of the tee. Rejects with LinkError ERR_DISK_FULL or ERR_FILE, or as `writePages` does. */
	sync(): Promise<void>;
	/** Ends the link now, from any state: wakes the worker, which closes the descriptors. Idempotent. Resolves when the worker no longer touches memory or descriptor. */
	destroy(cause?: Error): Promise<void>;
}

/** The sending ends of all data connections of one migration, or a file alone. */
export interface SendChannels extends AsyncDisposable {
	/** Data connections, 1 or more. */
	readonly count: number;
	/** The one that carries the stream: its headers, its device state and its ends are written here. */
	readonly primary: Pick<
		SendLink,
		'writeBytes' | 'writePages' | 'writeCopies' | 'writeDigest' | 'writeCheckpointDigest' | 'writeDiskExtent' | 'sync'
	>;
	/** Sums over all connections. */
	readonly progress: LinkProgress;
	/** Of each connection, the stream offset before which the receiver has everything in the target's memory. */
	readonly appliedBytes: readonly number[];
	/** Queues pages on connection `index`, as `SendLink.writePages`; every page must be of that connection (`isOfChannel`). */
	writePages(index: number, runs: Uint32Array, options?: WritePagesOptions): Promise<number>;
	/** Queues a barrier on every connection: what is written from here on is applied after all before it. Nothing with one connection. */
	barrier(): void;
	/** Queues a barrier, and behind it the digest and the end of every connection but the primary: no pages follow on any. */
	endPages(): void;
	/** The head is written: from here on connections that have nothing to send say so by HEARTBEAT records, where they were opened for it. */
	startHeartbeats(): void;
	/** The tail comes next: no connection writes a HEARTBEAT any more. */
	stopHeartbeats(): void;
	/** The lowest limit that holds for what all of them write; undefined = none does now. */
	readonly limitBytesPerSecond: number | undefined;
	/** As of a link, of all of them. */
	ignoreLimitsFor(milliseconds: number): void;
	/** Resolves when the receiver has acknowledged everything that the kernel has by now as applied. Rejects as `SendLink.writePages` does. */
	applied(): Promise<void>;
	/** As of a link, of the first that failed; the others are destroyed with its error. Resolves when all have closed. */
	readonly closed: Promise<Error | undefined>;
	/** Ends all links. Idempotent. */
	destroy(cause?: Error): Promise<void>;
}

/** What the receiving worker reports of the stream, in stream order. */
export type ReceiveEvent =
	/** A whole record other than PAGE_DATA, checked for form and order; the body belongs to the callee. */
	| {readonly kind: 'record'; readonly layer: 'libxc' | 'libxl'; readonly type: number; readonly body: Uint8Array; readonly offset: number}
	| {
			readonly kind: 'headers';
			readonly guestType: 'pv' | 'hvm';
			readonly version: 2 | 3;
			readonly xenVersion: readonly [number, number];
			readonly xlConfig: string | undefined;
	  }
	/** Pages are in the mapping; sent at most some times a second, and before every `record`. */
	| {readonly kind: 'progress'; readonly pagesReceived: number; readonly bytesReceived: number}
	/**
	 * In a checkpointed stream: all before this belongs to a whole checkpoint, and its pages are in the mapping. Pages from here on are
	 * held back until the next one; records are not, so that those behind the last `checkpoint` are to be dropped if the stream breaks off.
	 * Into a checkpoint store: `committed` says what it holds now, and the sender is told.
	 */
	| {
			readonly kind: 'checkpoint';
			readonly wholeCheckpoints: number;
			readonly offset: number;
			readonly committed?: (CommittedCheckpoint & {readonly pages: number; readonly bytes: number}) | undefined;
	  }
	/** The stream ended as its format says it ends (END of the outermost layer). What is behind it is not read. */
	| {readonly kind: 'end'; readonly bytesReceived: number}
	/** A checkpointed stream broke off after its first whole checkpoint: the mapping holds the last whole one. Nothing follows. */
	| {readonly kind: 'broken-off'; readonly wholeCheckpoints: number; readonly bytesReceived: number; readonly error: LinkError}
	/** The stream is wrong, broken off or could not be applied. Nothing follows. */
	| {readonly kind: 'failed'; readonly error: LinkError};

export type CheckpointStoreOptions = {
	/** The store's file. */
	readonly file: string;
	/** Whether the mapping holds a whole checkpoint already, by the store: then the first one of this stream is held back as well. */
	readonly hasBase: boolean;
	/** Disks that DISK_WRITE records are for, by their number there; written when their checkpoint is committed. */
	readonly disks: readonly DiskFile[];
	/** Most bytes that staged pages may take from one checkpoint to the next; 256 MiB where undefined. */
	readonly idleBytesLimit?: number | undefined;
	/** For tests: where this process is to die. */
	readonly crashAt?: CheckpointCrash | undefined;
};

export type ReceiveLinkOptions = {
	/** A connected, non-blocking socket or a file, read from its current position. The link owns it from here and closes it. */
	readonly fd: number;
	/** The TLS session of the socket (`DataConnection`), owned with it; undefined = plain. */
	readonly tlsSession?: number | undefined;
	readonly kind: 'socket' | 'file';
	/** Outermost layer that the stream begins with; `pages`: a further data connection, which has no headers. */
	readonly begins: 'xl' | 'libxl' | 'pages';
	/** Which of the migration's data connections it is, the only one where undefined. A page that goes over another one is refused. */
	readonly channel?: DataChannel | undefined;
	/** One of several links stands behind the barrier of this number, and reads no further until `passBarrier`. */
	readonly onBarrier?: ((sequence: number) => void) | undefined;
	/** `any` learns from the stream whether it is checkpointed. */
	readonly mode: 'plain' | 'checkpointed' | 'any';
	/** Where pages go. Its file must have its full size. */
	readonly memory: MemoryMapping;
	/** Receives the type nibble of each named pfn; undefined where only ordinary pages are accepted (others are refused). */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Most pages that may be populated: memoryBytes / 4096. */
	readonly populatedPagesLimit: number;
	/** What is known of the target's pages, in which all links of a migration have a part. A new one where undefined. */
	readonly targetPages?: TargetPages | undefined;
	/**
	 * Takes the hash of each page that is received; the sender has one with the same key. The stream must then end with a DIGEST of what was
	 * sent, and so must each of its checkpoints, and a difference is `failed` with ERR_PROOF_MISMATCH. Of a checkpointed stream with a store alone. When the link has closed
	 * the table says what the memory has, not what was held back. Undefined = no proof of memory.
	 */
	readonly pageHashes?: PageHashes | undefined;
	/** Whether checkpoints must come with a DIGEST record where pages are hashed: not in a stream of Xen's. True where undefined. */
	readonly digestRecords?: boolean | undefined;
	/**
	 * Whether a page that is named without content stays the hole that it may be, and takes no memory: so it is between two Sternas, where it
	 * is a page of zeros. Otherwise (default) it gets memory at once.
	 */
	readonly keepsHoles?: boolean | undefined;
	/**
	 * Where a standby's checkpoints are kept, so that a crash at any moment leaves a whole one; made by `createCheckpointStore`. Device state is kept there, and is
	 * no event. Of a checkpointed stream without page types alone, over one connection. Where the link has failed the store must be recovered (`recoverCheckpointStore`)
	 * before memory or disks are made use of. Undefined: checkpoints are held in memory of this process.
	 */
	readonly checkpoints?: CheckpointStoreOptions | undefined;
	/** Whether CREDIT and APPLIED acknowledgements are written to the other direction of the connection. */
	readonly backChannel: boolean;
	/** The sender's window where it is known: credit is given so often that it does not run out of it. */
	readonly windowBytes?: number | undefined;
	/** `intervalMs`: of ALIVE records, on the back channel. `silenceMs`: counts while this end reads; not behind the stream's end. */
	readonly heartbeat?: HeartbeatOptions | undefined;
	/** Stream bytes that were read with the preamble (`DataConnection.initialBytes`). */
	readonly initialBytes?: Uint8Array | undefined;
	/** What it throws comes back as the last event, `failed` with that cause. */
	readonly onEvent: (event: ReceiveEvent) => void;
};

/** The receiving end of a migration's data connections, or of a file. */
export interface ReceiveLink extends AsyncDisposable {
	/**
	 * Of each data connection, in the order of their index: everything before this stream offset was applied to the guest's memory, or given to
	 * `onEvent`. Of a batch that was received in part nothing counts. Where the link has ended no more is applied once `fail` or `destroy` has resolved.
	 */
	readonly appliedBytes: readonly number[];
	/** A run of pages has been populated elsewhere (`GuestMemory.populate`): the worker need not do it on their arrival. */
	markPopulated(pfn: number, pageCount: number): void;
	/** Writes a FAULT on the back channel and gives the sender up to 2 s to read it, then ends as `destroy` does. */
	fail(error: Error): Promise<void>;
	/** Ends the link now, from any state; no event follows. Idempotent. Resolves when the worker no longer touches memory or descriptor. */
	destroy(cause?: Error): Promise<void>;
}

/** The receiving end of one data connection. */
export interface ReceiveChannelLink extends ReceiveLink {
	/** Reads on behind the barrier that `onBarrier` told of. */
	passBarrier(): void;
}
