import {closeSync, fstatSync, openSync, writeSync} from 'node:fs';
import {mapShared, unmapMemory, viewMemory} from '@sterna/system/watching';

/**
 * The file by which a daemon and the guards of one guest speak, mapped by all of them. Little-endian, each field written in one step:
 *
 *      0  u64  magic and version
 *      8  u64  deadline: CLOCK_BOOTTIME in nanoseconds from which the guest has to stand still. The daemon's
 *     16  u64  stopped at: when a guard began to stop it for that, 0 = it has not been stopped. A guard sets it, the daemon clears it
 *     24  u64  1: the guest is watched no more. The daemon's
 *     32  u64  looked at: CLOCK_BOOTTIME at the beginning of a guard's last look at all this
 */
const FILE_BYTES = 64;
/** `STRNGRD` and version 1. */
const MAGIC = 0x01_44_52_47_4e_52_54_53n;

const Field = {magic: 0, deadline: 1, stoppedAt: 2, dismissed: 3, lookedAt: 4} as const;

/** A guard's file. Where it is open it may be removed: who has it open still sees what the others write. Closed by disposal; must not be used after it. */
export class GuardFile implements Disposable {
	readonly #address: bigint;
	readonly #words: BigUint64Array<ArrayBuffer>;
	#isOpen = true;

	private constructor(fd: number) {
		this.#address = mapShared({fd, length: FILE_BYTES, writable: true});
		this.#words = new BigUint64Array(viewMemory(this.#address, FILE_BYTES).buffer, 0, FILE_BYTES / 8);
	}

	/** Makes the file, or begins it anew, with a deadline in it. Throws what opening a file throws, and `SystemError`. */
	static create(file: string, deadlineBootNs: bigint): GuardFile {
		const fd = openSync(file, 'w+', 0o600);
		try {
			// Written, not only made longer: on a full disk this fails, and no store into the mapping.
			writeSync(fd, new Uint8Array(FILE_BYTES), 0, FILE_BYTES, 0);
			const made = new GuardFile(fd);
			made.deadlineBootNs = deadlineBootNs;
			made.#set(Field.magic, MAGIC);
			return made;
		} finally {
			closeSync(fd);
		}
	}

	/** Opens one that is there. Throws what opening a file throws, and an Error for what is no such file. */
	static open(file: string): GuardFile {
		const fd = openSync(file, 'r+');
		try {
			if (fstatSync(fd).size !== FILE_BYTES) throw new Error(`${file} is not the file of a guard`);
			const opened = new GuardFile(fd);
			if (opened.#get(Field.magic) === MAGIC) return opened;
			opened[Symbol.dispose]();
			throw new Error(`${file} is not the file of a guard, or of another version's`);
		} finally {
			closeSync(fd);
		}
	}

	get deadlineBootNs(): bigint {
		return this.#get(Field.deadline);
	}

	/** 0: at once. */
	set deadlineBootNs(deadline: bigint) {
		this.#set(Field.deadline, deadline);
	}

	/** CLOCK_BOOTTIME in nanoseconds; undefined: the guest has not been stopped. */
	get stoppedAtBootNs(): bigint | undefined {
		return this.#get(Field.stoppedAt) || undefined;
	}

	set stoppedAtBootNs(stoppedAt: bigint | undefined) {
		this.#set(Field.stoppedAt, stoppedAt ?? 0n);
	}

	get isDismissed(): boolean {
		return this.#get(Field.dismissed) !== 0n;
	}

	/** For good: guards that read it end. */
	dismiss(): void {
		this.#set(Field.dismissed, 1n);
	}

	/** CLOCK_BOOTTIME in nanoseconds; 0: no guard has looked yet. What is written before this moment is what that look saw. */
	get lookedAtBootNs(): bigint {
		return this.#get(Field.lookedAt);
	}

	set lookedAtBootNs(lookedAt: bigint) {
		this.#set(Field.lookedAt, lookedAt);
	}

	/** Idempotent. */
	[Symbol.dispose](): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		unmapMemory(this.#address, FILE_BYTES);
	}

	/** One load of eight bytes, which another process cannot be seen halfway through. */
	#get(field: number): bigint {
		this.#assertOpen();
		return Atomics.load(this.#words, field);
	}

	#set(field: number, value: bigint): void {
		this.#assertOpen();
		Atomics.store(this.#words, field, value);
	}

	/** To touch memory that is unmapped would end the process. */
	#assertOpen(): void {
		if (!this.#isOpen) throw new TypeError('the file of a guard is used after it was closed');
	}
}
