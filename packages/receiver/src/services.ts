import type {DaemonContext} from '@sterna/host';
import type {DataListener, DataWorkerPool} from '@sterna/transport';
import type {Arrivals} from './arrivals.ts';

/** What the receiver's parts work with. */
export type ReceiverServices = DaemonContext & {
	readonly pool: DataWorkerPool;
	readonly listener: DataListener;
	readonly arrivals: Arrivals;
};
