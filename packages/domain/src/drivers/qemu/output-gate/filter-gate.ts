import {bootTimeNs} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import type {HeldOutput, OutputGate} from '../../../source-domain.ts';
import type {QemuDefinition} from '../definition.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {HeldQueue, isHeldQueueFilter} from './held-queue.ts';

/** Each costs a filter, through which what is released passes on its way. */
const MAX_EPOCHS = 8;
/** A filter lets out what it has after 71 minutes: far less than that, however late a timer comes. */
const RENEW_INTERVAL_MS = 10 * 60_000;

/**
 * Holds what a QEMU guest sends to its networks, in QEMU itself: what is held goes with it, and a daemon that was restarted finds it there. Frames beyond 10,000 of one
 * network in one epoch are lost, as on a wire; how many are held QEMU does not say. Serial ports are not held: what the guest writes there is a log of its host's, and no
 * message to anybody. Where there are no networks there is nothing to hold.
 */
export class FilterGate implements OutputGate, Disposable {
	readonly maxEpochs = MAX_EPOCHS;
	readonly #monitor: QmpClient;
	readonly #queues: readonly HeldQueue[];
	#lastCut = 0;
	#timer: NodeJS.Timeout | undefined;
	/** A command that was refused: which epoch a frame is of is not known any more. */
	#broken: Error | undefined;

	private constructor(monitor: QmpClient, queues: readonly HeldQueue[]) {
		this.#monitor = monitor;
		this.#queues = queues;
	}

	/** Whether it holds what the guest says, or has been told to. */
	get isHeld(): boolean {
		return this.#timer !== undefined;
	}

	/** With what an earlier daemon holds, which stays held. One round trip. */
	static async find(monitor: QmpClient, {networks}: Pick<QemuDefinition, 'networks'>): Promise<FilterGate> {
		const filters = networks.length === 0 ? [] : await listFilters(monitor);
		const queues = networks.map(({netdev}, index) => new HeldQueue(monitor, netdev, index, filters));
		return new FilterGate(monitor, queues);
	}

	async hold(): Promise<void> {
		this.#timer ??= setInterval(() => {
			this.#renew();
		}, RENEW_INTERVAL_MS).unref();
		// Of filters that were found nobody knows how old they are.
		this.#renew();
		await this.#obey(async queue => queue.holds || queue.add());
	}

	async cut(epoch: number): Promise<void> {
		if (this.#queues.some(({holds}) => !holds)) throw new TypeError(`epoch ${epoch} is cut of output that is not held`);
		if (epoch <= this.#lastCut) throw new TypeError(`epoch ${epoch} is cut behind ${this.#lastCut}`);
		if (this.#queues.some(({epochs}) => epochs >= MAX_EPOCHS)) throw new TypeError(`${MAX_EPOCHS} epochs are held ahead of ${epoch}`);
		this.#lastCut = epoch;
		await this.#obey(async queue => queue.cut(epoch));
	}

	async release(epoch: number, untilBootNs: bigint | undefined): Promise<void> {
		if (untilBootNs !== undefined && bootTimeNs() >= untilBootNs)
			throw new DomainError('ERR_LEASE_LOST', `the output of epoch ${epoch} stays held: the lease of the guest may have run out`);
		await this.#obey(async queue => queue.release(epoch));
	}

	async open(): Promise<void> {
		clearInterval(this.#timer);
		this.#timer = undefined;
		const wasBroken = this.#broken !== undefined;
		this.#broken = undefined;
		try {
			await this.#obey(async queue => queue.open());
		} catch (error) {
			// Of what was refused before there may be less than we know of. What counts is that nothing is left.
			if (!wasBroken || (await listFilters(this.#monitor)).length > 0) throw error;
			this.#broken = undefined;
		}
	}

	held(): Promise<HeldOutput> {
		const none = this.#queues.every(({holds}) => !holds);
		return Promise.resolve(none ? {bytes: 0, items: 0} : {bytes: undefined, items: undefined});
	}

	/** What is held stays held. */
	[Symbol.dispose](): void {
		clearInterval(this.#timer);
	}

	/** Gives the commands before it returns. */
	async #obey(command: (queue: HeldQueue) => Promise<unknown>): Promise<void> {
		if (this.#broken !== undefined)
			throw new DomainError('ERR_DOMAIN_STATE', 'the output of the guest is not held in order any more', {cause: this.#broken});
		try {
			await Promise.all(this.#queues.map(command));
		} catch (error) {
			this.#broken ??= error instanceof Error ? error : new Error(String(error));
			throw error;
		}
	}

	#renew(): void {
		const beforeMs = performance.now() - RENEW_INTERVAL_MS;
		// A refusal shows with the next command.
		this.#obey(async queue => queue.renew(beforeMs)).catch(() => undefined);
	}
}

/** Names of all filters of ours that it has. */
async function listFilters(monitor: QmpClient): Promise<string[]> {
	const objects = await monitor.execute('qom-list', {path: '/objects'});
	return objects.filter(({name, type}) => type === 'child<filter-buffer>' && isHeldQueueFilter(name)).map(({name}) => name);
}
