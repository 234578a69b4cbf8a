import type {TrackerKind} from './dirty-log.ts';
import type {DomainDefinition} from './definition.ts';
import type {AdoptRequest, Adopted} from './adopt.ts';
import type {QemuHostSettings} from './drivers/qemu/host-settings.ts';
import type {SourceDomain} from './source-domain.ts';
import type {GuestMemory} from './guest-memory.ts';
import type {TargetDomain} from './target-domain.ts';

/** How a restarted daemon finds a guest again. Plain JSON: it is kept in the domain registry. */
export type GuestHandle =
	/** A guest with a process of its own. `startTicks` (field 22 of /proc/PID/stat) guards against a reused pid. */
	| {readonly kind: 'process'; readonly pid: number; readonly startTicks: string; readonly socketPath: string}
	/** A guest held in files: `directory` has its memory and records. */
	| {readonly kind: 'files'; readonly directory: string};

/** Where a guest may keep things on this host; the directories exist. */
export type GuestPlace = {
	/** Persistent, of this domain alone. */
	readonly domainDir: string;
	/** For sockets and state files; on tmpfs where there is one; of this domain alone. Short enough for a socket path. */
	readonly runDir: string;
	/** Appended to by the guest; outlives it, so that output can be read after it moved away. */
	readonly outputFile: string;
	/** IP address of this host at which ports of workload guests are; 127.0.0.1 where undefined. */
	readonly guestAddress?: string;
	/** What QEMU guests may be made of on this host; undefined: there are none. */
	readonly qemu?: QemuHostSettings;
};

/** What a guest says of itself. */
export type GuestFacts = {
	readonly state: 'running' | 'paused' | 'image' | 'crashed';
	/** Driver's own facts, shown by `domain show`: steps, lines, self-check, … */
	readonly detail: Readonly<Record<string, string | number | boolean>>;
};

/** Result of a full sweep of a guest's memory. */
export type CheckResult = {readonly pagesChecked: number; readonly badPages: number; readonly firstBad: string | undefined};

/** A guest under management: what an operator can do with one outside of a migration. */
export interface ManagedGuest extends AsyncDisposable {
	show(): Promise<GuestFacts>;
	pause(): Promise<void>;
	resume(): Promise<void>;
	/** A full sweep by the guest's own self-check. Rejects ERR_NOT_SUPPORTED for an image. */
	check(): Promise<CheckResult>;
	destroy(): Promise<void>;
}

/** The way into a guest's console. One at a time. */
export interface ConsoleInput extends AsyncDisposable {
	/** Resolves when the guest's side has taken the bytes. Rejects ERR_GUEST_EXITED where it is gone. */
	write(bytes: Uint8Array): Promise<void>;
}

/** Everything Sterna can do with one kind of guest. One implementation per folder of `drivers/`. */
export interface DomainDriver {
	readonly kind: DomainDefinition['kind'];
	/** Starts a new guest. Images are not created but restored or received: rejects ERR_NOT_SUPPORTED. */
	create(definition: DomainDefinition, place: GuestPlace, options: {readonly paused: boolean}): Promise<GuestHandle>;
	/**
	 * The definition of a guest that was made, completed with what only the guest itself shows, for the other host to compare its own with.
	 * As it came, where there is nothing to add.
	 */
	describe(definition: DomainDefinition, handle: GuestHandle, place: GuestPlace): Promise<DomainDefinition>;
	/**
	 * Looks at a running guest that another has started, and says how it is taken under management: the caller writes it down. The guest is not
	 * touched. `placeOf`: where a domain of a name would keep things; nothing needs to be there. Rejects NotAdoptableError with everything that keeps it
	 * from being migrated, ERR_USAGE for a guest without a name. Absent: guests of this kind are only made by us.
	 */
	adopt?(request: AdoptRequest, placeOf: (name: string) => GuestPlace): Promise<Adopted>;
	/** Makes the empty, paused counterpart of a guest that is about to come in. */
	createTarget(definition: DomainDefinition, place: GuestPlace): Promise<TargetDomain>;
	/**
	 * Takes up a target that another process has made and partly filled, and whose device state did not come. Rejects ERR_GUEST_EXITED where it is
	 * gone, ERR_DOMAIN_STATE where its device state is loaded, ERR_NOT_SUPPORTED where what came of it went with that process.
	 */
	openTarget(definition: DomainDefinition, handle: GuestHandle, place: GuestPlace): Promise<TargetDomain>;
	/** `tracker`: what the operator asked for; `auto` takes the best that works. Rejects when the guest is gone. */
	openSource(
		definition: DomainDefinition,
		handle: GuestHandle,
		place: GuestPlace,
		options: {readonly tracker: TrackerKind | 'auto'},
	): Promise<SourceDomain>;
	manage(definition: DomainDefinition, handle: GuestHandle, place: GuestPlace): Promise<ManagedGuest>;
	/**
	 * Maps the memory of a guest for reading, also of one whose process was stopped by SIGSTOP and will never run again. The caller disposes of it. Absent: guests of
	 * this kind do not run. Rejects ERR_GUEST_EXITED where it is gone.
	 */
	openMemory?(definition: DomainDefinition, handle: GuestHandle): Promise<GuestMemory>;
	/** Writes what it is given to the guest's console, as typed there. Absent: guests of this kind have none. What the guest writes is in its output file. */
	openConsole?(definition: DomainDefinition, handle: GuestHandle, place: GuestPlace): Promise<ConsoleInput>;
	/**
	 * Ends a guest that waits, empty, in this run directory for a migration to come in, and that no record names: its daemon died between making it
	 * and writing it down. A guest in any other state is left alone. Resolves with whether there was one.
	 */
	endHalfMade(runDir: string): Promise<boolean>;
	/** Whether the guest is still there: its process (pid and start time), its files. */
	isAlive(handle: GuestHandle): boolean;
	/** Removes whatever is left of a guest, alive or not. Idempotent, never throws for what is already gone. */
	remove(handle: GuestHandle, place: GuestPlace): Promise<void>;
}
