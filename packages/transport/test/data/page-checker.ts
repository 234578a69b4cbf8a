import test from 'ava';
import {seekData} from '@sterna/system';
import {DataWorkerPool, openPageChecker, PageHashes} from '../../src/index.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {openProven, ProvenPair} from '../helpers/proven.ts';
import {streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;

const pool = new DataWorkerPool({maxWorkers: 1});
test.after.always(async () => pool.close());

const isHole = ({fd}: TestMemory, pfn: number): boolean => seekData(fd, pfn * PAGE_BYTES) !== pfn * PAGE_BYTES;

test('a table that is made from memory has zeros for holes and for pages of zeros, and holes stay', async t => {
	using memory = new TestMemory(5000);
	for (let pfn = 100; pfn < 3000; pfn++) memory.page(pfn).fill(pfn % 7);
	const pageHashes = new PageHashes({pageLimit: memory.pageLimit, key: 1234});
	await using checker = openPageChecker(pool, {memory, pageHashes});
	await checker.enter(Uint32Array.of(0, memory.pageLimit));
	const words = new BigUint64Array(pageHashes.entryBytes(0, memory.pageLimit).buffer);
	for (let pfn = 0; pfn < memory.pageLimit; pfn++) t.is(words[pfn] !== 0n, pfn >= 100 && pfn < 3000 && pfn % 7 !== 0, `page ${pfn}`);
	t.true(isHole(memory, 50));
	t.true(isHole(memory, 4000));
	t.deepEqual(await checker.compare(Uint32Array.of(0, memory.pageLimit)), new Uint32Array(0));
	// Equal pages of different numbers have different hashes.
	t.not(words[101], words[108]);
});

test('a table that is made anew is the one that sending made, and its groups fold its pages', async t => {
	using pair = new ProvenPair(3000);
	pair.source.fillRandom();
	pair.source.bytes.fill(0, 600 * PAGE_BYTES, 900 * PAGE_BYTES);
	await using link = await openProven(pool, pair);
	await link.sender.primary.writeBytes(streamStart());
	for (const pfn of [0, 1000, 2000]) await link.sender.writePages(0, Uint32Array.of(pfn, 1000));
	await link.sender.applied();
	const anew = new PageHashes({pageLimit: 3000, key: pair.sent.key});
	await using checker = openPageChecker(pool, {memory: pair.target, pageHashes: anew});
	await checker.enter(Uint32Array.of(2000, 1000, 0, 2000));
	t.is(anew.digest, pair.sent.digest);
	t.deepEqual(anew.entryBytes(0, 3000), pair.sent.entryBytes(0, 3000));
	t.deepEqual(anew.groupBytes(0, 6), pair.sent.groupBytes(0, 6));
	// Twice is the same as once.
	await checker.enter(Uint32Array.of(0, 3000));
	t.is(anew.digest, pair.sent.digest);
	const other = new PageHashes({pageLimit: 3000, key: pair.sent.key + 1});
	await using second = openPageChecker(pool, {memory: pair.target, pageHashes: other});
	await second.enter(Uint32Array.of(0, 3000));
	t.is(other.differingPages(0, pair.sent.entryBytes(0, 3000)).length, 2700);
});

test('looks are answered in order, and only for the runs that were asked for', async t => {
	using memory = new TestMemory(4096);
	memory.fillRandom();
	const pageHashes = new PageHashes({pageLimit: 4096, key: 1});
	await using checker = openPageChecker(pool, {memory, pageHashes});
	const answers = await Promise.all([
		checker.compare(Uint32Array.of(5, 2, 4095, 1)),
		checker.enter(Uint32Array.of(0, 4096)),
		checker.compare(Uint32Array.of(0, 4096)),
		checker.compare(new Uint32Array(0)),
	]);
	t.deepEqual(answers, [Uint32Array.of(5, 2, 4095, 1), undefined, new Uint32Array(0), new Uint32Array(0)]);
	await t.throwsAsync(checker.compare(Uint32Array.of(4095, 2)), {instanceOf: RangeError});
});

test('a look that is under way ends with its checker', async t => {
	using memory = new TestMemory(65_536);
	memory.bytes.fill(1);
	const checker = openPageChecker(pool, {memory, pageHashes: new PageHashes({pageLimit: 65_536, key: 1})});
	const looks = [checker.enter(Uint32Array.of(0, 65_536)), checker.compare(Uint32Array.of(0, 65_536))];
	const [first] = await Promise.all([Promise.allSettled(looks), checker.destroy(), checker.destroy()]);
	t.is(first[1]?.status, 'rejected');
	await t.throwsAsync(checker.compare(Uint32Array.of(0, 1)), {code: 'ERR_DAEMON_STOPPING'});
});
