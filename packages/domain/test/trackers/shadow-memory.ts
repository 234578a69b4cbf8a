import test from 'ava';
import {createMemoryFile, punchHole, resizeFile, viewMemory} from '@sterna/system';
import {type GuestMemory, PageBitmap} from '../../src/index.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';
import {ShadowMemory} from '../../src/trackers/shadow-memory.ts';

const PAGE = 4096;
const PAGES = 3000;

const newMemory = (): {memory: GuestMemory; bytes: Uint8Array} => {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, PAGES * PAGE);
	const memory = mapGuestMemory({fd, pageLimit: PAGES, memoryBytes: PAGES * PAGE, writable: true});
	return {memory, bytes: viewMemory(memory.address, PAGES * PAGE)};
};

const refreshed = async (shadow: ShadowMemory): Promise<number[]> => {
	const changed = new PageBitmap(PAGES);
	const found = await shadow.refresh(changed);
	const pages: number[] = [];
	for (let pfn = 0; pfn < PAGES; pfn++) if (changed.has(pfn)) pages.push(pfn);
	return found === pages.length ? pages : [-1];
};

test('pages that were written, made or punched since the last comparison are found', async t => {
	const {memory, bytes} = newMemory();
	using original = memory;
	using shadow = new ShadowMemory(original);
	bytes[5 * PAGE] = 1;
	bytes[7 * PAGE + 4095] = 2;
	t.deepEqual(await refreshed(shadow), [5, 7]);
	t.deepEqual(await refreshed(shadow), []);
	bytes[7 * PAGE] = 3;
	bytes[6 * PAGE] = 4;
	bytes[2999 * PAGE] = 5;
	punchHole(original.fd, 5 * PAGE, PAGE);
	t.deepEqual(await refreshed(shadow), [5, 6, 7, 2999]);
	t.deepEqual([...shadow.memory.populatedRuns()], [...original.populatedRuns()], 'the copy has holes where the original has');
	t.deepEqual(await refreshed(shadow), []);
});

test('a page that changed and changed back is the same in the copy, and so was never sent in between', async t => {
	const {memory, bytes} = newMemory();
	using original = memory;
	using shadow = new ShadowMemory(original);
	const copy = viewMemory(shadow.memory.address, PAGES * PAGE);
	bytes[0] = 1;
	await refreshed(shadow);
	bytes[0] = 2;
	t.is(copy[0], 1, 'what would be sent now');
	bytes[0] = 1;
	t.deepEqual(await refreshed(shadow), []);
});

test('closing while comparing ends the comparison', async t => {
	const fd = createMemoryFile('sterna-test');
	const pages = 3 * 4096;
	resizeFile(fd, pages * PAGE);
	const original = mapGuestMemory({fd, pageLimit: pages, memoryBytes: pages * PAGE, writable: true});
	await original.populate(0, pages);
	const shadow = new ShadowMemory(original);
	const comparing = shadow.refresh(new PageBitmap(pages));
	shadow[Symbol.dispose]();
	original[Symbol.dispose]();
	await t.throwsAsync(comparing, {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
});
