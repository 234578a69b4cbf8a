// Generated from proto/control.proto by scripts/generate-protocol.mjs: do not edit.
import type {MessageSchema} from './schema.ts';

/** What a ClientFrame can carry: the name of the body and its type. */
export type ClientFrameBodies = {
	readonly hello: Hello;
	/** The client gives up on its open request of this number; that request is answered all the same. */
	readonly cancel: Cancel;
	/** Operator to a daemon of its own host (Unix socket). */
	readonly start: StartRequest;
	readonly command: MigrationCommand;
	readonly status: StatusRequest;
	readonly watch: WatchRequest;
	readonly domainList: DomainListRequest;
	readonly domainCreate: DomainCreateRequest;
	readonly domainCommand: DomainCommand;
	readonly domainOutput: DomainOutputRequest;
	readonly save: SaveRequest;
	readonly restore: RestoreRequest;
	readonly hosts: HostsRequest;
	/** To the sender alone. */
	readonly set: SetRequest;
	readonly resolve: ResolveRequest;
	readonly domainAdopt: DomainAdoptRequest;
	/** With a stream of bytes. */
	readonly domainConsole: DomainConsoleRequest;
	/** To the sender alone. */
	readonly protect: ProtectRequest;
	/** To the sender alone. */
	readonly unprotect: UnprotectRequest;
	/** To the daemon of the host that has the standby; the sender of the host that runs the guest takes a planned one. */
	readonly failover: FailoverRequest;
	readonly protections: ProtectionsRequest;
	/** To the sender alone. */
	readonly forecast: ForecastRequest;
	readonly history: HistoryRequest;
	readonly record: RecordRequest;
	/** To the sender alone. */
	readonly doctor: DoctorRequest;
	/** Either way, of a request that is open and has a stream of bytes. */
	readonly streamData: StreamData;
	/** Sender to receiver, between hosts. */
	readonly prepare: PrepareRequest;
	readonly go: GoRequest;
	readonly peerAbort: PeerAbort;
	readonly outcome: OutcomeQuery;
	readonly resume: ResumeRequest;
	readonly pageHashes: PageHashesRequest;
	/** With a stream of bytes. */
	readonly peerConsole: PeerConsoleRequest;
	/** With a stream of bytes. */
	readonly diskStream: DiskStreamRequest;
	readonly standby: StandbyRequest;
	readonly standbyEnd: StandbyEnd;
	readonly standbyQuery: StandbyQuery;
	readonly linkProbe: LinkProbeRequest;
	readonly peerRecord: PeerRecordRequest;
	readonly peerDoctor: PeerDoctorRequest;
	readonly clock: ClockRequest;
};

/** What a ServerFrame can carry: the name of the body and its type. */
export type ServerFrameBodies = {
	readonly hello: Hello;
	/** The request failed; always the last frame. */
	readonly fault: Fault;
	/** The request is finished and had nothing to say. */
	readonly done: Done;
	/** Answer of start --detach, command; event of start and watch. */
	readonly migration: MigrationStatus;
	/** Last frame of start, watch, save. */
	readonly result: MigrationResult;
	readonly status: StatusReply;
	readonly domainList: DomainListReply;
	readonly domain: DomainReply;
	readonly output: OutputChunk;
	/** Answer of domain_command with CHECK. */
	readonly checked: CheckReply;
	readonly restored: RestoreResult;
	readonly hosts: HostsReply;
	readonly resolved: ResolveReply;
	readonly domainAdopted: DomainAdoptReply;
	/** Of a request that has a stream of bytes; never the last frame. */
	readonly streamData: StreamData;
	/** Event of domain_console and of peer_console. */
	readonly consoleNote: ConsoleNote;
	/** Answer of protect and unprotect; event of protect, as of start. */
	readonly protection: ProtectionStatus;
	readonly protections: ProtectionsReply;
	readonly failedOver: FailoverReply;
	readonly forecast: ForecastReply;
	readonly history: HistoryReply;
	/** Event of record and of peer_record. */
	readonly recordPart: RecordPart;
	/** Answer of doctor and of peer_doctor. */
	readonly doctor: DoctorReply;
	/** Event of prepare, of resume and of link_probe. */
	readonly prepared: PrepareReply;
	/** Event of prepare and of resume: stream whole, device state loaded, guest paused. */
	readonly ready: ReadyEvent;
	/** Answer of go: the guest runs at the receiver. */
	readonly running: RunningReply;
	/** Event of prepare and of resume. */
	readonly receiverProgress: ReceiverProgress;
	/** Answer of outcome; and of go, when the receiver has declined. */
	readonly outcome: OutcomeReply;
	readonly pageHashes: PageHashesReply;
	/** Answer of peer_console: the guest went to one of the hosts that ask. */
	readonly consoleMoved: ConsoleMoved;
	/** Event of standby. */
	readonly standbyPrepared: StandbyReply;
	/** Event of standby. */
	readonly standbyEvent: StandbyEvent;
	/** Answer of standby_query. */
	readonly standbyState: StandbyState;
	readonly clock: ClockReply;
};

export type Hello = {
	/** Range of control protocol versions that the speaker knows; the highest common one is used. */
	readonly versionMin: number;
	readonly versionMax: number;
	/** "sterna-sender 0.1.0" */
	readonly software: string;
	readonly host: string;
	/** "operator", "sender", "receiver" */
	readonly role: 'operator' | 'sender' | 'receiver';
	/** Optional abilities of the stream and the channel that both must name to use. */
	readonly features: readonly string[];
};

export type Cancel = Readonly<Record<string, never>>;

export type Fault = {
	readonly code: string;
	readonly message: string;
	readonly side: string;
	readonly phase: string;
	/** Empty with runs_on_kind "nowhere" or "unknown". */
	readonly runsOnHost: string;
	readonly runsOnKind: string;
	readonly next: string;
	readonly causes: readonly string[];
};

export type Done = Readonly<Record<string, never>>;

/** A piece of the stream of bytes that goes each way while a request is open. */
export type StreamData = {
	/** no more than the other end has room for */
	readonly data: Uint8Array;
	/** nothing follows in this direction */
	readonly end: boolean;
	/** for so many bytes more than before the speaker has room */
	readonly credit: number;
};

export type StartRequest = {
	readonly domain: string;
	readonly host: string;
	readonly detach: boolean;
	/** "sterna" or "xen" */
	readonly stream: 'sterna' | 'xen';
	/** absolute path, empty = none */
	readonly tee: string;
	readonly limits?: PolicyLimits | undefined;
	/** leave the guest paused on the target */
	readonly paused: boolean;
	/** what differs from the sender's configuration */
	readonly transfer?: TransferOptions | undefined;
};

/** How one migration moves its bytes; what is not set, the sender's configuration says. */
export type TransferOptions = {
	/** data connections */
	readonly channels?: number | undefined;
	/** "auto", "none", "zstd", "lz4"; empty = as configured */
	readonly compression: '' | 'auto' | 'none' | 'zstd' | 'lz4';
	/** of each data connection, for pages that are sent as differences; 0 = none are */
	readonly deltaCacheBytes?: number | undefined;
	/** over all data connections together; 0 = no limit */
	readonly bandwidthBytesPerSecond?: number | undefined;
	/** for how long the last pass, with the guest paused, ignores the limit */
	readonly downtimeBudgetMs?: number | undefined;
	/** "off", "wire", "audit", "full" */
	readonly proof?: 'off' | 'wire' | 'audit' | 'full' | undefined;
	/** for how long a lost connection is tried to be made anew; 0 = not at all */
	readonly reconnectMs?: number | undefined;
};

export type PolicyLimits = {
	readonly maxIterations?: number | undefined;
	readonly dirtyThresholdPages?: number | undefined;
	readonly maxDowntimeMs?: number | undefined;
	/** of the precopy, from its beginning */
	readonly deadlineMs?: number | undefined;
	/** "stop-and-copy", "abort", "postcopy" */
	readonly onDeadline?: 'stop-and-copy' | 'abort' | 'postcopy' | undefined;
	/** "advise", "stop-and-copy", "abort" */
	readonly onStall?: 'advise' | 'stop-and-copy' | 'abort' | undefined;
	/** that are asked, in this order, between commas: "xen", "downtime", "deadline", "stall", or a module's name */
	readonly policy?: string | undefined;
};

export type MigrationCommand = {
	/** an id, or a domain's name */
	readonly id: string;
	readonly action: 'abort' | 'stop-and-copy' | 'pause' | 'continue';
};

/** New limits for what is under way; what is not set stays as it is. */
export type SetRequest = {
	/** an id, or a domain's name; empty = the daemon, which has a bandwidth alone */
	readonly id: string;
	/** over all data connections together; 0 = no limit */
	readonly bandwidthBytesPerSecond?: number | undefined;
	/** a max_downtime_ms or deadline_ms of 0 = it decides nothing */
	readonly limits?: PolicyLimits | undefined;
	readonly downtimeBudgetMs?: number | undefined;
};

/** What became of a handover that is not decided, and the one safe thing done about it. */
export type ResolveRequest = {
	readonly domain: string;
	/** "", or what a person answers for: "run-here", "destroy-here" */
	readonly force: '' | 'run-here' | 'destroy-here';
};

export type ResolveReply = {
	readonly domain: string;
	/** of this host in the handover: "source", "target"; empty = there is none under way */
	readonly role: '' | 'source' | 'target';
	/** that this host's journal stands at, behind what was done; empty = it is over */
	readonly step: '' | 'transferring' | 'go' | 'undecided' | 'handed-over' | 'given-back' | 'receiving' | 'ready' | 'running' | 'lost' | 'declined';
	readonly peer: string;
	/** "unknown", "receiving", "ready", "running", "lost", "declined"; empty = it was not, or could not be, asked */
	readonly peerSays: '' | 'unknown' | 'receiving' | 'ready' | 'running' | 'lost' | 'declined';
	/** host name; empty = not known */
	readonly runsOn: string;
	/** what was done, in words; empty = nothing */
	readonly done: string;
	/** what --force would do, each with its consequence */
	readonly choices: readonly string[];
};

export type StatusRequest = {
	/** empty = all that are running or ended lately */
	readonly id: string;
};

export type StatusReply = {
	readonly migrations: readonly MigrationStatus[];
};

export type WatchRequest = {
	readonly id: string;
};

export type MigrationStatus = {
	readonly id: string;
	readonly domain: string;
	/** "outgoing", "incoming", "save", "restore" */
	readonly direction: 'outgoing' | 'incoming' | 'save' | 'restore';
	/** host name */
	readonly peer: string;
	/** "queued", "prepare", "precopy", "reconnecting", "stop-and-copy", "handover", "completed", "aborted", "failed", "undecided" */
	readonly phase: 'queued' | 'prepare' | 'precopy' | 'reconnecting' | 'stop-and-copy' | 'handover' | 'completed' | 'aborted' | 'failed' | 'undecided';
	readonly iteration: number;
	/** of the guest that the stream names */
	readonly totalPages: number;
	readonly pagesSent: number;
	readonly bytesSent: number;
	/** found by the last scan */
	readonly dirtyPages?: number | undefined;
	/** of this iteration */
	readonly remainingPages: number;
	readonly elapsedMs: number;
	readonly bandwidthBytesPerSecond: number;
	readonly dirtyBytesPerSecond: number;
	readonly expectedDowntimeMs?: number | undefined;
	readonly tracker: string;
	/** why the phase was left or the end came */
	readonly reason: string;
	readonly result?: MigrationResult | undefined;
	/** since the Unix epoch, clock of the daemon that answers */
	readonly startedAtMs: number;
	/** of pages_sent: went without content, being zeros; known at the sender */
	readonly zeroPages?: number | undefined;
	/** that compression kept off the wire; known at the sender */
	readonly savedBytes?: number | undefined;
	/** in force; not set: there is none */
	readonly bandwidthLimitBytesPerSecond?: number | undefined;
	/** lost connections so far that it went on after, or tries to */
	readonly interruptions?: number | undefined;
	/** of the memory as it was sent or received so far, 16 hexadecimal digits */
	readonly digest?: string | undefined;
	/** "off", "wire", "audit", "full" */
	readonly proof?: 'off' | 'wire' | 'audit' | 'full' | undefined;
	/** of disks that the target has of its own; known at the sender */
	readonly diskBytesLeft?: number | undefined;
	/** what must become true for the guest to be paused, in words */
	readonly waitsFor?: string | undefined;
	/** of which that is: so many may be dirty at most */
	readonly neededPages?: number | undefined;
	/** 0 to 1 of the expected time; never less than before */
	readonly progress?: number | undefined;
	/** until the guest runs on the other host, if all goes on as it is */
	readonly etaLowMs?: number | undefined;
	readonly etaHighMs?: number | undefined;
	/** "converges", "will-not-converge"; not set: not known yet */
	readonly convergence?: 'converges' | 'will-not-converge' | undefined;
	readonly convergenceBecause?: string | undefined;
	/** finished passes, oldest first, at most the last 64 */
	readonly iterations: readonly IterationInfo[];
	/** by the operator */
	readonly transferPaused?: boolean | undefined;
	/** what the operator's own policy did wrong, since when the built-in ones decide */
	readonly policyFault?: string | undefined;
};

/** One pass over memory that is over. */
export type IterationInfo = {
	/** 1 for the full pass */
	readonly iteration: number;
	/** due when it began */
	readonly dirtyPages: number;
	readonly writtenPages: number;
	readonly durationMs: number;
	readonly bandwidthBytesPerSecond?: number | undefined;
	/** ahead of it */
	readonly dirtyBytesPerSecond?: number | undefined;
	/** behind it */
	readonly waitsFor?: string | undefined;
};

export type MigrationResult = {
	readonly id: string;
	readonly domain: string;
	/** "completed", "aborted", "failed", "undecided" */
	readonly outcome: 'completed' | 'aborted' | 'failed' | 'undecided';
	/** host name; empty = nowhere; "?" = not known */
	readonly runsOn: string;
	readonly totalMs: number;
	readonly downtimeMs?: number | undefined;
	readonly iterations: number;
	readonly pagesSent: number;
	readonly bytesSent: number;
	readonly error?: Fault | undefined;
	readonly downtimeParts?: DowntimeParts | undefined;
	/** of pages_sent: went without content, being zeros; known at the sender */
	readonly zeroPages?: number | undefined;
	/** that compression kept off the wire; known at the sender */
	readonly savedBytes?: number | undefined;
	/** lost connections that it went on after */
	readonly interruptions?: number | undefined;
	/** without a connection, in all */
	readonly interruptedMs?: number | undefined;
	/** of the memory, equal on both hosts, 16 hexadecimal digits */
	readonly digest?: string | undefined;
	/** how the memory was proved */
	readonly proof?: 'off' | 'wire' | 'audit' | 'full' | undefined;
	/** found different at the receiver, and sent again */
	readonly repairedPages?: number | undefined;
	/** of pages that were on their way when a connection was lost, and were sent again */
	readonly resentBytes?: number | undefined;
	/** of disks that the target has of its own; known at the sender */
	readonly diskBytesSent?: number | undefined;
	/** why the precopy ended */
	readonly because?: string | undefined;
};

/** Milliseconds of the downtime by what they were spent on. */
export type DowntimeParts = {
	readonly pause: number;
	readonly scan: number;
	readonly copy: number;
	readonly deviceState: number;
	/** at the receiver, until ready */
	readonly load: number;
	readonly hook: number;
	/** go and running, resume aside */
	readonly handover: number;
	/** of the guest, at the receiver */
	readonly resume?: number | undefined;
};

export type DomainInfo = {
	readonly name: string;
	readonly uuid: string;
	readonly kind: string;
	/** "running", "paused", "image", "incoming", "migrating", "undecided", "crashed" */
	readonly state: 'running' | 'paused' | 'image' | 'incoming' | 'migrating' | 'undecided' | 'crashed' | 'protected' | 'standby' | 'stale';
	readonly memoryBytes: number;
	readonly pid: number;
	readonly incarnation: number;
	/** driver's own facts: steps, lines, self-check */
	readonly detailJson: string;
};

export type DomainListRequest = {
	/** empty = all */
	readonly name: string;
};

export type DomainListReply = {
	readonly domains: readonly DomainInfo[];
	readonly host: string;
};

export type DomainCreateRequest = {
	/** DomainDefinition without uuid */
	readonly definitionJson: string;
	readonly paused: boolean;
};

export type DomainReply = {
	readonly domain: DomainInfo;
};

/** Takes a QEMU guest under management that somebody else has started. */
export type DomainAdoptRequest = {
	/** absolute path of its monitor's socket */
	readonly qmp: string;
	/** empty = as the guest is called */
	readonly name: string;
	readonly networks: readonly NetworkChoice[];
	/** what is not named is shared */
	readonly disks: readonly DiskChoice[];
	/** look at it, and leave it whose it is */
	readonly dryRun: boolean;
};

export type NetworkChoice = {
	/** id of the guest's network backend */
	readonly netdev: string;
	/** of the hosts' networks */
	readonly network: string;
};

export type DiskChoice = {
	/** what the guest's device has as its drive */
	readonly drive: string;
	/** "shared", "mirror", "read-only" */
	readonly sharing: 'shared' | 'mirror' | 'read-only';
};

export type DomainAdoptReply = {
	/** with dry_run: as it would be */
	readonly domain: DomainInfo;
	/** what will be different on another host */
	readonly notes: readonly string[];
	/** that another host would start its counterpart with, the program first */
	readonly command: readonly string[];
};

export type DomainCommand = {
	readonly name: string;
	readonly action: 'show' | 'destroy' | 'pause' | 'resume' | 'check';
};

export type CheckReply = {
	readonly pagesChecked: number;
	readonly badPages: number;
	/** what is wrong with the first bad page; empty = none is bad */
	readonly firstBad: string;
};

export type DomainOutputRequest = {
	readonly name: string;
	readonly follow: boolean;
};

export type OutputChunk = {
	readonly data: Uint8Array;
};

export type DomainConsoleRequest = {
	readonly name: string;
	/** of what the guest wrote before, so much is shown first */
	readonly tailBytes: number;
};

/** Something to tell the person at a console. */
export type ConsoleNote = {
	readonly text: string;
};

export type SaveRequest = {
	readonly domain: string;
	/** absolute path */
	readonly file: string;
	/** the guest runs on afterwards */
	readonly checkpoint: boolean;
	readonly detach: boolean;
};

export type RestoreRequest = {
	readonly file: string;
	/** empty = as saved */
	readonly name: string;
	readonly paused: boolean;
};

export type RestoreResult = {
	readonly domain: DomainInfo;
	readonly totalMs: number;
	readonly pages: number;
	readonly bytes: number;
	/** whole ones, of a checkpointed stream that broke off */
	readonly checkpoints: number;
};

export type HostsRequest = {
	readonly probe: boolean;
};

export type HostsReply = {
	readonly self: string;
	readonly hosts: readonly HostInfo[];
};

export type HostInfo = {
	readonly name: string;
	readonly address: string;
	/** "self", "reachable", "unreachable", "not probed" */
	readonly state: 'self' | 'reachable' | 'unreachable' | 'not probed';
	/** version, or why not */
	readonly detail: string;
	readonly roundTripMs: number;
};

/** What a migration would be like. Moves no page; the guest's writes are watched, and the link is measured. */
export type ForecastRequest = {
	readonly domain: string;
	readonly host: string;
	/** for so long the guest is watched */
	readonly sampleMs?: number | undefined;
	readonly limits?: PolicyLimits | undefined;
	readonly transfer?: TransferOptions | undefined;
};

export type ForecastReply = {
	readonly domain: string;
	readonly host: string;
	/** "converges", "may-converge", "will-not-converge" */
	readonly convergence: 'converges' | 'may-converge' | 'will-not-converge';
	/** 0 to 1, that the precopy ends by its target and not by a limit */
	readonly likelihood: number;
	readonly totalLowMs: number;
	/** median */
	readonly totalMs: number;
	readonly totalHighMs: number;
	readonly downtimeLowMs: number;
	/** median */
	readonly downtimeMs: number;
	readonly downtimeHighMs: number;
	/** what holds it most: "bandwidth", "working-set", "cpu", "limits" */
	readonly binding: 'bandwidth' | 'working-set' | 'cpu' | 'limits';
	/** one sentence with the numbers in it */
	readonly because: string;
	/** changes that would make it finish, in words, the best first */
	readonly remedies: readonly string[];
	readonly sampledMs: number;
	/** that would be sent first */
	readonly memoryBytes: number;
	/** in the sample, each page once */
	readonly dirtyBytesPerSecond: number;
	/** written in the sample */
	readonly workingSetBytes: number;
	/** of the link, or its limit */
	readonly bandwidthBytesPerSecond: number;
	readonly roundTripMs: number;
	/** what could not be measured, in words */
	readonly assumptions: readonly string[];
};

export type HistoryRequest = {
	/** newest first; 0 = 100 */
	readonly limit: number;
	/** a name, or an id's beginning; empty = all */
	readonly domain: string;
};

export type HistoryReply = {
	readonly host: string;
	/** newest first */
	readonly entries: readonly HistoryEntry[];
};

/** A migration that is over, or of which no end is known. */
export type HistoryEntry = {
	readonly id: string;
	readonly domain: string;
	/** "outgoing", "incoming", "save", "restore" */
	readonly direction: 'outgoing' | 'incoming' | 'save' | 'restore';
	readonly peer: string;
	/** "completed", "aborted", "failed", "undecided"; empty = no end is known */
	readonly outcome: '' | 'completed' | 'aborted' | 'failed' | 'undecided';
	/** as in the result */
	readonly runsOn: string;
	/** since the Unix epoch */
	readonly startedAtMs: number;
	readonly totalMs: number;
	readonly downtimeMs?: number | undefined;
	readonly iterations: number;
	readonly bytesSent: number;
	/** why the precopy ended */
	readonly because: string;
	/** empty = none */
	readonly errorCode: string;
	readonly errorMessage: string;
	/** its recording is still here */
	readonly hasRecord: boolean;
};

export type RecordRequest = {
	/** an id, its beginning, or a domain's name: its latest */
	readonly id: string;
};

/** A piece of a recording: lines of JSON, cut anywhere. */
export type RecordPart = {
	readonly data: Uint8Array;
};

export type DoctorRequest = {
	/** the other end; empty = this host alone */
	readonly host: string;
};

export type DoctorReply = {
	/** that answers */
	readonly host: string;
	readonly findings: readonly Finding[];
	/** that it listens at; 0 = not said */
	readonly dataPort: number;
	/** memory that one more guest may have; unset = not known */
	readonly roomBytes?: number | undefined;
	/** "PROGRAM MACHINE" of each machine type that its QEMUs have */
	readonly qemuMachines: readonly string[];
};

export type Finding = {
	/** "version", "tracker", … */
	readonly check: string;
	/** "ok", "warning", "fault" */
	readonly state: 'ok' | 'warning' | 'fault';
	/** that it is of */
	readonly host: string;
	/** "sender", "receiver" */
	readonly side: 'sender' | 'receiver';
	/** what was found */
	readonly detail: string;
	/** what to do about it; empty with "ok" alone */
	readonly fix: string;
};

/** The receiver's recording of a migration: what the sender merges with its own. */
export type PeerRecordRequest = {
	readonly migrationId: string;
};

export type PeerDoctorRequest = Readonly<Record<string, never>>;

export type ClockRequest = Readonly<Record<string, never>>;

export type ClockReply = {
	/** since the Unix epoch, as it is answered */
	readonly nowMs: number;
};

export type PrepareRequest = {
	readonly migrationId: string;
	readonly incarnation: number;
	readonly definitionJson: string;
	/** "sterna" or "xen" */
	readonly stream: 'sterna' | 'xen';
	/** "pv" or "hvm" */
	readonly guestType: 'pv' | 'hvm';
	readonly streamVersion: number;
	/** at the source now */
	readonly populatedPages: number;
	/** do not resume the guest at go */
	readonly paused: boolean;
	/** asked for, over all data connections together */
	readonly windowBytes: number;
	/** data connections asked for; 0 = 1 */
	readonly channels: number;
	/** for so long the receiver keeps what it has without a link; unset = not at all */
	readonly holdMs?: number | undefined;
	/** a whole number below 2^52; set: pages are hashed with it */
	readonly hashKey?: number | undefined;
	/** about so many of populated_pages will come with content; unset = all */
	readonly contentPages?: number | undefined;
};

export type PrepareReply = {
	/** on the host that control was reached at */
	readonly dataPort: number;
	/** 32 random bytes, for the preamble */
	readonly token: Uint8Array;
	/** granted, over all data connections together */
	readonly windowBytes: number;
	/** data connections granted; 0 = 1 */
	readonly channels: number;
	/** Answer to resume: of each data connection of the link before, the stream offset before which everything is in the target's memory. Empty: not known, as after a restart. */
	readonly appliedBytes: readonly number[];
	/** Answer to link_probe: milliseconds that it took to populate the memory, and to start a process and see it end. */
	readonly populateMs?: number | undefined;
	readonly processStartMs?: number | undefined;
};

/** Data connections that lead nowhere: what comes over them is taken as a migration's pages are, into memory that is thrown away behind it. */
export type LinkProbeRequest = {
	/** in the place of a migration's, in the preamble of the data connections */
	readonly id: string;
	/** the pfns of the stream are below it, at most 16384; 0 = no data connection, a round trip alone */
	readonly mostPages: number;
	/** as in prepare */
	readonly windowBytes: number;
	/** as in prepare */
	readonly channels: number;
	/** as in prepare */
	readonly hashKey?: number | undefined;
};

/** Goes on with a migration whose link was lost: new data connections, with a stream that names what is left. */
export type ResumeRequest = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** 1, 2, …; above every one that the receiver has seen */
	readonly link: number;
	/** as in prepare */
	readonly windowBytes: number;
	/** as in prepare */
	readonly channels: number;
	/** as in prepare; another one than before only where page_hashes was asked with it */
	readonly hashKey?: number | undefined;
};

/** Hashes of the pages in the target's memory, while no link is open. */
export type PageHashesRequest = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** where the receiver has none with this key, it hashes its memory first */
	readonly hashKey: number;
	/** "pages"; "groups": the fold of each 2 MiB */
	readonly of: 'pages' | 'groups';
	/** pfn, or number of the group */
	readonly first: number;
	/** at most 65536 */
	readonly count: number;
};

export type PageHashesReply = {
	/** u64 each, little-endian; 0 = zeros, a hole, or never received */
	readonly hashes: Uint8Array;
};

/** A disk of the target, to be filled by the source: NBD from here on, the receiver is its server. */
export type DiskStreamRequest = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** as the definition names the disk */
	readonly node: string;
};

/** The console of a guest that the speaker handed over. */
export type PeerConsoleRequest = {
	/** that it was handed over by */
	readonly migrationId: string;
	readonly incarnation: number;
	/** that the speaker has already, of what the guest wrote since */
	readonly receivedBytes: number;
	/** hosts that ask through the speaker, the nearest last */
	readonly path: readonly string[];
};

export type ConsoleMoved = {
	readonly host: string;
	/** by which it went there */
	readonly migrationId: string;
	readonly incarnation: number;
};

export type ReadyEvent = {
	readonly incarnation: number;
	readonly pagesReceived: number;
	readonly bytesReceived: number;
	readonly loadMs: number;
};

export type GoRequest = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** of a standby: its last committed checkpoint must be this one */
	readonly epoch?: number | undefined;
};

export type RunningReply = {
	readonly incarnation: number;
	/** CLOCK_MONOTONIC of the receiver's host: comparable with the source's last step on one host only */
	readonly firstStepNs?: number | undefined;
	/** that the guest took to run on, once go was in the journal */
	readonly resumeMs: number;
	/** by the receiver's clock, as this word left; 0 where the first step is not known */
	readonly sinceFirstStepMs: number;
};

export type ReceiverProgress = {
	readonly pagesReceived: number;
	readonly bytesReceived: number;
};

export type PeerAbort = {
	readonly migrationId: string;
	readonly fault: Fault;
};

export type OutcomeQuery = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** The source asks so after a lost connection: a receiver that is ready and has no go writes `declined` before it answers. */
	readonly declineIfReady: boolean;
	/** A guest that runs at the receiver with this incarnation arrived, even where the migration itself is long forgotten. */
	readonly domain: string;
};

export type OutcomeReply = {
	/** "unknown", "receiving", "ready", "running", "lost", "declined" */
	readonly state: 'unknown' | 'receiving' | 'ready' | 'running' | 'lost' | 'declined';
	/** that the state is of; 0 with "unknown" */
	readonly incarnation: number;
	/** of "receiving": the latest */
	readonly link?: number | undefined;
	/** of "declined" in answer to go: why, where the receiver knows */
	readonly fault?: Fault | undefined;
};

/** Keeps a live standby of a running guest on another host, until it is told otherwise. */
export type ProtectRequest = {
	readonly domain: string;
	readonly host: string;
	/** answer when the first checkpoint is on its way; otherwise follow until the end */
	readonly detach: boolean;
	/** "sterna" or "xen" */
	readonly stream: 'sterna' | 'xen';
	/** absolute path, empty = none */
	readonly tee: string;
	/** what differs from the sender's configuration */
	readonly transfer?: TransferOptions | undefined;
	/** what differs from the sender's configuration */
	readonly checkpoints?: CheckpointOptions | undefined;
	/** a guest whose output cannot be held is protected all the same */
	readonly unsafeOutput: boolean;
	/** of what is sent ahead of the first checkpoint, while the guest runs */
	readonly limits?: PolicyLimits | undefined;
};

/** What is not set, the sender's configuration says. */
export type CheckpointOptions = {
	/** a fixed epoch; not set with objectives: adapted */
	readonly intervalMs?: number | undefined;
	/** the standby is never more than this behind */
	readonly maxLagMs?: number | undefined;
	/** output is held no longer than this */
	readonly maxAddedLatencyMs?: number | undefined;
	/** the guest loses no more of its time than this */
	readonly maxSlowdownPercent?: number | undefined;
	/** most checkpoints that are cut and not committed */
	readonly inFlight?: number | undefined;
	/** of each of them; what is dirty beyond it goes with the guest paused */
	readonly stagingBytes?: number | undefined;
	/** "continue", "pause"; empty = as configured */
	readonly onStandbyLoss: '' | 'continue' | 'pause';
};

export type UnprotectRequest = {
	readonly domain: string;
	/** the standby cannot be told: a person answers for that it never runs */
	readonly force: boolean;
};

export type FailoverRequest = {
	readonly domain: string;
	/** a person answers for it */
	readonly sourceIsDead: boolean;
	/** only with the source's help, without loss */
	readonly planned: boolean;
};

export type FailoverReply = {
	readonly domain: string;
	/** of the protection */
	readonly id: string;
	readonly planned: boolean;
	/** that the guest went on from */
	readonly epoch: number;
	/** that it runs with now */
	readonly incarnation: number;
	readonly decidedToRunningMs: number;
	/** host name */
	readonly runsOn: string;
	/** that it was allowed by: "lease", "planned", "fence", "source-is-dead" */
	readonly because: 'lease' | 'planned' | 'fence' | 'source-is-dead';
};

export type ProtectionsRequest = {
	/** a name or an id; empty = all */
	readonly domain: string;
};

export type ProtectionsReply = {
	readonly protections: readonly ProtectionStatus[];
	readonly host: string;
};

/** A protected guest, as one of the two hosts sees it. Times are by the clock of the daemon that answers. */
export type ProtectionStatus = {
	readonly id: string;
	readonly domain: string;
	/** "source", "standby" */
	readonly role: 'source' | 'standby';
	/** host name */
	readonly peer: string;
	/** "starting": no whole checkpoint yet. "protected". "unprotected": the source runs on alone. "paused": the source waits. "handing-over". "holding": a standby without a source. "promoting", "promoted". "stale": a source whose guest runs elsewhere. "ended": by its operator. "failed". */
	readonly phase: 'starting' | 'protected' | 'unprotected' | 'paused' | 'handing-over' | 'holding' | 'promoting' | 'promoted' | 'stale' | 'ended' | 'failed';
	/** why the phase was entered */
	readonly reason: string;
	/** since the Unix epoch */
	readonly sinceMs: number;
	/** since the Unix epoch */
	readonly startedAtMs: number;
	readonly incarnation: number;
	/** last one that was cut, or received */
	readonly epoch: number;
	/** last one that the standby would go on from; 0 = none */
	readonly committedEpoch: number;
	/** of the epochs now */
	readonly intervalMs?: number | undefined;
	/** from the cut to the acknowledgement, median of the last ones */
	readonly ackLagMs?: number | undefined;
	/** cut and not committed, now */
	readonly lagEpochs?: number | undefined;
	readonly heldOutputBytes?: number | undefined;
	/** lines, packets */
	readonly heldOutputItems?: number | undefined;
	/** of the last checkpoint */
	readonly pauseMs?: number | undefined;
	readonly pauseMedianMs?: number | undefined;
	readonly pauseP99Ms?: number | undefined;
	/** median */
	readonly pagesPerCheckpoint?: number | undefined;
	/** on the wire */
	readonly bytesPerSecond?: number | undefined;
	readonly checkpointsPerSecond?: number | undefined;
	/** of the guest's time that went to checkpoints */
	readonly slowdownPercent?: number | undefined;
	/** that output was held for, median */
	readonly addedLatencyMs?: number | undefined;
	/** "", "interval", "max-lag", "max-added-latency", "max-slowdown" */
	readonly bindingObjective: '' | 'interval' | 'max-lag' | 'max-added-latency' | 'max-slowdown';
	/** objectives that cannot be met, in words; empty = none */
	readonly alarm: string;
	/** "manual", "etcd" */
	readonly leaseStore: '' | 'manual' | 'etcd';
	/** until the guest here must stand still */
	readonly leaseLeftMs?: number | undefined;
	readonly error?: Fault | undefined;
	/** newest first */
	readonly lastCheckpoints: readonly CheckpointInfo[];
	/** in use now */
	readonly stagingBytes?: number | undefined;
	/** that went with the guest paused, so far */
	readonly overflowPages?: number | undefined;
	readonly diskBytesPerSecond?: number | undefined;
	/** while there is no whole checkpoint */
	readonly precopy?: MigrationStatus | undefined;
};

export type CheckpointInfo = {
	readonly epoch: number;
	readonly pages: number;
	/** of its part of the stream */
	readonly bytes: number;
	/** 16 hexadecimal digits */
	readonly digest: string;
	/** since the Unix epoch */
	readonly committedAtMs: number;
};

/** Makes, or takes up, the standby of a guest. Open as long as its link. */
export type StandbyRequest = {
	readonly prepare: PrepareRequest;
	/** until a checkpoint is committed */
	readonly holdsOutput: boolean;
	/** "manual", "etcd" */
	readonly leaseStore: 'manual' | 'etcd';
	readonly leaseTtlMs: number;
	/** of the domain */
	readonly uuid: string;
};

export type StandbyReply = {
	readonly prepared: PrepareReply;
	/** the memory there holds an earlier state of the guest: what differs is to be found by page hashes */
	readonly hasBase: boolean;
	/** of this standby before; the next one has the number behind it */
	readonly committedEpoch: number;
};

export type StandbyEvent = {
	/** "failover-wanted": a planned one */
	readonly kind: 'failover-wanted';
};

/** The source ends the protection: nothing of the standby is left. */
export type StandbyEnd = {
	readonly migrationId: string;
	readonly incarnation: number;
	/** the guest is gone at its source: the standby is left to the lease, or to its operator */
	readonly keep: boolean;
};

export type StandbyQuery = {
	readonly migrationId: string;
	readonly incarnation: number;
	readonly domain: string;
};

export type StandbyState = {
	/** "unknown", "receiving", "holding", "promoted". Of the host that the guest is protected on, asked by its standby's: "source" while the guest is there, "source-gone" when its process is not. */
	readonly state: 'unknown' | 'receiving' | 'holding' | 'promoted' | 'source' | 'source-gone';
	readonly committedEpoch: number;
	/** that it runs with, or would */
	readonly incarnation: number;
};

/** Every message by its name: what `wire-check.ts` and `check-message.ts` walk by. */
export const MESSAGE_SCHEMAS: Readonly<Record<string, MessageSchema>> = {
	ClientFrame: [
		{name: 'request', id: 1, type: 'uint32'},
		{name: 'hello', id: 2, type: 'message', of: 'Hello'},
		{name: 'cancel', id: 3, type: 'message', of: 'Cancel'},
		{name: 'start', id: 10, type: 'message', of: 'StartRequest'},
		{name: 'command', id: 11, type: 'message', of: 'MigrationCommand'},
		{name: 'status', id: 12, type: 'message', of: 'StatusRequest'},
		{name: 'watch', id: 13, type: 'message', of: 'WatchRequest'},
		{name: 'domainList', id: 14, type: 'message', of: 'DomainListRequest'},
		{name: 'domainCreate', id: 15, type: 'message', of: 'DomainCreateRequest'},
		{name: 'domainCommand', id: 16, type: 'message', of: 'DomainCommand'},
		{name: 'domainOutput', id: 17, type: 'message', of: 'DomainOutputRequest'},
		{name: 'save', id: 18, type: 'message', of: 'SaveRequest'},
		{name: 'restore', id: 19, type: 'message', of: 'RestoreRequest'},
		{name: 'hosts', id: 20, type: 'message', of: 'HostsRequest'},
		{name: 'set', id: 21, type: 'message', of: 'SetRequest'},
		{name: 'resolve', id: 22, type: 'message', of: 'ResolveRequest'},
		{name: 'domainAdopt', id: 23, type: 'message', of: 'DomainAdoptRequest'},
		{name: 'domainConsole', id: 25, type: 'message', of: 'DomainConsoleRequest'},
		{name: 'protect', id: 26, type: 'message', of: 'ProtectRequest'},
		{name: 'unprotect', id: 27, type: 'message', of: 'UnprotectRequest'},
		{name: 'failover', id: 28, type: 'message', of: 'FailoverRequest'},
		{name: 'protections', id: 29, type: 'message', of: 'ProtectionsRequest'},
		{name: 'forecast', id: 30, type: 'message', of: 'ForecastRequest'},
		{name: 'history', id: 31, type: 'message', of: 'HistoryRequest'},
		{name: 'record', id: 32, type: 'message', of: 'RecordRequest'},
		{name: 'doctor', id: 33, type: 'message', of: 'DoctorRequest'},
		{name: 'streamData', id: 24, type: 'message', of: 'StreamData'},
		{name: 'prepare', id: 40, type: 'message', of: 'PrepareRequest'},
		{name: 'go', id: 41, type: 'message', of: 'GoRequest'},
		{name: 'peerAbort', id: 42, type: 'message', of: 'PeerAbort'},
		{name: 'outcome', id: 43, type: 'message', of: 'OutcomeQuery'},
		{name: 'resume', id: 44, type: 'message', of: 'ResumeRequest'},
		{name: 'pageHashes', id: 45, type: 'message', of: 'PageHashesRequest'},
		{name: 'peerConsole', id: 46, type: 'message', of: 'PeerConsoleRequest'},
		{name: 'diskStream', id: 47, type: 'message', of: 'DiskStreamRequest'},
		{name: 'standby', id: 48, type: 'message', of: 'StandbyRequest'},
		{name: 'standbyEnd', id: 49, type: 'message', of: 'StandbyEnd'},
		{name: 'standbyQuery', id: 50, type: 'message', of: 'StandbyQuery'},
		{name: 'linkProbe', id: 51, type: 'message', of: 'LinkProbeRequest'},
		{name: 'peerRecord', id: 52, type: 'message', of: 'PeerRecordRequest'},
		{name: 'peerDoctor', id: 53, type: 'message', of: 'PeerDoctorRequest'},
		{name: 'clock', id: 54, type: 'message', of: 'ClockRequest'},
	],
	ServerFrame: [
		{name: 'request', id: 1, type: 'uint32'},
		{name: 'last', id: 9, type: 'bool'},
		{name: 'hello', id: 2, type: 'message', of: 'Hello'},
		{name: 'fault', id: 3, type: 'message', of: 'Fault'},
		{name: 'done', id: 4, type: 'message', of: 'Done'},
		{name: 'migration', id: 10, type: 'message', of: 'MigrationStatus'},
		{name: 'result', id: 11, type: 'message', of: 'MigrationResult'},
		{name: 'status', id: 12, type: 'message', of: 'StatusReply'},
		{name: 'domainList', id: 14, type: 'message', of: 'DomainListReply'},
		{name: 'domain', id: 15, type: 'message', of: 'DomainReply'},
		{name: 'output', id: 17, type: 'message', of: 'OutputChunk'},
		{name: 'checked', id: 18, type: 'message', of: 'CheckReply'},
		{name: 'restored', id: 19, type: 'message', of: 'RestoreResult'},
		{name: 'hosts', id: 20, type: 'message', of: 'HostsReply'},
		{name: 'resolved', id: 21, type: 'message', of: 'ResolveReply'},
		{name: 'domainAdopted', id: 22, type: 'message', of: 'DomainAdoptReply'},
		{name: 'streamData', id: 24, type: 'message', of: 'StreamData'},
		{name: 'consoleNote', id: 25, type: 'message', of: 'ConsoleNote'},
		{name: 'protection', id: 26, type: 'message', of: 'ProtectionStatus'},
		{name: 'protections', id: 27, type: 'message', of: 'ProtectionsReply'},
		{name: 'failedOver', id: 28, type: 'message', of: 'FailoverReply'},
		{name: 'forecast', id: 29, type: 'message', of: 'ForecastReply'},
		{name: 'history', id: 30, type: 'message', of: 'HistoryReply'},
		{name: 'recordPart', id: 31, type: 'message', of: 'RecordPart'},
		{name: 'doctor', id: 32, type: 'message', of: 'DoctorReply'},
		{name: 'prepared', id: 40, type: 'message', of: 'PrepareReply'},
		{name: 'ready', id: 41, type: 'message', of: 'ReadyEvent'},
		{name: 'running', id: 42, type: 'message', of: 'RunningReply'},
		{name: 'receiverProgress', id: 43, type: 'message', of: 'ReceiverProgress'},
		{name: 'outcome', id: 44, type: 'message', of: 'OutcomeReply'},
		{name: 'pageHashes', id: 45, type: 'message', of: 'PageHashesReply'},
		{name: 'consoleMoved', id: 46, type: 'message', of: 'ConsoleMoved'},
		{name: 'standbyPrepared', id: 47, type: 'message', of: 'StandbyReply'},
		{name: 'standbyEvent', id: 48, type: 'message', of: 'StandbyEvent'},
		{name: 'standbyState', id: 49, type: 'message', of: 'StandbyState'},
		{name: 'clock', id: 53, type: 'message', of: 'ClockReply'},
	],
	Hello: [
		{name: 'versionMin', id: 1, type: 'uint32'},
		{name: 'versionMax', id: 2, type: 'uint32'},
		{name: 'software', id: 3, type: 'string'},
		{name: 'host', id: 4, type: 'string'},
		{name: 'role', id: 5, type: 'string'},
		{name: 'features', id: 6, type: 'string', presence: 'repeated'},
	],
	Cancel: [],
	Fault: [
		{name: 'code', id: 1, type: 'string'},
		{name: 'message', id: 2, type: 'string'},
		{name: 'side', id: 3, type: 'string'},
		{name: 'phase', id: 4, type: 'string'},
		{name: 'runsOnHost', id: 5, type: 'string'},
		{name: 'runsOnKind', id: 6, type: 'string'},
		{name: 'next', id: 7, type: 'string'},
		{name: 'causes', id: 8, type: 'string', presence: 'repeated'},
	],
	Done: [],
	StreamData: [
		{name: 'data', id: 1, type: 'bytes'},
		{name: 'end', id: 2, type: 'bool'},
		{name: 'credit', id: 3, type: 'double'},
	],
	StartRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'host', id: 2, type: 'string'},
		{name: 'detach', id: 3, type: 'bool'},
		{name: 'stream', id: 4, type: 'string'},
		{name: 'tee', id: 5, type: 'string'},
		{name: 'limits', id: 6, type: 'message', of: 'PolicyLimits'},
		{name: 'paused', id: 7, type: 'bool'},
		{name: 'transfer', id: 8, type: 'message', of: 'TransferOptions'},
	],
	TransferOptions: [
		{name: 'channels', id: 1, type: 'uint32', presence: 'optional'},
		{name: 'compression', id: 2, type: 'string'},
		{name: 'deltaCacheBytes', id: 3, type: 'double', presence: 'optional'},
		{name: 'bandwidthBytesPerSecond', id: 4, type: 'double', presence: 'optional'},
		{name: 'downtimeBudgetMs', id: 5, type: 'double', presence: 'optional'},
		{name: 'proof', id: 6, type: 'string', presence: 'optional'},
		{name: 'reconnectMs', id: 7, type: 'double', presence: 'optional'},
	],
	PolicyLimits: [
		{name: 'maxIterations', id: 1, type: 'uint32', presence: 'optional'},
		{name: 'dirtyThresholdPages', id: 2, type: 'uint32', presence: 'optional'},
		{name: 'maxDowntimeMs', id: 3, type: 'double', presence: 'optional'},
		{name: 'deadlineMs', id: 4, type: 'double', presence: 'optional'},
		{name: 'onDeadline', id: 5, type: 'string', presence: 'optional'},
		{name: 'onStall', id: 6, type: 'string', presence: 'optional'},
		{name: 'policy', id: 7, type: 'string', presence: 'optional'},
	],
	MigrationCommand: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'action', id: 2, type: 'enum', values: {'abort': 1, 'stop-and-copy': 2, 'pause': 3, 'continue': 4}},
	],
	SetRequest: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'bandwidthBytesPerSecond', id: 2, type: 'double', presence: 'optional'},
		{name: 'limits', id: 3, type: 'message', of: 'PolicyLimits'},
		{name: 'downtimeBudgetMs', id: 4, type: 'double', presence: 'optional'},
	],
	ResolveRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'force', id: 2, type: 'string'},
	],
	ResolveReply: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'role', id: 2, type: 'string'},
		{name: 'step', id: 3, type: 'string'},
		{name: 'peer', id: 4, type: 'string'},
		{name: 'peerSays', id: 5, type: 'string'},
		{name: 'runsOn', id: 6, type: 'string'},
		{name: 'done', id: 7, type: 'string'},
		{name: 'choices', id: 8, type: 'string', presence: 'repeated'},
	],
	StatusRequest: [
		{name: 'id', id: 1, type: 'string'},
	],
	StatusReply: [
		{name: 'migrations', id: 1, type: 'message', of: 'MigrationStatus', presence: 'repeated'},
	],
	WatchRequest: [
		{name: 'id', id: 1, type: 'string'},
	],
	MigrationStatus: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'domain', id: 2, type: 'string'},
		{name: 'direction', id: 3, type: 'string'},
		{name: 'peer', id: 4, type: 'string'},
		{name: 'phase', id: 5, type: 'string'},
		{name: 'iteration', id: 6, type: 'uint32'},
		{name: 'totalPages', id: 7, type: 'double'},
		{name: 'pagesSent', id: 8, type: 'double'},
		{name: 'bytesSent', id: 9, type: 'double'},
		{name: 'dirtyPages', id: 10, type: 'double', presence: 'optional'},
		{name: 'remainingPages', id: 11, type: 'double'},
		{name: 'elapsedMs', id: 12, type: 'double'},
		{name: 'bandwidthBytesPerSecond', id: 13, type: 'double'},
		{name: 'dirtyBytesPerSecond', id: 14, type: 'double'},
		{name: 'expectedDowntimeMs', id: 15, type: 'double', presence: 'optional'},
		{name: 'tracker', id: 16, type: 'string'},
		{name: 'reason', id: 17, type: 'string'},
		{name: 'result', id: 18, type: 'message', of: 'MigrationResult'},
		{name: 'startedAtMs', id: 19, type: 'double'},
		{name: 'zeroPages', id: 20, type: 'double', presence: 'optional'},
		{name: 'savedBytes', id: 21, type: 'double', presence: 'optional'},
		{name: 'bandwidthLimitBytesPerSecond', id: 22, type: 'double', presence: 'optional'},
		{name: 'interruptions', id: 23, type: 'uint32', presence: 'optional'},
		{name: 'digest', id: 24, type: 'string', presence: 'optional'},
		{name: 'proof', id: 25, type: 'string', presence: 'optional'},
		{name: 'diskBytesLeft', id: 26, type: 'double', presence: 'optional'},
		{name: 'waitsFor', id: 27, type: 'string', presence: 'optional'},
		{name: 'neededPages', id: 28, type: 'double', presence: 'optional'},
		{name: 'progress', id: 29, type: 'double', presence: 'optional'},
		{name: 'etaLowMs', id: 30, type: 'double', presence: 'optional'},
		{name: 'etaHighMs', id: 31, type: 'double', presence: 'optional'},
		{name: 'convergence', id: 32, type: 'string', presence: 'optional'},
		{name: 'convergenceBecause', id: 33, type: 'string', presence: 'optional'},
		{name: 'iterations', id: 34, type: 'message', of: 'IterationInfo', presence: 'repeated'},
		{name: 'transferPaused', id: 35, type: 'bool', presence: 'optional'},
		{name: 'policyFault', id: 36, type: 'string', presence: 'optional'},
	],
	IterationInfo: [
		{name: 'iteration', id: 1, type: 'uint32'},
		{name: 'dirtyPages', id: 2, type: 'double'},
		{name: 'writtenPages', id: 3, type: 'double'},
		{name: 'durationMs', id: 4, type: 'double'},
		{name: 'bandwidthBytesPerSecond', id: 5, type: 'double', presence: 'optional'},
		{name: 'dirtyBytesPerSecond', id: 6, type: 'double', presence: 'optional'},
		{name: 'waitsFor', id: 7, type: 'string', presence: 'optional'},
	],
	MigrationResult: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'domain', id: 2, type: 'string'},
		{name: 'outcome', id: 3, type: 'string'},
		{name: 'runsOn', id: 4, type: 'string'},
		{name: 'totalMs', id: 5, type: 'double'},
		{name: 'downtimeMs', id: 6, type: 'double', presence: 'optional'},
		{name: 'iterations', id: 7, type: 'uint32'},
		{name: 'pagesSent', id: 8, type: 'double'},
		{name: 'bytesSent', id: 9, type: 'double'},
		{name: 'error', id: 10, type: 'message', of: 'Fault'},
		{name: 'downtimeParts', id: 11, type: 'message', of: 'DowntimeParts'},
		{name: 'zeroPages', id: 12, type: 'double', presence: 'optional'},
		{name: 'savedBytes', id: 13, type: 'double', presence: 'optional'},
		{name: 'interruptions', id: 14, type: 'uint32', presence: 'optional'},
		{name: 'interruptedMs', id: 15, type: 'double', presence: 'optional'},
		{name: 'digest', id: 16, type: 'string', presence: 'optional'},
		{name: 'proof', id: 17, type: 'string', presence: 'optional'},
		{name: 'repairedPages', id: 18, type: 'double', presence: 'optional'},
		{name: 'resentBytes', id: 19, type: 'double', presence: 'optional'},
		{name: 'diskBytesSent', id: 20, type: 'double', presence: 'optional'},
		{name: 'because', id: 21, type: 'string', presence: 'optional'},
	],
	DowntimeParts: [
		{name: 'pause', id: 1, type: 'double'},
		{name: 'scan', id: 2, type: 'double'},
		{name: 'copy', id: 3, type: 'double'},
		{name: 'deviceState', id: 4, type: 'double'},
		{name: 'load', id: 5, type: 'double'},
		{name: 'hook', id: 6, type: 'double'},
		{name: 'handover', id: 7, type: 'double'},
		{name: 'resume', id: 8, type: 'double', presence: 'optional'},
	],
	DomainInfo: [
		{name: 'name', id: 1, type: 'string'},
		{name: 'uuid', id: 2, type: 'string'},
		{name: 'kind', id: 3, type: 'string'},
		{name: 'state', id: 4, type: 'string'},
		{name: 'memoryBytes', id: 5, type: 'double'},
		{name: 'pid', id: 6, type: 'uint32'},
		{name: 'incarnation', id: 7, type: 'double'},
		{name: 'detailJson', id: 8, type: 'string'},
	],
	DomainListRequest: [
		{name: 'name', id: 1, type: 'string'},
	],
	DomainListReply: [
		{name: 'domains', id: 1, type: 'message', of: 'DomainInfo', presence: 'repeated'},
		{name: 'host', id: 2, type: 'string'},
	],
	DomainCreateRequest: [
		{name: 'definitionJson', id: 1, type: 'string'},
		{name: 'paused', id: 2, type: 'bool'},
	],
	DomainReply: [
		{name: 'domain', id: 1, type: 'message', of: 'DomainInfo'},
	],
	DomainAdoptRequest: [
		{name: 'qmp', id: 1, type: 'string'},
		{name: 'name', id: 2, type: 'string'},
		{name: 'networks', id: 3, type: 'message', of: 'NetworkChoice', presence: 'repeated'},
		{name: 'disks', id: 4, type: 'message', of: 'DiskChoice', presence: 'repeated'},
		{name: 'dryRun', id: 5, type: 'bool'},
	],
	NetworkChoice: [
		{name: 'netdev', id: 1, type: 'string'},
		{name: 'network', id: 2, type: 'string'},
	],
	DiskChoice: [
		{name: 'drive', id: 1, type: 'string'},
		{name: 'sharing', id: 2, type: 'string'},
	],
	DomainAdoptReply: [
		{name: 'domain', id: 1, type: 'message', of: 'DomainInfo'},
		{name: 'notes', id: 2, type: 'string', presence: 'repeated'},
		{name: 'command', id: 3, type: 'string', presence: 'repeated'},
	],
	DomainCommand: [
		{name: 'name', id: 1, type: 'string'},
		{name: 'action', id: 2, type: 'enum', values: {'show': 1, 'destroy': 2, 'pause': 3, 'resume': 4, 'check': 5}},
	],
	CheckReply: [
		{name: 'pagesChecked', id: 1, type: 'double'},
		{name: 'badPages', id: 2, type: 'double'},
		{name: 'firstBad', id: 3, type: 'string'},
	],
	DomainOutputRequest: [
		{name: 'name', id: 1, type: 'string'},
		{name: 'follow', id: 2, type: 'bool'},
	],
	OutputChunk: [
		{name: 'data', id: 1, type: 'bytes'},
	],
	DomainConsoleRequest: [
		{name: 'name', id: 1, type: 'string'},
		{name: 'tailBytes', id: 2, type: 'double'},
	],
	ConsoleNote: [
		{name: 'text', id: 1, type: 'string'},
	],
	SaveRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'file', id: 2, type: 'string'},
		{name: 'checkpoint', id: 3, type: 'bool'},
		{name: 'detach', id: 4, type: 'bool'},
	],
	RestoreRequest: [
		{name: 'file', id: 1, type: 'string'},
		{name: 'name', id: 2, type: 'string'},
		{name: 'paused', id: 3, type: 'bool'},
	],
	RestoreResult: [
		{name: 'domain', id: 1, type: 'message', of: 'DomainInfo'},
		{name: 'totalMs', id: 2, type: 'double'},
		{name: 'pages', id: 3, type: 'double'},
		{name: 'bytes', id: 4, type: 'double'},
		{name: 'checkpoints', id: 5, type: 'uint32'},
	],
	HostsRequest: [
		{name: 'probe', id: 1, type: 'bool'},
	],
	HostsReply: [
		{name: 'self', id: 1, type: 'string'},
		{name: 'hosts', id: 2, type: 'message', of: 'HostInfo', presence: 'repeated'},
	],
	HostInfo: [
		{name: 'name', id: 1, type: 'string'},
		{name: 'address', id: 2, type: 'string'},
		{name: 'state', id: 3, type: 'string'},
		{name: 'detail', id: 4, type: 'string'},
		{name: 'roundTripMs', id: 5, type: 'double'},
	],
	ForecastRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'host', id: 2, type: 'string'},
		{name: 'sampleMs', id: 3, type: 'double', presence: 'optional'},
		{name: 'limits', id: 4, type: 'message', of: 'PolicyLimits'},
		{name: 'transfer', id: 5, type: 'message', of: 'TransferOptions'},
	],
	ForecastReply: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'host', id: 2, type: 'string'},
		{name: 'convergence', id: 3, type: 'string'},
		{name: 'likelihood', id: 4, type: 'double'},
		{name: 'totalLowMs', id: 5, type: 'double'},
		{name: 'totalMs', id: 6, type: 'double'},
		{name: 'totalHighMs', id: 7, type: 'double'},
		{name: 'downtimeLowMs', id: 8, type: 'double'},
		{name: 'downtimeMs', id: 9, type: 'double'},
		{name: 'downtimeHighMs', id: 10, type: 'double'},
		{name: 'binding', id: 11, type: 'string'},
		{name: 'because', id: 12, type: 'string'},
		{name: 'remedies', id: 13, type: 'string', presence: 'repeated'},
		{name: 'sampledMs', id: 14, type: 'double'},
		{name: 'memoryBytes', id: 15, type: 'double'},
		{name: 'dirtyBytesPerSecond', id: 16, type: 'double'},
		{name: 'workingSetBytes', id: 17, type: 'double'},
		{name: 'bandwidthBytesPerSecond', id: 18, type: 'double'},
		{name: 'roundTripMs', id: 19, type: 'double'},
		{name: 'assumptions', id: 20, type: 'string', presence: 'repeated'},
	],
	HistoryRequest: [
		{name: 'limit', id: 1, type: 'uint32'},
		{name: 'domain', id: 2, type: 'string'},
	],
	HistoryReply: [
		{name: 'host', id: 1, type: 'string'},
		{name: 'entries', id: 2, type: 'message', of: 'HistoryEntry', presence: 'repeated'},
	],
	HistoryEntry: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'domain', id: 2, type: 'string'},
		{name: 'direction', id: 3, type: 'string'},
		{name: 'peer', id: 4, type: 'string'},
		{name: 'outcome', id: 5, type: 'string'},
		{name: 'runsOn', id: 6, type: 'string'},
		{name: 'startedAtMs', id: 7, type: 'double'},
		{name: 'totalMs', id: 8, type: 'double'},
		{name: 'downtimeMs', id: 9, type: 'double', presence: 'optional'},
		{name: 'iterations', id: 10, type: 'uint32'},
		{name: 'bytesSent', id: 11, type: 'double'},
		{name: 'because', id: 12, type: 'string'},
		{name: 'errorCode', id: 13, type: 'string'},
		{name: 'errorMessage', id: 14, type: 'string'},
		{name: 'hasRecord', id: 15, type: 'bool'},
	],
	RecordRequest: [
		{name: 'id', id: 1, type: 'string'},
	],
	RecordPart: [
		{name: 'data', id: 1, type: 'bytes'},
	],
	DoctorRequest: [
		{name: 'host', id: 1, type: 'string'},
	],
	DoctorReply: [
		{name: 'host', id: 1, type: 'string'},
		{name: 'findings', id: 2, type: 'message', of: 'Finding', presence: 'repeated'},
		{name: 'dataPort', id: 3, type: 'uint32'},
		{name: 'roomBytes', id: 4, type: 'double', presence: 'optional'},
		{name: 'qemuMachines', id: 5, type: 'string', presence: 'repeated'},
	],
	Finding: [
		{name: 'check', id: 1, type: 'string'},
		{name: 'state', id: 2, type: 'string'},
		{name: 'host', id: 3, type: 'string'},
		{name: 'side', id: 4, type: 'string'},
		{name: 'detail', id: 5, type: 'string'},
		{name: 'fix', id: 6, type: 'string'},
	],
	PeerRecordRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
	],
	PeerDoctorRequest: [],
	ClockRequest: [],
	ClockReply: [
		{name: 'nowMs', id: 1, type: 'double'},
	],
	PrepareRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'definitionJson', id: 3, type: 'string'},
		{name: 'stream', id: 4, type: 'string'},
		{name: 'guestType', id: 5, type: 'string'},
		{name: 'streamVersion', id: 6, type: 'uint32'},
		{name: 'populatedPages', id: 7, type: 'double'},
		{name: 'paused', id: 8, type: 'bool'},
		{name: 'windowBytes', id: 9, type: 'double'},
		{name: 'channels', id: 10, type: 'uint32'},
		{name: 'holdMs', id: 13, type: 'double', presence: 'optional'},
		{name: 'hashKey', id: 14, type: 'double', presence: 'optional'},
		{name: 'contentPages', id: 15, type: 'double', presence: 'optional'},
	],
	PrepareReply: [
		{name: 'dataPort', id: 1, type: 'uint32'},
		{name: 'token', id: 2, type: 'bytes'},
		{name: 'windowBytes', id: 3, type: 'double'},
		{name: 'channels', id: 4, type: 'uint32'},
		{name: 'appliedBytes', id: 5, type: 'double', presence: 'repeated'},
		{name: 'populateMs', id: 6, type: 'double', presence: 'optional'},
		{name: 'processStartMs', id: 7, type: 'double', presence: 'optional'},
	],
	LinkProbeRequest: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'mostPages', id: 2, type: 'double'},
		{name: 'windowBytes', id: 3, type: 'double'},
		{name: 'channels', id: 4, type: 'uint32'},
		{name: 'hashKey', id: 5, type: 'double', presence: 'optional'},
	],
	ResumeRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'link', id: 3, type: 'uint32'},
		{name: 'windowBytes', id: 4, type: 'double'},
		{name: 'channels', id: 5, type: 'uint32'},
		{name: 'hashKey', id: 6, type: 'double', presence: 'optional'},
	],
	PageHashesRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'hashKey', id: 3, type: 'double'},
		{name: 'of', id: 4, type: 'string'},
		{name: 'first', id: 5, type: 'double'},
		{name: 'count', id: 6, type: 'double'},
	],
	PageHashesReply: [
		{name: 'hashes', id: 1, type: 'bytes'},
	],
	DiskStreamRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'node', id: 3, type: 'string'},
	],
	PeerConsoleRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'receivedBytes', id: 3, type: 'double'},
		{name: 'path', id: 4, type: 'string', presence: 'repeated'},
	],
	ConsoleMoved: [
		{name: 'host', id: 1, type: 'string'},
		{name: 'migrationId', id: 2, type: 'string'},
		{name: 'incarnation', id: 3, type: 'double'},
	],
	ReadyEvent: [
		{name: 'incarnation', id: 1, type: 'double'},
		{name: 'pagesReceived', id: 2, type: 'double'},
		{name: 'bytesReceived', id: 3, type: 'double'},
		{name: 'loadMs', id: 4, type: 'double'},
	],
	GoRequest: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'epoch', id: 3, type: 'double', presence: 'optional'},
	],
	RunningReply: [
		{name: 'incarnation', id: 1, type: 'double'},
		{name: 'firstStepNs', id: 2, type: 'double', presence: 'optional'},
		{name: 'resumeMs', id: 3, type: 'double'},
		{name: 'sinceFirstStepMs', id: 4, type: 'double'},
	],
	ReceiverProgress: [
		{name: 'pagesReceived', id: 1, type: 'double'},
		{name: 'bytesReceived', id: 2, type: 'double'},
	],
	PeerAbort: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'fault', id: 2, type: 'message', of: 'Fault'},
	],
	OutcomeQuery: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'declineIfReady', id: 3, type: 'bool'},
		{name: 'domain', id: 4, type: 'string'},
	],
	OutcomeReply: [
		{name: 'state', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'link', id: 3, type: 'uint32', presence: 'optional'},
		{name: 'fault', id: 4, type: 'message', of: 'Fault'},
	],
	ProtectRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'host', id: 2, type: 'string'},
		{name: 'detach', id: 3, type: 'bool'},
		{name: 'stream', id: 4, type: 'string'},
		{name: 'tee', id: 5, type: 'string'},
		{name: 'transfer', id: 6, type: 'message', of: 'TransferOptions'},
		{name: 'checkpoints', id: 7, type: 'message', of: 'CheckpointOptions'},
		{name: 'unsafeOutput', id: 8, type: 'bool'},
		{name: 'limits', id: 9, type: 'message', of: 'PolicyLimits'},
	],
	CheckpointOptions: [
		{name: 'intervalMs', id: 1, type: 'double', presence: 'optional'},
		{name: 'maxLagMs', id: 2, type: 'double', presence: 'optional'},
		{name: 'maxAddedLatencyMs', id: 3, type: 'double', presence: 'optional'},
		{name: 'maxSlowdownPercent', id: 4, type: 'double', presence: 'optional'},
		{name: 'inFlight', id: 5, type: 'uint32', presence: 'optional'},
		{name: 'stagingBytes', id: 6, type: 'double', presence: 'optional'},
		{name: 'onStandbyLoss', id: 7, type: 'string'},
	],
	UnprotectRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'force', id: 2, type: 'bool'},
	],
	FailoverRequest: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'sourceIsDead', id: 2, type: 'bool'},
		{name: 'planned', id: 3, type: 'bool'},
	],
	FailoverReply: [
		{name: 'domain', id: 1, type: 'string'},
		{name: 'id', id: 2, type: 'string'},
		{name: 'planned', id: 3, type: 'bool'},
		{name: 'epoch', id: 4, type: 'double'},
		{name: 'incarnation', id: 5, type: 'double'},
		{name: 'decidedToRunningMs', id: 6, type: 'double'},
		{name: 'runsOn', id: 7, type: 'string'},
		{name: 'because', id: 8, type: 'string'},
	],
	ProtectionsRequest: [
		{name: 'domain', id: 1, type: 'string'},
	],
	ProtectionsReply: [
		{name: 'protections', id: 1, type: 'message', of: 'ProtectionStatus', presence: 'repeated'},
		{name: 'host', id: 2, type: 'string'},
	],
	ProtectionStatus: [
		{name: 'id', id: 1, type: 'string'},
		{name: 'domain', id: 2, type: 'string'},
		{name: 'role', id: 3, type: 'string'},
		{name: 'peer', id: 4, type: 'string'},
		{name: 'phase', id: 5, type: 'string'},
		{name: 'reason', id: 6, type: 'string'},
		{name: 'sinceMs', id: 7, type: 'double'},
		{name: 'startedAtMs', id: 8, type: 'double'},
		{name: 'incarnation', id: 9, type: 'double'},
		{name: 'epoch', id: 10, type: 'double'},
		{name: 'committedEpoch', id: 11, type: 'double'},
		{name: 'intervalMs', id: 12, type: 'double', presence: 'optional'},
		{name: 'ackLagMs', id: 13, type: 'double', presence: 'optional'},
		{name: 'lagEpochs', id: 14, type: 'double', presence: 'optional'},
		{name: 'heldOutputBytes', id: 15, type: 'double', presence: 'optional'},
		{name: 'heldOutputItems', id: 16, type: 'double', presence: 'optional'},
		{name: 'pauseMs', id: 17, type: 'double', presence: 'optional'},
		{name: 'pauseMedianMs', id: 18, type: 'double', presence: 'optional'},
		{name: 'pauseP99Ms', id: 19, type: 'double', presence: 'optional'},
		{name: 'pagesPerCheckpoint', id: 20, type: 'double', presence: 'optional'},
		{name: 'bytesPerSecond', id: 21, type: 'double', presence: 'optional'},
		{name: 'checkpointsPerSecond', id: 22, type: 'double', presence: 'optional'},
		{name: 'slowdownPercent', id: 23, type: 'double', presence: 'optional'},
		{name: 'addedLatencyMs', id: 24, type: 'double', presence: 'optional'},
		{name: 'bindingObjective', id: 25, type: 'string'},
		{name: 'alarm', id: 26, type: 'string'},
		{name: 'leaseStore', id: 27, type: 'string'},
		{name: 'leaseLeftMs', id: 28, type: 'double', presence: 'optional'},
		{name: 'error', id: 29, type: 'message', of: 'Fault'},
		{name: 'lastCheckpoints', id: 30, type: 'message', of: 'CheckpointInfo', presence: 'repeated'},
		{name: 'stagingBytes', id: 31, type: 'double', presence: 'optional'},
		{name: 'overflowPages', id: 32, type: 'double', presence: 'optional'},
		{name: 'diskBytesPerSecond', id: 33, type: 'double', presence: 'optional'},
		{name: 'precopy', id: 34, type: 'message', of: 'MigrationStatus'},
	],
	CheckpointInfo: [
		{name: 'epoch', id: 1, type: 'double'},
		{name: 'pages', id: 2, type: 'double'},
		{name: 'bytes', id: 3, type: 'double'},
		{name: 'digest', id: 4, type: 'string'},
		{name: 'committedAtMs', id: 5, type: 'double'},
	],
	StandbyRequest: [
		{name: 'prepare', id: 1, type: 'message', of: 'PrepareRequest'},
		{name: 'holdsOutput', id: 2, type: 'bool'},
		{name: 'leaseStore', id: 3, type: 'string'},
		{name: 'leaseTtlMs', id: 4, type: 'double'},
		{name: 'uuid', id: 5, type: 'string'},
	],
	StandbyReply: [
		{name: 'prepared', id: 1, type: 'message', of: 'PrepareReply'},
		{name: 'hasBase', id: 2, type: 'bool'},
		{name: 'committedEpoch', id: 3, type: 'double'},
	],
	StandbyEvent: [
		{name: 'kind', id: 1, type: 'string'},
	],
	StandbyEnd: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'keep', id: 3, type: 'bool'},
	],
	StandbyQuery: [
		{name: 'migrationId', id: 1, type: 'string'},
		{name: 'incarnation', id: 2, type: 'double'},
		{name: 'domain', id: 3, type: 'string'},
	],
	StandbyState: [
		{name: 'state', id: 1, type: 'string'},
		{name: 'committedEpoch', id: 2, type: 'double'},
		{name: 'incarnation', id: 3, type: 'double'},
	],
};
