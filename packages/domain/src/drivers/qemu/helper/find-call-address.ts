import {readSync} from 'node:fs';
import type {ProcessMapping} from './process-maps.ts';

/** The instruction `syscall` of x86-64. */
const SYSCALL = Buffer.of(0x0f, 0x05);
const CHUNK_BYTES = 256 * 1024;
/** The C library has the instruction for certain, and is small beside QEMU itself. */
const C_LIBRARY = /\/libc[-.][^/]*$/;

/** Address of a `syscall` instruction in executable memory of another process; undefined where there is none. `memory`: descriptor of its /proc/PID/mem. */
export function findCallAddress(memory: number, mappings: readonly ProcessMapping[]): number | undefined {
	const executable = mappings.filter(mapping => mapping.executable && mapping.readable);
	const inOrder = [...executable.filter(({path}) => C_LIBRARY.test(path)), ...executable.filter(({path}) => !C_LIBRARY.test(path))];
	const chunk = Buffer.alloc(CHUNK_BYTES);
	for (const {start, end} of inOrder) {
		// Chunks overlap by a byte: the instruction may lie across two.
		for (let at = start; at + SYSCALL.length <= end; at += CHUNK_BYTES - 1) {
			const got = readSync(memory, chunk, 0, Math.min(CHUNK_BYTES, end - at), at);
			const found = chunk.subarray(0, got).indexOf(SYSCALL);
			if (found !== -1) return at + found;
		}
	}

	return undefined;
}
