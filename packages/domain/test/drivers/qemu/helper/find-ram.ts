import test from 'ava';
import {findRam} from '../../../../src/drivers/qemu/helper/find-ram.ts';
import type {ProcessMapping} from '../../../../src/drivers/qemu/helper/process-maps.ts';

const MIB = 2 ** 20;
const MEMFD = '/memfd:memory-backend-memfd (deleted)';

function mapping(path: string, sizeBytes: number, change: Partial<ProcessMapping> = {}): ProcessMapping {
	const start = 0x7f0000000000;
	const base = {
		start,
		end: start + sizeBytes,
		readable: true,
		writable: true,
		executable: false,
		shared: true,
		fileOffset: 0,
		inode: 1,
		path,
	};
	return {...base, ...change};
}

test('RAM is found by its file and its size', t => {
	const code = mapping('/usr/bin/qemu-system-x86_64', MIB, {shared: false});
	const ram = mapping(MEMFD, 64 * MIB);
	t.is(findRam([code, mapping(MEMFD, 16 * MIB), ram], {ramFile: 'memfd', ramBytes: 64 * MIB}), ram);
	const file = mapping('/run/guest/ram', 64 * MIB);
	t.is(findRam([ram, file], {ramFile: '/run/guest/ram', ramBytes: 64 * MIB}), file);
	const removed = mapping('/run/guest/ram (deleted)', 64 * MIB);
	t.is(findRam([ram, removed], {ramFile: '/run/guest/ram', ramBytes: 64 * MIB}), removed);
	const made = mapping('/dev/shm/qemu_back_mem.ram0.xQ2b7c (deleted)', 64 * MIB);
	t.is(findRam([ram, removed, made], {ramFile: '/dev/shm', ramBytes: 64 * MIB}), made);
});

test('RAM in a file that nobody can ask for is the only one of its size', t => {
	const code = mapping('/usr/bin/qemu-system-x86_64', 64 * MIB, {shared: false});
	const [anonymous, file] = [mapping('', 64 * MIB), mapping('/run/guest/ram', 64 * MIB)];
	t.is(findRam([code, anonymous, mapping('/run/flash', 4 * MIB), file], {ramFile: 'any', ramBytes: 64 * MIB}), file);
	t.throws(() => findRam([file, mapping('/run/other', 64 * MIB)], {ramFile: 'any', ramBytes: 64 * MIB}), {message: /2 mappings of a file/});
});

const REFUSED: ReadonlyArray<readonly [title: string, mappings: ProcessMapping[], message: RegExp]> = [
	['in another file', [mapping('/run/guest/ram', 64 * MIB)], /not in a memfd/],
	['private', [mapping(MEMFD, 64 * MIB, {shared: false})], /share=on/],
	['read-only', [mapping(MEMFD, 64 * MIB, {writable: false})], /share=on/],
	['in two pieces', [mapping(MEMFD, 32 * MIB), mapping(MEMFD, 32 * MIB, {fileOffset: 32 * MIB})], /mappings of 33554432, 33554432 bytes/],
	['not at the beginning of its file', [mapping(MEMFD, 64 * MIB, {fileOffset: 4096})], /not one mapping/],
	['one of two that look the same', [mapping(MEMFD, 64 * MIB), mapping(MEMFD, 64 * MIB)], /2 mappings/],
];

for (const [title, mappings, message] of REFUSED) {
	test(`RAM that is ${title} is refused`, t => {
		t.throws(() => findRam(mappings, {ramFile: 'memfd', ramBytes: 64 * MIB}), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED', message});
	});
}
