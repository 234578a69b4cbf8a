import test from 'ava';
import {
	Advice,
	adviseMemory,
	adviseMemoryAsync,
	allocateFile,
	closeDescriptor,
	copyMemory,
	createMemoryFile,
	equalMemory,
	mapAnonymous,
	mapShared,
	resizeFile,
	seekData,
	seekHole,
	unmapMemory,
	viewMemory,
} from '../src/index.ts';

const PAGE = 4096;

test('two mappings of one file show the same bytes', t => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, 4 * PAGE);
	const a = mapShared({fd, length: 4 * PAGE, writable: true});
	const b = mapShared({fd, length: 2 * PAGE, offset: 2 * PAGE, writable: false});
	closeDescriptor(fd);
	viewMemory(a, 4 * PAGE).set([1, 2, 3], 2 * PAGE);
	t.deepEqual([...viewMemory(b, 4)], [1, 2, 3, 0]);
	t.true(equalMemory(Number(a) + 2 * PAGE, b, 2 * PAGE));
	t.false(equalMemory(a, b, 2 * PAGE));
	copyMemory(a, b, 2 * PAGE);
	t.true(equalMemory(a, b, 2 * PAGE));
	unmapMemory(a, 4 * PAGE);
	unmapMemory(b, 2 * PAGE);
});

test('a mapping that cannot be made says why', t => {
	t.throws(() => mapShared({fd: -1, length: PAGE, writable: false}), {name: 'SystemError', code: 'EBADF'});
	t.throws(() => mapAnonymous(2 ** 50), {name: 'SystemError', code: 'ENOMEM'});
	t.throws(() => unmapMemory(1, PAGE), {name: 'SystemError', code: 'EINVAL'});
});

test('populating for writing allocates, for reading it fills page tables, dropping them keeps the file', async t => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, 16 * PAGE);
	const address = mapShared({fd, length: 16 * PAGE, writable: true});
	await adviseMemoryAsync(address, 4 * PAGE, Advice.populateWrite);
	t.is(seekHole(fd, 0), 4 * PAGE);
	allocateFile(fd, 8 * PAGE, PAGE);
	adviseMemory(address + BigInt(8 * PAGE), PAGE, Advice.populateRead);
	adviseMemory(address, 16 * PAGE, Advice.dontNeed);
	t.is(seekData(fd, 4 * PAGE), 8 * PAGE);
	adviseMemory(address, 4 * PAGE, Advice.remove);
	t.is(seekData(fd, 0), 8 * PAGE);
	await t.throwsAsync(adviseMemoryAsync(1, PAGE, Advice.populateRead), {name: 'SystemError', code: 'EINVAL'});
	unmapMemory(address, 16 * PAGE);
	closeDescriptor(fd);
	t.throws(() => adviseMemory(address, PAGE, Advice.populateRead), {name: 'SystemError', code: 'ENOMEM'});
});
