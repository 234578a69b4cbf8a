import {rmSync} from 'node:fs';
import path from 'node:path';
import type {DeviceState, GuestPlace, TargetDomain} from '@sterna/domain';
import {MAX_EMULATOR_CONTEXT_BYTES} from '@sterna/protocol';
import {
	completeCheckpointStore,
	createCheckpointStore,
	readCheckpointState,
	readCheckpointStore,
	recoverCheckpointStore,
} from '@sterna/transport';

/** Bytes of writes to disks that one checkpoint can have: four times what the disk server of a guest logs of an epoch. */
const HELD_DISK_BYTES = 256 * 1024 * 1024;
/** Of that: most bytes of disks that are copied as part of one, as what the guest writes meanwhile is copied again. */
const COPY_PART = 4;

export type StoredCheckpoints = ReturnType<typeof readCheckpointStore>;

/** The checkpoints of one standby: a file in its run directory, which outlives the daemon as the guest does. */
export class CheckpointFile {
	readonly file: string;

	constructor({runDir}: Pick<GuestPlace, 'runDir'>) {
		this.file = path.join(runDir, 'checkpoints');
	}

	/** An empty one, in place of what is there. Throws the file system's error. */
	create({pageLimit}: {readonly pageLimit: number}): void {
		this.remove();
		createCheckpointStore({file: this.file, pageLimit, stateBytesLimit: MAX_EMULATOR_CONTEXT_BYTES, diskBytesLimit: HELD_DISK_BYTES});
	}

	/** Whether a whole copy of the guest's disks, which each further link begins with, can be held back until the checkpoint that it is part of is whole. */
	holdsCopyOf({replicas = []}: Pick<TargetDomain, 'replicas'>): boolean {
		return replicas.reduce((bytes, {sizeBytes}) => bytes + sizeBytes, 0) <= HELD_DISK_BYTES / COPY_PART;
	}

	/** What it has; undefined where it is gone, or is no store. */
	read(): StoredCheckpoints | undefined {
		try {
			return readCheckpointStore(this.file);
		} catch {
			return undefined;
		}
	}

	/** The last whole checkpoint; 0 = none. */
	get committedEpoch(): number {
		return this.read()?.committedEpoch ?? 0;
	}

	/** Completes what was committed and not applied yet, and drops the rest. No link may be open. Resolves with the checkpoint that memory and disks have then; 0 = none. */
	async settle({memory, replicas = []}: Pick<TargetDomain, 'memory' | 'replicas'>): Promise<number> {
		const recovered = await recoverCheckpointStore({file: this.file, memory, disks: replicas});
		return recovered?.epoch ?? 0;
	}

	/** The first half of that: all that a guest has to wait for which goes on from it. What is to be dropped stays in the store. */
	async complete({memory, replicas = []}: Pick<TargetDomain, 'memory' | 'replicas'>): Promise<number> {
		const completed = await completeCheckpointStore({file: this.file, memory, disks: replicas});
		return completed?.epoch ?? 0;
	}

	/** Of the last whole checkpoint. */
	deviceState(): DeviceState {
		return readCheckpointState(this.file);
	}

	/** Idempotent. */
	remove(): void {
		rmSync(this.file, {force: true});
	}
}
