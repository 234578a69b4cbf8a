import type {DaemonContext} from '@sterna/host';
import type {DataListener, DataWorkerPool, TlsCredentials} from '@sterna/transport';
import type {Arrivals} from './arrivals.ts';

/** What the receiver's parts work with. */
export type ReceiverServices = DaemonContext & {
	readonly pool: DataWorkerPool;
	readonly listener: DataListener;
	/** Undefined without `[tls]`: connections are plain, and on loopback alone. */
	readonly credentials: TlsCredentials | undefined;
	readonly arrivals: Arrivals;
};
