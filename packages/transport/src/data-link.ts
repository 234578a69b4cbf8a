import type {MemoryMapping} from './memory-mapping.ts';

/**
 * What both ends of a data connection look like from a daemon's main thread. The bytes themselves move in a data worker
 * (`data-worker.ts`), a thread that polls its descriptors and moves page bytes between socket and mapping by readv and writev.
 */

/** Where the sending end stands. Byte counts are of the stream, preamble excluded. */
export type LinkProgress = {
	/** Handed to the kernel. */
	readonly writtenBytes: number;
	/** Acknowledged as taken by the receiver (CREDIT); equals `writtenBytes` toward a file. */
	readonly creditedBytes: number;
	/** Acknowledged as applied to the target's memory (APPLIED). */
	readonly appliedBytes: number;
};

export type SendLinkOptions = {
	/** A connected, non-blocking socket or a file. The link owns it from here and closes it. */
	readonly fd: number;
	readonly kind: 'socket' | 'file';
	readonly memory: MemoryMapping;
	/** Type nibble per pfn in shared memory; undefined = all NOTAB. */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Most stream bytes written and not yet credited; undefined = no back channel: TCP alone is the flow control. */
	readonly windowBytes: number | undefined;
	/** A second descriptor that gets exactly the same bytes (--tee); owned. With a tee, pages go through a staging copy so that both get the same bytes. */
	readonly teeFd: number | undefined;
};

/** The sending end of one data connection. Items go out in the order of the calls; each promise rejects with the link's first failure. */
export interface SendLink extends AsyncDisposable {
	/** Queues stream bytes (headers, whole records). The bytes are copied or transferred at the call. Resolves with the stream offset behind them once the kernel has them. */
	writeBytes(bytes: Uint8Array): Promise<number>;
	/**
	 * Queues one PAGE_DATA record that lists the given pages in order.
	 * `runs`: pairs of pfn and page count, at most 1024 pages in all; kept by the link until the promise settles.
	 * Page bytes are read from the mapping when they are written. Resolves with the stream offset behind the record.
	 */
	writePages(runs: Uint32Array): Promise<number>;
	readonly progress: LinkProgress;
	/** Resolves when the receiver has acknowledged everything up to this stream offset as applied. */
	applied(offset: number): Promise<void>;
	/** Settles when the link has failed or was closed: the first failure, or undefined. A FAULT from the receiver arrives here as its `OperationError`. */
	readonly closed: Promise<Error | undefined>;
	/** fsync of a file (and tee) and its size; rejects with ENOSPC, EIO. */
	sync(): Promise<void>;
	/** Ends the link now, from any state: wakes the worker, which closes the descriptors. Idempotent. Resolves when the worker no longer touches memory or descriptor. */
	destroy(cause?: Error): Promise<void>;
}

/** What the receiving worker reports of the stream, in stream order. */
export type ReceiveEvent =
	/** A whole record other than PAGE_DATA, checked for form and order; the body belongs to the callee. */
	| {readonly kind: 'record'; readonly layer: 'libxc' | 'libxl'; readonly type: number; readonly body: Uint8Array; readonly offset: number}
	| {readonly kind: 'headers'; readonly guestType: 'pv' | 'hvm'; readonly version: 2 | 3; readonly xenVersion: readonly [number, number]; readonly xlConfig: string | undefined}
	/** Pages are in the mapping; sent at most some times a second, and before every `record`. */
	| {readonly kind: 'progress'; readonly pagesReceived: number; readonly bytesReceived: number}
	/** The stream ended as its format says it ends (END of the outermost layer). */
	| {readonly kind: 'end'; readonly bytesReceived: number}
	/** The stream is wrong, broken off or could not be applied. Nothing follows. */
	| {readonly kind: 'failed'; readonly error: Error};

export type ReceiveLinkOptions = {
	/** A connected, non-blocking socket or a file, read from its current position. The link owns it from here and closes it. */
	readonly fd: number;
	readonly kind: 'socket' | 'file';
	/** Outermost layer that the stream begins with. */
	readonly begins: 'xl' | 'libxl';
	readonly mode: 'plain' | 'checkpointed';
	/** Where pages go: `undefined` memory is decided by `onHeaders`-time in restore: give it through `start`. */
	readonly memory: MemoryMapping;
	/** Receives the type nibble of each named pfn; undefined where only ordinary pages are accepted (others are refused). */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Most pages that may be populated: memoryBytes / 4096. */
	readonly populatedPagesLimit: number;
	/** Whether CREDIT and APPLIED acknowledgements are written to the other direction of the connection. */
	readonly backChannel: boolean;
	readonly onEvent: (event: ReceiveEvent) => void;
};

/** The receiving end of one data connection. */
export interface ReceiveLink extends AsyncDisposable {
	/** Writes a FAULT on the back channel, then ends as `destroy` does. */
	fail(error: Error): Promise<void>;
	/** Ends the link now, from any state. Idempotent. Resolves when the worker no longer touches memory or descriptor. */
	destroy(cause?: Error): Promise<void>;
}
