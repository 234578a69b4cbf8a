import {drainEventFd, PollEvent, PollSet} from '@sterna/system';
import type {Machine} from './machine.ts';

const FIRST_CAPACITY = 16;

/**
 * The life of a data worker: waits for its wake-up descriptor and for those of its links, and steps the links that have work.
 * Commands are obeyed between two rounds, so that a link never changes under a call.
 */
export class PollLoop {
	readonly #wakeFd: number;
	readonly #obey: () => 'go-on' | 'stop';
	readonly #machines = new Set<Machine>();
	#set = new PollSet(FIRST_CAPACITY);

	/** `wakeFd`: an eventfd, the caller's. `obey` is called after it was signalled. */
	constructor(wakeFd: number, obey: () => 'go-on' | 'stop') {
		this.#wakeFd = wakeFd;
		this.#obey = obey;
	}

	add(machine: Machine): void {
		this.#machines.add(machine);
	}

	/** Blocks this thread until `obey` says stop; every link is closed by then. */
	run(): void {
		let order: 'go-on' | 'stop' = 'go-on';
		while (order === 'go-on') {
			const polled = this.#prepare();
			this.#set.wait(polled.length + 1, this.#timeoutMs());
			if (this.#set.found(0) !== 0) {
				drainEventFd(this.#wakeFd);
				order = this.#obey();
			}

			this.#stepAll(polled);
		}

		for (const machine of this.#machines) machine.close();
	}

	/** Fills the poll set and returns the machines of its entries 1, 2, … */
	#prepare(): Machine[] {
		if (this.#machines.size + 1 > this.#set.capacity) this.#set = new PollSet((this.#machines.size + 1) * 2);
		this.#set.set(0, this.#wakeFd, PollEvent.readable);
		const polled: Machine[] = [];
		for (const machine of this.#machines) {
			if (machine.pollFd === undefined) continue;
			polled.push(machine);
			this.#set.set(polled.length, machine.pollFd, machine.pollEvents);
		}

		return polled;
	}

	/** 0 while a link has work, otherwise the time to the first deadline. */
	#timeoutMs(): number | undefined {
		let first: number | undefined;
		for (const machine of this.#machines) {
			if (machine.runnable) return 0;
			const {deadlineMs} = machine;
			if (deadlineMs !== undefined && (first === undefined || deadlineMs < first)) first = deadlineMs;
		}

		return first === undefined ? undefined : Math.max(0, Math.ceil(first - performance.now()));
	}

	#stepAll(polled: readonly Machine[]): void {
		const nowMs = performance.now();
		// The order of `polled` is that of the set: entries are found again by counting.
		let entry = 0;
		for (const machine of this.#machines) {
			const wasPolled = polled[entry] === machine;
			if (wasPolled) entry += 1;
			const found = wasPolled ? this.#set.found(entry) : 0;
			if (!machine.closed && (found !== 0 || machine.runnable || (machine.deadlineMs ?? Infinity) <= nowMs)) step(machine, found, nowMs);
			if (machine.closed) this.#machines.delete(machine);
		}
	}
}

/** A fault of ours in one link must not end the others. */
function step(machine: Machine, found: number, nowMs: number): void {
	try {
		machine.step(found, nowMs);
	} catch (error) {
		machine.close(error);
	}
}
