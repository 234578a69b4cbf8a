import {
	type DataSocket,
	type DataWorkerPool,
	openReceiveChannels,
	openSendChannels,
	PageHashes,
	type ReceiveChannelsOptions,
	type ReceiveLink,
	type SendChannels,
	type SendChannelsOptions,
	TargetPages,
} from '../../src/index.ts';
import {connectLinks} from './connections.ts';
import {EventLog} from './events.ts';
import {TestMemory} from './guest-memory.ts';

const WINDOW_BYTES = 8 * 1024 * 1024;

/** Both sides of a migration: memory, and the tables that outlive its links. */
export class ProvenPair implements Disposable {
	readonly source: TestMemory;
	readonly target: TestMemory;
	readonly sent: PageHashes;
	readonly received: PageHashes;
	readonly targetPages: TargetPages;

	constructor(pages: number, key = PageHashes.randomKey()) {
		this.source = new TestMemory(pages);
		this.target = new TestMemory(pages);
		this.sent = new PageHashes({pageLimit: pages, key});
		this.received = new PageHashes({pageLimit: pages, key});
		this.targetPages = new TargetPages(pages);
	}

	get isEqual(): boolean {
		return Buffer.compare(this.source.bytes, this.target.bytes) === 0;
	}

	/** Options of the sending end. */
	get sending(): Pick<SendChannelsOptions, 'kind' | 'memory' | 'pageTypes' | 'windowBytes' | 'teeFd' | 'pageHashes'> {
		return {
			kind: 'socket',
			memory: this.source,
			pageTypes: undefined,
			windowBytes: WINDOW_BYTES,
			teeFd: undefined,
			pageHashes: this.sent,
		};
	}

	/** Options of the receiving end. */
	get receiving(): Omit<ReceiveChannelsOptions, 'connections' | 'onEvent'> {
		return {
			kind: 'socket',
			begins: 'libxl',
			mode: 'plain',
			memory: this.target,
			pageTypes: undefined,
			populatedPagesLimit: this.target.pageLimit,
			keepsHoles: true,
			backChannel: true,
			pageHashes: this.received,
			targetPages: this.targetPages,
		};
	}

	[Symbol.dispose](): void {
		this.source[Symbol.dispose]();
		this.target[Symbol.dispose]();
	}
}

/** The two ends of a link of several connections. */
export type ProvenLink = {readonly sender: SendChannels; readonly receiver: ReceiveLink; readonly log: EventLog} & AsyncDisposable;

export type LinkSettings = {
	readonly count?: number;
	readonly send?: Partial<SendChannelsOptions>;
	readonly receive?: Partial<ReceiveChannelsOptions>;
	readonly connect?: () => Promise<[DataSocket, DataSocket]>;
};

const connectPlain = async (): Promise<[DataSocket, DataSocket]> => {
	const [own, peer] = await connectLinks();
	return [
		{fd: own, tlsSession: undefined},
		{fd: peer, tlsSession: undefined},
	];
};

export async function openProven(
	pool: DataWorkerPool,
	pair: ProvenPair,
	{count = 1, send, receive, connect = connectPlain}: LinkSettings = {},
): Promise<ProvenLink> {
	const first = await connect();
	const further = await Promise.all(Array.from({length: count - 1}, connect));
	const log = new EventLog();
	const sender = openSendChannels(pool, {connections: [first[0], ...further.map(([own]) => own)], ...pair.sending, ...send});
	const receiver = openReceiveChannels(pool, {
		connections: [first[1], ...further.map(([, peer]) => peer)],
		...pair.receiving,
		onEvent: log.onEvent,
		...receive,
	});
	return {
		sender,
		receiver,
		log,
		async [Symbol.asyncDispose]() {
			await Promise.all([sender.destroy(), receiver.destroy()]);
		},
	};
}
