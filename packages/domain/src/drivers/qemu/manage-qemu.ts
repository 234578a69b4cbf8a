import {existsSync} from 'node:fs';
import {DomainError} from '../../domain-error.ts';
import type {CheckResult, GuestFacts, GuestPlace, ManagedGuest} from '../../driver.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {continueGuest} from './continue-guest.ts';
import type {QemuDefinition} from './definition.ts';
import {definitionFacts} from './definition-facts.ts';
import {endQemu} from './end-qemu.ts';
import {removeQemuFiles} from './qemu-files.ts';
import {connectToMonitor} from './qemu-host.ts';
import type {QmpClient} from './qmp/qmp-client.ts';
import {runFiles} from './run-files.ts';
import {readFacts} from './run-state.ts';

/**
 * Takes a guest under management, whether a migration has hold of it or not: by its second monitor. A guest that others have started has one only,
 * which may be in use: rejects ERR_DOMAIN_BUSY then. Rejects ERR_GUEST_EXITED.
 */
export async function manageQemu(definition: QemuDefinition, handle: ProcessHandle, place: GuestPlace): Promise<ManagedGuest> {
	const {qmp, info} = runFiles(place.runDir);
	const isOurs = handle.socketPath === qmp && existsSync(info);
	return new ManagedQemu(definition, handle, place, await connectToMonitor(handle, isOurs ? info : handle.socketPath));
}

class ManagedQemu implements ManagedGuest {
	readonly #definition: QemuDefinition;
	readonly #handle: ProcessHandle;
	readonly #place: GuestPlace;
	readonly #monitor: QmpClient;
	#announced: Promise<void> | undefined;

	constructor(definition: QemuDefinition, handle: ProcessHandle, place: GuestPlace, monitor: QmpClient) {
		this.#definition = definition;
		this.#handle = handle;
		this.#place = place;
		this.#monitor = monitor;
	}

	async show(): Promise<GuestFacts> {
		const {state, detail} = await readFacts(this.#monitor);
		return {state, detail: {...detail, ...definitionFacts(this.#definition)}};
	}

	async pause(): Promise<void> {
		await this.#monitor.execute('stop');
	}

	async resume(): Promise<void> {
		this.#announced = (await continueGuest(this.#monitor, this.#definition, this.#place)).announced;
	}

	check(): Promise<CheckResult> {
		return Promise.reject(
			new DomainError('ERR_NOT_SUPPORTED', `nothing in ${this.#definition.name} checks its memory when asked: it is a QEMU guest`),
		);
	}

	async destroy(): Promise<void> {
		await endQemu(this.#handle, this.#monitor, this.#place);
		this.#monitor[Symbol.dispose]();
		removeQemuFiles(this.#place);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#announced;
		this.#monitor[Symbol.dispose]();
	}
}
