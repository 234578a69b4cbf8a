import type {Wait} from '../engine/wait.ts';

type Appointment = {readonly atMs: number; readonly keep: () => void};

/** So many appointments are kept before the event loop has its turn: a long simulation in a daemon holds nothing else up for more than some milliseconds. */
const APPOINTMENTS_PER_TURN = 256;

/** A time that passes when nothing else can happen: the real, asynchronous engine runs in it as fast as it computes. Starts at 0. */
export class VirtualClock {
	#nowMs = 0;
	/** Latest first; what is for the same moment is kept in the order of the calls. */
	readonly #appointments: Appointment[] = [];

	readonly nowMs = (): number => this.#nowMs;

	/** As the engine waits. A signal that fires is seen when the time is over: nobody fires one from outside of this time. */
	readonly wait: Wait = async (milliseconds, signal) => {
		await this.until(this.#nowMs + milliseconds);
		signal.throwIfAborted();
	};

	/** Resolves at that moment; at once in the next turn where it is over. */
	async until(atMs: number): Promise<void> {
		return new Promise(keep => {
			const when = Math.max(atMs, this.#nowMs);
			let index = this.#appointments.length;
			while (index > 0 && (this.#appointments[index - 1]?.atMs ?? 0) <= when) index -= 1;
			this.#appointments.splice(index, 0, {atMs: when, keep});
		});
	}

	/** Lets the time pass until the work is done, and resolves with what it does. Throws TypeError where it waits for something that no time brings. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const noteDone = (): void => {
			isDone = true;
		};
		work.then(noteDone, noteDone);
		for (let kept = 1; ; kept++) {
			await (kept % APPOINTMENTS_PER_TURN === 0 ? macrotask() : quiet());
			if (isDone) return work;
			const next = this.#appointments.pop();
			if (next === undefined) throw new TypeError('a simulation waits for what never comes');
			this.#nowMs = next.atMs;
			next.keep();
		}
	}
}

/** Resolves when no promise has anything left to do: Node runs its ticks when the queue of microtasks is empty. */
async function quiet(): Promise<void> {
	return new Promise(resolve => {
		process.nextTick(resolve);
	});
}

async function macrotask(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}
