import type {WebSocket} from 'ws';
import {type ControlLimits, silenceMsOf} from './limits.ts';

/** Why a connection ended. */
export type SocketEnd =
	/** A close frame (RFC 6455 codes), or 1006 for a connection that broke. */
	| {readonly kind: 'closed'; readonly code: number; readonly reason: string; readonly error: Error | undefined}
	/** Nothing was heard of the peer after several pings. */
	| {readonly kind: 'silent'; readonly silentMs: number}
	/** The peer let too many bytes gather. */
	| {readonly kind: 'too-slow'; readonly queuedBytes: number};

export type FrameSocketOptions = {
	readonly limits: ControlLimits;
	/** Whether a silent peer is given up. Without it, pings are answered all the same. */
	readonly heartbeat: boolean;
	/** One binary message; the bytes are valid during the call only. */
	readonly onFrame: (bytes: Uint8Array) => void;
	/** Called once. */
	readonly onEnd: (end: SocketEnd) => void;
};

type Waiting = {readonly bytes: Uint8Array; readonly resolve: () => void; readonly reject: (error: Error) => void};

/** Close code for a message that cannot be read (RFC 6455 section 7.4.1: data of a type that cannot be accepted). */
const CLOSE_UNSUPPORTED_DATA = 1003;

/** An open WebSocket as a bounded queue of frames, with a heartbeat. Both ends of a control connection have one. */
export class FrameSocket {
	readonly #ws: WebSocket;
	readonly #options: FrameSocketOptions;
	readonly #waiting: Waiting[] = [];
	readonly #heartbeat: NodeJS.Timeout | undefined;
	#closeTimer: NodeJS.Timeout | undefined;
	#waitingBytes = 0;
	#misses = 0;
	#pauses = 0;
	#error: Error | undefined;
	#end: SocketEnd | undefined;

	constructor(ws: WebSocket, options: FrameSocketOptions) {
		this.#ws = ws;
		this.#options = options;
		ws.on('message', (data, isBinary) => {
			this.#misses = 0;
			// Without `binaryType` set, ws gives each message as one Buffer.
			if (isBinary && data instanceof Uint8Array) options.onFrame(data);
			else this.close(CLOSE_UNSUPPORTED_DATA, 'only binary messages of protobuf are understood');
		});
		for (const sign of ['ping', 'pong'] as const) {
			ws.on(sign, () => {
				this.#misses = 0;
			});
		}

		ws.on('error', error => {
			this.#error ??= error;
		});
		ws.on('close', (code, reason) => {
			this.#finish({kind: 'closed', code, reason: reason.toString(), error: this.#error});
		});
		if (options.heartbeat) this.#heartbeat = setInterval(() => this.#beat(), options.limits.heartbeatMs).unref();
	}

	/** Sends a frame unless the peer reads too slowly: then it is dropped, and the answer is false. The bytes are the socket's from here. */
	offer(bytes: Uint8Array): boolean {
		if (this.#end || this.#closeTimer || this.#waiting.length > 0 || this.#isCongested()) return false;
		this.#send(bytes);
		return true;
	}

	/** Sends a frame in the order of the calls. Resolves when it is handed on, so that a caller who awaits it keeps memory bounded; rejects when the connection ends first. */
	async post(bytes: Uint8Array): Promise<void> {
		if (this.#end || this.#closeTimer) throw new Error('the connection has ended');
		if (this.#waiting.length === 0 && !this.#isCongested()) {
			this.#send(bytes);
			return;
		}

		this.#waitingBytes += bytes.length;
		if (this.#waitingBytes > this.#options.limits.maxQueuedBytes) {
			this.#finish({kind: 'too-slow', queuedBytes: this.#waitingBytes});
			throw new Error('the peer reads too slowly');
		}

		const {promise, resolve, reject} = Promise.withResolvers<void>();
		this.#waiting.push({bytes, resolve, reject});
		await promise;
	}

	/** Stops reading, and listening for signs of life, until as many `resume`. Frames that have arrived already still come. */
	pause(): void {
		this.#pauses += 1;
		if (this.#pauses === 1) this.#ws.pause();
	}

	resume(): void {
		this.#pauses -= 1;
		this.#misses = 0;
		if (this.#pauses === 0) this.#ws.resume();
	}

	/** Ends the connection with a close frame; a peer that does not answer it within `closeTimeoutMs` is cut off. Idempotent. */
	close(code: number, reason: string): void {
		// RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code.
		this.#closeTimer ??= setTimeout(() => this.#ws.terminate(), this.#options.limits.closeTimeoutMs);
		this.#ws.close(code, Buffer.from(reason).subarray(0, 123));
		// A paused socket would never see the answer.
		if (this.#ws.isPaused) this.#ws.resume();
	}

	/** Ends the connection now. */
	terminate(): void {
		this.#ws.terminate();
	}

	#isCongested(): boolean {
		return this.#ws.bufferedAmount > this.#options.limits.maxBufferedBytes;
	}

	#send(bytes: Uint8Array): void {
		this.#ws.send(bytes, error => {
			// The close event that follows tells the owner.
			if (error) this.#error ??= error;
			else this.#sendWaiting();
		});
	}

	#sendWaiting(): void {
		while (!this.#end && !this.#isCongested()) {
			const next = this.#waiting.shift();
			if (next === undefined) return;
			this.#waitingBytes -= next.bytes.length;
			this.#send(next.bytes);
			next.resolve();
		}
	}

	#beat(): void {
		if (this.#pauses > 0 || this.#ws.readyState !== this.#ws.OPEN) return;
		const {limits} = this.#options;
		// Ticks are counted, not time: a stall of our own event loop is one late tick, and no fault of the peer.
		if (this.#misses >= limits.heartbeatMisses) {
			this.#finish({kind: 'silent', silentMs: silenceMsOf(limits)});
			return;
		}

		this.#misses += 1;
		this.#ws.ping();
	}

	#finish(end: SocketEnd): void {
		if (this.#end) return;
		this.#end = end;
		clearInterval(this.#heartbeat);
		clearTimeout(this.#closeTimer);
		this.#ws.terminate();
		for (const {reject} of this.#waiting.splice(0)) reject(new Error('the connection has ended'));
		this.#options.onEnd(end);
	}
}

/** What ended a connection, as a part of a sentence. */
export function describeEnd(end: SocketEnd): string {
	switch (end.kind) {
		case 'closed':
			if (end.reason !== '') return end.reason;
			return end.error?.message ?? (end.code === 1006 ? 'it broke without a word' : `it was closed with code ${end.code}`);
		case 'silent':
			return `nothing was heard for ${end.silentMs} ms`;
		case 'too-slow':
			return `it took none of ${end.queuedBytes} waiting bytes`;
	}
}
