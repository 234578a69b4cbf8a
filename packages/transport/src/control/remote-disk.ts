import type {DiskStreamRequest} from '@sterna/protocol/control';
import {type ByteStream, DISK_WINDOW_BYTES} from './byte-stream.ts';
import type {ControlClient} from './control-client.ts';

/** A disk of a guest that comes in on another host, over a connection of its own. */
export type RemoteDisk = AsyncDisposable & ByteStream;

/** Asks a receiver for a disk. Owns the connection. The signal ends both. */
export function openRemoteDisk(client: ControlClient, request: DiskStreamRequest, signal: AbortSignal): RemoteDisk {
	const stream = client.openStream('diskStream', request, {signal, windowBytes: DISK_WINDOW_BYTES});
	stream.answer.catch(() => undefined); // The reading says it too.
	return {
		write: async bytes => stream.write(bytes),
		end: async () => stream.end(),
		[Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
		[Symbol.asyncDispose]: async () => client.close(),
	};
}
