import {addressOf, lastErrno, libc} from './libc.ts';
import {Errno, SystemError} from './system-error.ts';

const pollCall = libc.func('int poll(uintptr_t descriptors, unsigned long count, int timeoutMs)');

/** Events of poll(2). `error`, `hangUp` and `invalid` are always reported, asked for or not. */
export const PollEvent = {
	readable: 0x001,
	writable: 0x004,
	error: 0x008,
	hangUp: 0x010,
	invalid: 0x020,
	peerClosedWriting: 0x2000,
} as const;

const ENTRY_BYTES = 8;
const INFINITE = -1;

/** A reusable `struct pollfd[]`: nothing is allocated per call. */
export class PollSet {
	readonly capacity: number;
	readonly #address: number;
	readonly #descriptors: Int32Array<ArrayBuffer>;
	readonly #events: Uint16Array<ArrayBuffer>;

	constructor(capacity: number) {
		this.capacity = capacity;
		const buffer = new ArrayBuffer(capacity * ENTRY_BYTES);
		this.#descriptors = new Int32Array(buffer);
		this.#events = new Uint16Array(buffer);
		this.#address = addressOf(this.#descriptors);
		for (let index = 0; index < capacity; index++) this.set(index, -1, 0);
	}

	/** `events`: a sum of `PollEvent`s. A negative descriptor is passed over by the kernel. */
	set(index: number, fd: number, events: number): void {
		this.#assertIndex(index);
		this.#descriptors[index * 2] = fd;
		this.#events[index * 4 + 2] = events;
		this.#events[index * 4 + 3] = 0;
	}

	/** What the last `wait` found: a sum of `PollEvent`s. */
	found(index: number): number {
		this.#assertIndex(index);
		return this.#events[index * 4 + 3] ?? 0;
	}

	/** Blocks this thread until something happens on one of the first `count` entries; undefined = however long it takes. Returns how many have events: 0 after the timeout or a signal. */
	wait(count: number, timeoutMs: number | undefined): number {
		if (count < 0 || count > this.capacity) throw new RangeError(`${count} entries of a poll set of ${this.capacity}`);
		const result: number = pollCall(this.#address, count, timeoutMs ?? INFINITE);
		if (result >= 0) return result;
		const errno = lastErrno();
		if (errno !== Errno.EINTR) throw new SystemError('poll', errno);
		for (let index = 0; index < count; index++) this.#events[index * 4 + 3] = 0;
		return 0;
	}

	#assertIndex(index: number): void {
		if (!(index >= 0 && index < this.capacity)) throw new RangeError(`entry ${index} of a poll set of ${this.capacity}`);
	}
}
