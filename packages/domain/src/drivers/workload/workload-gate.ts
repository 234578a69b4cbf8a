import type {HeldOutput, OutputGate} from '../../source-domain.ts';
import type {GuestClient} from './control-client.ts';
import {MAX_EPOCHS} from './epoch-gate.ts';

/** The gate in a guest's process, as a daemon sees it that has opened the guest. */
export class WorkloadGate implements OutputGate {
	readonly maxEpochs = MAX_EPOCHS;
	readonly #client: GuestClient;
	/** What another daemon has cut is no epoch of ours. */
	#first = true;

	constructor(client: GuestClient) {
		this.#client = client;
	}

	async hold(): Promise<void> {
		await this.#client.request('hold');
	}

	async cut(epoch: number): Promise<void> {
		const first = this.#first;
		this.#first = false;
		try {
			await this.#client.request('cut', {epoch, first});
		} catch (error) {
			this.#first = first;
			throw error;
		}
	}

	async release(epoch: number, untilBootNs: bigint | undefined): Promise<void> {
		await this.#client.request('release', {epoch, untilBootNs});
	}

	async open(): Promise<void> {
		await this.#client.request('open');
	}

	async held(): Promise<HeldOutput> {
		return this.#client.request('held');
	}
}
