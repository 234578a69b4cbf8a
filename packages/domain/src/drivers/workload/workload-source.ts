import {join} from 'node:path';
import {rmSync} from 'node:fs';
import type {GuestType} from '@sterna/protocol';
import type {WorkloadDefinition} from '../../definition.ts';
import {readDeviceStateFile} from '../../device-state-file.ts';
import type {DirtyLog, TrackerKind} from '../../dirty-log.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {PageBitmap} from '../../page-bitmap.ts';
import type {DeviceState, GuestEvent, SourceDomain} from '../../source-domain.ts';
import {startCompareLog} from '../../trackers/compare-log.ts';
import {canScanPagemap, type GuestMapping, startPagemapScanLog} from '../../trackers/pagemap-scan-log.ts';
import {ShadowMemory} from '../../trackers/shadow-memory.ts';
import {formatXlConfig} from '../../xl-config.ts';
import type {GuestClient} from './control-client.ts';
import type {GuestNotice} from './control-protocol.ts';
import {MAX_CPU_STATE_BYTES} from './cpu-state.ts';
import {toDeviceRecords} from './device-records.ts';
import {connectToGuest, mapMemoryOf} from './guest-connection.ts';
import {type ProcessHandle, removeRunFiles} from './spawn-guest.ts';
import {endGuest} from './end-guest.ts';

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
	const memory = stack.use(mapMemoryOf(definition, show, {writable: false}));
	const mapping: GuestMapping = {process: handle, address: show.memoryAddress, pageLimit: definition.pfnLimit, fd: memory.fd};
	const scans = tracker !== 'compare' && canScanPagemap(mapping);
	if (tracker === 'none' || (tracker === 'pagemap-scan' && !scans)) {
		throw new DomainError(
			'ERR_TRACKER',
			`the tracker ${tracker} does not work with this guest: ${tracker === 'none' ? 'its memory changes' : 'the kernel does not track its writes'}`,
		);
	}

	const shadow = scans ? undefined : new ShadowMemory(memory);
	const source = new WorkloadSource({definition, handle, place, client, memory, mapping, shadow});
	stack.move();
	return source;
}

type Parts = Omit<OpenWorkloadSourceOptions, 'tracker'> & {
	readonly client: GuestClient;
	readonly memory: GuestMemory;
	readonly mapping: GuestMapping;
	/** Present where writes are found by comparing. */
	readonly shadow: ShadowMemory | undefined;
};

class WorkloadSource implements SourceDomain {
	readonly guestType: GuestType = 'hvm';
	readonly pageTypes = undefined;
	readonly xenVersion = XEN_VERSION;
	readonly streamVersion = 3;
	readonly staticRecords = {beforeEnd: [], afterEnd: []};
	onGuestEvent: ((event: GuestEvent) => void) | undefined;
	readonly #parts: Parts;
	readonly #told = new Set<GuestEvent['kind']>();
	#shadowIsTracked = false;
	#stateFiles = 0;
	#disposed = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		parts.client.onNotice = notice => this.#tell(eventOf(notice));
		parts.client.onGone = () => this.#tell({kind: 'exited', detail: "the guest's process ended"});
	}

	get name(): string {
		return this.#parts.definition.name;
	}

	get definition(): WorkloadDefinition {
		return this.#parts.definition;
	}

	get memory(): GuestMemory {
		return this.#parts.shadow?.memory ?? this.#parts.memory;
	}

	get xlConfig(): string {
		return formatXlConfig(this.#parts.definition);
	}

	addAllPages(into: PageBitmap): void {
		for (const {pfn, pageCount} of this.#parts.memory.populatedRuns()) into.addRun(pfn, pageCount);
	}

	async startDirtyLog(): Promise<DirtyLog> {
		const {shadow, mapping} = this.#parts;
		if (!shadow) return startPagemapScanLog(mapping);
		this.#shadowIsTracked = true;
		return startCompareLog(shadow);
	}

	async pause(): Promise<{readonly lastStepNs: bigint}> {
		const paused = await this.#parts.client.request('pause');
		// Without a log nobody brings the copy up to date, and it is what is read.
		if (this.#parts.shadow && !this.#shadowIsTracked) await this.#parts.shadow.refresh(new PageBitmap(this.memory.pageLimit));
		return paused;
	}

	async resume(): Promise<void> {
		await this.#parts.client.request('resume');
	}

	async saveDeviceState(): Promise<DeviceState> {
		this.#stateFiles += 1;
		const file = join(this.#parts.place.runDir, `state-out-${process.pid}-${this.#stateFiles}`);
		try {
			const {bytes} = await this.#parts.client.request('save-state', {file});
			return toDeviceRecords(readDeviceStateFile(file, {expectedBytes: bytes, limitBytes: MAX_CPU_STATE_BYTES}));
		} finally {
			rmSync(file, {force: true});
		}
	}

	async destroy(): Promise<void> {
		this.onGuestEvent = undefined;
		await endGuest(this.#parts.client, this.#parts.handle);
		await this[Symbol.asyncDispose]();
		removeRunFiles(this.#parts.place);
	}

	/** Lets go of the guest, which goes on as it is. Dirty logs must have been disposed of. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		if (!this.#disposed) {
			this.#disposed = true;
			this.onGuestEvent = undefined;
			this.#parts.client[Symbol.dispose]();
			this.#parts.shadow?.[Symbol.dispose]();
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
