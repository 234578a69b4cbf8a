import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {connect, type Socket} from 'node:net';
import {pipeline} from 'node:stream/promises';
import {DomainError} from '../../domain-error.ts';
import type {ConsoleInput} from '../../driver.ts';

export type QemuConsoleOptions = {
	/** The Unix socket of the guest's first serial port, which QEMU listens on. It has one client at a time: a second one's bytes wait for the first to go. */
	readonly socketPath: string;
	/** Where what the guest writes is appended to, where QEMU itself does not log it: a guest that others have started. Undefined: it is thrown away. */
	readonly appendTo?: string | undefined;
};

/**
 * Opens the way into a guest's console. What comes from there is read off all the time: a guest must never wait for a reader of its console.
 * Rejects ERR_GUEST_EXITED where nobody listens.
 */
export async function openQemuConsole({socketPath, appendTo}: QemuConsoleOptions): Promise<ConsoleInput> {
	const socket = connect(socketPath);
	try {
		await once(socket, 'connect');
	} catch (error) {
		throw new DomainError('ERR_GUEST_EXITED', `nobody is at the console ${socketPath}`, {cause: error});
	}

	return new QemuConsole(socket, appendTo);
}

class QemuConsole implements ConsoleInput {
	readonly #socket: Socket;
	/** Settles when everything that came has been dealt with. */
	readonly #reading: Promise<void>;
	#error: Error | undefined;

	constructor(socket: Socket, appendTo: string | undefined) {
		this.#socket = socket;
		socket.on('error', error => {
			this.#error ??= error;
		});
		if (appendTo === undefined) {
			socket.resume();
			this.#reading = Promise.resolve();
		} else {
			this.#reading = pipeline(socket, createWriteStream(appendTo, {flags: 'a', mode: 0o640}), {end: true}).catch((error: unknown) => {
				if (error instanceof Error) this.#error ??= error;
			});
		}
	}

	async write(bytes: Uint8Array): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		this.#socket.write(bytes, error => {
			if (error === undefined || error === null) resolve();
			else reject(new DomainError('ERR_GUEST_EXITED', 'the console of the guest has ended', {cause: this.#error ?? error}));
		});
		await promise;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#socket.destroy();
		await this.#reading;
	}
}
