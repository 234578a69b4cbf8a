import {readlink} from 'node:fs/promises';
import {isAbsolute, resolve} from 'node:path';
import {closeDescriptor, duplicateDescriptor} from '@sterna/system';
import type {DirtyLog} from '../../dirty-log.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import {startPagemapScanLog} from '../../trackers/pagemap-scan-log.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QemuDefinition} from './definition.ts';
import type {QemuHelper} from './helper/helper-client.ts';
import type {FirmwareToWrite} from './helper/helper-protocol.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

export type HeldMemory = Disposable & {
	/** The guest's memory, mapped here; the owner unmaps it. */
	readonly memory: GuestMemory;
	/** Starts the kernel's log of writes, once or again; undefined where it was not asked for or does not work, `untracked` says why. Works until disposal. */
	readonly startKernelLog: (() => DirtyLog) | undefined;
	readonly untracked: string;
};

export type HoldOptions = {
	readonly definition: QemuDefinition;
	readonly handle: ProcessHandle;
	readonly monitor: QmpClient;
	/** `track`: to be sent, its writes tracked by the kernel where that works. `write`: to be filled. */
	readonly purpose: 'track' | 'read' | 'write';
	/** Written into it before that. */
	readonly firmware?: FirmwareToWrite | undefined;
};

/** Takes hold of a QEMU's memory. The helper answers this and ends. Rejects ERR_GUEST_EXITED; ERR_NOT_SUPPORTED for memory that we cannot share. */
export async function holdMemory(helper: QemuHelper, {definition, handle, monitor, purpose, firmware}: HoldOptions): Promise<HeldMemory> {
	const {pfnLimit, memoryBytes} = definition;
	const {pid, startTicks} = handle;
	const {ramFd, address, tracking, trackingRefused} = await helper.takeHold({
		process: {pid, startTicks},
		ramFile: await ramFileOf(monitor, definition, pid),
		ramBytes: memoryBytes,
		track: purpose === 'track',
		firmware,
	});
	const release = (): void => {
		if (!tracking) return;
		closeDescriptor(tracking.uffd);
		closeDescriptor(tracking.pagemap);
	};
	try {
		const memory = mapGuestMemory({fd: ramFd, pageLimit: pfnLimit, memoryBytes, writable: purpose === 'write'});
		const mapping = {process: {pid, startTicks}, address, pageLimit: pfnLimit, fd: memory.fd};
		return {
			memory,
			startKernelLog: tracking && (() => startPagemapScanLog(mapping, duplicateDescriptor(tracking.pagemap))),
			untracked: trackingRefused ?? 'the kernel was not asked to track its writes',
			[Symbol.dispose]: release,
		};
	} catch (error) {
		release();
		throw error;
	}
}

/** A guest that another has started keeps its memory where that one wanted it: in a file or a directory, named from where it was started. */
async function ramFileOf(monitor: QmpClient, {memoryBackend: {kind, id}}: QemuDefinition, pid: number): Promise<string> {
	if (kind === 'memfd') return 'memfd';
	const path = await monitor.execute('qom-get', {path: `/objects/${id}`, property: 'mem-path'});
	if (typeof path !== 'string') throw new DomainError('ERR_NOT_SUPPORTED', `the guest's memory ${id} has no file`);
	return isAbsolute(path) ? path : resolve(await readlink(`/proc/${pid}/cwd`), path);
}
