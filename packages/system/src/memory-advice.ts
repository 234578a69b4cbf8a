import {callAsync} from './async-call.ts';
import {type Address, libc} from './libc.ts';
import {checked} from './system-error.ts';

/** What `adviseMemory` can ask for. Numbers of linux/mman.h. */
export const Advice = {
	/** Private memory: drop the pages. Shared memory: drop this process's page tables only. */
	dontNeed: 4,
	/** Shared memory: punch a hole in the file behind it. */
	remove: 9,
	/** Keep the range out of children. */
	dontFork: 10,
	hugePage: 14,
	noHugePage: 15,
	/** Keep the range out of core dumps. */
	dontDump: 16,
	/** Fill page tables for reading; a hole of a shared file gets a page by this. Linux 5.14. */
	populateRead: 22,
	/** Allocate pages and fill page tables for writing. Linux 5.14. Fails with ENOMEM, EFAULT or EHWPOISON where touching would be a signal. */
	populateWrite: 23,
} as const;
export type Advice = (typeof Advice)[keyof typeof Advice];

const madviseCall = libc.func('int madvise(uintptr_t address, size_t length, int advice)');

/** madvise on a page-aligned range. Throws `SystemError`. */
export function adviseMemory(address: Address, length: number, advice: Advice): void {
	checked('madvise', madviseCall(address, length, advice));
}

/** The same on libuv's thread pool, for advice that takes time. The range must stay mapped until it settles. Rejects with `SystemError`. */
export async function adviseMemoryAsync(address: Address, length: number, advice: Advice): Promise<void> {
	await callAsync('madvise', callback => {
		madviseCall.async(address, length, advice, callback);
	});
}
