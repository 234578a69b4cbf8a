import test from 'ava';
import {createMemoryFile, resizeFile, viewMemory} from '@sterna/system';
import {estimateContent} from '../../src/memory/estimate-content.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';

const PAGE_BYTES = 4096;

/** The estimate for a memory of which `write` has written something. */
function estimate(pageLimit: number, write: (bytes: Uint8Array) => void): ReturnType<typeof estimateContent> {
	const fd = createMemoryFile('sterna-test');
	const memoryBytes = pageLimit * PAGE_BYTES;
	resizeFile(fd, memoryBytes);
	using memory = mapGuestMemory({fd, pageLimit, memoryBytes, writable: true});
	write(viewMemory(memory.address, memoryBytes));
	return estimateContent(memory);
}

test('memory that nobody touched has neither pages nor content', t => {
	t.deepEqual(
		estimate(1000, () => {}),
		{populatedPages: 0, contentPages: 0},
	);
});

test('few pages are counted exactly', t => {
	const counted = estimate(1000, bytes => {
		for (const pfn of [3, 4, 5, 500, 999]) bytes.fill(0, pfn * PAGE_BYTES, (pfn + 1) * PAGE_BYTES);
		for (const pfn of [4, 999]) bytes[pfn * PAGE_BYTES + 17] = 1;
	});
	t.deepEqual(counted, {populatedPages: 5, contentPages: 2});
});

test('of many pages about the right share has content', t => {
	const pages = 20_000;
	const {populatedPages, contentPages} = estimate(pages, bytes => {
		bytes.fill(0);
		for (let pfn = 0; pfn < pages / 4; pfn++) bytes[pfn * PAGE_BYTES] = 1;
	});
	t.is(populatedPages, pages);
	t.true(Math.abs(contentPages - pages / 4) < pages / 50, `${contentPages} pages`);
});
