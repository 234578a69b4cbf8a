import {closeDescriptor} from './descriptors.ts';
import {allocateFixed, libc} from './libc.ts';
import {checked} from './system-error.ts';

const CLOCK_BOOTTIME = 7;
const TFD_NONBLOCK = 0o4000;
const TFD_CLOEXEC = 0o2000000;
const TFD_TIMER_ABSTIME = 1;
const NS_PER_SECOND = 1_000_000_000n;

const timerfdCreateCall = libc.func('int timerfd_create(int clock, int flags)');
const timerfdSettimeCall = libc.func('int timerfd_settime(int fd, int flags, uintptr_t value, uintptr_t oldValue)');

/** `struct itimerspec`: seconds and nanoseconds of the interval, then of the value. */
const SPEC = allocateFixed(32);
const SPEC_WORDS = new BigInt64Array(SPEC.bytes.buffer);

/**
 * A timer of CLOCK_BOOTTIME, to be polled: due at once when the machine wakes from a sleep that went beyond its time, unlike the timeout of poll(2).
 * Closed by disposal.
 */
export class BootTimer implements Disposable {
	/** Readable when the time has come. */
	readonly fd: number;

	/** Throws `SystemError`. */
	constructor() {
		this.fd = checked('timerfd_create', timerfdCreateCall(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC));
	}

	/** When it is due, in nanoseconds of CLOCK_BOOTTIME; one in the past is due at once. Undefined: never. What it was set to before counts no more. Throws `SystemError`. */
	set(dueBootNs: bigint | undefined): void {
		// Zero disarms: the first nanosecond of a boot is long past.
		const due = dueBootNs === undefined ? 0n : dueBootNs < 1n ? 1n : dueBootNs;
		SPEC_WORDS[0] = 0n;
		SPEC_WORDS[1] = 0n;
		SPEC_WORDS[2] = due / NS_PER_SECOND;
		SPEC_WORDS[3] = due % NS_PER_SECOND;
		checked('timerfd_settime', timerfdSettimeCall(this.fd, TFD_TIMER_ABSTIME, SPEC.address, 0));
	}

	[Symbol.dispose](): void {
		closeDescriptor(this.fd);
	}
}
