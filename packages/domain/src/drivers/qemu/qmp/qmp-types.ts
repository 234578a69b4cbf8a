/**
 * Generated from QEMU's own introspection by packages/domain/scripts/generate-qmp-types.ts: do not edit.
 * The commands and events of its selection.ts, as QEMU 7.2 has them; some large types are cut there to what is of use.
 * Integers of QEMU's are 64 bits wide and arrive as numbers: above 2^53 they are rounded. An enumeration may have more words in another version of QEMU.
 */

/** What each command takes and answers. */
export type QmpCommands = {
	readonly 'announce-self': {
		readonly arguments: {
			readonly initial: number;
			readonly max: number;
			readonly rounds: number;
			readonly step: number;
			readonly interfaces?: ReadonlyArray<string> | undefined;
			readonly id?: string | undefined;
		};
		readonly result: Nothing;
	};
	readonly balloon: {readonly arguments: {readonly value: number}; readonly result: Nothing};
	readonly 'block-export-add': {
		readonly arguments: {
			readonly id: string;
			readonly 'fixed-iothread'?: boolean | undefined;
			readonly iothread?: string | undefined;
			readonly 'node-name': string;
			readonly writable?: boolean | undefined;
			readonly writethrough?: boolean | undefined;
		} & {
			readonly type: 'nbd';
			readonly name?: string | undefined;
			readonly description?: string | undefined;
			readonly bitmaps?: ReadonlyArray<string | {readonly node: string; readonly name: string}> | undefined;
			readonly 'allocation-depth'?: boolean | undefined;
		};
		readonly result: Nothing;
	};
	readonly 'block-export-del': {
		readonly arguments: {readonly id: string; readonly mode?: 'safe' | 'hard' | undefined};
		readonly result: Nothing;
	};
	readonly 'block-job-cancel': {
		readonly arguments: {readonly device: string; readonly force?: boolean | undefined};
		readonly result: Nothing;
	};
	readonly 'blockdev-add': {readonly arguments: BlockdevOptions; readonly result: Nothing};
	readonly 'blockdev-del': {readonly arguments: {readonly 'node-name': string}; readonly result: Nothing};
	readonly 'blockdev-mirror': {
		readonly arguments: {
			readonly 'job-id'?: string | undefined;
			readonly device: string;
			readonly target: string;
			readonly replaces?: string | undefined;
			readonly sync: 'top' | 'full' | 'none' | 'incremental' | 'bitmap';
			readonly speed?: number | undefined;
			readonly granularity?: number | undefined;
			readonly 'buf-size'?: number | undefined;
			readonly 'on-source-error'?: 'report' | 'ignore' | 'enospc' | 'stop' | 'auto' | undefined;
			readonly 'on-target-error'?: 'report' | 'ignore' | 'enospc' | 'stop' | 'auto' | undefined;
			readonly 'filter-node-name'?: string | undefined;
			readonly 'copy-mode'?: 'background' | 'write-blocking' | undefined;
			readonly 'auto-finalize'?: boolean | undefined;
			readonly 'auto-dismiss'?: boolean | undefined;
		};
		readonly result: Nothing;
	};
	readonly cont: {readonly arguments: Nothing; readonly result: Nothing};
	readonly device_add: {
		readonly arguments: {readonly driver: string; readonly bus?: string | undefined; readonly id?: string | undefined} & Readonly<
			Record<string, unknown>
		>;
		readonly result: Nothing;
	};
	readonly device_del: {readonly arguments: {readonly id: string}; readonly result: Nothing};
	readonly 'human-monitor-command': {
		readonly arguments: {readonly 'command-line': string; readonly 'cpu-index'?: number | undefined};
		readonly result: string;
	};
	readonly migrate: {
		readonly arguments: {
			readonly uri: string;
			readonly blk?: boolean | undefined;
			readonly inc?: boolean | undefined;
			readonly detach?: boolean | undefined;
			readonly resume?: boolean | undefined;
		};
		readonly result: Nothing;
	};
	readonly 'migrate-incoming': {readonly arguments: {readonly uri: string}; readonly result: Nothing};
	readonly 'migrate-set-capabilities': {
		readonly arguments: {
			readonly capabilities: ReadonlyArray<{
				readonly capability:
					| 'xbzrle'
					| 'rdma-pin-all'
					| 'auto-converge'
					| 'zero-blocks'
					| 'compress'
					| 'events'
					| 'postcopy-ram'
					| 'x-colo'
					| 'release-ram'
					| 'block'
					| 'return-path'
					| 'pause-before-switchover'
					| 'multifd'
					| 'dirty-bitmaps'
					| 'postcopy-blocktime'
					| 'late-block-activate'
					| 'x-ignore-shared'
					| 'validate-uuid'
					| 'background-snapshot'
					| 'zero-copy-send'
					| 'postcopy-preempt';
				readonly state: boolean;
			}>;
		};
		readonly result: Nothing;
	};
	readonly 'migrate-set-parameters': {
		readonly arguments: {
			readonly 'announce-initial'?: number | undefined;
			readonly 'announce-max'?: number | undefined;
			readonly 'announce-rounds'?: number | undefined;
			readonly 'announce-step'?: number | undefined;
			readonly 'compress-level'?: number | undefined;
			readonly 'compress-threads'?: number | undefined;
			readonly 'compress-wait-thread'?: boolean | undefined;
			readonly 'decompress-threads'?: number | undefined;
			readonly 'throttle-trigger-threshold'?: number | undefined;
			readonly 'cpu-throttle-initial'?: number | undefined;
			readonly 'cpu-throttle-increment'?: number | undefined;
			readonly 'cpu-throttle-tailslow'?: boolean | undefined;
			readonly 'tls-creds'?: string | null | undefined;
			readonly 'tls-hostname'?: string | null | undefined;
			readonly 'tls-authz'?: string | null | undefined;
			readonly 'max-bandwidth'?: number | undefined;
			readonly 'downtime-limit'?: number | undefined;
			readonly 'x-checkpoint-delay'?: number | undefined;
			readonly 'block-incremental'?: boolean | undefined;
			readonly 'multifd-channels'?: number | undefined;
			readonly 'xbzrle-cache-size'?: number | undefined;
			readonly 'max-postcopy-bandwidth'?: number | undefined;
			readonly 'max-cpu-throttle'?: number | undefined;
			readonly 'multifd-compression'?: 'none' | 'zlib' | 'zstd' | undefined;
			readonly 'multifd-zlib-level'?: number | undefined;
			readonly 'multifd-zstd-level'?: number | undefined;
		};
		readonly result: Nothing;
	};
	readonly 'nbd-server-start': {
		readonly arguments: {
			readonly addr: SocketAddress;
			readonly 'tls-creds'?: string | undefined;
			readonly 'tls-authz'?: string | undefined;
			readonly 'max-connections'?: number | undefined;
		};
		readonly result: Nothing;
	};
	readonly 'nbd-server-stop': {readonly arguments: Nothing; readonly result: Nothing};
	readonly netdev_add: {
		readonly arguments: {readonly id: string} & (
			| {readonly type: 'bridge'; readonly br?: string | undefined; readonly helper?: string | undefined}
			| {readonly type: 'dgram'; readonly local?: FlatSocketAddress | undefined; readonly remote?: FlatSocketAddress | undefined}
			| {
					readonly type: 'socket';
					readonly fd?: string | undefined;
					readonly listen?: string | undefined;
					readonly connect?: string | undefined;
					readonly mcast?: string | undefined;
					readonly localaddr?: string | undefined;
					readonly udp?: string | undefined;
			  }
			| {readonly type: 'stream'; readonly addr: FlatSocketAddress; readonly server?: boolean | undefined}
		);
		readonly result: Nothing;
	};
	readonly netdev_del: {readonly arguments: {readonly id: string}; readonly result: Nothing};
	readonly 'object-add': {
		readonly arguments: {readonly id: string} & (
			| {
					readonly 'qom-type': 'filter-buffer';
					readonly netdev: string;
					readonly queue?: 'all' | 'rx' | 'tx' | undefined;
					readonly status?: string | undefined;
					readonly position?: string | undefined;
					readonly insert?: 'before' | 'behind' | undefined;
					readonly interval: number;
			  }
			| {
					readonly 'qom-type': 'memory-backend-file';
					readonly dump?: boolean | undefined;
					readonly 'host-nodes'?: ReadonlyArray<number> | undefined;
					readonly merge?: boolean | undefined;
					readonly policy?: 'default' | 'preferred' | 'bind' | 'interleave' | undefined;
					readonly prealloc?: boolean | undefined;
					readonly 'prealloc-threads'?: number | undefined;
					readonly 'prealloc-context'?: string | undefined;
					readonly share?: boolean | undefined;
					readonly reserve?: boolean | undefined;
					readonly size: number;
					readonly 'x-use-canonical-path-for-ramblock-id'?: boolean | undefined;
					readonly align?: number | undefined;
					readonly 'discard-data'?: boolean | undefined;
					readonly 'mem-path': string;
					readonly pmem?: boolean | undefined;
					readonly readonly?: boolean | undefined;
			  }
			| {
					readonly 'qom-type': 'memory-backend-memfd';
					readonly dump?: boolean | undefined;
					readonly 'host-nodes'?: ReadonlyArray<number> | undefined;
					readonly merge?: boolean | undefined;
					readonly policy?: 'default' | 'preferred' | 'bind' | 'interleave' | undefined;
					readonly prealloc?: boolean | undefined;
					readonly 'prealloc-threads'?: number | undefined;
					readonly 'prealloc-context'?: string | undefined;
					readonly share?: boolean | undefined;
					readonly reserve?: boolean | undefined;
					readonly size: number;
					readonly 'x-use-canonical-path-for-ramblock-id'?: boolean | undefined;
					readonly hugetlb?: boolean | undefined;
					readonly hugetlbsize?: number | undefined;
					readonly seal?: boolean | undefined;
			  }
		);
		readonly result: Nothing;
	};
	readonly 'object-del': {readonly arguments: {readonly id: string}; readonly result: Nothing};
	readonly qmp_capabilities: {readonly arguments: {readonly enable?: ReadonlyArray<'oob'> | undefined}; readonly result: Nothing};
	readonly 'qom-get': {readonly arguments: {readonly path: string; readonly property: string}; readonly result: unknown};
	readonly 'qom-list': {
		readonly arguments: {readonly path: string};
		readonly result: ReadonlyArray<{
			readonly name: string;
			readonly type: string;
			readonly description?: string | undefined;
			readonly 'default-value'?: unknown;
		}>;
	};
	readonly 'qom-list-types': {
		readonly arguments: {readonly implements?: string | undefined; readonly abstract?: boolean | undefined};
		readonly result: ReadonlyArray<{readonly name: string; readonly abstract?: boolean | undefined; readonly parent?: string | undefined}>;
	};
	readonly 'qom-set': {
		readonly arguments: {readonly path: string; readonly property: string; readonly value: unknown};
		readonly result: Nothing;
	};
	readonly 'query-balloon': {readonly arguments: Nothing; readonly result: {readonly actual: number}};
	readonly 'query-block': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{
			readonly device: string;
			readonly qdev?: string | undefined;
			readonly type: string;
			readonly removable: boolean;
			readonly locked: boolean;
			readonly inserted?: BlockDeviceInfo | undefined;
			readonly tray_open?: boolean | undefined;
			readonly 'io-status'?: 'ok' | 'failed' | 'nospace' | undefined;
		}>;
	};
	readonly 'query-block-exports': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{
			readonly id: string;
			readonly type: 'nbd' | 'vhost-user-blk' | 'fuse' | 'vduse-blk';
			readonly 'node-name': string;
			readonly 'shutting-down': boolean;
		}>;
	};
	readonly 'query-block-jobs': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{
			readonly type: string;
			readonly device: string;
			readonly len: number;
			readonly offset: number;
			readonly busy: boolean;
			readonly paused: boolean;
			readonly speed: number;
			readonly 'io-status': 'ok' | 'failed' | 'nospace';
			readonly ready: boolean;
			readonly status:
				| 'undefined'
				| 'created'
				| 'running'
				| 'paused'
				| 'ready'
				| 'standby'
				| 'waiting'
				| 'pending'
				| 'aborting'
				| 'concluded'
				| 'null';
			readonly 'auto-finalize': boolean;
			readonly 'auto-dismiss': boolean;
			readonly error?: string | undefined;
		}>;
	};
	readonly 'query-chardev': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{readonly label: string; readonly filename: string; readonly 'frontend-open': boolean}>;
	};
	readonly 'query-cpu-model-expansion': {
		readonly arguments: {readonly type: 'static' | 'full'; readonly model: CpuModelInfo};
		readonly result: {readonly model: CpuModelInfo};
	};
	readonly 'query-cpus-fast': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<
			{
				readonly 'cpu-index': number;
				readonly 'qom-path': string;
				readonly 'thread-id': number;
				readonly props?:
					| {
							readonly 'node-id'?: number | undefined;
							readonly 'socket-id'?: number | undefined;
							readonly 'die-id'?: number | undefined;
							readonly 'cluster-id'?: number | undefined;
							readonly 'core-id'?: number | undefined;
							readonly 'thread-id'?: number | undefined;
					  }
					| undefined;
			} & {readonly target: 'x86_64'}
		>;
	};
	readonly 'query-current-machine': {readonly arguments: Nothing; readonly result: {readonly 'wakeup-suspend-support': boolean}};
	readonly 'query-machines': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{
			readonly name: string;
			readonly alias?: string | undefined;
			readonly 'is-default'?: boolean | undefined;
			readonly 'cpu-max': number;
			readonly 'hotpluggable-cpus': boolean;
			readonly 'numa-mem-supported': boolean;
			readonly deprecated: boolean;
			readonly 'default-cpu-type'?: string | undefined;
			readonly 'default-ram-id'?: string | undefined;
		}>;
	};
	readonly 'query-memdev': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{
			readonly id?: string | undefined;
			readonly size: number;
			readonly merge: boolean;
			readonly dump: boolean;
			readonly prealloc: boolean;
			readonly share: boolean;
			readonly reserve?: boolean | undefined;
			readonly 'host-nodes': ReadonlyArray<number>;
			readonly policy: 'default' | 'preferred' | 'bind' | 'interleave';
		}>;
	};
	readonly 'query-memory-size-summary': {
		readonly arguments: Nothing;
		readonly result: {readonly 'base-memory': number; readonly 'plugged-memory'?: number | undefined};
	};
	readonly 'query-migrate': {
		readonly arguments: Nothing;
		readonly result: {
			readonly status?: MigrationStatus | undefined;
			readonly ram?: MigrationStats | undefined;
			readonly disk?: MigrationStats | undefined;
			readonly vfio?: {readonly transferred: number} | undefined;
			readonly 'xbzrle-cache'?:
				| {
						readonly 'cache-size': number;
						readonly bytes: number;
						readonly pages: number;
						readonly 'cache-miss': number;
						readonly 'cache-miss-rate': number;
						readonly 'encoding-rate': number;
						readonly overflow: number;
				  }
				| undefined;
			readonly 'total-time'?: number | undefined;
			readonly 'expected-downtime'?: number | undefined;
			readonly downtime?: number | undefined;
			readonly 'setup-time'?: number | undefined;
			readonly 'cpu-throttle-percentage'?: number | undefined;
			readonly 'error-desc'?: string | undefined;
			readonly 'blocked-reasons'?: ReadonlyArray<string> | undefined;
			readonly 'postcopy-blocktime'?: number | undefined;
			readonly 'postcopy-vcpu-blocktime'?: ReadonlyArray<number> | undefined;
			readonly compression?:
				| {
						readonly pages: number;
						readonly busy: number;
						readonly 'busy-rate': number;
						readonly 'compressed-size': number;
						readonly 'compression-rate': number;
				  }
				| undefined;
			readonly 'socket-address'?: ReadonlyArray<FlatSocketAddress> | undefined;
		};
	};
	readonly 'query-named-block-nodes': {
		readonly arguments: {readonly flat?: boolean | undefined};
		readonly result: ReadonlyArray<BlockDeviceInfo>;
	};
	readonly 'query-pci': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<{readonly bus: number; readonly devices: ReadonlyArray<PciDeviceInfo>}>;
	};
	readonly 'query-qmp-schema': {
		readonly arguments: Nothing;
		readonly result: ReadonlyArray<
			{readonly name: string; readonly features?: ReadonlyArray<string> | undefined} & (
				| {
						readonly 'meta-type': 'builtin';
						readonly 'json-type': 'string' | 'number' | 'int' | 'boolean' | 'null' | 'object' | 'array' | 'value';
				  }
				| {
						readonly 'meta-type': 'enum';
						readonly members: ReadonlyArray<{readonly name: string; readonly features?: ReadonlyArray<string> | undefined}>;
						readonly values: ReadonlyArray<string>;
				  }
				| {readonly 'meta-type': 'array'; readonly 'element-type': string}
				| {
						readonly 'meta-type': 'object';
						readonly members: ReadonlyArray<{
							readonly name: string;
							readonly type: string;
							readonly default?: unknown;
							readonly features?: ReadonlyArray<string> | undefined;
						}>;
						readonly tag?: string | undefined;
						readonly variants?: ReadonlyArray<{readonly case: string; readonly type: string}> | undefined;
				  }
				| {readonly 'meta-type': 'alternate'; readonly members: ReadonlyArray<{readonly type: string}>}
				| {
						readonly 'meta-type': 'command';
						readonly 'arg-type': string;
						readonly 'ret-type': string;
						readonly 'allow-oob'?: boolean | undefined;
				  }
				| {readonly 'meta-type': 'event'; readonly 'arg-type': string}
			)
		>;
	};
	readonly 'query-status': {
		readonly arguments: Nothing;
		readonly result: {
			readonly running: boolean;
			readonly singlestep: boolean;
			readonly status:
				| 'debug'
				| 'inmigrate'
				| 'internal-error'
				| 'io-error'
				| 'paused'
				| 'postmigrate'
				| 'prelaunch'
				| 'finish-migrate'
				| 'restore-vm'
				| 'running'
				| 'save-vm'
				| 'shutdown'
				| 'suspended'
				| 'watchdog'
				| 'guest-panicked'
				| 'colo';
		};
	};
	readonly 'query-version': {
		readonly arguments: Nothing;
		readonly result: {readonly qemu: {readonly major: number; readonly minor: number; readonly micro: number}; readonly package: string};
	};
	readonly quit: {readonly arguments: Nothing; readonly result: Nothing};
	readonly stop: {readonly arguments: Nothing; readonly result: Nothing};
	readonly system_reset: {readonly arguments: Nothing; readonly result: Nothing};
	readonly 'x-query-virtio': {readonly arguments: Nothing; readonly result: ReadonlyArray<{readonly path: string; readonly name: string}>};
	readonly 'x-query-virtio-status': {
		readonly arguments: {readonly path: string};
		readonly result: {
			readonly name: string;
			readonly 'device-id': number;
			readonly 'vhost-started': boolean;
			readonly 'device-endian': string;
			readonly 'guest-features': {
				readonly transports: ReadonlyArray<string>;
				readonly 'dev-features'?: ReadonlyArray<string> | undefined;
				readonly 'unknown-dev-features'?: number | undefined;
			};
			readonly 'host-features': {
				readonly transports: ReadonlyArray<string>;
				readonly 'dev-features'?: ReadonlyArray<string> | undefined;
				readonly 'unknown-dev-features'?: number | undefined;
			};
			readonly 'backend-features': {
				readonly transports: ReadonlyArray<string>;
				readonly 'dev-features'?: ReadonlyArray<string> | undefined;
				readonly 'unknown-dev-features'?: number | undefined;
			};
			readonly 'num-vqs': number;
			readonly status: {readonly statuses: ReadonlyArray<string>; readonly 'unknown-statuses'?: number | undefined};
			readonly isr: number;
			readonly 'queue-sel': number;
			readonly 'vm-running': boolean;
			readonly broken: boolean;
			readonly disabled: boolean;
			readonly 'use-started': boolean;
			readonly started: boolean;
			readonly 'start-on-kick': boolean;
			readonly 'disable-legacy-check': boolean;
			readonly 'bus-name': string;
			readonly 'use-guest-notifier-mask': boolean;
		};
	};
	readonly 'xen-save-devices-state': {
		readonly arguments: {readonly filename: string; readonly live?: boolean | undefined};
		readonly result: Nothing;
	};
};

/** What each event says. */
export type QmpEvents = {
	readonly BALLOON_CHANGE: {readonly actual: number};
	readonly BLOCK_EXPORT_DELETED: {readonly id: string};
	readonly BLOCK_IO_ERROR: {
		readonly device: string;
		readonly 'node-name'?: string | undefined;
		readonly operation: 'read' | 'write';
		readonly action: 'ignore' | 'report' | 'stop';
		readonly nospace?: boolean | undefined;
		readonly reason: string;
	};
	readonly BLOCK_JOB_CANCELLED: {
		readonly type: JobType;
		readonly device: string;
		readonly len: number;
		readonly offset: number;
		readonly speed: number;
	};
	readonly BLOCK_JOB_COMPLETED: {
		readonly type: JobType;
		readonly device: string;
		readonly len: number;
		readonly offset: number;
		readonly speed: number;
		readonly error?: string | undefined;
	};
	readonly BLOCK_JOB_ERROR: {readonly device: string; readonly operation: 'read' | 'write'; readonly action: 'ignore' | 'report' | 'stop'};
	readonly BLOCK_JOB_READY: {
		readonly type: JobType;
		readonly device: string;
		readonly len: number;
		readonly offset: number;
		readonly speed: number;
	};
	readonly DEVICE_DELETED: {readonly device?: string | undefined; readonly path: string};
	readonly GUEST_PANICKED: {
		readonly action: 'pause' | 'poweroff' | 'run';
		readonly info?:
			| {
					readonly type: 'hyper-v';
					readonly arg1: number;
					readonly arg2: number;
					readonly arg3: number;
					readonly arg4: number;
					readonly arg5: number;
			  }
			| {
					readonly type: 's390';
					readonly core: number;
					readonly 'psw-mask': number;
					readonly 'psw-addr': number;
					readonly reason: 'unknown' | 'disabled-wait' | 'extint-loop' | 'pgmint-loop' | 'opint-loop';
			  }
			| undefined;
	};
	readonly MEMORY_DEVICE_SIZE_CHANGE: {readonly id?: string | undefined; readonly size: number; readonly 'qom-path': string};
	readonly MIGRATION: {readonly status: MigrationStatus};
	readonly RESET: {readonly guest: boolean; readonly reason: ShutdownCause};
	readonly RESUME: Nothing;
	readonly SHUTDOWN: {readonly guest: boolean; readonly reason: ShutdownCause};
	readonly STOP: Nothing;
};

export const QMP_EVENT_NAMES = [
	'BALLOON_CHANGE',
	'BLOCK_EXPORT_DELETED',
	'BLOCK_IO_ERROR',
	'BLOCK_JOB_CANCELLED',
	'BLOCK_JOB_COMPLETED',
	'BLOCK_JOB_ERROR',
	'BLOCK_JOB_READY',
	'DEVICE_DELETED',
	'GUEST_PANICKED',
	'MEMORY_DEVICE_SIZE_CHANGE',
	'MIGRATION',
	'RESET',
	'RESUME',
	'SHUTDOWN',
	'STOP',
] as const satisfies ReadonlyArray<keyof QmpEvents>;

/** Nothing is said, or answered. */
export type Nothing = Readonly<Record<string, never>>;

export type BlockdevOptions = {
	readonly 'node-name'?: string | undefined;
	readonly discard?: 'ignore' | 'unmap' | undefined;
	readonly cache?: {readonly direct?: boolean | undefined; readonly 'no-flush'?: boolean | undefined} | undefined;
	readonly 'read-only'?: boolean | undefined;
	readonly 'auto-read-only'?: boolean | undefined;
	readonly 'force-share'?: boolean | undefined;
	readonly 'detect-zeroes'?: 'off' | 'on' | 'unmap' | undefined;
} & (
	| {
			readonly driver: 'file';
			readonly filename: string;
			readonly 'pr-manager'?: string | undefined;
			readonly locking?: 'auto' | 'on' | 'off' | undefined;
			readonly aio?: 'threads' | 'native' | 'io_uring' | undefined;
			readonly 'aio-max-batch'?: number | undefined;
			readonly 'drop-cache'?: boolean | undefined;
			readonly 'x-check-cache-dropped'?: boolean | undefined;
	  }
	| {
			readonly driver: 'host_device';
			readonly filename: string;
			readonly 'pr-manager'?: string | undefined;
			readonly locking?: 'auto' | 'on' | 'off' | undefined;
			readonly aio?: 'threads' | 'native' | 'io_uring' | undefined;
			readonly 'aio-max-batch'?: number | undefined;
			readonly 'drop-cache'?: boolean | undefined;
			readonly 'x-check-cache-dropped'?: boolean | undefined;
	  }
	| {
			readonly driver: 'nbd';
			readonly server: FlatSocketAddress;
			readonly export?: string | undefined;
			readonly 'tls-creds'?: string | undefined;
			readonly 'tls-hostname'?: string | undefined;
			readonly 'x-dirty-bitmap'?: string | undefined;
			readonly 'reconnect-delay'?: number | undefined;
			readonly 'open-timeout'?: number | undefined;
	  }
	| {
			readonly driver: 'null-co';
			readonly size?: number | undefined;
			readonly 'latency-ns'?: number | undefined;
			readonly 'read-zeroes'?: boolean | undefined;
	  }
	| {
			readonly driver: 'qcow2';
			readonly file: BlockdevRef;
			readonly backing?: BlockdevOptions | string | null | undefined;
			readonly 'lazy-refcounts'?: boolean | undefined;
			readonly 'pass-discard-request'?: boolean | undefined;
			readonly 'pass-discard-snapshot'?: boolean | undefined;
			readonly 'pass-discard-other'?: boolean | undefined;
			readonly 'overlap-check'?:
				| {
						readonly template?: 'none' | 'constant' | 'cached' | 'all' | undefined;
						readonly 'main-header'?: boolean | undefined;
						readonly 'active-l1'?: boolean | undefined;
						readonly 'active-l2'?: boolean | undefined;
						readonly 'refcount-table'?: boolean | undefined;
						readonly 'refcount-block'?: boolean | undefined;
						readonly 'snapshot-table'?: boolean | undefined;
						readonly 'inactive-l1'?: boolean | undefined;
						readonly 'inactive-l2'?: boolean | undefined;
						readonly 'bitmap-directory'?: boolean | undefined;
				  }
				| 'none'
				| 'constant'
				| 'cached'
				| 'all'
				| undefined;
			readonly 'cache-size'?: number | undefined;
			readonly 'l2-cache-size'?: number | undefined;
			readonly 'l2-cache-entry-size'?: number | undefined;
			readonly 'refcount-cache-size'?: number | undefined;
			readonly 'cache-clean-interval'?: number | undefined;
			readonly 'data-file'?: BlockdevRef | undefined;
	  }
	| {
			readonly driver: 'raw';
			readonly file: BlockdevRef;
			readonly offset?: number | undefined;
			readonly size?: number | undefined;
	  }
);

export type FlatSocketAddress =
	| {
			readonly type: 'inet';
			readonly host: string;
			readonly port: string;
			readonly numeric?: boolean | undefined;
			readonly to?: number | undefined;
			readonly ipv4?: boolean | undefined;
			readonly ipv6?: boolean | undefined;
			readonly 'keep-alive'?: boolean | undefined;
			readonly mptcp?: boolean | undefined;
	  }
	| {
			readonly type: 'unix';
			readonly path: string;
			readonly abstract?: boolean | undefined;
			readonly tight?: boolean | undefined;
	  }
	| {readonly type: 'vsock'; readonly cid: string; readonly port: string}
	| {readonly type: 'fd'; readonly str: string};

export type BlockdevRef = BlockdevOptions | string;

export type SocketAddress =
	| {
			readonly type: 'inet';
			readonly data: {
				readonly host: string;
				readonly port: string;
				readonly numeric?: boolean | undefined;
				readonly to?: number | undefined;
				readonly ipv4?: boolean | undefined;
				readonly ipv6?: boolean | undefined;
				readonly 'keep-alive'?: boolean | undefined;
				readonly mptcp?: boolean | undefined;
			};
	  }
	| {
			readonly type: 'unix';
			readonly data: {readonly path: string; readonly abstract?: boolean | undefined; readonly tight?: boolean | undefined};
	  }
	| {readonly type: 'vsock'; readonly data: {readonly cid: string; readonly port: string}}
	| {readonly type: 'fd'; readonly data: {readonly str: string}};

export type BlockDeviceInfo = {
	readonly file: string;
	readonly 'node-name'?: string | undefined;
	readonly ro: boolean;
	readonly drv: string;
	readonly backing_file?: string | undefined;
	readonly backing_file_depth: number;
	readonly encrypted: boolean;
	readonly detect_zeroes: 'off' | 'on' | 'unmap';
	readonly bps: number;
	readonly bps_rd: number;
	readonly bps_wr: number;
	readonly iops: number;
	readonly iops_rd: number;
	readonly iops_wr: number;
	readonly image: ImageInfo;
	readonly bps_max?: number | undefined;
	readonly bps_rd_max?: number | undefined;
	readonly bps_wr_max?: number | undefined;
	readonly iops_max?: number | undefined;
	readonly iops_rd_max?: number | undefined;
	readonly iops_wr_max?: number | undefined;
	readonly bps_max_length?: number | undefined;
	readonly bps_rd_max_length?: number | undefined;
	readonly bps_wr_max_length?: number | undefined;
	readonly iops_max_length?: number | undefined;
	readonly iops_rd_max_length?: number | undefined;
	readonly iops_wr_max_length?: number | undefined;
	readonly iops_size?: number | undefined;
	readonly group?: string | undefined;
	readonly cache: {readonly writeback: boolean; readonly direct: boolean; readonly 'no-flush': boolean};
	readonly write_threshold: number;
	readonly 'dirty-bitmaps'?:
		| ReadonlyArray<{
				readonly name?: string | undefined;
				readonly count: number;
				readonly granularity: number;
				readonly recording: boolean;
				readonly busy: boolean;
				readonly persistent: boolean;
				readonly inconsistent?: boolean | undefined;
		  }>
		| undefined;
};

export type ImageInfo = {
	readonly filename: string;
	readonly format: string;
	readonly 'dirty-flag'?: boolean | undefined;
	readonly 'actual-size'?: number | undefined;
	readonly 'virtual-size': number;
	readonly 'cluster-size'?: number | undefined;
	readonly encrypted?: boolean | undefined;
	readonly compressed?: boolean | undefined;
	readonly 'backing-filename'?: string | undefined;
	readonly 'full-backing-filename'?: string | undefined;
	readonly 'backing-filename-format'?: string | undefined;
	readonly 'backing-image'?: ImageInfo | undefined;
};

export type CpuModelInfo = {readonly name: string; readonly props?: unknown};

export type MigrationStatus =
	| 'none'
	| 'setup'
	| 'cancelling'
	| 'cancelled'
	| 'active'
	| 'postcopy-active'
	| 'postcopy-paused'
	| 'postcopy-recover'
	| 'completed'
	| 'failed'
	| 'colo'
	| 'pre-switchover'
	| 'device'
	| 'wait-unplug';

export type MigrationStats = {
	readonly transferred: number;
	readonly remaining: number;
	readonly total: number;
	readonly duplicate: number;
	readonly skipped: number;
	readonly normal: number;
	readonly 'normal-bytes': number;
	readonly 'dirty-pages-rate': number;
	readonly mbps: number;
	readonly 'dirty-sync-count': number;
	readonly 'postcopy-requests': number;
	readonly 'page-size': number;
	readonly 'multifd-bytes': number;
	readonly 'pages-per-second': number;
	readonly 'precopy-bytes': number;
	readonly 'downtime-bytes': number;
	readonly 'postcopy-bytes': number;
	readonly 'dirty-sync-missed-zero-copy': number;
};

export type PciDeviceInfo = {
	readonly bus: number;
	readonly slot: number;
	readonly function: number;
	readonly class_info: {readonly desc?: string | undefined; readonly class: number};
	readonly id: {
		readonly device: number;
		readonly vendor: number;
		readonly subsystem?: number | undefined;
		readonly 'subsystem-vendor'?: number | undefined;
	};
	readonly irq?: number | undefined;
	readonly irq_pin: number;
	readonly qdev_id: string;
	readonly pci_bridge?:
		| {
				readonly bus: {
					readonly number: number;
					readonly secondary: number;
					readonly subordinate: number;
					readonly io_range: {readonly base: number; readonly limit: number};
					readonly memory_range: {readonly base: number; readonly limit: number};
					readonly prefetchable_range: {readonly base: number; readonly limit: number};
				};
				readonly devices?: ReadonlyArray<PciDeviceInfo> | undefined;
		  }
		| undefined;
	readonly regions: ReadonlyArray<{
		readonly bar: number;
		readonly type: string;
		readonly address: number;
		readonly size: number;
		readonly prefetch?: boolean | undefined;
		readonly mem_type_64?: boolean | undefined;
	}>;
};

export type JobType =
	| 'commit'
	| 'stream'
	| 'mirror'
	| 'backup'
	| 'create'
	| 'amend'
	| 'snapshot-load'
	| 'snapshot-save'
	| 'snapshot-delete';

export type ShutdownCause =
	| 'none'
	| 'host-error'
	| 'host-qmp-quit'
	| 'host-qmp-system-reset'
	| 'host-signal'
	| 'host-ui'
	| 'guest-shutdown'
	| 'guest-reset'
	| 'guest-panic'
	| 'subsystem-reset'
	| 'snapshot-load';
