import {randomFillSync} from 'node:crypto';
import {PageBitmap, type DirtyLog, type GuestMemory} from '@sterna/domain';
import type {Proof} from '@sterna/host';
import {closeDescriptor, createMemoryFile, mapShared, resizeFile, unmapMemory, viewMemory} from '@sterna/system';
import {DataWorkerPool, openPageChecker, PageHashes} from '@sterna/transport';
import test from 'ava';
import {missedBy} from '../src/engine/audit.ts';
import {precopy} from '../src/engine/precopy.ts';
import {xenLimits} from '../src/engine/policy/xen-limits.ts';
import {SentPages} from '../src/engine/sent-pages.ts';
import {StatsRecorder} from '../src/engine/stats.ts';
import {BatchWriter} from '../src/engine/writer.ts';
import {findDiffering} from '../src/find-differing.ts';
import {SourceProof} from '../src/source-proof.ts';
import {Gates} from './helpers/gates.ts';
import {SimulatedChannels} from './helpers/simulated.ts';

const PAGES = 4096;
const PAGE_BYTES = 4096;

/** A guest's memory, all of it random, which data workers of the pool can hash. */
class HashedMemory implements AsyncDisposable {
	readonly pool = new DataWorkerPool({maxWorkers: 1});
	readonly memory: GuestMemory;
	readonly #bytes: Uint8Array;

	constructor() {
		const fd = createMemoryFile('sterna-test');
		resizeFile(fd, PAGES * PAGE_BYTES);
		const address = mapShared({fd, length: PAGES * PAGE_BYTES, writable: true});
		this.#bytes = viewMemory(address, PAGES * PAGE_BYTES);
		randomFillSync(this.#bytes);
		this.memory = {
			address,
			fd,
			pageLimit: PAGES,
			memoryBytes: PAGES * PAGE_BYTES,
			populatedRuns: () => [{pfn: 0, pageCount: PAGES}],
			populate: async () => undefined,
			populateForReading: async () => undefined,
			[Symbol.dispose]: () => {
				unmapMemory(address, PAGES * PAGE_BYTES);
				closeDescriptor(fd);
			},
		};
	}

	/** The guest writes a byte. */
	write(pfn: number): void {
		const at = pfn * PAGE_BYTES + 77;
		this.#bytes[at] = (this.#bytes[at] ?? 0) ^ 1;
	}

	/** A proof of this memory, in a table as if all of it had been sent. */
	async proof(kind: Proof): Promise<SourceProof> {
		const openChecker = (pageHashes: PageHashes): ReturnType<typeof openPageChecker> =>
			openPageChecker(this.pool, {memory: this.memory, pageHashes});
		const proof = new SourceProof({kind, memory: this.memory, openChecker});
		await proof.begin();
		return proof;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.pool.close();
		this.memory[Symbol.dispose]();
	}
}

/** A log that names what it is given, once. */
function logOf(...named: number[]): DirtyLog {
	return {
		kind: 'none',
		take: async into => {
			const pages = named.splice(0);
			for (const pfn of pages) into.addRun(pfn, 1);
			return pages.length;
		},
		[Symbol.asyncDispose]: async () => undefined,
	};
}

/** A precopy with an audit, whose first pass is over when `written` is written; the link takes everything. */
async function auditedPrecopy(hashed: HashedMemory, written: number, dirtyLog: DirtyLog): Promise<PageBitmap> {
	await using proof = await hashed.proof('audit');
	hashed.write(written);
	const channels = new SimulatedChannels(new Gates());
	const sent = new SentPages(PAGES);
	const due = new PageBitmap(PAGES);
	due.addRun(0, PAGES);
	await precopy(
		{
			dirtyLog,
			channels,
			writer: new BatchWriter(channels, {sent, zerosGoEmpty: false, nowMs: () => performance.now()}),
			policy: xenLimits({maxIterations: 1, dirtyThresholdPages: 0}),
			stats: new StatsRecorder(0, PAGES),
			observer: {asked: () => undefined, scanned: () => undefined},
			audit: proof.audit(sent.pages),
			creditedBytes: () => 0,
			nowMs: () => 1,
			wait: async () => undefined,
		},
		due,
		new AbortController().signal,
	);
	return due;
}

test('a write that the dirty log does not name ends an audited precopy', async t => {
	await using hashed = new HashedMemory();
	await t.throwsAsync(auditedPrecopy(hashed, 1234, logOf()), {code: 'ERR_TRACKER', message: /page 0x4d2 was written/});
	await t.throwsAsync(auditedPrecopy(hashed, 1234, logOf(1233, 1235)), {code: 'ERR_TRACKER'});
});

test('a write that the dirty log names is no fault, and is due', async t => {
	await using hashed = new HashedMemory();
	const due = await auditedPrecopy(hashed, 1234, logOf(1234, 7));
	t.true(due.has(1234));
	t.is(due.count, 2);
});

test('with the guest paused, full finds what the dirty log did not name', async t => {
	await using hashed = new HashedMemory();
	await using proof = await hashed.proof('full');
	for (const pfn of [0, 1, 2000, PAGES - 1]) hashed.write(pfn);
	const due = new PageBitmap(PAGES);
	due.addRun(1, 1);
	t.is(await proof.checkAll(due), 3);
	t.deepEqual(
		[0, 1, 2, 2000, PAGES - 1].map(pfn => due.has(pfn)),
		[true, true, false, true, true],
	);
});

test('wire looks at nothing again', async t => {
	await using hashed = new HashedMemory();
	await using proof = await hashed.proof('wire');
	hashed.write(5);
	t.is(proof.audit(new PageBitmap(PAGES)), undefined);
	t.is(await proof.checkAll(new PageBitmap(PAGES)), 0);
});

test('later looks of an audit go round in slices of what was sent', async t => {
	await using hashed = new HashedMemory();
	await using proof = await hashed.proof('audit');
	const sent = new PageBitmap(PAGES);
	sent.addRun(10, 20);
	sent.addRun(3000, 100);
	const audit = proof.audit(sent);
	hashed.write(3050);
	t.deepEqual(await audit?.look(), Uint32Array.of(3050, 1));
	t.is(audit?.pagesLookedAt, 120);
	hashed.write(9); // Was never sent.
	t.deepEqual(await audit?.look(), Uint32Array.of(3050, 1));
	t.is(audit?.pagesLookedAt, 240);
});

test('a page is missed where the scan has only others', t => {
	const dirty = new PageBitmap(16);
	dirty.addRun(3, 2);
	t.is(missedBy(dirty, Uint32Array.of(3, 2)), undefined);
	t.is(missedBy(dirty, Uint32Array.of(3, 3)), 5);
	t.is(missedBy(dirty, Uint32Array.of()), undefined);
});

test('where nothing is proved, the memory as it is now is compared, and not what was once hashed', async t => {
	await using hashed = new HashedMemory();
	await using proof = await hashed.proof('off');
	hashed.write(77);
	const due = new PageBitmap(PAGES);
	await proof.compareWithReceiver(key => {
		// A receiver that has just the memory as it is now.
		const theirs = new PageHashes({pageLimit: PAGES, key});
		return async ({of, first, count}) => {
			await using checker = openPageChecker(hashed.pool, {memory: hashed.memory, pageHashes: theirs});
			await checker.enter(Uint32Array.of(0, PAGES));
			return of === 'groups' ? theirs.groupBytes(first, count) : theirs.entryBytes(first, count);
		};
	}, due);
	t.is(due.count, 0);
	t.is(proof.sentHashes, undefined);
});

test('scattered pages are looked at in orders of a bounded size', async t => {
	await using hashed = new HashedMemory();
	await using proof = await hashed.proof('audit');
	const sent = new PageBitmap(PAGES);
	for (let pfn = 0; pfn < PAGES; pfn += 2) sent.addRun(pfn, 1);
	hashed.write(2);
	hashed.write(PAGES - 2);
	t.deepEqual(await proof.audit(sent)?.look(), Uint32Array.of(2, 1, PAGES - 2, 1));
});

test('what the receiver has otherwise is found by groups, then by pages', async t => {
	await using hashed = new HashedMemory();
	const [ours, theirs] = [1, 1].map(key => new PageHashes({pageLimit: PAGES, key})) as [PageHashes, PageHashes];
	await using checker = openPageChecker(hashed.pool, {memory: hashed.memory, pageHashes: ours});
	await using theirChecker = openPageChecker(hashed.pool, {memory: hashed.memory, pageHashes: theirs});
	await theirChecker.enter(Uint32Array.of(0, PAGES));
	for (const pfn of [513, 600, 4000]) hashed.write(pfn);
	await checker.enter(Uint32Array.of(0, PAGES));
	const asked: string[] = [];
	const due = new PageBitmap(PAGES);
	const pages = await findDiffering(
		ours,
		async ({of, first, count}) => {
			asked.push(`${of} ${first} ${count}`);
			return of === 'groups' ? theirs.groupBytes(first, count) : theirs.entryBytes(first, count);
		},
		due,
	);
	t.is(pages, 3);
	t.true(due.has(513) && due.has(600) && due.has(4000));
	t.deepEqual(asked, ['groups 0 8', 'pages 512 512', 'pages 3584 512']);
});
