import type {ReceiveChannelLink, ReceiveEvent, ReceiveLink, ReceiveLinkOptions} from '../data-link.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {LinkError} from './link-error.ts';
import {openEach} from './open-each.ts';
import {openReceiveLink} from './receive-link.ts';
import {TargetPages} from './target-pages.ts';

export type ReceiveChannelsOptions = Omit<ReceiveLinkOptions, 'fd' | 'tlsSession' | 'initialBytes' | 'channel' | 'onBarrier'> & {
	/** The data connections of one migration in the order of their channel index. Their descriptors are owned from here, also where this throws. */
	readonly connections: readonly [Connection, ...Connection[]];
};

type Connection = Pick<ReceiveLinkOptions, 'fd' | 'tlsSession' | 'initialBytes'>;

/**
 * Opens the receiving ends of all data connections of a migration, spread over the pool's workers, as if they were one link: its events are
 * those of the first connection, which has the stream; amounts are sums, and the end is that of all.
 */
export function openReceiveChannels(pool: DataWorkerPool, options: ReceiveChannelsOptions): ReceiveLink {
	const {connections, ...rest} = options;
	const [only] = connections;
	return connections.length === 1 ? openReceiveLink(pool, {...rest, ...only}) : new LinkGroup(pool, options);
}

class LinkGroup implements ReceiveLink {
	readonly #links: readonly ReceiveChannelLink[];
	readonly #onEvent: (event: ReceiveEvent) => void;
	readonly #targetPages: TargetPages;
	readonly #pages: number[];
	readonly #bytes: number[];
	/** Links that stand behind the barrier of this number. */
	#atBarrier = 0;
	#sequence = 1;
	#ended = 0;
	#over = false;

	constructor(pool: DataWorkerPool, {connections, onEvent, ...options}: ReceiveChannelsOptions) {
		const count = connections.length;
		this.#targetPages = options.targetPages ?? new TargetPages(options.memory.pageLimit);
		this.#onEvent = onEvent;
		this.#pages = connections.map(() => 0);
		this.#bytes = connections.map(() => 0);
		this.#links = openEach(connections, (connection, index) =>
			openReceiveLink(pool, {
				...options,
				...connection,
				begins: index === 0 ? options.begins : 'pages',
				channel: {index, count},
				targetPages: this.#targetPages,
				onEvent: event => this.#receive(index, event),
				onBarrier: sequence => this.#onBarrier(index, sequence),
			}),
		);
	}

	get appliedBytes(): readonly number[] {
		return this.#links.flatMap(link => link.appliedBytes);
	}

	markPopulated(pfn: number, pageCount: number): void {
		this.#targetPages.markBacked(pfn, pageCount);
	}

	async fail(cause: Error): Promise<void> {
		this.#over = true;
		await Promise.all(this.#links.map(async link => link.fail(cause)));
	}

	async destroy(): Promise<void> {
		this.#over = true;
		await Promise.all(this.#links.map(async link => link.destroy()));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	#receive(index: number, event: ReceiveEvent): void {
		switch (event.kind) {
			case 'progress':
				this.#pages[index] = event.pagesReceived;
				this.#bytes[index] = event.bytesReceived;
				this.#tell({kind: 'progress', pagesReceived: sum(this.#pages), bytesReceived: sum(this.#bytes)});
				return;
			case 'end':
				this.#bytes[index] = event.bytesReceived;
				this.#ended += 1;
				if (this.#ended === this.#links.length) this.#end({kind: 'end', bytesReceived: sum(this.#bytes)});
				return;
			case 'failed':
			case 'broken-off':
				this.#end(event);
				return;
			case 'headers':
			case 'record':
			case 'checkpoint':
				// Of the END of a further connection nobody needs to hear.
				if (index === 0) this.#tell(event);
				return;
			default:
				event satisfies never;
		}
	}

	/** Reading stands still on a link from its barrier on, so that every one of them is at most at this barrier. */
	#onBarrier(index: number, sequence: number): void {
		if (sequence !== this.#sequence) {
			const message = `barrier ${sequence} on data connection ${index}, where ${this.#sequence} comes next`;
			this.#end({kind: 'failed', error: new LinkError({code: 'ERR_STREAM', message})});
			return;
		}

		this.#atBarrier += 1;
		if (this.#atBarrier < this.#links.length) return;
		this.#atBarrier = 0;
		this.#sequence += 1;
		for (const link of this.#links) link.passBarrier();
	}

	#tell(event: ReceiveEvent): void {
		if (!this.#over) this.#onEvent(event);
	}

	#end(event: Extract<ReceiveEvent, {kind: 'end' | 'failed' | 'broken-off'}>): void {
		this.#tell(event);
		this.#over = true;
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
