import {BackChannelDecoder, type BackChannelRecord} from '@sterna/protocol';
import {Errno, IovecArray} from '@sterna/system';
import type {ByteChannel} from './byte-channel.ts';
import {LinkError, silenceError} from './link-error.ts';
import {createNativeBuffer} from './native-buffer.ts';
import {SilenceWatch} from './silence-watch.ts';

/** Some hundred acknowledgements: more than gather between two rounds. */
const BUFFER_BYTES = 4096;

export type BackChannelReaderOptions = {
	readonly channel: ByteChannel;
	/** Of silence, until the receiver counts as gone; undefined = it may be silent for ever. */
	readonly silenceMs: number | undefined;
	readonly onRecord: (record: BackChannelRecord) => void;
};

/** Reads what a receiver says on the other direction of a data connection, and notices where it says nothing. */
export class BackChannelReader {
	readonly #channel: ByteChannel;
	readonly #onRecord: (record: BackChannelRecord) => void;
	readonly #buffer = createNativeBuffer(BUFFER_BYTES);
	readonly #vector = new IovecArray(1);
	readonly #decoder = new BackChannelDecoder();
	readonly #watch: SilenceWatch | undefined;

	constructor({channel, silenceMs, onRecord}: BackChannelReaderOptions, nowMs: number) {
		this.#channel = channel;
		this.#onRecord = onRecord;
		this.#watch = silenceMs === undefined ? undefined : new SilenceWatch(silenceMs, nowMs);
		this.#vector.set(0, this.#buffer.address, BUFFER_BYTES);
	}

	/** When to call `look` at the latest. */
	get deadlineMs(): number | undefined {
		return this.#watch?.deadlineMs;
	}

	/** Takes all records that are here. Throws LinkError where the connection has ended, BackChannelError, and what `onRecord` does. */
	read(nowMs: number): void {
		for (;;) {
			const got = this.#channel.read(this.#vector, 0, 1);
			if (got === -Errno.EAGAIN || got === -Errno.EINTR) return;
			if (got < 0) throw this.#channel.errorOf('reading acknowledgements', -got);
			if (got === 0) {
				this.#decoder.end();
				throw new LinkError({code: 'ERR_CONNECTION_LOST', message: 'the receiver closed the data connection'});
			}

			this.#watch?.heard(nowMs);
			for (const record of this.#decoder.push(this.#buffer.bytes.subarray(0, got))) this.#onRecord(record);
			if (got < BUFFER_BYTES) return;
		}
	}

	/** Where a look is due: reads what came while this worker was at other things, or frozen, and only then asks for how long nothing did. Throws as `read`, and ERR_PEER_SILENT. */
	look(nowMs: number): void {
		const watch = this.#watch;
		if (watch === undefined || nowMs < watch.deadlineMs) return;
		this.read(nowMs);
		if (watch.isSilent(nowMs)) throw silenceError('receiver', watch.timeoutMs);
	}
}
