import {readSerial, type GuestBoot, type SerialText} from '@sterna/test-guest';

/** A host that keeps what a guest has written on it; `LabHost` is one. */
export type OutputKeeper = {readonly output: (domain: string) => string};

/**
 * What a guest has written on its way over several hosts, byte by byte in the order in which it wrote it: a guest may be stopped in the middle
 * of a line, whose rest is in the next host's file. A host's file goes on where it ended when the guest comes back.
 */
export class SerialTranscript {
	readonly #domain: string;
	#host: OutputKeeper;
	/** What was written before the guest came to where it is. */
	#before = '';
	/** It went on here from a checkpoint: what it wrote behind that elsewhere is not its own any more, and where that begins nobody knows. */
	#isTakenOver = false;
	/** Where its present stay begins in the file of the host it is on, and where the last stay ended in those of the others. */
	readonly #ends = new Map<OutputKeeper, number>();

	/** `host`: where it is made, before it has written anything elsewhere. */
	constructor(domain: string, host: OutputKeeper) {
		this.#domain = domain;
		this.#host = host;
	}

	/** The guest is on `host` now, and writes on the one it was on no more. */
	movedTo(host: OutputKeeper): void {
		if (host === this.#host) return;
		const stay = this.#stay();
		this.#before += stay;
		this.#ends.set(this.#host, (this.#ends.get(this.#host) ?? 0) + stay.length);
		this.#host = host;
	}

	/** A standby of the guest is on `host` now: what is in the file there is of earlier times, whatever wrote it. */
	hasStandbyOn(host: OutputKeeper): void {
		this.#ends.set(host, host.output(this.#domain).length);
	}

	/** Its standby on `host` has gone on from a checkpoint. A serial port is not held: the last words of the copy before are forgotten, and all that was ahead of them. */
	tookOverOn(host: OutputKeeper): void {
		this.#before = '';
		this.#isTakenOver = true;
		this.#host = host;
	}

	/** All of it so far, or since it was taken over last. */
	get text(): string {
		return this.#before + this.#stay();
	}

	read(): SerialText {
		return readSerial(this.text, {isUp: this.#isTakenOver});
	}

	/** The guest's latest boot; undefined while it was never up. */
	get boot(): GuestBoot | undefined {
		return this.read().boots.at(-1);
	}

	#stay(): string {
		return this.#host.output(this.#domain).slice(this.#ends.get(this.#host) ?? 0);
	}
}
