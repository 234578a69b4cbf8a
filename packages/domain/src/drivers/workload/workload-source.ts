import {rmSync} from 'node:fs';
import type {GuestType} from '@sterna/protocol';
import type {WorkloadDefinition} from '../../definition.ts';
import {readDeviceStateFile} from '../../device-state-file.ts';
import type {DirtyLog, TrackerKind} from '../../dirty-log.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import type {PageBitmap} from '../../page-bitmap.ts';
import type {CheckpointSupport, DeviceState, GuestEvent, SourceDomain} from '../../source-domain.ts';
import {canScanPagemap, type GuestMapping, startPagemapScanLog} from '../../trackers/pagemap-scan-log.ts';
import {SourceMemory} from '../../trackers/source-memory.ts';
import {formatXlConfig} from '../../xl-config.ts';
import {toDeviceRecords} from '../device-records.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {newStateFile} from '../run-files.ts';
import type {GuestClient} from './control-client.ts';
import type {GuestNotice} from './control-protocol.ts';
import {EMULATOR, MAX_CPU_STATE_BYTES} from './cpu-state.ts';
import {connectToGuest, mapMemoryOf} from './guest-connection.ts';
import {removeGuestFiles} from './spawn-guest.ts';
import {endGuest} from './end-guest.ts';
import {WorkloadGate} from './workload-gate.ts';

/** The release of Xen whose stream rules we follow. */
const XEN_VERSION = [4, 17] as const;

export type OpenWorkloadSourceOptions = {
	readonly definition: WorkloadDefinition;
	readonly handle: ProcessHandle;
	readonly place: GuestPlace;
	readonly tracker: TrackerKind | 'auto';
};

/** Takes hold of a workload guest as a source. Rejects ERR_GUEST_EXITED; ERR_TRACKER when the tracker that was asked for does not work here. */
export async function openWorkloadSource({definition, handle, place, tracker}: OpenWorkloadSourceOptions): Promise<SourceDomain> {
	await using stack = new AsyncDisposableStack();
	const {client, show} = await connectToGuest(definition, handle);
	stack.use(client);
	const original = stack.use(mapMemoryOf(definition, show, {writable: false}));
	const mapping: GuestMapping = {process: handle, address: show.memoryAddress, pageLimit: definition.pfnLimit, fd: original.fd};
	const scans = tracker !== 'compare' && canScanPagemap(mapping);
	const memory = new SourceMemory({
		original,
		tracker,
		startKernelLog: scans ? () => startPagemapScanLog(mapping) : undefined,
		untracked: 'the kernel does not track its writes',
	});
	const source = new WorkloadSource({definition, handle, place, client, memory});
	stack.move();
	return source;
}

type Parts = Omit<OpenWorkloadSourceOptions, 'tracker'> & {readonly client: GuestClient; readonly memory: SourceMemory};

class WorkloadSource implements SourceDomain {
	readonly guestType: GuestType = 'hvm';
	readonly pageTypes = undefined;
	readonly xenVersion = XEN_VERSION;
	readonly streamVersion = 3;
	readonly staticRecords = {beforeEnd: [], afterEnd: []};
	readonly checkpoints: CheckpointSupport;
	onGuestEvent: ((event: GuestEvent) => void) | undefined;
	readonly #parts: Parts;
	readonly #told = new Set<GuestEvent['kind']>();
	#disposed = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.checkpoints = {gate: new WorkloadGate(parts.client), obstacles: [], disks: []};
		parts.client.onNotice = notice => this.#tell(eventOf(notice));
		parts.client.onGone = () => this.#tell({kind: 'exited', detail: "the guest's process ended", isSudden: true});
	}

	get name(): string {
		return this.#parts.definition.name;
	}

	get definition(): WorkloadDefinition {
		return this.#parts.definition;
	}

	get memory(): GuestMemory {
		return this.#parts.memory.memory;
	}

	get xlConfig(): string {
		return formatXlConfig(this.#parts.definition);
	}

	addAllPages(into: PageBitmap): void {
		this.#parts.memory.addAllPages(into);
	}

	async startDirtyLog(): Promise<DirtyLog> {
		return this.#parts.memory.startLog();
	}

	async pause(): Promise<{readonly lastStepNs: bigint}> {
		const paused = await this.#parts.client.request('pause');
		await this.#parts.memory.settle();
		return paused;
	}

	async resume(): Promise<void> {
		await this.#parts.client.request('resume');
	}

	/** For a checkpoint without a file: there the guest is our own, and goes on in any case. */
	async saveDeviceState(purpose: 'handover' | 'checkpoint' = 'handover'): Promise<DeviceState> {
		if (purpose === 'checkpoint') {
			const {state} = await this.#parts.client.request('read-state');
			return toDeviceRecords(Buffer.from(state, 'base64'), EMULATOR);
		}

		const file = newStateFile(this.#parts.place);
		try {
			const {bytes} = await this.#parts.client.request('save-state', {file});
			return toDeviceRecords(readDeviceStateFile(file, {expectedBytes: bytes, limitBytes: MAX_CPU_STATE_BYTES}), EMULATOR);
		} finally {
			rmSync(file, {force: true});
		}
	}

	async destroy(): Promise<void> {
		this.onGuestEvent = undefined;
		await endGuest(this.#parts.client, this.#parts.handle);
		await this[Symbol.asyncDispose]();
		removeGuestFiles(this.#parts.place);
	}

	/** Lets go of the guest, which goes on as it is. Dirty logs must have been disposed of. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		if (!this.#disposed) {
			this.#disposed = true;
			this.onGuestEvent = undefined;
			this.#parts.client[Symbol.dispose]();
			this.#parts.memory[Symbol.dispose]();
		}

		return Promise.resolve();
	}

	#tell(event: GuestEvent): void {
		if (!this.onGuestEvent || this.#told.has(event.kind)) return;
		this.#told.add(event.kind);
		this.onGuestEvent(event);
	}
}

/** A crashed guest is to its migration one that has ended: it makes no further step. */
function eventOf(notice: GuestNotice): GuestEvent {
	switch (notice.event) {
		case 'exited':
			return {kind: 'exited', detail: notice.detail};
		case 'crashed':
			return {kind: 'exited', detail: `the guest crashed: ${notice.detail}`};
		case 'rebooted':
			return {kind: 'rebooted'};
		case 'resized':
			return {kind: 'resized', memoryBytes: notice.memoryBytes};
		case 'device-added':
			return {kind: 'device-added', detail: notice.device};
	}
}
