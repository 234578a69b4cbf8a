import {StreamError} from '@sterna/protocol';
import {PollEvent} from '@sterna/system';
import type {CommittedCheckpoint, HeartbeatOptions} from '../data-link.ts';
import {Acknowledger} from './acknowledger.ts';
import type {ByteChannel} from './byte-channel.ts';
import {earliest} from './earliest.ts';
import {Farewell} from './farewell.ts';
import {linkFaultOf, type LinkFault, silenceError} from './link-error.ts';
import type {Machine} from './machine.ts';
import {eventBytes, type WorkerEvent, type WorkerReport} from './messages.ts';
import {SilenceWatch} from './silence-watch.ts';
import {StreamApplier, type StreamApplierOptions} from './stream-applier.ts';
import {StreamReader} from './stream-reader.ts';

const PROGRESS_INTERVAL_MS = 100;
/** Most bytes of records that may wait for the main thread before reading stops. One record of 128 MiB may go over it. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

export type ReceiveMachineOptions = Omit<StreamApplierOptions, 'onEvent'> & {
	readonly link: number;
	readonly channel: ByteChannel;
	readonly backChannel: boolean;
	/** The sender's, where it is known. */
	readonly windowBytes: number | undefined;
	readonly heartbeat: HeartbeatOptions | undefined;
	/** Stream bytes that were read before the link was made; kept. */
	readonly initialBytes: Uint8Array | undefined;
	readonly report: (report: WorkerReport) => void;
};

type State =
	| {readonly name: 'receiving'}
	/** The stream came to its end, and its acknowledgement may still be on its way. The main thread closes the link. */
	| {readonly name: 'ended'}
	/** Nothing is read or written any more until the main thread closes the link. */
	| {readonly name: 'failed'}
	| {readonly name: 'leaving'; readonly farewell: Farewell}
	| {readonly name: 'closed'};

/** The receiving end of one data connection: reads and applies the stream, acknowledges, and reports what came. */
export class ReceiveMachine implements Machine {
	readonly #options: ReceiveMachineOptions;
	readonly #applier: StreamApplier;
	readonly #reader: StreamReader;
	readonly #acknowledger: Acknowledger | undefined;
	/** Of the sender's silence. */
	readonly #watch: SilenceWatch | undefined;
	#state: State = {name: 'receiving'};
	#events: WorkerEvent[] = [];
	#reportedBytes = 0;
	#reportedPages = 0;
	#nextProgressMs = 0;
	/** Bytes of records that were reported, and that the main thread has not dealt with. */
	#waitingBytes = 0;
	/** Whether a checkpoint was committed in this step. */
	#commits = false;

	constructor(options: ReceiveMachineOptions) {
		this.#options = options;
		this.#applier = new StreamApplier({...options, onEvent: event => this.#emit(event)});
		this.#reader = new StreamReader(options.channel, this.#applier, options.initialBytes);
		const {channel, backChannel, windowBytes, heartbeat: {intervalMs: aliveMs, silenceMs} = {}} = options;
		this.#acknowledger = backChannel ? new Acknowledger(channel, {windowBytes, aliveMs}) : undefined;
		this.#watch = silenceMs === undefined ? undefined : new SilenceWatch(silenceMs, performance.now());
	}

	get pollFd(): number | undefined {
		return this.pollEvents === 0 ? undefined : this.#options.channel.pollFd;
	}

	get pollEvents(): number {
		const acknowledging = this.#acknowledger?.blocked === true ? PollEvent.writable : 0;
		switch (this.#state.name) {
			case 'receiving':
				return (this.#mayRead() ? PollEvent.readable : 0) | acknowledging;
			case 'ended':
				return acknowledging;
			case 'leaving':
				return this.#state.farewell.pollEvents;
			case 'failed':
			case 'closed':
				return 0;
			default:
				return this.#state satisfies never;
		}
	}

	get runnable(): boolean {
		return this.#state.name === 'receiving' && !this.#reader.blocked && this.#mayRead();
	}

	get deadlineMs(): number | undefined {
		switch (this.#state.name) {
			case 'receiving':
				return earliest(this.#acknowledger?.deadlineMs, ...(this.#mayRead() ? [this.#reader.deadlineMs, this.#watch?.deadlineMs] : []));
			case 'ended':
				return this.#acknowledger?.deadlineMs;
			case 'leaving':
				return this.#state.farewell.deadlineMs;
			case 'failed':
			case 'closed':
				return undefined;
			default:
				return this.#state satisfies never;
		}
	}

	get closed(): boolean {
		return this.#state.name === 'closed';
	}

	/** The main thread has dealt with so many bytes of the records that were reported. */
	confirm(byteCount: number): void {
		this.#waitingBytes -= byteCount;
	}

	/** Every other link of the migration has come to the barrier that this one stands behind. */
	passBarrier(nowMs: number): void {
		if (this.#state.name !== 'receiving') return;
		this.#applier.decoder.passBarrier();
		this.step(0, nowMs);
	}

	/** Ends the link, with a FAULT record to say why where there is a back channel to say it on. */
	end(fault: Uint8Array | undefined, nowMs: number): void {
		const {channel} = this.#options;
		if (this.closed || this.#state.name === 'leaving') return;
		if (fault === undefined || this.#acknowledger === undefined || channel.pollFd === undefined) {
			this.close();
			return;
		}

		this.#applier.close();
		this.#state = {name: 'leaving', farewell: new Farewell(channel, this.#acknowledger.unwritten, fault, nowMs)};
		this.step(0, nowMs);
	}

	step(found: number, nowMs: number): void {
		switch (this.#state.name) {
			case 'receiving':
				this.#receive(found, nowMs);
				break;
			case 'ended':
				this.#acknowledge(found, nowMs);
				break;
			case 'leaving':
				if (this.#state.farewell.step(nowMs)) this.close();
				break;
			case 'failed':
			case 'closed':
				break;
			default:
				this.#state satisfies never;
		}

		this.#reportEvents();
	}

	close(cause?: unknown): void {
		if (this.closed) return;
		const {channel, link, report} = this.#options;
		if (cause !== undefined) this.#emit({kind: 'failed', fault: linkFaultOf(cause)});
		this.#reportEvents();
		this.#state = {name: 'closed'};
		this.#applier.close();
		channel.close();
		report({type: 'closed', link, fault: undefined, appliedBytes: this.#applier.appliedBytes});
	}

	#receive(found: number, nowMs: number): void {
		const lookAtMs = earliest(this.#reader.deadlineMs, this.#watch?.deadlineMs) ?? Infinity;
		if ((found & ~PollEvent.writable) !== 0 || nowMs >= lookAtMs) this.#reader.unblock();
		const before = this.#applier.decoder.barrier;
		this.#commits = false;
		try {
			this.#readWatching(nowMs);
		} catch (error) {
			this.#fail(error);
			return;
		}

		const {barrier} = this.#applier.decoder;
		if (barrier !== undefined && before === undefined) this.#emit({kind: 'barrier', sequence: barrier});

		if (this.#applier.decoder.ended) {
			this.#state = {name: 'ended'};
			this.#emitProgress();
			this.#emit({kind: 'end', bytesReceived: this.#applier.decoder.offset});
		} else if (nowMs >= this.#nextProgressMs) {
			this.#emitProgress();
			this.#nextProgressMs = nowMs + PROGRESS_INTERVAL_MS;
		}

		this.#acknowledge(found, nowMs);
		if (this.#commits) this.#applier.tidy();
	}

	/** Reads what is there before it asks for how long there was nothing. */
	#readWatching(nowMs: number): void {
		const watch = this.#watch;
		const {offset} = this.#applier.decoder;
		this.#reader.read(nowMs, this.#readsOn);
		if (watch === undefined) return;
		// Who does not read cannot hear.
		if (this.#applier.decoder.offset > offset || !this.#mayRead()) watch.heard(nowMs);
		else if (watch.isSilent(nowMs)) throw silenceError('sender', watch.timeoutMs);
	}

	#acknowledge(found: number, nowMs: number): void {
		const acknowledger = this.#acknowledger;
		if (acknowledger === undefined) return;
		if ((found & ~PollEvent.readable) !== 0) acknowledger.unblock();
		acknowledger.advance(this.#applier.decoder.offset, this.#applier.appliedBytes);
		try {
			acknowledger.flush(!this.runnable, nowMs);
		} catch (error) {
			// Behind the end of the stream the sender may go when it likes.
			if (this.#state.name === 'receiving') this.#fail(error);
			else this.#state = {name: 'failed'};
		}
	}

	#fail(error: unknown): void {
		this.#state = {name: 'failed'};
		this.#emitProgress();
		const cause = this.#brokenOffBy(error);
		const fault = this.#faultOf(cause);
		const bytesReceived = this.#applier.decoder.offset;
		const isBrokenOff = cause instanceof StreamError && cause.fault.code === 'ERR_STREAM_BROKEN_OFF';
		// A link to a standby may be lost before its first checkpoint: the one of the link before it is there.
		if (isBrokenOff || (fault.code === 'ERR_CONNECTION_LOST' && this.#applier.holdsCheckpoint)) {
			const {wholeCheckpoints} = this.#applier.decoder;
			this.#emit({kind: 'broken-off', wholeCheckpoints, bytesReceived, fault});
		} else this.#emit({kind: 'failed', fault});
	}

	/** A lost connection breaks a checkpointed stream off just as its end would. */
	#brokenOffBy(error: unknown): unknown {
		const lost = linkFaultOf(error).code === 'ERR_CONNECTION_LOST';
		if (!lost || this.#applier.decoder.wholeCheckpoints === 0) return error;
		try {
			this.#applier.decoder.end();
			return error;
		} catch (end) {
			return end;
		}
	}

	#faultOf(error: unknown): LinkFault {
		if (!(error instanceof StreamError)) return linkFaultOf(error);
		const message = `${error.message}, at byte ${error.offset}`;
		const causes = [error.code];
		if (error.code !== 'ERR_STREAM_TRUNCATED' && error.code !== 'ERR_STREAM_BROKEN_OFF') return {code: 'ERR_STREAM', message, causes};
		if (this.#options.channel.pollFd === undefined) return {code: 'ERR_STREAM_TRUNCATED', message, causes};
		// Between hosts the end of the bytes is the end of the connection; what was missing is a detail.
		return {code: 'ERR_CONNECTION_LOST', message: 'the sender closed the data connection before the end of the stream', causes: [message]};
	}

	#emit(event: WorkerEvent): void {
		if (event.kind === 'record' && this.#applier.pagesReceived !== this.#reportedPages) this.#emitProgress();
		if (event.kind === 'checkpoint' && event.committed !== undefined) this.#onCommitted(event.committed);
		this.#events.push(event);
		this.#waitingBytes += eventBytes(event);
	}

	/** The sender is told before anything else is read: a guest's output waits for it. */
	#onCommitted(checkpoint: CommittedCheckpoint): void {
		this.#commits = true;
		this.#acknowledger?.commit(checkpoint);
	}

	/** Not behind a barrier, nor while the main thread lags. */
	readonly #mayRead = (): boolean => this.#applier.decoder.barrier === undefined && this.#waitingBytes <= MAX_WAITING_BYTES;

	/** Nor on behind a checkpoint in the same step. */
	readonly #readsOn = (): boolean => !this.#commits && this.#mayRead();

	#emitProgress(): void {
		const bytesReceived = this.#applier.decoder.offset;
		if (bytesReceived === this.#reportedBytes) return;
		this.#reportedBytes = bytesReceived;
		this.#reportedPages = this.#applier.pagesReceived;
		this.#events.push({kind: 'progress', pagesReceived: this.#applier.pagesReceived, bytesReceived});
	}

	#reportEvents(): void {
		if (this.#events.length === 0) return;
		const {link, report} = this.#options;
		report({type: 'events', link, events: this.#events, appliedBytes: this.#applier.appliedBytes});
		this.#events = [];
	}
}
