import {OperationError, type Side} from '@sterna/protocol';
import {hostError} from '../../host-error.ts';
import {EtcdEndpoint, type EtcdCredentials, EtcdError, type EtcdTls} from './endpoint.ts';

export type EtcdClusterOptions = {
	readonly endpoints: readonly string[];
	/** Called at the start and at each `reload`. */
	readonly readTls: () => EtcdTls;
	readonly readCredentials: () => EtcdCredentials | undefined;
	/** Of each call to one endpoint. */
	readonly callTimeoutMs: number;
	readonly side: Side;
};

/** The endpoints of a cluster, of which any will do. */
export class EtcdCluster implements Disposable {
	readonly #options: EtcdClusterOptions;
	#endpoints: readonly EtcdEndpoint[];
	/** The one that answered last: asked first. */
	#best = 0;

	/** Throws what reading the files throws. */
	constructor(options: EtcdClusterOptions) {
		this.#options = options;
		this.#endpoints = this.#makeEndpoints();
	}

	/**
	 * Carries an operation out at the first endpoint that answers, beginning with the one that did last; each is tried once. An operation may so be begun at one endpoint, be carried
	 * out there behind the answer that did not come, and be begun again at the next: it has to be one that this does not harm. Rejects ERR_LEASE_STORE where none answers, what the
	 * operation itself rejects with, or the signal's reason.
	 */
	async run<Result>(what: string, signal: AbortSignal, operation: (endpoint: EtcdEndpoint) => Promise<Result>): Promise<Result> {
		const endpoints = this.#endpoints;
		const first = this.#best;
		const errors: EtcdError[] = [];
		for (let tried = 0; tried < endpoints.length; tried++) {
			signal.throwIfAborted();
			const index = (first + tried) % endpoints.length;
			const endpoint = endpoints[index];
			if (endpoint === undefined) break;
			try {
				const result = await operation(endpoint);
				this.#best = index;
				return result;
			} catch (error) {
				if (error instanceof OperationError) this.#best = index;
				if (!(error instanceof EtcdError)) throw error;
				errors.push(error);
			}
		}

		const cause = errors.length > 1 ? new Error(errors.map(({message}) => message).join('; '), {cause: errors.at(-1)?.cause}) : errors[0];
		throw hostError('ERR_LEASE_STORE', `no endpoint of etcd could ${what}`, {
			side: this.#options.side,
			cause,
			next: 'etcdctl endpoint health',
		});
	}

	/** Reads certificates and password again: connections from now on use them. Throws what that throws, and the old ones stay. */
	reload(): void {
		const old = this.#endpoints;
		this.#endpoints = this.#makeEndpoints();
		for (const endpoint of old) endpoint[Symbol.dispose]();
	}

	[Symbol.dispose](): void {
		for (const endpoint of this.#endpoints) endpoint[Symbol.dispose]();
	}

	#makeEndpoints(): readonly EtcdEndpoint[] {
		const {endpoints, readTls, readCredentials, callTimeoutMs} = this.#options;
		const tls = readTls();
		const credentials = readCredentials();
		return endpoints.map(url => new EtcdEndpoint({url, tls, credentials, callTimeoutMs}));
	}
}
