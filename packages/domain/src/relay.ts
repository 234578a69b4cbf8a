import type {Socket} from 'node:net';
import type {ByteChannel} from './byte-channel.ts';

export type RelayOptions = {
	readonly signal: AbortSignal;
	/** Told of each piece that went from the socket to the channel. */
	readonly onSent?: (bytes: number) => void;
};

/**
 * Passes bytes between a local socket (with `allowHalfOpen`) and a channel, both ways, with no more than a piece waiting here in either. Resolves when both directions have
 * ended. Rejects with the first failure, or the signal's reason; the socket is destroyed in any case, the channel is its owner's to end.
 */
export async function relay(socket: Socket, channel: ByteChannel, {signal, onSent}: RelayOptions): Promise<void> {
	const failed = Promise.withResolvers<never>();
	const fail = (error: unknown): void => failed.reject(error);
	const onAbort = (): void => fail(signal.reason);
	signal.addEventListener('abort', onAbort, {once: true});
	// Before anything is read: an error that nobody listens for ends the process.
	socket.on('error', fail);
	try {
		signal.throwIfAborted();
		const both = Promise.all([send(socket, channel, onSent), receive(channel, socket)]);
		both.catch(() => undefined); // The direction that is left ends with the channel.
		await Promise.race([both, failed.promise]);
	} finally {
		signal.removeEventListener('abort', onAbort);
		failed.promise.catch(() => undefined);
		socket.destroy();
	}
}

async function send(socket: Socket, channel: ByteChannel, onSent: RelayOptions['onSent']): Promise<void> {
	// What comes the other way may not have ended.
	for await (const piece of socket.iterator({destroyOnReturn: false}) as AsyncIterable<Uint8Array>) {
		await channel.write(piece);
		onSent?.(piece.length);
	}

	await channel.end();
}

async function receive(channel: ByteChannel, socket: Socket): Promise<void> {
	for await (const piece of channel) await write(socket, piece);
	socket.end();
}

/** Resolves when the kernel has taken it. */
async function write(socket: Socket, piece: Uint8Array): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	socket.write(piece, error => {
		if (error === undefined || error === null) resolve();
		else reject(error);
	});
	await promise;
}
