import type {DaemonContext, LeaseStore} from '@sterna/host';
import type {BandwidthLimit, DataWorkerPool, TlsCredentials} from '@sterna/transport';
import type {Operations} from './operations.ts';
import type {Protections} from './protect/protections.ts';
import type {Recordings} from './recording/recordings.ts';
import type {ReturnNotices} from './return-notices.ts';
import type {Verdicts} from './verdicts.ts';

/** What the sender's parts work with. */
export type SenderServices = DaemonContext & {
	readonly pool: DataWorkerPool;
	/** Undefined without `[tls]`: hosts on loopback alone are reached. */
	readonly credentials: TlsCredentials | undefined;
	readonly operations: Operations;
	readonly protections: Protections;
	readonly leases: LeaseStore;
	readonly notices: ReturnNotices;
	readonly verdicts: Verdicts;
	readonly recordings: Recordings;
	/** Of all migrations together. */
	readonly bandwidth: BandwidthLimit;
};
