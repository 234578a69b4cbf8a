import type {DeviceState} from './source-domain.ts';
import type {TargetDisks} from './disks.ts';
import type {DomainError} from './domain-error.ts';
import type {GuestHandle} from './driver.ts';
import type {GuestMemory} from './guest-memory.ts';
import type {GuestType, RawRecord} from '@sterna/protocol';

/** What a stream says of its guest before the first record. */
export type StreamHeaders = {
	readonly guestType: GuestType;
	/** Version of the libxc image header. */
	readonly streamVersion: 2 | 3;
	/** Xen version of the domain header. */
	readonly xenVersion: readonly [major: number, minor: number];
	/** Configuration of the xl header, as text without its NUL; undefined when the stream began without one. */
	readonly xlConfig: string | undefined;
};

/** A standby's file for one of the guest's disks. */
export type TargetReplica = {readonly node: string; readonly file: string; readonly sizeBytes: number};

/** What a receiver needs of the guest it makes. Made by a driver, paused and empty. */
export interface TargetDomain extends AsyncDisposable {
	readonly name: string;
	/** How the guest is found again by a restarted daemon. */
	readonly handle: GuestHandle;
	/** The new guest's memory, mapped here, to be filled by `readv`. */
	readonly memory: GuestMemory;
	/** Filled by the data worker as pages arrive (index = pfn, value = type nibble, 0xff = never named); undefined where a guest has ordinary pages only. */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Disks of the standby, for `ReplicatedDisk`: files that nobody else writes before the guest runs. */
	readonly replicas?: readonly TargetReplica[] | undefined;
	/** Disks that are filled from the source, until the device state comes; undefined where there are none. */
	readonly disks?: TargetDisks | undefined;
	/**
	 * Resolves when the guest has ended by itself, with ERR_GUEST_EXITED, or cannot be reached any more: what still comes in for it comes in vain. From `loadDeviceState` on, which
	 * rejects then, nothing is told any more, nor of a guest that was destroyed or let go of. Never rejects; with an image it never resolves.
	 */
	readonly gone: Promise<DomainError>;
	/**
	 * Takes what a stream's headers say, before any record of it; throws ERR_NOT_SUPPORTED where the driver cannot hold such a guest. With a
	 * further stream for the same guest begins anew: what headers and static records of an earlier one said does not count.
	 */
	acceptHeaders(headers: StreamHeaders): void;
	/** Takes a static record as it arrives; throws where the driver cannot run such a guest. The body is the callee's to keep. */
	acceptStaticRecord(record: RawRecord): void;
	/** Touches the guest's own page tables ahead of the switch, so that it does not fault in the downtime window. Optional work: never fails, and ends when the device state comes. */
	warm(): Promise<void>;
	/** Checks and loads CPU and device state into the paused guest: memory is complete by now. */
	loadDeviceState(state: DeviceState): Promise<void>;
	/**
	 * Lets the guest run. The point where the world sees it here. Resolves after its first step with the CLOCK_MONOTONIC nanoseconds of that
	 * step (`process.hrtime.bigint()`), where downtime ends; undefined where the driver cannot tell, and for an image, which never runs.
	 */
	resume(): Promise<{readonly firstStepNs: bigint | undefined}>;
	/** Undoes the creation: nothing of the guest is left on this host. Idempotent. */
	destroy(): Promise<void>;
}
