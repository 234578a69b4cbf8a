import type {DaemonContext, LeaseStore} from '@sterna/host';
import type {DataListener, DataWorkerPool, TlsCredentials} from '@sterna/transport';
import type {Arrivals} from './arrivals.ts';
import type {Recordings} from './recording/recordings.ts';
import type {Standbys} from './standby/standbys.ts';

/** What the receiver's parts work with. */
export type ReceiverServices = DaemonContext & {
	readonly pool: DataWorkerPool;
	readonly listener: DataListener;
	/** Undefined without `[tls]`: connections are plain, and on loopback alone. */
	readonly credentials: TlsCredentials | undefined;
	readonly arrivals: Arrivals;
	readonly standbys: Standbys;
	readonly recordings: Recordings;
	/** Who may run a guest whose two hosts do not see each other. */
	readonly leases: LeaseStore;
};
