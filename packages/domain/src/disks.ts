import type {ByteChannel} from './byte-channel.ts';

/** A way to one disk of the target, of its own; ends with disposal. */
export type DiskChannel = ByteChannel & AsyncDisposable;

/** Opens the way to the target's disk of this node name. */
export type OpenDisk = (node: string, signal: AbortSignal) => Promise<DiskChannel>;

/** The disks of a source that the target has files of its own for: they are filled from here while the guest runs. */
export interface SourceDisks {
	/** Their names, as the definition has them; one or more. */
	readonly nodes: readonly string[];
	/**
	 * Begins to copy all of them, and from then on passes every write of the guest on to the target. Rejects ERR_TARGET_REFUSED where a disk of the target
	 * is of another size, or as `open` does; nothing is left of it then. `saveDeviceState` ends a copy that is whole: the two are equal from there on.
	 */
	startMirrors(open: OpenDisk, signal: AbortSignal): Promise<DiskMirrors>;
}

export type DiskProgress = {
	/** Bytes of the disks that the target has yet to get. */
	readonly bytesLeft: number;
	/** Bytes that went to the target, those of its protocol included. */
	readonly bytesSent: number;
};

/** Disks that are being copied to a target. Disposal ends that and leaves the source's disks as they are, whatever was reached. */
export interface DiskMirrors extends AsyncDisposable {
	/** Resolves when every disk of the target is equal to its source's and is kept so. Rejects as `failed`. */
	readonly ready: Promise<void>;
	/** Rejects with what ended the copy of a disk against our will; never resolves. */
	readonly failed: Promise<never>;
	readonly progress: DiskProgress;
}

/** The disks of a target that its source fills. Nobody else writes to them: its guest does not run yet. */
export interface TargetDisks {
	readonly nodes: readonly string[];
	/** Serves one disk to the source over a channel until either end is done. Rejects with the channel's error or the signal's reason. */
	serve(node: string, channel: ByteChannel, signal: AbortSignal): Promise<void>;
}
