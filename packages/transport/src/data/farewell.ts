import {Errno, IovecArray, PollEvent} from '@sterna/system';
import type {ByteChannel} from './byte-channel.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import type {VectorWindow} from './vector-window.ts';

/** How long a sender is read from after our FAULT, in milliseconds. */
const LINGER_MS = 2000;
/** Most bytes that are thrown away in one step. */
const DISCARD_STEP_BYTES = 4 * 1024 * 1024;
const BUFFER_BYTES = 64 * 1024;

/**
 * The end of a receiving link that tells the sender why: what is left of an acknowledgement, the FAULT record, then the end of
 * writing. The sender is read from until it has gone, as a socket closed over unread bytes resets the connection, and a reset can
 * overtake the FAULT.
 */
export class Farewell {
	readonly deadlineMs: number;
	readonly #channel: ByteChannel;
	readonly #window: VectorWindow;
	readonly #record: NativeBuffer;
	readonly #recordBytes: number;
	readonly #discarded = new IovecArray(1);
	readonly #buffer = createNativeBuffer(BUFFER_BYTES);
	#stage: 'before the record' | 'record' | 'written' = 'before the record';

	/** `unwritten`: bytes that must go out before the record; used up here. `record` is copied. */
	constructor(channel: ByteChannel, unwritten: VectorWindow, record: Uint8Array, nowMs: number) {
		this.deadlineMs = nowMs + LINGER_MS;
		this.#channel = channel;
		this.#window = unwritten;
		this.#record = createNativeBuffer(Math.max(record.length, 128));
		this.#record.bytes.set(record);
		this.#recordBytes = record.length;
		this.#discarded.set(0, this.#buffer.address, BUFFER_BYTES);
		channel.wantAtLeast(1);
	}

	get pollEvents(): number {
		return PollEvent.readable | (this.#stage === 'written' ? 0 : PollEvent.writable);
	}

	/** Goes on; true when the sender has gone or had time enough, so that the channel can be closed. */
	step(nowMs: number): boolean {
		if (nowMs >= this.deadlineMs) return true;
		if (this.#stage !== 'written' && !this.#write()) return true;
		return !this.#discard();
	}

	/** False when nobody is there to read it. */
	#write(): boolean {
		const window = this.#window;
		for (;;) {
			if (window.byteCount === 0 && !this.#stageNext()) return true;
			const moved = window.move((vector, first, count) => this.#channel.write(vector, first, count), window.byteCount);
			if (moved === -Errno.EAGAIN) return true;
			if (moved < 0 && moved !== -Errno.EINTR) return false;
		}
	}

	/** False when all is written: the sender is shown the end. */
	#stageNext(): boolean {
		if (this.#stage === 'before the record') {
			this.#window.clear();
			this.#window.add(this.#record.address, this.#recordBytes);
			this.#stage = 'record';
			return true;
		}

		this.#stage = 'written';
		this.#channel.endWriting();
		return false;
	}

	/** Throws away what is there; false at the end. */
	#discard(): boolean {
		for (let left = DISCARD_STEP_BYTES; left > 0; left -= BUFFER_BYTES) {
			const got = this.#channel.read(this.#discarded, 0, 1);
			if (got === -Errno.EAGAIN) return true;
			if (got === 0 || (got < 0 && got !== -Errno.EINTR)) return false;
		}

		return true;
	}
}
