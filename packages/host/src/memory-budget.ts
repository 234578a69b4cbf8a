import {readFile} from 'node:fs/promises';
import type {Side} from '@sterna/protocol';
import type {DomainRegistry} from './domain-registry.ts';
import {hostError} from './host-error.ts';
import {formatSize} from './units.ts';

export type MemoryBudgetOptions = {
	readonly side: Side;
	/** Most memory of all guests of this host together, in bytes. */
	readonly limitBytes: number;
	readonly registry: DomainRegistry;
	/** Memory that could be had without swapping, in bytes; from /proc/meminfo unless a test says otherwise. */
	readonly availableBytes?: () => Promise<number>;
};

/** Memory promised to a guest that is not populated yet. Disposed when it is, or when it will never be. */
export type MemoryReservation = Disposable & {
	readonly domain: string;
	readonly bytes: number;
	/** So much of it is populated by now, and the host has that much less left: what stays promised is the rest. For promises that last. */
	populated(bytes: number): void;
};

/** Decides whether one more guest fits on this host, before anything is allocated for it. */
export class MemoryBudget {
	readonly #options: MemoryBudgetOptions;
	readonly #reserved = new Map<string, MemoryReservation & {readonly pendingBytes: number}>();
	/** Decisions follow one another, so that two guests cannot both get the last room. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(options: MemoryBudgetOptions) {
		this.#options = options;
	}

	/**
	 * Promises `bytes` to a domain. Rejects ERR_MEMORY_INSUFFICIENT, with the numbers, when all guests together would have more than the
	 * limit, or when the host has not that much memory left beside what is promised already.
	 */
	async reserve(domain: string, bytes: number): Promise<MemoryReservation> {
		const decision = this.#last.then(async () => this.#decide(domain, bytes));
		this.#last = decision.catch(() => undefined);
		return decision;
	}

	/** What an earlier daemon has promised a domain, which has a part of it: not refused. In turn with `reserve`. */
	async renew(domain: string, bytes: number): Promise<MemoryReservation> {
		const renewed = this.#last.then(() => this.#promise(domain, bytes));
		this.#last = renewed.catch(() => undefined);
		return renewed;
	}

	async #decide(domain: string, bytes: number): Promise<MemoryReservation> {
		const {side, limitBytes, registry, availableBytes = readAvailableBytes} = this.#options;
		const {records} = await registry.list();
		// A guest that comes in has a record from some moment on, beside its reservation.
		const byName = new Map(records.map(({definition}) => [definition.name, definition.memoryBytes]));
		let promised = 0;
		for (const reservation of this.#reserved.values()) {
			promised += reservation.pendingBytes;
			byName.set(reservation.domain, reservation.bytes);
		}

		byName.delete(domain);
		const used = [...byName.values()].reduce((sum, each) => sum + each, 0);
		if (used + bytes > limitBytes) {
			throw hostError(
				'ERR_MEMORY_INSUFFICIENT',
				`${domain} has ${formatSize(bytes)}, the guests of this host have ${formatSize(used)} already, and the limit is ${formatSize(limitBytes)}`,
				{side},
			);
		}

		const available = await availableBytes();
		if (promised + bytes > available) {
			const beside = promised === 0 ? '' : `, ${formatSize(promised)} of it promised to guests that are coming in`;
			throw hostError(
				'ERR_MEMORY_INSUFFICIENT',
				`${domain} has ${formatSize(bytes)} and this host has ${formatSize(available)} left${beside}`,
				{side},
			);
		}

		return this.#promise(domain, bytes);
	}

	#promise(domain: string, bytes: number): MemoryReservation {
		if (this.#reserved.has(domain)) throw new TypeError(`memory is reserved for ${domain} already`);
		const reservation = {
			domain,
			bytes,
			pendingBytes: bytes,
			populated: (populatedBytes: number): void => {
				reservation.pendingBytes = Math.max(0, bytes - populatedBytes);
			},
			[Symbol.dispose]: () => void (this.#reserved.get(domain) === reservation && this.#reserved.delete(domain)),
		};
		this.#reserved.set(domain, reservation);
		return reservation;
	}
}

/** MemAvailable: what the kernel reckons can be had without swapping. */
async function readAvailableBytes(): Promise<number> {
	const [, kib] = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8')) ?? [];
	return kib === undefined ? Infinity : Number(kib) * 1024;
}
