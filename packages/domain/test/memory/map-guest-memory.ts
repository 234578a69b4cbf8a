import {Buffer} from 'node:buffer';
import {existsSync, openSync, readFileSync, writeSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {closeDescriptor, createMemoryFile, resizeFile, viewMemory} from '@sterna/system';
import type {GuestMemory} from '../../src/index.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';

const PAGE = 4096;

const mapMemory = (pageLimit: number, name = 'sterna-test'): GuestMemory => {
	const fd = createMemoryFile(name);
	resizeFile(fd, pageLimit * PAGE);
	return mapGuestMemory({fd, pageLimit, memoryBytes: pageLimit * PAGE, writable: true});
};

test('populated runs are those that were populated, written or read into', async t => {
	using memory = mapMemory(10_000);
	t.deepEqual([...memory.populatedRuns()], []);
	await memory.populate(10, 5000);
	viewMemory(memory.address, 10_000 * PAGE)[6000 * PAGE + 17] = 1;
	writeSync(memory.fd, Buffer.of(1), 0, 1, 9999 * PAGE);
	t.deepEqual(
		[...memory.populatedRuns()],
		[
			{pfn: 10, pageCount: 5000},
			{pfn: 6000, pageCount: 1},
			{pfn: 9999, pageCount: 1},
		],
	);
	await memory.populateForReading(10, 5000);
	t.is([...memory.populatedRuns()].length, 3);
});

test('pages outside of memory are refused', async t => {
	using memory = mapMemory(100);
	await t.throwsAsync(memory.populate(90, 11), {instanceOf: RangeError});
	await t.throwsAsync(memory.populateForReading(-1, 1), {instanceOf: RangeError});
});

test('a file shorter than the memory is refused, as touching its end would be a signal', t => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, 99 * PAGE);
	t.throws(() => mapGuestMemory({fd, pageLimit: 100, memoryBytes: 100 * PAGE, writable: true}), {
		name: 'DomainError',
		code: 'ERR_DOMAIN_STATE',
	});
	t.throws(() => closeDescriptor(fd), {code: 'EBADF'}, 'its descriptor was ours to close');
});

test('what cannot be allocated is an error with its code', async t => {
	const fd = openSync('/proc/self/exe', 'r');
	using memory = mapGuestMemory({fd, pageLimit: 10, memoryBytes: 10 * PAGE, writable: false});
	await t.throwsAsync(memory.populate(0, 1), {name: 'SystemError', code: 'EBADF'});
});

test('memory may be unmapped while it is populated', async t => {
	const memory = mapMemory(8192, 'sterna-test-unmapped');
	const populating = memory.populate(0, 8192);
	memory[Symbol.dispose]();
	memory[Symbol.dispose]();
	await t.throwsAsync(populating, {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
	// On the thread pool: in its own time.
	while (existsSync(`/proc/self/fd/${memory.fd}`)) await sleep(1);
	t.notRegex(readFileSync('/proc/self/maps', 'utf8'), /memfd:sterna-test-unmapped/);
});
