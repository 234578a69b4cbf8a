import type {Side} from '@sterna/protocol';
import type {Directories} from './directories.ts';
import {FileLock} from './file-lock.ts';
import {fileError, hostError} from './host-error.ts';

/** The right to change one domain of this host: its guest, its record. Held by one operation of one daemon at a time, until disposed. */
export class DomainLock implements Disposable {
	readonly domain: string;
	readonly #lock: FileLock;

	private constructor(domain: string, lock: FileLock) {
		this.domain = domain;
		this.#lock = lock;
	}

	/**
	 * Takes the lock of a domain without waiting. `what` tells others what it is for: `migration 1234 to host-b`.
	 * Throws ERR_DOMAIN_BUSY, which names the process that has it, and ERR_FILE.
	 */
	static acquire(directories: Directories, domain: string, {side, what}: {readonly side: Side; readonly what: string}): DomainLock {
		const file = directories.lockFile(domain);
		let lock;
		try {
			lock = FileLock.tryAcquire(file, `${side}: ${what}`);
		} catch (error) {
			throw fileError(`the lock ${file} cannot be taken`, error, side);
		}

		if (lock instanceof FileLock) return new DomainLock(domain, lock);
		const holder = lock.pid === undefined ? 'another process' : `process ${lock.pid} (${lock.what})`;
		throw hostError('ERR_DOMAIN_BUSY', `${domain} is in use by ${holder}`, {side, next: 'migrate-ctl status'});
	}

	/** Throws TypeError unless this lock is held and is of this domain: a write without it is a fault of ours. */
	assertHeld(domain: string): void {
		if (this.domain !== domain || !this.#lock.isHeld) throw new TypeError(`the lock of ${domain} is not held`);
	}

	[Symbol.dispose](): void {
		this.#lock[Symbol.dispose]();
	}
}
