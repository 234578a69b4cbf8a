import {encodeBarrier, encodeRecord, LibxcRecordType} from '@sterna/protocol';
import type {BandwidthLimit} from './bandwidth-limit.ts';
import type {LinkProgress, SendChannels, SendLink, SendLinkOptions, WritePagesOptions} from '../data-link.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {openEach} from './open-each.ts';
import {openSendLink} from './send-link.ts';

type Connection = Pick<SendLinkOptions, 'fd' | 'tlsSession'>;

export type SendChannelsOptions = Omit<SendLinkOptions, 'fd' | 'tlsSession' | 'channel'> & {
	/** Connected, non-blocking sockets in the order of their channel index, or one file. Owned from here, also where this throws. */
	readonly connections: readonly [Connection, ...Connection[]];
};

/** A window this small still holds two credit steps of the receiver. */
const MIN_WINDOW_BYTES = 4 * 1024 * 1024;

/** Opens the sending ends of all data connections of a migration, spread over the pool's workers. They share the window. */
export function openSendChannels(pool: DataWorkerPool, {connections, windowBytes, teeFd, ...options}: SendChannelsOptions): SendChannels {
	if (connections.length > 1 && teeFd !== undefined) throw new TypeError('a tee of several connections');
	const share =
		windowBytes === undefined ? undefined : Math.max(Math.floor(windowBytes / connections.length), Math.min(windowBytes, MIN_WINDOW_BYTES));
	const links = openEach(connections, (connection, index) => {
		const channel = {index, count: connections.length};
		return openSendLink(pool, {...options, ...connection, channel, windowBytes: share, teeFd});
	});
	return new LinkGroup(links, options.limits ?? []);
}

class LinkGroup implements SendChannels {
	readonly primary: SendLink;
	readonly closed: Promise<Error | undefined>;
	readonly #links: readonly SendLink[];
	/** Stream offset behind what each link was last given, once the kernel has it. */
	readonly #offsets: number[];
	readonly #limits: readonly BandwidthLimit[];
	#limitsIgnoredUntilMs = 0;
	#sequence = 0;

	constructor(links: readonly [SendLink, ...SendLink[]], limits: readonly BandwidthLimit[]) {
		[this.primary] = links;
		this.#links = links;
		this.#limits = limits;
		this.#offsets = this.#links.map(() => 0);
		this.closed = this.#firstFailure();
	}

	get count(): number {
		return this.#links.length;
	}

	get progress(): LinkProgress {
		if (this.#links.length === 1) return this.primary.progress;
		const sum = {writtenBytes: 0, creditedBytes: 0, appliedBytes: 0, zeroPages: 0, savedBytes: 0};
		for (const {progress} of this.#links) {
			sum.writtenBytes += progress.writtenBytes;
			sum.creditedBytes += progress.creditedBytes;
			sum.appliedBytes += progress.appliedBytes;
			sum.zeroPages += progress.zeroPages;
			sum.savedBytes += progress.savedBytes;
		}

		return sum;
	}

	get appliedBytes(): readonly number[] {
		return this.#links.map(({progress}) => progress.appliedBytes);
	}

	async writePages(index: number, runs: Uint32Array, options?: WritePagesOptions): Promise<number> {
		return this.#track(index, this.#at(index).writePages(runs, options));
	}

	barrier(): void {
		if (this.#links.length === 1) return;
		this.#sequence += 1;
		const record = encodeBarrier(this.#sequence);
		for (const [index, link] of this.#links.entries()) this.#behind(index, link.writeBytes(record));
	}

	endPages(): void {
		this.barrier();
		const end = encodeRecord({layer: 'libxc', type: LibxcRecordType.END, body: new Uint8Array(0)});
		for (const [index, link] of this.#links.entries()) {
			if (index === 0) continue;
			link.allowHeartbeats(false);
			void link.writeDigest();
			this.#behind(index, link.writeBytes(end));
		}
	}

	get limitBytesPerSecond(): number | undefined {
		if (this.#limits.length === 0 || performance.now() < this.#limitsIgnoredUntilMs) return undefined;
		let least: number | undefined;
		for (const {bytesPerSecond} of this.#limits) {
			if (bytesPerSecond !== undefined && bytesPerSecond < (least ?? Infinity)) least = bytesPerSecond;
		}

		return least;
	}

	ignoreLimitsFor(milliseconds: number): void {
		if (milliseconds > 0) this.#limitsIgnoredUntilMs = performance.now() + milliseconds;
		for (const link of this.#links) link.ignoreLimitsFor(milliseconds);
	}

	startHeartbeats(): void {
		for (const link of this.#links) link.allowHeartbeats(true);
	}

	stopHeartbeats(): void {
		for (const link of this.#links) link.allowHeartbeats(false);
	}

	async applied(): Promise<void> {
		await Promise.all(this.#links.map(async (link, index) => link.applied(this.#offsets[index] ?? 0)));
	}

	async destroy(cause?: Error): Promise<void> {
		await Promise.all(this.#links.map(async link => link.destroy(cause)));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	#at(index: number): SendLink {
		const link = this.#links[index];
		if (link === undefined) throw new RangeError(`data connection ${index} of ${this.#links.length}`);
		return link;
	}

	async #track(index: number, offset: Promise<number>): Promise<number> {
		const end = await offset;
		this.#offsets[index] = Math.max(this.#offsets[index] ?? 0, end);
		return end;
	}

	/** As `#track`, of what nobody waits for: a link that fails says so by `closed`. */
	#behind(index: number, offset: Promise<number>): void {
		this.#track(index, offset).catch(() => undefined);
	}

	/** The first link that fails takes the others with it. */
	async #firstFailure(): Promise<Error | undefined> {
		let first: Error | undefined;
		const watch = async (link: SendLink): Promise<void> => {
			const error = await link.closed;
			if (error === undefined || first !== undefined) return;
			first = error;
			await this.destroy(error);
		};
		await Promise.all(this.#links.map(watch));
		return first;
	}
}
