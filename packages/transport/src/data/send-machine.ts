import type {BackChannelRecord, DataChannel} from '@sterna/protocol';
import {Errno, IovecArray, PollEvent} from '@sterna/system';
import {BackChannelReader} from './back-channel-reader.ts';
import type {SharedLimit} from './bandwidth-limit.ts';
import type {ByteChannel} from './byte-channel.ts';
import {closingFault, ReceiverFault} from './closing-fault.ts';
import {earliest} from './earliest.ts';
import {LinkError, memoryError} from './link-error.ts';
import type {CommittedCheckpoint, CompressionOptions, HeartbeatOptions} from '../data-link.ts';
import {LinkMeter} from './link-meter.ts';
import type {Machine} from './machine.ts';
import type {MappedMemory, WorkerReport} from './messages.ts';
import {Pacer} from './pacer.ts';
import type {SharedPageHashes} from './page-hashes.ts';
import {type DigestOf, type QueuedBatch, SendQueue} from './send-queue.ts';
import {VectorWindow} from './vector-window.ts';
import {WindowSizer} from './window-sizer.ts';

/** What is written of a record that the limits hold back, as a sign of life. */
const SIGN_OF_LIFE_BYTES = 64;

export type SendMachineOptions = {
	readonly link: number;
	readonly channel: ByteChannel;
	/** Gets exactly the same bytes, ahead of the channel. */
	readonly tee: ByteChannel | undefined;
	readonly memory: MappedMemory;
	readonly pageTypes: Uint8Array | undefined;
	/** As granted; undefined = no back channel. */
	readonly windowBytes: number | undefined;
	readonly compression: CompressionOptions | undefined;
	readonly heartbeat: HeartbeatOptions | undefined;
	readonly dataChannel: DataChannel;
	/** Where pages are hashed as they are sent; undefined = they are not. */
	readonly pageHashes: SharedPageHashes | undefined;
	readonly digestRecords: boolean;
	/** All of them hold. */
	readonly limits: readonly SharedLimit[];
	readonly report: (report: WorkerReport) => void;
};

/**
 * The sending end of one data connection: writes what is queued, never more than the window ahead of what the receiver has
 * taken and never faster than its limits, and reads the receiver's acknowledgements meanwhile.
 */
export class SendMachine implements Machine {
	readonly #options: SendMachineOptions;
	readonly #queue: SendQueue;
	readonly #window = new VectorWindow(new IovecArray());
	readonly #teeWindow: VectorWindow | undefined;
	readonly #writeChannel: (vector: IovecArray, first: number, count: number) => number;
	/** Undefined toward a file. */
	readonly #back: BackChannelReader | undefined;
	/** Only compression asks how fast the link is. */
	readonly #meter: LinkMeter | undefined;
	/** When the last step ended with bytes that wait for the link; undefined where it did not. */
	#waitsSinceMs: number | undefined;
	readonly #sizer: WindowSizer | undefined;
	readonly #pacer: Pacer;
	/** The limits let nothing go before that. */
	#resumeMs: number | undefined;
	/** Whether the stream stands where HEARTBEAT records may. */
	#mayBeat = false;
	/** When bytes were last written; all times of a step are that of its beginning. */
	#spokeMs = performance.now();
	#nowMs = this.#spokeMs;
	#endsItem = false;
	/** The main thread need not be woken for the end of the item: it is told with the end of another that is queued. */
	#mayWait = false;
	/** The channel takes nothing until it is writable again. */
	#blocked = false;
	#writtenBytes = 0;
	#creditedBytes = 0;
	#appliedBytes = 0;
	/** The last checkpoint that the receiver committed; 0 before the first. */
	#committedEpoch = 0;
	#itemEnds: number[] = [];
	/** There is something to tell the main thread. */
	#unreported = false;
	#closed = false;

	constructor(options: SendMachineOptions) {
		this.#options = options;
		this.#queue = new SendQueue({...options, contiguous: options.tee !== undefined});
		this.#meter = options.compression === undefined ? undefined : new LinkMeter();
		this.#writeChannel = options.channel.write.bind(options.channel);
		this.#teeWindow = options.tee === undefined ? undefined : new VectorWindow(new IovecArray(1));
		this.#sizer = options.windowBytes === undefined ? undefined : new WindowSizer(options.windowBytes);
		this.#pacer = new Pacer(options.limits, () => process.hrtime.bigint());
		const {channel, windowBytes, heartbeat} = options;
		const onRecord = (record: BackChannelRecord): void => this.#take(record);
		this.#back =
			windowBytes === undefined ? undefined : new BackChannelReader({channel, silenceMs: heartbeat?.silenceMs, onRecord}, this.#nowMs);
	}

	get pollFd(): number | undefined {
		return this.pollEvents === 0 ? undefined : this.#options.channel.pollFd;
	}

	get pollEvents(): number {
		const reading = this.#back === undefined ? 0 : PollEvent.readable;
		return reading | (this.#blocked && this.#hasWork && this.#roomBytes > 0 ? PollEvent.writable : 0);
	}

	get runnable(): boolean {
		return this.#hasWork && !this.#blocked && ((this.#roomBytes > 0 && this.#resumeMs === undefined) || this.#teeBytes > 0);
	}

	get deadlineMs(): number | undefined {
		return earliest(this.#hasWork && this.#isFree ? this.#resumeMs : undefined, this.#speakAtMs, this.#back?.deadlineMs);
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Queues stream bytes, which are kept until they are sent. */
	queueBytes(bytes: Uint8Array): void {
		if (!this.#closed) this.#queue.pushBytes(bytes);
	}

	queuePages(batch: QueuedBatch): void {
		if (!this.#closed) this.#queue.pushPages(batch);
	}

	/** Queues a DIGEST record. */
	queueDigest(of: DigestOf): void {
		if (!this.#closed) this.#queue.pushDigest(of);
	}

	/** No limit holds for so many milliseconds. */
	ignoreLimitsFor(milliseconds: number): void {
		this.#pacer.ignoreFor(milliseconds);
		this.#resumeMs = undefined;
	}

	/** Whether a HEARTBEAT may be written where nothing is queued. */
	allowHeartbeats(allowed: boolean): void {
		this.#mayBeat = allowed;
	}

	step(found: number, nowMs: number): void {
		this.#resumeMs = undefined;
		this.#nowMs = nowMs;
		try {
			if ((found & ~PollEvent.writable) !== 0) this.#back?.read(nowMs);
			this.#back?.look(nowMs);
			if (!this.#hasWork && this.#mustSpeak) this.#queue.pushHeartbeat();
			// An error or a hang-up without a back channel to read: writing says which.
			if ((found & ~PollEvent.readable) !== 0) this.#blocked = false;
			this.#writeMeasured();
		} catch (error) {
			this.close(error);
			return;
		}

		this.#reportSent();
	}

	close(cause?: unknown): void {
		if (this.#closed) return;
		this.#closed = true;
		const {channel, tee, report, link} = this.#options;
		this.#unreported ||= this.#itemEnds.length > 0;
		this.#reportSent();
		channel.close();
		tee?.close();
		this.#queue[Symbol.dispose]();
		report({type: 'closed', link, fault: cause === undefined ? undefined : closingFault(cause)});
	}

	get #hasWork(): boolean {
		return this.#window.byteCount > 0 || !this.#queue.isEmpty;
	}

	/** Whether channel and window would take something now. */
	get #isFree(): boolean {
		return !this.#blocked && this.#roomBytes > 0;
	}

	/** When a sign of life is due; undefined while none can be given, or need not be. */
	get #speakAtMs(): number | undefined {
		const {intervalMs} = this.#options.heartbeat ?? {};
		if (intervalMs === undefined || !this.#isFree || !(this.#hasWork || this.#mayBeat)) return undefined;
		return this.#spokeMs + intervalMs;
	}

	get #mustSpeak(): boolean {
		return this.#nowMs >= (this.#speakAtMs ?? Infinity);
	}

	get #teeBytes(): number {
		return this.#teeWindow?.byteCount ?? 0;
	}

	/** How much may be written before the receiver takes some. */
	get #roomBytes(): number {
		return this.#sizer === undefined ? Infinity : this.#sizer.windowBytes - (this.#writtenBytes - this.#creditedBytes);
	}

	#writeMeasured(): void {
		const meter = this.#meter;
		if (meter === undefined) {
			this.#write();
			return;
		}

		const startedMs = performance.now();
		if (this.#waitsSinceMs !== undefined) meter.waited(startedMs - this.#waitsSinceMs);
		const writtenBefore = this.#writtenBytes;
		this.#write();
		const endedMs = performance.now();
		meter.worked(endedMs - startedMs, this.#writtenBytes - writtenBefore);
		this.#queue.linkBytesPerSecond = meter.bytesPerSecond;
		const isHeldBack = this.#blocked || this.#roomBytes <= 0 || this.#resumeMs !== undefined;
		this.#waitsSinceMs = this.#hasWork && isHeldBack ? endedMs : undefined;
	}

	#write(): void {
		const {channel} = this.#options;
		let budget = channel.pieceBytes;
		while (budget > 0 && !this.#blocked && this.#hasWork) {
			if (this.#window.byteCount === 0) {
				const {isHeavy} = this.#fill();
				if (this.#window.byteCount === 0) continue;
				// It took time already: the other links of the worker come next.
				if (isHeavy) budget = Math.min(budget, this.#window.byteCount);
			}

			if (this.#teeBytes > 0) {
				budget -= this.#writeTee(budget);
				continue;
			}

			const askedBytes = Math.min(this.#window.byteCount, this.#roomBytes, budget);
			if (askedBytes <= 0) return;
			// A limit does not make a sender look dead: it waits in the middle of a record, where there is no place for a HEARTBEAT.
			const allowedBytes = this.#pacer.allowedBytes || (this.#mustSpeak ? SIGN_OF_LIFE_BYTES : 0);
			if (allowedBytes === 0) {
				this.#resumeMs = performance.now() + this.#pacer.waitMs;
				return;
			}

			budget -= this.#writeAtMost(Math.min(askedBytes, allowedBytes));
		}
	}

	/** One call; returns what was written. */
	#writeAtMost(askedBytes: number): number {
		const moved = this.#window.move(this.#writeChannel, askedBytes);
		if (moved < 0) {
			this.#writeFailed(-moved);
			return 0;
		}

		this.#pacer.wrote(moved);
		this.#wrote(moved, askedBytes);
		return moved;
	}

	/** The window stays empty for an item without bytes, which is done at once. */
	#fill(): {readonly isHeavy: boolean} {
		const {endsItem, isHeavy, mayWait} = this.#queue.fill(this.#window);
		this.#endsItem = endsItem;
		this.#mayWait = mayWait;
		if (this.#window.byteCount === 0) {
			if (endsItem) this.#endItem();
			return {isHeavy};
		}

		if (this.#teeWindow !== undefined) {
			// With a tee the bytes are staged: one entry.
			this.#teeWindow.clear();
			this.#teeWindow.add(this.#window.vector.addressAt(0), this.#window.byteCount);
		}

		return {isHeavy};
	}

	#wrote(moved: number, askedBytes: number): void {
		this.#writtenBytes += moved;
		this.#spokeMs = this.#nowMs;
		// A socket that took a part is full: asking again before it is writable would be a call for nothing.
		if (moved < askedBytes && this.#options.channel.pollFd !== undefined) this.#blocked = true;
		if (this.#sizer === undefined) {
			this.#creditedBytes = this.#writtenBytes;
			this.#appliedBytes = this.#writtenBytes;
		} else this.#sizer.wrote(performance.now(), this.#writtenBytes, this.#creditedBytes);

		if (this.#window.byteCount === 0 && this.#endsItem) this.#endItem();
	}

	#endItem(): void {
		this.#itemEnds.push(this.#writtenBytes);
		if (!this.#mayWait) this.#unreported = true;
	}

	#writeFailed(errno: number): void {
		if (errno === Errno.EAGAIN || errno === Errno.EINTR) {
			this.#blocked = errno === Errno.EAGAIN;
			return;
		}

		if (errno === Errno.EFAULT) throw memoryError('reading guest memory to send it', errno);
		// The receiver may have said why before it went.
		this.#back?.read(this.#nowMs);
		throw this.#options.channel.errorOf('writing the stream', errno);
	}

	#writeTee(budget: number): number {
		const {tee} = this.#options;
		const window = this.#teeWindow;
		if (tee === undefined || window === undefined) throw new TypeError('a tee without its channel');
		const moved = window.move((vector, first, count) => tee.write(vector, first, count), Math.min(budget, tee.pieceBytes));
		if (moved < 0) throw tee.errorOf('writing the copy of the stream', -moved);
		return moved;
	}

	#take(record: BackChannelRecord): void {
		switch (record.kind) {
			case 'credit':
				this.#creditedBytes = this.#advance('credit', this.#creditedBytes, record.takenBytes);
				this.#sizer?.credited(performance.now(), this.#creditedBytes);
				break;
			case 'applied':
				this.#appliedBytes = this.#advance('an acknowledgement', this.#appliedBytes, record.appliedBytes);
				this.#unreported = true;
				break;
			case 'checkpoint-committed':
				this.#onCommitted(record);
				break;
			case 'alive':
				break;
			case 'fault':
				throw new ReceiverFault(record.error);
			default:
				return record satisfies never;
		}
	}

	/** The engine hears of it at once: a guest's output waits for it. */
	#onCommitted({epoch, digest}: CommittedCheckpoint): void {
		if (epoch <= this.#committedEpoch)
			throw new LinkError({code: 'ERR_STREAM', message: `the receiver committed checkpoint ${epoch} behind ${this.#committedEpoch}`});
		if (this.#queue.isProven) {
			const own = this.#queue.takeCheckpointDigest();
			if (own === undefined)
				throw new LinkError({code: 'ERR_STREAM', message: `the receiver committed checkpoint ${epoch}, which was not sent`});
			if (own !== digest) {
				const message = `the receiver's checkpoint ${epoch} is not what was sent: its digest is ${hex64(digest)}, not ${hex64(own)}`;
				throw new LinkError({code: 'ERR_PROOF_MISMATCH', message});
			}
		}

		this.#committedEpoch = epoch;
		this.#reportSent();
		const {link, report} = this.#options;
		report({type: 'committed', link, checkpoint: {epoch, digest}});
	}

	/** Acknowledgements never go back, and never beyond what was sent. */
	#advance(what: string, before: number, after: number): number {
		if (after < before || after > this.#writtenBytes) {
			const message = `the receiver sent ${what} for byte ${after} after ${before}, with ${this.#writtenBytes} bytes written`;
			throw new LinkError({code: 'ERR_STREAM', message});
		}

		return after;
	}

	#reportSent(): void {
		if (!this.#unreported) return;
		const {link, report} = this.#options;
		report({
			type: 'sent',
			link,
			writtenBytes: this.#writtenBytes,
			creditedBytes: this.#creditedBytes,
			appliedBytes: this.#appliedBytes,
			zeroPages: this.#queue.zeroPages,
			savedBytes: this.#queue.savedBytes,
			itemEnds: this.#itemEnds,
		});
		this.#itemEnds = [];
		this.#unreported = false;
	}
}

function hex64(value: bigint): string {
	return `0x${value.toString(16).padStart(16, '0')}`;
}
