import {type Address, libc} from './libc.ts';

const memcpyCall = libc.func('uintptr_t memcpy(uintptr_t target, uintptr_t source, size_t length)');
const memsetCall = libc.func('uintptr_t memset(uintptr_t target, int value, size_t length)');
const memcmpCall = libc.func('int memcmp(uintptr_t a, uintptr_t b, size_t length)');

/** Copies memory; the ranges must not overlap. A wrong address is a SIGSEGV, not an error. */
export function copyMemory(target: Address, source: Address, length: number): void {
	memcpyCall(target, source, length);
}

/** Fills memory with zeros. A wrong address is a SIGSEGV, not an error. */
export function clearMemory(target: Address, length: number): void {
	memsetCall(target, 0, length);
}

/** Whether two ranges of memory hold the same bytes, at memory speed. A wrong address is a SIGSEGV, not an error. */
export function equalMemory(a: Address, b: Address, length: number): boolean {
	return memcmpCall(a, b, length) === 0;
}
