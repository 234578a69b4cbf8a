import {connect, type Socket} from 'node:net';

/** A connection of its own that says what another one said before: what a duplicated or replayed connection looks like to the one who listens. */
export class Replay {
	/** Resolves when the connection is over, however it ended, with what came back on it. */
	readonly answered: Promise<Buffer>;
	readonly #socket: Socket;

	/** Writes `bytes` at once and leaves its end of the connection open. */
	constructor(address: {readonly host: string; readonly port: number}, bytes: Uint8Array) {
		const {promise, resolve} = Promise.withResolvers<Buffer>();
		this.answered = promise;
		const parts: Buffer[] = [];
		this.#socket = connect({...address, allowHalfOpen: true});
		this.#socket.on('data', part => parts.push(part));
		// Whether the listener ends it in order or by a reset is the same to us.
		this.#socket.on('error', () => {});
		this.#socket.on('end', () => this.#socket.destroy());
		this.#socket.on('close', () => resolve(Buffer.concat(parts)));
		this.#socket.write(bytes);
	}

	/** Ends the connection from this side. */
	end(): void {
		this.#socket.destroy();
	}
}
