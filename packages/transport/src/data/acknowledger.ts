import {ACKNOWLEDGEMENT_BYTES, ALIVE_BYTES, COMMITTED_BYTES, writeAcknowledgement, writeAlive, writeCommitted} from '@sterna/protocol';
import {Errno, IovecArray} from '@sterna/system';
import type {CommittedCheckpoint} from '../data-link.ts';
import type {ByteChannel} from './byte-channel.ts';
import {earliest} from './earliest.ts';
import {LinkError} from './link-error.ts';
import {createNativeBuffer} from './native-buffer.ts';
import {VectorWindow} from './vector-window.ts';

/** Half a batch: credit comes well before a window of several batches is used up, and costs some hundred writes a GiB. */
const MAX_CREDIT_STEP_BYTES = 2 * 1024 * 1024;
/** Below this a write for each credit would cost more than the wait. */
const MIN_CREDIT_STEP_BYTES = 64 * 1024;
/** Steps of a small window: while one is on its way back the others are used. */
const STEPS_OF_WINDOW = 4;
/** How long less than a step may wait for its credit, in milliseconds. */
const CREDIT_DELAY_MS = 5;
/** Most committed checkpoints that are told in one write: more wait only where the sender does not read. */
const MAX_COMMITTED_AT_ONCE = 8;
/** Most that wait to be told. A sender has far fewer in flight. */
const MAX_COMMITTED_WAITING = 1024;
/** One credit, one applied and some checkpoints. */
const BUFFER_BYTES = 2 * ACKNOWLEDGEMENT_BYTES + MAX_COMMITTED_AT_ONCE * COMMITTED_BYTES;

/** After how many bytes credit is due for a sender with this window; undefined = not known, and large. */
export function creditStepBytes(windowBytes: number | undefined): number {
	const part = Math.floor((windowBytes ?? Infinity) / STEPS_OF_WINDOW);
	return Math.max(MIN_CREDIT_STEP_BYTES, Math.min(MAX_CREDIT_STEP_BYTES, part));
}

/**
 * What the receiver tells the sender of its position, and of each checkpoint. Only the latest position counts, so that a sender that does
 * not read costs one buffer: while it is full nothing is queued.
 */
export class Acknowledger {
	readonly #channel: ByteChannel;
	readonly #creditStepBytes: number;
	readonly #buffer = createNativeBuffer(BUFFER_BYTES);
	readonly #view = new DataView(this.#buffer.bytes.buffer);
	readonly #window = new VectorWindow(new IovecArray(1));
	#takenBytes = 0;
	#appliedBytes = 0;
	#creditedBytes = 0;
	#acknowledgedBytes = 0;
	/** Checkpoints that the sender was not told of, oldest first. */
	readonly #committed: CommittedCheckpoint[] = [];
	#deadlineMs: number | undefined;
	readonly #aliveMs: number | undefined;
	/** When ALIVE is due, unless something else is written before: the first one at once. */
	#nextAliveMs: number | undefined;
	#blocked = false;

	/** `windowBytes`: the sender's, where it is known. `aliveMs`: how long nothing is written until ALIVE is; undefined = for ever. */
	constructor(channel: ByteChannel, {windowBytes, aliveMs}: {windowBytes?: number | undefined; aliveMs?: number | undefined} = {}) {
		this.#channel = channel;
		this.#aliveMs = aliveMs;
		this.#nextAliveMs = aliveMs === undefined ? undefined : 0;
		this.#creditStepBytes = creditStepBytes(windowBytes);
	}

	/** Whether bytes wait for the channel to be writable. */
	get blocked(): boolean {
		return this.#blocked;
	}

	/** When `flush` must be called again at the latest. */
	get deadlineMs(): number | undefined {
		return this.#blocked ? undefined : earliest(this.#deadlineMs, this.#nextAliveMs);
	}

	/** Stream offsets: everything before `takenBytes` was taken from the channel, before `appliedBytes` applied. */
	advance(takenBytes: number, appliedBytes: number): void {
		this.#takenBytes = takenBytes;
		this.#appliedBytes = appliedBytes;
	}

	/** A checkpoint is committed: the sender is told with the next `flush`. Throws LinkError where it does not read. */
	commit(checkpoint: CommittedCheckpoint): void {
		if (this.#committed.length >= MAX_COMMITTED_WAITING) {
			const message = `the sender reads nothing of the last ${MAX_COMMITTED_WAITING} checkpoints that were committed`;
			throw new LinkError({code: 'ERR_CONNECTION_LOST', message});
		}

		this.#committed.push(checkpoint);
	}

	/** The channel is writable again. */
	unblock(): void {
		this.#blocked = false;
	}

	/** Writes what is due. `idle`: the reader has nothing to read now. Throws LinkError where the connection is lost. */
	flush(idle: boolean, nowMs: number): void {
		while (!this.#blocked && (this.#window.byteCount > 0 || this.#compose(idle, nowMs))) {
			const moved = this.#window.move((vector, first, count) => this.#channel.write(vector, first, count), BUFFER_BYTES);
			if (moved === -Errno.EAGAIN) this.#blocked = true;
			else if (moved < 0 && moved !== -Errno.EINTR) throw this.#channel.errorOf('acknowledging', -moved);
		}
	}

	/** Bytes of a record of which a part was written: they must go out before anything else. */
	get unwritten(): VectorWindow {
		return this.#window;
	}

	/** Puts the due records into the buffer; false when none is due. */
	#compose(idle: boolean, nowMs: number): boolean {
		const uncredited = this.#takenBytes - this.#creditedBytes;
		const unacknowledged = this.#appliedBytes > this.#acknowledgedBytes;
		const commits = this.#committed.length > 0;
		if (uncredited === 0 && !unacknowledged && !commits) return this.#composeAlive(nowMs);
		const due = commits || uncredited >= this.#creditStepBytes || (idle && unacknowledged) || nowMs >= (this.#deadlineMs ?? Infinity);
		if (!due) {
			this.#deadlineMs ??= nowMs + CREDIT_DELAY_MS;
			return false;
		}

		this.#deadlineMs = undefined;
		this.#spoke(nowMs);
		this.#window.clear();
		let length = 0;
		if (uncredited > 0) {
			writeAcknowledgement(this.#view, length, 'credit', this.#takenBytes);
			this.#creditedBytes = this.#takenBytes;
			length += ACKNOWLEDGEMENT_BYTES;
		}

		if (unacknowledged) {
			writeAcknowledgement(this.#view, length, 'applied', this.#appliedBytes);
			this.#acknowledgedBytes = this.#appliedBytes;
			length += ACKNOWLEDGEMENT_BYTES;
		}

		// Behind the position: what is committed has been applied.
		for (const {epoch, digest} of this.#committed.splice(0, MAX_COMMITTED_AT_ONCE)) {
			writeCommitted(this.#view, length, epoch, digest);
			length += COMMITTED_BYTES;
		}

		this.#window.add(this.#buffer.address, length);
		return true;
	}

	#composeAlive(nowMs: number): boolean {
		if (nowMs < (this.#nextAliveMs ?? Infinity)) return false;
		this.#spoke(nowMs);
		writeAlive(this.#view, 0);
		this.#window.clear();
		this.#window.add(this.#buffer.address, ALIVE_BYTES);
		return true;
	}

	#spoke(nowMs: number): void {
		if (this.#aliveMs !== undefined) this.#nextAliveMs = nowMs + this.#aliveMs;
	}
}
