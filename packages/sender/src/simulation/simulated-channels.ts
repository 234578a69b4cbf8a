import type {PageBitmap} from '@sterna/domain';
import type {LinkProgress, SendChannels} from '@sterna/transport';
import {FULL_PAGES, type LinkModel, type WireContent} from './link-model.ts';
import type {VirtualClock} from './virtual-clock.ts';

/** A batch on the wire: its bytes leave evenly between the two moments. */
type Flight = {readonly startMs: number; readonly endMs: number; readonly bytes: number};

/** One data connection. `freeMs`: when its wire and its thread have done what they were given. */
type Connection = {freeMs: number; threadFreeMs: number; queuedBytes: number; creditedBytes: number; flights: Flight[]};

/**
 * The sending ends of simulated data connections. The wire is shared first come, first served; a connection is no faster than its own limit, than its window a
 * round trip, and than its thread. Bytes count as taken by the receiver a round trip after they were on the wire, piece by piece.
 */
export class SimulatedChannels implements SendChannels {
	readonly count: number;
	readonly primary: SendChannels['primary'];
	readonly closed = new Promise<undefined>(() => undefined);
	readonly #link: LinkModel;
	readonly #content: WireContent;
	readonly #clock: VirtualClock;
	/** Pages that were sent before. */
	readonly #sent: PageBitmap;
	readonly #connections: readonly Connection[];
	/** Of the threads that serve several connections. */
	readonly #threads: number[];
	#wireFreeMs = 0;
	#limitIgnoredUntilMs = 0;

	/** `sent`: empty, and owned from here. */
	constructor(
		link: LinkModel,
		{
			clock,
			sent,
			content = FULL_PAGES,
		}: {readonly clock: VirtualClock; readonly sent: PageBitmap; readonly content?: WireContent | undefined},
	) {
		this.#link = link;
		this.#content = content;
		this.#clock = clock;
		this.#sent = sent;
		this.count = link.channels;
		this.#connections = Array.from({length: link.channels}, () => ({
			freeMs: 0,
			threadFreeMs: 0,
			queuedBytes: 0,
			creditedBytes: 0,
			flights: [],
		}));
		this.#threads = Array.from({length: Math.max(1, Math.min(link.workers, link.channels))}, () => 0);
		this.primary = {
			writeBytes: async bytes => this.#write(0, bytes.byteLength, 0),
			writePages: async runs => this.writePages(0, runs),
			writeDigest: async () => undefined,
			writeCheckpointDigest: async () => undefined,
			sync: async () => this.applied(),
			writeCopies: notSimulated,
			writeDiskExtent: notSimulated,
		};
	}

	get progress(): LinkProgress {
		const taken = this.appliedBytes.reduce((sum, bytes) => sum + bytes, 0);
		const queued = this.#connections.reduce((sum, {queuedBytes}) => sum + queuedBytes, 0);
		return {writtenBytes: queued, creditedBytes: taken, appliedBytes: taken, zeroPages: 0, savedBytes: 0};
	}

	get appliedBytes(): readonly number[] {
		return this.#connections.map(connection => this.#creditedOf(connection));
	}

	async writePages(index: number, runs: Uint32Array): Promise<number> {
		let pages = 0;
		let bytes = 0;
		for (let at = 0; at < runs.length; at += 2) {
			const pfn = runs[at] ?? 0;
			const count = runs[at + 1] ?? 0;
			pages += count;
			bytes += count * this.#bytesPerPage(pfn, count);
			this.#sent.addRun(pfn, count);
		}

		return this.#write(index, bytes, this.#link.batchCpuMs + pages * this.#link.pageCpuMs);
	}

	get limitBytesPerSecond(): number | undefined {
		return this.#clock.nowMs() < this.#limitIgnoredUntilMs ? undefined : this.#link.limitBytesPerSecond;
	}

	barrier(): void {
		return undefined;
	}

	endPages(): void {
		return undefined;
	}

	startHeartbeats(): void {
		return undefined;
	}

	stopHeartbeats(): void {
		return undefined;
	}

	ignoreLimitsFor(milliseconds: number): void {
		this.#limitIgnoredUntilMs = this.#clock.nowMs() + milliseconds;
	}

	async applied(): Promise<void> {
		const lastMs = Math.max(...this.#connections.map(({freeMs}) => freeMs));
		return this.#clock.until(lastMs + this.#link.roundTripMs);
	}

	async destroy(): Promise<void> {
		return undefined;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		return undefined;
	}

	/** Resolves with the offset behind the bytes when the kernel has them. */
	async #write(index: number, bytes: number, cpuMs: number): Promise<number> {
		const connection = this.#connections[index];
		if (connection === undefined) throw new RangeError(`data connection ${index} of ${this.count}`);
		const thread = index % this.#threads.length;
		const startMs = Math.max(this.#clock.nowMs(), connection.freeMs, this.#threads[thread] ?? 0);
		const wireMs = this.#takeWire(startMs, bytes);
		const threadMs = startMs + cpuMs;
		const endMs = Math.max(wireMs, threadMs, startMs + (bytes * 1000) / this.#connectionRate());
		this.#threads[thread] = threadMs;
		connection.freeMs = endMs;
		connection.queuedBytes += bytes;
		connection.flights.push({startMs, endMs, bytes});
		const offset = connection.queuedBytes;
		await this.#clock.until(endMs);
		return offset;
	}

	/** When the shared wire has carried the bytes, of which the first may go at `readyMs`. */
	#takeWire(readyMs: number, bytes: number): number {
		const {bytesPerSecond, limitBytesPerSecond = Infinity} = this.#link;
		const limited = Math.min(bytesPerSecond, limitBytesPerSecond);
		const startMs = Math.max(readyMs, this.#wireFreeMs);
		const freeBytes = (Math.max(0, this.#limitIgnoredUntilMs - startMs) * bytesPerSecond) / 1000;
		const inTheFree = Math.min(bytes, freeBytes);
		this.#wireFreeMs = startMs + (inTheFree / bytesPerSecond + (bytes - inTheFree) / limited) * 1000;
		return this.#wireFreeMs;
	}

	#connectionRate(): number {
		const {connectionBytesPerSecond = Infinity, windowBytes = Infinity, roundTripMs, channels} = this.#link;
		const byWindow = roundTripMs > 0 ? ((windowBytes / channels) * 1000) / roundTripMs : Infinity;
		return Math.min(connectionBytesPerSecond, byWindow);
	}

	#creditedOf(connection: Connection): number {
		const leftMs = this.#clock.nowMs() - this.#link.roundTripMs;
		let done = 0;
		for (const {endMs, bytes} of connection.flights) {
			if (endMs > leftMs) break;
			connection.creditedBytes += bytes;
			done += 1;
		}

		connection.flights.splice(0, done);
		return connection.flights.reduce((sum, flight) => sum + partOf(flight, leftMs), connection.creditedBytes);
	}

	#bytesPerPage(pfn: number, count: number): number {
		if (this.#sent.hasAny(pfn, count)) return this.#content.againBytesPerPage;
		return this.#content.first.find(({untilPfn}) => pfn < untilPfn)?.bytesPerPage ?? FULL_PAGES.againBytesPerPage;
	}
}

/** Bytes of a batch that have left by then. */
function partOf({startMs, endMs, bytes}: Flight, atMs: number): number {
	if (atMs <= startMs) return 0;
	return atMs >= endMs ? bytes : (bytes * (atMs - startMs)) / (endMs - startMs);
}

async function notSimulated(): Promise<never> {
	throw new TypeError('a simulated link carries pages of the guest alone');
}
