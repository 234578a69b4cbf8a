import {closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, rmSync, statSync, writeSync} from 'node:fs';
import {tryLockFile} from '@sterna/system';

/** Who has a lock, as the holder wrote it into the file. */
export type LockHolder = {readonly pid: number | undefined; readonly what: string};

/** An exclusive lock of a file, held until disposed. The kernel releases it when the process dies, however it dies. */
export class FileLock implements Disposable {
	readonly file: string;
	#fd: number | undefined;

	private constructor(file: string, fd: number) {
		this.file = file;
		this.#fd = fd;
	}

	/** Takes the lock without waiting; where somebody has it, who. The file is made, says who has it, and is removed with the lock. Throws the file system's errors. */
	static tryAcquire(file: string, what: string): FileLock | LockHolder {
		for (;;) {
			const fd = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
			try {
				if (!tryLockFile(fd)) {
					const holder = readHolder(fd);
					closeSync(fd);
					return holder;
				}

				// The holder before us removed the file that we had opened: what we locked is not what the next one will open.
				if (fstatSync(fd).ino !== statSync(file, {throwIfNoEntry: false})?.ino) {
					closeSync(fd);
					continue;
				}

				ftruncateSync(fd);
				writeSync(fd, `${process.pid} ${what}\n`, 0);
				return new FileLock(file, fd);
			} catch (error) {
				closeSync(fd);
				throw error;
			}
		}
	}

	/** Whether it is still held. */
	get isHeld(): boolean {
		return this.#fd !== undefined;
	}

	/** Releases the lock. Idempotent. */
	[Symbol.dispose](): void {
		if (this.#fd === undefined) return;
		// While it is still locked: nobody else can have locked this file by then.
		rmSync(this.file, {force: true});
		closeSync(this.#fd);
		this.#fd = undefined;
	}
}

function readHolder(fd: number): LockHolder {
	const [, pid, what] = /^(\d+) (.*)/.exec(readFileSync(fd, 'utf8')) ?? [];
	return {pid: pid === undefined ? undefined : Number(pid), what: what ?? 'unknown'};
}
