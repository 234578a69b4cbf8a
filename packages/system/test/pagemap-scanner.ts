import {execFileSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {
	closeDescriptor,
	createMemoryFile,
	mapShared,
	openPagemap,
	openWriteTracking,
	PagemapScanner,
	resizeFile,
	trackWrites,
	unmapMemory,
	viewMemory,
} from '../src/index.ts';

const PAGE = 4096;
const PAGES = 4096;

function makeTracked(userModeOnly: boolean): {address: bigint; memory: Uint8Array; lose: () => void; release: () => void} {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, PAGES * PAGE);
	const address = mapShared({fd, length: PAGES * PAGE, writable: true});
	closeDescriptor(fd);
	const tracking = openWriteTracking({userModeOnly});
	trackWrites(tracking, address, PAGES * PAGE);
	let lost = false;
	const lose = (): void => {
		if (!lost) closeDescriptor(tracking.fd);
		lost = true;
	};

	return {
		address,
		memory: viewMemory(address, PAGES * PAGE),
		lose,
		release() {
			lose();
			unmapMemory(address, PAGES * PAGE);
		},
	};
}

function scanPages(scanner: PagemapScanner, address: bigint): number[] {
	const pages: number[] = [];
	scanner.scan(address, Number(address) + PAGES * PAGE, (start, end) => {
		for (let at = start; at < end; at += PAGE) pages.push((at - Number(address)) / PAGE);
	});
	return pages;
}

for (const userModeOnly of [false, true]) {
	test(`a scan reports what was written since the last one, ${userModeOnly ? 'user mode only' : 'as allowed'}`, t => {
		const {address, memory, release} = makeTracked(userModeOnly);
		using scanner = new PagemapScanner(openPagemap('self'));
		t.is(scanPages(scanner, address).length, PAGES, 'the first one arms and reports all');
		t.deepEqual(scanPages(scanner, address), []);
		memory[5 * PAGE + 1] = 1;
		memory[6 * PAGE + 1] = 1;
		memory[4095 * PAGE] = 0;
		t.is(memory[100 * PAGE], 0);
		t.deepEqual(scanPages(scanner, address), [5, 6, 4095]);
		t.deepEqual(scanPages(scanner, address), []);
		release();
	});
}

test('more ranges than the vector holds are all reported', t => {
	const {address, memory, release} = makeTracked(true);
	using scanner = new PagemapScanner(openPagemap('self'), 16);
	scanPages(scanner, address);
	const written: number[] = [];
	for (let page = 1; page < PAGES; page += 3) {
		memory[page * PAGE] = 1;
		written.push(page);
	}

	t.deepEqual(scanPages(scanner, address), written);
	t.deepEqual(scanPages(scanner, address), []);
	release();
});

test('a probe takes nothing from the next scan', t => {
	const {address, memory, lose, release} = makeTracked(true);
	using scanner = new PagemapScanner(openPagemap('self'));
	scanPages(scanner, address);
	memory[9 * PAGE] = 1;
	scanner.probe(address, address + BigInt(PAGES * PAGE));
	t.deepEqual(scanPages(scanner, address), [9]);
	lose();
	t.throws(() => scanner.probe(address, address + BigInt(PAGE)), {name: 'SystemError', code: 'EPERM'});
	release();
});

test('tracking that was lost is EPERM', t => {
	const {address, lose, release} = makeTracked(true);
	using scanner = new PagemapScanner(openPagemap('self'));
	scanPages(scanner, address);
	lose();
	t.throws(() => scanPages(scanner, address), {name: 'SystemError', code: 'EPERM'});
	release();
});

test('a range can be registered once only', t => {
	const {address, release} = makeTracked(true);
	const second = openWriteTracking({userModeOnly: true});
	t.throws(() => trackWrites(second, address, PAGES * PAGE), {name: 'SystemError', code: 'EBUSY'});
	closeDescriptor(second.fd);
	release();
});

test('an ordinary user can track writes', t => {
	const output = execFileSync(process.execPath, [fileURLToPath(new URL('helpers/track-self.ts', import.meta.url))], {encoding: 'utf8'});
	t.regex(output, /^uid [1-9]\d*: pages 3,7\n$/);
});
