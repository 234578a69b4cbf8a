import type {ConsoleMoved, PeerConsoleRequest} from '@sterna/protocol/control';
import type {ByteStream} from './byte-stream.ts';
import {type ControlClient, expectBody} from './control-client.ts';

/** The console of a guest on another host, over a connection of its own. */
export type RemoteConsole = AsyncDisposable &
	Pick<ByteStream, 'write' | typeof Symbol.asyncIterator> & {
		/** Where the guest went from there; undefined when it ended there. Rejects with the fault, or the loss of the connection. */
		readonly ended: Promise<ConsoleMoved | undefined>;
	};

/** Asks a receiver for the console of a guest. Owns the connection. */
export function openRemoteConsole(
	client: ControlClient,
	request: PeerConsoleRequest,
	{onNote, signal}: {readonly onNote: (text: string) => void; readonly signal: AbortSignal},
): RemoteConsole {
	const stream = client.openStream('peerConsole', request, {
		signal,
		onEvent: frame => {
			if (frame.kind === 'consoleNote') onNote(frame.body.text);
		},
	});
	const ended = stream.answer.then(frame => (frame.kind === 'consoleMoved' ? frame.body : void expectBody(frame, 'done')));
	ended.catch(() => undefined); // The reading says it too.
	return {
		ended,
		write: async bytes => stream.write(bytes),
		[Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
		[Symbol.asyncDispose]: async () => client.close(),
	};
}
