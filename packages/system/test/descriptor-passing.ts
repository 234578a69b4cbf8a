import fs from 'node:fs';
import test from 'ava';
import {
	closeDescriptor,
	createMemoryFile,
	MAX_PASSED_DESCRIPTORS,
	receiveWithDescriptors,
	sendWithDescriptors,
	socketPair,
} from '../src/index.ts';

const memoryFileOf = (text: string): number => {
	const fd = createMemoryFile('sterna-test');
	fs.writeSync(fd, text, 0);
	return fd;
};

const contentOf = (fd: number | undefined): string => {
	const content = Buffer.alloc(16);
	return content.toString('utf8', 0, fs.readSync(fd ?? -1, content, 0, content.length, 0));
};

test('bytes go over a socket with descriptors, which are duplicates and close on exec', t => {
	const [a, b] = socketPair();
	const files = [memoryFileOf('first'), memoryFileOf('second'), memoryFileOf('third')];
	t.is(sendWithDescriptors(a, Buffer.from('three files'), files), 11);
	for (const fd of files) closeDescriptor(fd);
	const into = Buffer.alloc(64);
	const {byteCount, descriptors} = receiveWithDescriptors(b, into);
	t.is(into.toString('utf8', 0, byteCount), 'three files');
	t.deepEqual(descriptors.map(contentOf), ['first', 'second', 'third']);
	for (const fd of descriptors) {
		t.regex(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'), /^flags:\s+02\d{6}$/m, 'O_CLOEXEC');
		closeDescriptor(fd);
	}

	closeDescriptor(a);
	closeDescriptor(b);
});

test('descriptors come with the first of their bytes, wherever the read ends', t => {
	const [a, b] = socketPair();
	const file = memoryFileOf('one');
	sendWithDescriptors(a, Buffer.from('abc'), [file]);
	sendWithDescriptors(a, Buffer.from('def'), []);
	const first = receiveWithDescriptors(b, Buffer.alloc(1));
	t.is(first.byteCount, 1);
	t.deepEqual(first.descriptors.map(contentOf), ['one']);
	t.deepEqual(receiveWithDescriptors(b, Buffer.alloc(1)), {byteCount: 1, descriptors: []});
	closeDescriptor(file);
	for (const fd of [...first.descriptors, a, b]) closeDescriptor(fd);
});

test('what was sent before the other end closed is received, then the end', t => {
	const [a, b] = socketPair();
	const file = memoryFileOf('left behind');
	sendWithDescriptors(a, Buffer.from('x'), [file]);
	closeDescriptor(file);
	closeDescriptor(a);
	const {descriptors} = receiveWithDescriptors(b, Buffer.alloc(8));
	t.deepEqual(descriptors.map(contentOf), ['left behind']);
	t.deepEqual(receiveWithDescriptors(b, Buffer.alloc(8)), {byteCount: 0, descriptors: []});
	t.throws(() => sendWithDescriptors(b, Buffer.from('x'), []), {name: 'SystemError', code: 'EPIPE'});
	for (const fd of [...descriptors, b]) closeDescriptor(fd);
});

test('a socket with nothing on it is EAGAIN', t => {
	const [a, b] = socketPair();
	t.throws(() => receiveWithDescriptors(a, Buffer.alloc(1)), {name: 'SystemError', code: 'EAGAIN'});
	closeDescriptor(a);
	closeDescriptor(b);
});

test('no more descriptors are sent than are received', t => {
	const [a, b] = socketPair();
	const most = Array.from({length: MAX_PASSED_DESCRIPTORS}, () => a);
	sendWithDescriptors(a, Buffer.from('x'), most);
	const {descriptors} = receiveWithDescriptors(b, Buffer.alloc(1));
	t.is(descriptors.length, MAX_PASSED_DESCRIPTORS);
	t.throws(() => sendWithDescriptors(a, Buffer.from('x'), [...most, a]), {instanceOf: RangeError});
	t.throws(() => sendWithDescriptors(a, Buffer.alloc(0), [a]), {instanceOf: RangeError});
	for (const fd of [...descriptors, a, b]) closeDescriptor(fd);
});
