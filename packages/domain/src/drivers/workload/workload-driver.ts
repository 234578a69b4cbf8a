import type {DomainDefinition, WorkloadDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {CheckResult, DomainDriver, GuestFacts, GuestHandle, ManagedGuest} from '../../driver.ts';
import {assertMemoryAvailable} from '../../memory/memory-available.ts';
import {isProcessIntact} from '../../process-identity.ts';
import {type ProcessHandle, processHandle} from '../process-handle.ts';
import type {GuestClient} from './control-client.ts';
import {endGuest} from './end-guest.ts';
import {endHalfMadeGuest} from './end-half-made.ts';
import {assertDefinition, connectToGuest} from './guest-connection.ts';
import {openGuestMemory} from './open-memory.ts';
import {removeGuestFiles, spawnGuest} from './spawn-guest.ts';
import {openWorkloadSource} from './workload-source.ts';
import {createWorkloadTarget, openWorkloadTarget} from './workload-target.ts';

/** The embedded guest: a process of its own with a seeded program. */
export const workloadDriver: DomainDriver = {
	kind: 'workload',
	async create(definition, place, {paused}) {
		const workload = asWorkload(definition);
		assertDefinition(workload);
		assertMemoryAvailable(Math.min(workload.memoryBytes, workload.program.touchedBytes ?? workload.memoryBytes));
		try {
			return await spawnGuest(workload, place, {mode: paused ? 'paused' : 'run'});
		} catch (error) {
			removeGuestFiles(place);
			throw error;
		}
	},
	describe: async definition => Promise.resolve(definition),
	createTarget: async (definition, place) => createWorkloadTarget(asWorkload(definition), place),
	openTarget: async (definition, handle, place) => openWorkloadTarget(asWorkload(definition), processHandle(handle), place),
	openSource: async (definition, handle, place, {tracker}) =>
		openWorkloadSource({definition: asWorkload(definition), handle: processHandle(handle), place, tracker}),
	manage: async (definition, handle, place) => {
		const workload = asWorkload(definition);
		const ofProcess = processHandle(handle);
		const {client} = await connectToGuest(workload, ofProcess);
		return new ManagedWorkload(client, ofProcess, () => removeGuestFiles(place));
	},
	openMemory: async (definition, handle) => openGuestMemory(asWorkload(definition), processHandle(handle)),
	endHalfMade: endHalfMadeGuest,
	isAlive: (handle: GuestHandle) => handle.kind === 'process' && isProcessIntact(handle),
	async remove(handle, place) {
		if (handle.kind === 'process') await endGuest(undefined, handle);
		removeGuestFiles(place);
	},
};

function asWorkload(definition: DomainDefinition): WorkloadDefinition {
	if (definition.kind !== 'workload')
		throw new DomainError('ERR_NOT_SUPPORTED', `${definition.name} is no workload guest but ${definition.kind}`);
	return definition;
}

class ManagedWorkload implements ManagedGuest {
	readonly #client: GuestClient;
	readonly #handle: ProcessHandle;
	readonly #removeFiles: () => void;

	constructor(client: GuestClient, handle: ProcessHandle, removeFiles: () => void) {
		this.#client = client;
		this.#handle = handle;
		this.#removeFiles = removeFiles;
	}

	async show(): Promise<GuestFacts> {
		const {
			state,
			uuid: _uuid,
			memoryFd: _memoryFd,
			memoryAddress: _memoryAddress,
			firstBad,
			badPages,
			sweepsUnderWay,
			...detail
		} = await this.#client.request('show');
		return {
			state: state === 'incoming' ? 'paused' : state,
			detail: {
				...detail,
				incoming: state === 'incoming',
				selfCheck: badPages > 0 ? (firstBad ?? 'corrupt') : sweepsUnderWay > 0 ? 'sweeping' : 'clean',
				badPages,
				sweepsUnderWay,
			},
		};
	}

	async pause(): Promise<void> {
		await this.#client.request('pause');
	}

	async resume(): Promise<void> {
		await this.#client.request('resume');
	}

	async check(): Promise<CheckResult> {
		const {pagesChecked, badPages, firstBad} = await this.#client.request('check');
		return {pagesChecked, badPages, firstBad};
	}

	async destroy(): Promise<void> {
		await endGuest(this.#client, this.#handle);
		this.#client[Symbol.dispose]();
		this.#removeFiles();
	}

	[Symbol.asyncDispose](): Promise<void> {
		this.#client[Symbol.dispose]();
		return Promise.resolve();
	}
}
