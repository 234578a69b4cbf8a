import {connectData, type ConnectDataOptions} from './connect-data.ts';
import {closeDataSocket, type DataSocket} from './data-socket.ts';
import type {DataConnection, DataListener, Expectation} from './data-listener.ts';

type WithoutChannel<Options extends {readonly preamble: object}> = Omit<Options, 'preamble'> & {
	readonly preamble: Omit<Options['preamble'], 'channelIndex'>;
};

/** Opens all `channelCount` data connections of a migration side by side, in the order of their index. As `connectData`; where one fails none is left open. */
export async function connectChannels({
	preamble,
	signal,
	...options
}: WithoutChannel<ConnectDataOptions>): Promise<[DataSocket, ...DataSocket[]]> {
	return allOrNone(
		preamble.channelCount,
		async (channelIndex, stop) => connectData({...options, preamble: {...preamble, channelIndex}, signal: stop}),
		closeDataSocket,
		signal,
	);
}

/** Waits for all `channelCount` data connections of a migration. As `DataListener.expect`; where one does not come none is left open. */
export async function expectChannels(
	listener: DataListener,
	{channelCount, signal, ...expectation}: Omit<Expectation, 'channelIndex' | 'channelCount'> & {readonly channelCount: number},
): Promise<[DataConnection, ...DataConnection[]]> {
	return allOrNone(
		channelCount,
		async (channelIndex, stop) => listener.expect({...expectation, channelIndex, channelCount, signal: stop}),
		closeDataSocket,
		signal,
	);
}

/** Begins `count` (1 or more) things side by side. The first that fails stops the others, and those that have come are let go. */
async function allOrNone<T>(
	count: number,
	begin: (index: number, signal: AbortSignal) => Promise<T>,
	letGo: (value: T) => void,
	signal: AbortSignal | undefined,
): Promise<[T, ...T[]]> {
	const failed = new AbortController();
	const stop = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
	const all = await Promise.allSettled(
		Array.from({length: count}, async (_, index) => {
			try {
				return await begin(index, stop);
			} catch (error) {
				failed.abort(error);
				throw error;
			}
		}),
	);
	if (!failed.signal.aborted) return all.map(result => (result as PromiseFulfilledResult<T>).value) as [T, ...T[]];
	for (const result of all) if (result.status === 'fulfilled') letGo(result.value);
	throw failed.signal.reason;
}
