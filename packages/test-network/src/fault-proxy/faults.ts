/** `forward` is from the one who connected to the one who listens: from sender to receiver. */
export type Direction = 'forward' | 'backward';

/** A place in what a connection to `port` carries in `direction`: behind its first `afterBytes` bytes. */
export type Place = {readonly port: number; readonly direction: Direction; readonly afterBytes: number};

/**
 * How a connection ends. `reset` is noticed at once by both ends. `silent` by neither: bytes vanish both ways while both sockets stay open.
 * `one-way`: the same, of this direction alone; what comes the other way still passes. `half-close`: this direction ends in order (FIN), the other stays open.
 */
export type CutKind = 'reset' | 'silent' | 'one-way' | 'half-close';

export type CutRule = Place & {readonly how: CutKind};

/** Turns one bit of the byte that stands at the place. */
export type FlipRule = Place & {/** 0 (the lowest) to 7. */ readonly bit: number};

/** A fault that waits for a connection to reach its place. `Target` is whatever it strikes at. */
export type ArmedFault<Target> = Place & {
	/** `rest`: what stands behind the place and has not passed yet, at least one byte; may be changed in place. */
	readonly strike: (target: Target, rest: Uint8Array) => void | Promise<void>;
};

/** The faults that wait. Each strikes once, at the first connection that gets there. Knows nothing of sockets. */
export class ArmedFaults<Target> {
	readonly #faults = new Set<ArmedFault<Target>>();

	arm(fault: ArmedFault<Target>): void {
		this.#faults.add(fault);
	}

	/** Forgets those that have not struck. */
	clear(): void {
		this.#faults.clear();
	}

	/** Takes the first fault within the `length` bytes behind the first `passedBytes` of a connection; of several at one place the one armed first. */
	take(port: number, direction: Direction, passedBytes: number, length: number): ArmedFault<Target> | undefined {
		let first: ArmedFault<Target> | undefined;
		for (const fault of this.#faults) {
			const {afterBytes} = fault;
			if (fault.port !== port || fault.direction !== direction || afterBytes < passedBytes || afterBytes >= passedBytes + length) continue;
			if (first === undefined || afterBytes < first.afterBytes) first = fault;
		}

		if (first !== undefined) this.#faults.delete(first);
		return first;
	}
}
