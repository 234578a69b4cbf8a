/** Commands that Sterna, its tests and its generator give to QEMU. */
export const COMMANDS = [
	'announce-self',
	'balloon',
	'block-export-add',
	'block-export-del',
	'block-job-cancel',
	'blockdev-add',
	'blockdev-del',
	'blockdev-mirror',
	'cont',
	'device_add',
	'device_del',
	'human-monitor-command',
	'migrate',
	'migrate-incoming',
	'migrate-set-capabilities',
	'migrate-set-parameters',
	'nbd-server-start',
	'nbd-server-stop',
	'netdev_add',
	'netdev_del',
	'object-add',
	'object-del',
	'qmp_capabilities',
	'qom-get',
	'qom-list',
	'qom-list-types',
	'qom-set',
	'query-balloon',
	'query-block',
	'query-block-exports',
	'query-block-jobs',
	'query-chardev',
	'query-cpu-model-expansion',
	'query-cpus-fast',
	'query-current-machine',
	'query-machines',
	'query-memdev',
	'query-memory-size-summary',
	'query-migrate',
	'query-named-block-nodes',
	'query-pci',
	'query-qmp-schema',
	'query-status',
	'query-version',
	'quit',
	'stop',
	'system_reset',
	'x-query-virtio',
	'x-query-virtio-status',
	'xen-save-devices-state',
] as const;

/** Events that the client tells of; all others it passes over. */
export const EVENTS = [
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
] as const;

/**
 * Types that get a name of their own, QEMU's where it has one in its sources: those that hold themselves, and those that several commands share.
 * A type is found by where it is: a command's `arguments` or `result`, or an event, or a named type, then `.member`, `[]` for the elements of a
 * list and `<case>` for the members of a variant.
 */
export const TYPE_NAMES: Readonly<Record<string, string>> = {
	'blockdev-add.arguments': 'BlockdevOptions',
	'BlockdevOptions<raw>.file': 'BlockdevRef',
	'BlockdevOptions<nbd>.server': 'FlatSocketAddress',
	'query-block.result[].inserted': 'BlockDeviceInfo',
	'BlockDeviceInfo.image': 'ImageInfo',
	'query-pci.result[].devices[]': 'PciDeviceInfo',
	'query-cpu-model-expansion.arguments.model': 'CpuModelInfo',
	'nbd-server-start.arguments.addr': 'SocketAddress',
	'query-migrate.result.ram': 'MigrationStats',
	'query-migrate.result.status': 'MigrationStatus',
	'SHUTDOWN.reason': 'ShutdownCause',
	'BLOCK_JOB_READY.type': 'JobType',
};

/** The only variants that are written of the types that have more of them than anyone here needs. The place of a type is given as above. */
export const VARIANTS: Readonly<Record<string, readonly string[]>> = {
	BlockdevOptions: ['file', 'host_device', 'nbd', 'null-co', 'qcow2', 'raw'],
	'block-export-add.arguments': ['nbd'],
	'netdev_add.arguments': ['bridge', 'dgram', 'socket', 'stream'],
	'object-add.arguments': ['filter-buffer', 'memory-backend-file', 'memory-backend-memfd'],
	'query-cpus-fast.result[]': ['x86_64'],
};

/** Members that are left out: large, and of no use here. */
export const OMITTED_MEMBERS: ReadonlySet<string> = new Set([
	'BlockdevOptions<qcow2>.encrypt',
	'ImageInfo.format-specific',
	'ImageInfo.snapshots',
	'migrate-set-parameters.arguments.block-bitmap-mapping',
	'x-query-virtio-status.result.vhost-dev',
]);

/** Objects that take members beyond those that the schema lists: the properties of a device. */
export const OPEN_TYPES: ReadonlySet<string> = new Set(['device_add.arguments']);
