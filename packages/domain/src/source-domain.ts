import type {GuestType, RawRecord} from '@sterna/protocol';
import type {DirtyLog} from './dirty-log.ts';
import type {SourceDisks} from './disks.ts';
import type {DomainDefinition} from './definition.ts';
import type {GuestMemory} from './guest-memory.ts';
import type {PageBitmap} from './page-bitmap.ts';

/** What happened to a guest on its own accord, or by another's, while a migration or a protection had hold of it. */
export type GuestEvent =
	/** `isSudden`: its process ended, and it was none of the guest's own doing. */
	| {readonly kind: 'exited'; readonly detail: string; readonly isSudden?: boolean}
	| {readonly kind: 'rebooted'}
	/** Somebody else has paused it: `resume` leaves it as it is, until that one lets it run. */
	| {readonly kind: 'paused'}
	| {readonly kind: 'resized'; readonly memoryBytes: number}
	| {readonly kind: 'device-added'; readonly detail: string};

/**
 * The records that are sent while the guest is paused, in stream order. For a guest of our own: HVM, TSC_INFO of zeros,
 * an HVM_CONTEXT of header and end descriptor, and the device state in EMULATOR_CONTEXT (DESIGN section 5).
 */
export type DeviceState = {
	/** Tail records of the libxc layer: from X86_TSC_INFO on, END excluded. */
	readonly libxc: readonly RawRecord[];
	/** EMULATOR_XENSTORE_DATA and EMULATOR_CONTEXT records, END excluded. */
	readonly libxl: readonly RawRecord[];
};

/** What a guest says to the world and that is not out yet. Undefined: there may be some, and who holds it does not say how much. */
export type HeldOutput = {readonly bytes: number | undefined; /** Lines, packets. */ readonly items: number | undefined};

/**
 * Stands between a guest and the world, and lets out what the guest said in an epoch only when its checkpoint is committed. Part of the guest's own process: what
 * is held goes with it. Commands are obeyed in the order of the calls, and in that of `pause`, `saveDeviceState` and `resume`: none needs to wait for the one before.
 */
export interface OutputGate {
	/** Most epochs that can be cut and not released. */
	readonly maxEpochs: number;
	/** From here on everything that the guest says is held: it belongs to the epoch under way. Idempotent. */
	hold(): Promise<void>;
	/** The guest stands still: what it said since the last cut is epoch `epoch`. Epochs rise. */
	cut(epoch: number): Promise<void>;
	/**
	 * Lets out, in order, what was said up to the end of this epoch. `untilBootNs`: not when CLOCK_BOOTTIME has come so far: it stays held then, and the promise
	 * rejects ERR_LEASE_LOST. Undefined: whenever.
	 */
	release(epoch: number, untilBootNs: bigint | undefined): Promise<void>;
	/** Lets out everything, and holds nothing any more: the guest is alone. Idempotent. */
	open(): Promise<void>;
	held(): Promise<HeldOutput>;
}

/** Bytes of a disk. `bytes`: at most 1 MiB, the callee's to keep. */
export type DiskExtent = {readonly offset: number; readonly bytes: Uint8Array<ArrayBuffer>};

/** A disk that the standby has a file of its own for, kept in step by epochs. */
export interface ReplicatedDisk {
	/** As the definition names it. */
	readonly node: string;
	readonly sizeBytes: number;
	/** Begins to log the guest's writes, and yields what the disk has, holes left out: a write that is not in it yet is in the first cut. Again before that: what was written since, of which the guest's writes wait for it where it becomes too much. */
	copy(signal: AbortSignal): AsyncIterable<DiskExtent>;
	/** The guest stands still: ends the epoch's log, and resolves with what was written in it, in order. Read to its end, or let go of, before the next cut. */
	cut(): Promise<AsyncIterable<DiskExtent>>;
	/** Bytes of the epoch under way. Its server lets the guest wait where they become too many. */
	readonly loggedBytes: number;
	/** Nothing is logged any more. Idempotent. */
	stopLog(): Promise<void>;
}

/** What it takes to keep a standby of a guest. */
export type CheckpointSupport = {
	/** Undefined: what the guest says cannot be held. */
	readonly gate: OutputGate | undefined;
	/** What keeps a standby from being in step, a sentence each, with its cure; none where it can be. */
	readonly obstacles: readonly string[];
	readonly disks: readonly ReplicatedDisk[];
};

/** What a sender needs of a guest, and nothing more. One implementation per kind of guest; each runs the contract suite. */
export interface SourceDomain extends AsyncDisposable {
	readonly name: string;
	/** What the other host needs to make the counterpart of this guest. */
	readonly definition: DomainDefinition;
	readonly guestType: GuestType;
	/**
	 * The memory to send, mapped here. Batches are ranges of it: no page is copied or wrapped in an object on its way out.
	 * To be read after `startDirtyLog`, or while the guest is paused: the `compare` tracker hands out its shadow copy, as only what was
	 * compared may be sent (a page that changes and changes back between two comparisons would else arrive in its middle state).
	 */
	readonly memory: GuestMemory;
	/**
	 * Type nibble of each pfn (index = pfn), in shared memory so that the data worker can read it; undefined when every page
	 * is ordinary (NOTAB). XTAB and BROKEN entries are listed in the stream without a page.
	 */
	readonly pageTypes: Uint8Array<SharedArrayBuffer> | undefined;
	/** Xen version of the domain header: [major, minor]. Sterna's own guests say 4.17, the release whose rules we follow. */
	readonly xenVersion: readonly [major: number, minor: number];
	/** libxc stream version: 3, or 2 for an image that came in as such. */
	readonly streamVersion: 2 | 3;
	/** Static records up to STATIC_DATA_END, which the engine writes, then for PV the P2M frames behind it. */
	readonly staticRecords: {readonly beforeEnd: readonly RawRecord[]; readonly afterEnd: readonly RawRecord[]};
	/** JSON configuration for the xl header, as text without its NUL. */
	readonly xlConfig: string;
	/** Disks that the target has files of its own for; undefined where it has none, or sees the source's. */
	readonly disks?: SourceDisks | undefined;
	/** Undefined: guests of this kind do not run, and have no standby. */
	readonly checkpoints?: CheckpointSupport | undefined;
	/** Called at most once per event, from any time after `startDirtyLog`; set to undefined to stop listening. */
	onGuestEvent: ((event: GuestEvent) => void) | undefined;

	/** The pages of iteration 0: every page that the stream must name. Adds to `into`. */
	addAllPages(into: PageBitmap): void;
	/** Arms dirty tracking. Pages written from now on are reported by `dirtyLog.take`. An image never dirties a page. */
	startDirtyLog(): Promise<DirtyLog>;
	/** Stops the guest's CPUs; idempotent. Resolves with CLOCK_MONOTONIC nanoseconds (`process.hrtime.bigint()`) of the guest's last step, where downtime starts. */
	pause(): Promise<{readonly lastStepNs: bigint}>;
	/** Undoes `pause()`, even one that failed half-way: how a failed migration gives the guest back. Idempotent. */
	resume(): Promise<void>;
	/**
	 * CPU and device state. Only while paused, or right behind a `pause` that is still on its way: calls are obeyed in order. `checkpoint`: the guest goes on here;
	 * `handover` (default): it may go on elsewhere.
	 */
	saveDeviceState(purpose?: 'handover' | 'checkpoint'): Promise<DeviceState>;
	/** Ends the guest for good and frees what it held: after it runs elsewhere, or was saved. */
	destroy(): Promise<void>;
}
