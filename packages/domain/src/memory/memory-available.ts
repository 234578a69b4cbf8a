import {readFileSync} from 'node:fs';
import {DomainError} from '../domain-error.ts';

/** Bytes that the host could give to a new guest without swapping: MemAvailable of /proc/meminfo; undefined where that cannot be read. */
export function availableMemoryBytes(): number | undefined {
	const match = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
	return match?.[1] === undefined ? undefined : Number(match[1]) * 1024;
}

/** Throws ERR_MEMORY_INSUFFICIENT where a guest of this size does not fit the host now. A guess: the memory is reserved by nobody until it is populated. */
export function assertMemoryAvailable(memoryBytes: number): void {
	const available = availableMemoryBytes();
	if (available !== undefined && memoryBytes > available) {
		throw new DomainError('ERR_MEMORY_INSUFFICIENT', `the guest needs ${memoryBytes} bytes of memory, the host has ${available} left`);
	}
}
