import {bootTimeNs} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import type {HeldOutput, OutputGate} from '../../../source-domain.ts';
import type {QemuDefinition} from '../definition.ts';
import type {GuestRun} from '../guest-run.ts';
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
 *
 * QEMU sends nothing while its guest stands still. What is let out in a pause goes out when the guest goes on; where that may be never, behind the cut that the pause was for, the
 * guest blinks: some steps that no checkpoint has, and of which nobody hears, as what it says in them is held.
 */
export class FilterGate implements OutputGate, Disposable {
	readonly maxEpochs = MAX_EPOCHS;
	readonly #monitor: QmpClient;
	readonly #run: GuestRun;
	readonly #queues: readonly HeldQueue[];
	#lastCut = 0;
	#timer: NodeJS.Timeout | undefined;
	/** A command that was refused: which epoch a frame is of is not known any more. */
	#broken: Error | undefined;

	private constructor(monitor: QmpClient, run: GuestRun, queues: readonly HeldQueue[]) {
		this.#monitor = monitor;
		this.#run = run;
		this.#queues = queues;
	}

	/** Whether it holds what the guest says, or has been told to. */
	get isHeld(): boolean {
		return this.#timer !== undefined;
	}

	/** With what an earlier daemon holds, which stays held. One round trip. */
	static async find(monitor: QmpClient, run: GuestRun, {networks}: Pick<QemuDefinition, 'networks'>): Promise<FilterGate> {
		const filters = networks.length === 0 ? [] : await listFilters(monitor);
		const queues = networks.map(({netdev}, index) => new HeldQueue(monitor, netdev, index, filters));
		return new FilterGate(monitor, run, queues);
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
		// A checkpoint that is committed is whole: it has all of the guest's memory, which may change.
		if (this.#holdsAny && epoch >= this.#lastCut) await this.#run.blink();
	}

	async open(): Promise<void> {
		clearInterval(this.#timer);
		this.#timer = undefined;
		const wasBroken = this.#broken !== undefined;
		this.#broken = undefined;
		try {
			if (this.#run.isStill && this.#holdsAny) await this.#letOutStill();
			await this.#obey(async queue => queue.open());
		} catch (error) {
			// Of what was refused before there may be less than we know of. What counts is that nothing is left.
			if (!wasBroken || (await listFilters(this.#monitor)).length > 0) throw error;
			this.#broken = undefined;
		}
	}

	held(): Promise<HeldOutput> {
		return Promise.resolve(this.#holdsAny ? {bytes: undefined, items: undefined} : {bytes: 0, items: 0});
	}

	/** What is held stays held. */
	[Symbol.dispose](): void {
		clearInterval(this.#timer);
	}

	get #holdsAny(): boolean {
		return this.#queues.some(({holds}) => holds);
	}

	/** All that is held up to now, of a guest that stands still. */
	async #letOutStill(): Promise<void> {
		this.#lastCut += 1;
		const epoch = this.#lastCut;
		await this.#obey(async queue => Promise.all([queue.cut(epoch), queue.release(epoch)]));
		await this.#run.blink();
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
