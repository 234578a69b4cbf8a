import {setSocketOption, shutdownSocket, SystemError} from '@sterna/system';

/** The kernel's low water mark for receiving on one descriptor, set where it changes. */
export class ReceiveLowWater {
	readonly #fd: number;
	#bytes = 1;
	#taken = true;

	constructor(fd: number) {
		this.#fd = fd;
	}

	/** The descriptor need not be readable before so many bytes wait. */
	set(bytes: number): void {
		if (!this.#taken || bytes === this.#bytes) return;
		try {
			setSocketOption(this.#fd, 'receiveLowWaterBytes', bytes);
			this.#bytes = bytes;
		} catch (error) {
			// A pipe, or a socket that is being reset: reading says what is wrong.
			if (!(error instanceof SystemError)) throw error;
			this.#taken = false;
		}
	}
}

/** Half-closes a socket; of no effect where the peer is gone (ENOTCONN), and on a pipe (ENOTSOCK). */
export function endSocketWriting(fd: number): void {
	try {
		shutdownSocket(fd, 'writing');
	} catch (error) {
		if (!(error instanceof SystemError)) throw error;
	}
}
