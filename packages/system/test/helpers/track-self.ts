import process from 'node:process';
import {libc} from '../../src/libc.ts';
import {
	createMemoryFile,
	mapShared,
	openPagemap,
	openWriteTracking,
	PagemapScanner,
	resizeFile,
	trackWrites,
	viewMemory,
} from '../../src/index.ts';

// Prints the pages that a scan finds, as an ordinary user. Becomes one only now, as the checkout may be unreadable for others.
if (process.getuid?.() === 0) {
	process.setgroups?.([]);
	process.setgid?.(65_534);
	process.setuid?.(65_534);
	// PR_SET_DUMPABLE: as after an exec by that user, /proc/self is its own.
	libc.func('int prctl(int option, unsigned long argument)')(4, 1);
}

const LENGTH = 16 * 4096;
const fd = createMemoryFile('sterna-test');
resizeFile(fd, LENGTH);
const address = mapShared({fd, length: LENGTH, writable: true});
trackWrites(openWriteTracking(), address, LENGTH);
using scanner = new PagemapScanner(openPagemap('self'));
scanner.scan(address, address + BigInt(LENGTH), () => {});
viewMemory(address, LENGTH).set([1], 3 * 4096);
viewMemory(address, LENGTH).set([1], 7 * 4096);
const pages: number[] = [];
scanner.scan(address, address + BigInt(LENGTH), start => pages.push((start - Number(address)) / 4096));
console.log(`uid ${process.getuid?.()}: pages ${pages.join(',')}`);
