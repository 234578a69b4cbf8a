import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	addressOf,
	closeDescriptor,
	createMemoryFile,
	Errno,
	IovecArray,
	PollEvent,
	PollSet,
	readMemory,
	readMemoryAt,
	readVector,
	readVectorAt,
	socketPair,
	writeMemory,
	writeMemoryAt,
	writeVector,
	writeVectorAt,
} from '../src/index.ts';

test('bytes gathered by one end of a socket are scattered by the other', t => {
	const [a, b] = socketPair();
	const out = Buffer.from('terns fly far').subarray();
	const gathered = new IovecArray(3);
	gathered.set(0, addressOf(out) + 6, 3);
	gathered.set(1, addressOf(out), 5);
	const into = Buffer.alloc(100);
	const scattered = new IovecArray(3);
	scattered.set(1, addressOf(into) + 50, 2);
	scattered.set(2, addressOf(into), 10);
	t.is(writeVector(a, gathered, 0, 2), 8);
	t.is(readVector(b, scattered, 1, 2), 8);
	t.is(into.toString('latin1', 50, 52), 'fl');
	t.is(into.toString('latin1', 0, 6), 'yterns');
	closeDescriptor(a);
	t.is(readVector(b, scattered, 1, 2), 0);
	closeDescriptor(b);
});

test('a descriptor that is not ready, or whose peer is gone, gives a negative errno and no exception', t => {
	const [a, b] = socketPair();
	const bytes = Buffer.alloc(1 << 16);
	t.is(readMemory(a, addressOf(bytes), bytes.length), -Errno.EAGAIN);
	let last = 0;
	do last = writeMemory(a, addressOf(bytes), bytes.length);
	while (last > 0);
	t.is(last, -Errno.EAGAIN);
	closeDescriptor(b);
	t.is(writeMemory(a, addressOf(bytes), bytes.length), -Errno.EPIPE);
	closeDescriptor(a);
	t.is(readMemory(-1, addressOf(bytes), 1), -Errno.EBADF);
	t.is(readMemory(0, 1, 0) <= 0, true);
});

test('reads and writes at an offset do not need the file position', t => {
	const fd = createMemoryFile('sterna-test');
	const bytes = Buffer.from('0123456789');
	const entries = new IovecArray(2);
	entries.set(0, addressOf(bytes) + 5, 5);
	entries.set(1, addressOf(bytes), 5);
	t.is(writeVectorAt(fd, entries, 0, 2, 5_000_000_000), 10);
	t.is(writeMemoryAt(fd, addressOf(bytes), 3, 0), 3);
	const read = Buffer.alloc(10);
	t.is(readMemoryAt(fd, addressOf(read), 10, 5_000_000_000), 10);
	t.is(read.toString(), '5678901234');
	entries.set(0, addressOf(read), 2);
	entries.set(1, addressOf(read) + 2, 1);
	t.is(readVectorAt(fd, entries, 0, 2, 0), 3);
	t.is(read.toString(), '0128901234');
	closeDescriptor(fd);
});

test('a range of entries beyond the array is refused before the kernel sees it', t => {
	const entries = new IovecArray(4);
	t.throws(() => readVector(0, entries, 2, 3), {instanceOf: RangeError});
	t.throws(() => writeVector(1, entries, -1, 1), {instanceOf: RangeError});
});

test('poll tells which descriptor is ready for what', t => {
	const [a, b] = socketPair();
	const set = new PollSet(3);
	set.set(0, a, PollEvent.readable);
	set.set(1, b, PollEvent.writable);
	t.is(set.wait(3, 0), 1);
	t.is(set.found(0), 0);
	t.is(set.found(1), PollEvent.writable);
	const bytes = Buffer.from('x');
	writeMemory(b, addressOf(bytes), 1);
	t.is(set.wait(3, undefined), 2);
	t.is(set.found(0), PollEvent.readable);
	closeDescriptor(b);
	set.set(1, -1, 0);
	t.is(set.wait(2, 0), 1);
	t.is(set.found(0), PollEvent.readable | PollEvent.hangUp);
	t.throws(() => set.wait(4, 0), {instanceOf: RangeError});
	t.throws(() => set.set(3, a, 0), {instanceOf: RangeError});
	closeDescriptor(a);
});
