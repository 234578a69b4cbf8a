import type {DaemonContext} from '@sterna/host';
import type {DataWorkerPool} from '@sterna/transport';
import type {Operations} from './operations.ts';

/** What the sender's parts work with. */
export type SenderServices = DaemonContext & {
	readonly pool: DataWorkerPool;
	readonly operations: Operations;
};
