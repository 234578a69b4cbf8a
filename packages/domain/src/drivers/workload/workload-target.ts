import {recordNameOf, type RawRecord} from '@sterna/protocol';
import type {WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {assertMemoryAvailable} from '../../memory/memory-available.ts';
import type {DeviceState} from '../../source-domain.ts';
import type {StreamHeaders, TargetDomain} from '../../target-domain.ts';
import {stateOfRecords} from '../device-records.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {GuestClient} from './control-client.ts';
import {EMULATOR, MAX_CPU_STATE_BYTES} from './cpu-state.ts';
import {endGuest} from './end-guest.ts';
import {assertDefinition, connectToGuest, mapMemoryOf} from './guest-connection.ts';
import {removeGuestFiles, spawnGuest} from './spawn-guest.ts';

/** Makes the empty, paused counterpart of a workload guest. Rejects ERR_MEMORY_INSUFFICIENT, ERR_CONFIG; nothing is left then. */
export async function createWorkloadTarget(definition: WorkloadDefinition, place: GuestPlace): Promise<TargetDomain> {
	assertDefinition(definition);
	assertMemoryAvailable(definition.memoryBytes);
	const handle = await spawnGuest(definition, place, {mode: 'incoming'});
	try {
		return await openWorkloadTarget(definition, handle, place);
	} catch (error) {
		await endGuest(undefined, handle);
		removeGuestFiles(place);
		throw error;
	}
}

/** Takes up an incoming guest that has its process already. Rejects ERR_GUEST_EXITED, and ERR_DOMAIN_STATE where it has a CPU state; it is left as it is. */
export async function openWorkloadTarget(definition: WorkloadDefinition, handle: ProcessHandle, place: GuestPlace): Promise<TargetDomain> {
	const {client, show} = await connectToGuest(definition, handle);
	try {
		if (show.state !== 'incoming') throw new DomainError('ERR_DOMAIN_STATE', `the guest is ${show.state}: its memory is what it runs on`);
		return new WorkloadTarget({definition, place, handle, client, memory: mapMemoryOf(definition, show, {writable: true})});
	} catch (error) {
		client[Symbol.dispose]();
		throw error;
	}
}

type Parts = {
	readonly definition: WorkloadDefinition;
	readonly place: GuestPlace;
	readonly handle: ProcessHandle;
	readonly client: GuestClient;
	readonly memory: GuestMemory;
};

class WorkloadTarget implements TargetDomain {
	readonly pageTypes = undefined;
	readonly gone: Promise<DomainError>;
	readonly #parts: Parts;
	#disposed = false;
	#destroyed = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.gone = new Promise(resolve => {
			parts.client.onGone = () => resolve(new DomainError('ERR_GUEST_EXITED', "the guest's process ended while the guest came in"));
		});
	}

	get name(): string {
		return this.#parts.definition.name;
	}

	get handle(): ProcessHandle {
		return this.#parts.handle;
	}

	get memory(): GuestMemory {
		return this.#parts.memory;
	}

	acceptHeaders({guestType}: StreamHeaders): void {
		if (guestType !== 'hvm')
			throw new DomainError(
				'ERR_NOT_SUPPORTED',
				`a workload guest comes in a stream of an HVM guest, not of a ${guestType.toUpperCase()} guest`,
			);
	}

	acceptStaticRecord({layer, type}: RawRecord): void {
		throw new DomainError(
			'ERR_NOT_SUPPORTED',
			`a workload guest has no ${recordNameOf(layer, type) ?? `record of type 0x${type.toString(16)}`}`,
		);
	}

	async warm(): Promise<void> {
		// Optional work: what is wrong with the guest shows at the next step.
		await this.#parts.client.request('warm').catch(() => undefined);
	}

	async loadDeviceState(state: DeviceState): Promise<void> {
		this.#parts.client.onGone = undefined;
		const bytes = stateOfRecords(state, EMULATOR);
		if (bytes.byteLength > MAX_CPU_STATE_BYTES)
			throw new DomainError('ERR_DEVICE_STATE', `the device state has ${bytes.byteLength} bytes, more than ${MAX_CPU_STATE_BYTES}`);
		await this.#parts.client.request('load-state', {state: Buffer.from(bytes).toString('base64')});
	}

	async resume(): Promise<{readonly firstStepNs: bigint}> {
		return this.#parts.client.request('resume');
	}

	async destroy(): Promise<void> {
		if (this.#destroyed) return;
		this.#destroyed = true;
		this.#parts.client.onGone = undefined;
		await endGuest(this.#disposed ? undefined : this.#parts.client, this.#parts.handle);
		await this[Symbol.asyncDispose]();
		removeGuestFiles(this.#parts.place);
	}

	/** Lets go of the guest, which stays as it is. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		if (!this.#disposed) {
			this.#disposed = true;
			this.#parts.client[Symbol.dispose]();
			this.#parts.memory[Symbol.dispose]();
		}

		return Promise.resolve();
	}
}
