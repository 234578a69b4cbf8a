import type {DeviceState, DiskExtent} from '@sterna/domain';
import type {WritePagesOptions} from '@sterna/transport';
import {writeCheckpointTail} from '../stream-frame.ts';
import type {CheckpointLink} from './checkpoint-link.ts';
import type {StagingArena} from './staging-arena.ts';

/** Of at most 1 MiB each: enough to keep the link busy while the next are read. */
const EXTENTS_IN_FLIGHT = 4;

/** A checkpoint that was taken: everything of it but for the pages that went while the guest stood still. */
export type CheckpointContent = {
	/** Holds its pages, and is not filled again before they are sent. */
	readonly arena: StagingArena;
	/** What was written to each disk in the epoch, by the disk's number. */
	readonly disks: readonly AsyncIterable<DiskExtent>[];
	readonly deviceState: DeviceState;
};

/** `sent`: the stream offset behind the checkpoint, once the kernel has all of it; the arena is free then. Rejects with the link's failure. */
export type WrittenCheckpoint = {readonly sent: Promise<number>; readonly diskBytes: number};

/**
 * Gives a checkpoint to the link, in the order of the stream: pages, disk writes, CPU and device state, CHECKPOINT_END. Resolves when all of it is queued there, so that
 * the next one may follow. Rejects with the link's failure, or where a disk cannot be read: the stream ends in half a checkpoint then.
 */
export async function writeCheckpoint(
	link: CheckpointLink,
	{arena, disks, deviceState}: CheckpointContent,
	options: WritePagesOptions,
	signal: AbortSignal,
): Promise<WrittenCheckpoint> {
	// A link that fails rejects all that it has not written yet: whoever waits for the last of them hears of it.
	for (const {runs, address} of arena.batches()) void quiet(link.writeCopies(runs, address, options));
	let diskBytes = 0;
	for (const [disk, extents] of disks.entries()) diskBytes += await writeExtents(link, disk, extents, signal);
	return {sent: quiet(writeCheckpointTail(link, deviceState)), diskBytes};
}

/** Resolves with the bytes of the disk's contents that were queued. */
async function writeExtents(link: CheckpointLink, disk: number, extents: AsyncIterable<DiskExtent>, signal: AbortSignal): Promise<number> {
	const inFlight: Array<Promise<number>> = [];
	let bytesQueued = 0;
	for await (const {offset, bytes} of extents) {
		signal.throwIfAborted();
		// The link may take the bytes from here, and their length with them.
		bytesQueued += bytes.byteLength;
		inFlight.push(quiet(link.writeDiskExtent(disk, offset, bytes)));
		if (inFlight.length >= EXTENTS_IN_FLIGHT) await inFlight.shift();
	}

	return bytesQueued;
}

function quiet<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => undefined);
	return promise;
}
