import {setTimeout as sleep} from 'node:timers/promises';
import type {ReplicatedDisk} from '@sterna/domain';
import type {CheckpointLink} from '../engine/checkpoint/checkpoint-link.ts';

/** Between two looks at how much was written, in milliseconds. */
const LOOK_MS = 20;

/**
 * Copies a guest's disks ahead of the first checkpoint, which may be long in coming: other disks and the memory go in between. Until then a disk that was copied once is copied
 * again whenever much was written to it, as its server lets the guest's writes wait beyond its limit. A guest that writes faster than the link is so slowed down to that, and does not stand still.
 */
export class DiskCopy {
	readonly #disks: readonly ReplicatedDisk[];
	readonly #link: Pick<CheckpointLink, 'writeDiskExtent'>;
	readonly #againBytes: number;
	readonly #copied: ReplicatedDisk[] = [];
	readonly #settling = new AbortController();
	readonly #settled = Promise.withResolvers<void>();

	/** `againBytes`: a disk is copied again where so much was written to it; below its server's limit. */
	constructor(disks: readonly ReplicatedDisk[], link: Pick<CheckpointLink, 'writeDiskExtent'>, againBytes: number) {
		this.#disks = disks;
		this.#link = link;
		this.#againBytes = againBytes;
	}

	/** Copies one disk after the other, once. Rejects with the signal's reason, the link's failure, or as `ReplicatedDisk.copy`. */
	async once(signal: AbortSignal): Promise<void> {
		for (const disk of this.#disks) {
			await this.#copy(disk, signal);
			this.#copied.push(disk);
		}
	}

	/** Beside `once`, and behind it: copies again what has much that is new. Resolves behind `settle`, or when the signal fires. Rejects as `once`. Called once. */
	async keep(signal: AbortSignal): Promise<void> {
		const over = AbortSignal.any([signal, this.#settling.signal]);
		try {
			while (!over.aborted) {
				const [fullest] = this.#copied.toSorted((a, b) => b.loggedBytes - a.loggedBytes);
				if (fullest !== undefined && fullest.loggedBytes >= this.#againBytes) await this.#copy(fullest, signal);
				else await sleep(LOOK_MS, undefined, {signal: over}).catch(() => undefined);
			}
		} finally {
			this.#settled.resolve();
		}
	}

	/** Resolves when nothing is copied any more: what the standby does not have then is in the first cut, and no more than the server's limit. */
	async settle(): Promise<void> {
		this.#settling.abort();
		await this.#settled.promise;
	}

	async #copy(disk: ReplicatedDisk, signal: AbortSignal): Promise<void> {
		const index = this.#disks.indexOf(disk);
		for await (const {offset, bytes} of disk.copy(signal)) await this.#link.writeDiskExtent(index, offset, bytes);
	}
}
