import {readSync} from 'node:fs';
import {PAGE_SIZE_BYTES, type RawRecord} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {DirtyLog} from '../dirty-log.ts';
import type {GuestMemory} from '../guest-memory.ts';
import {PageBitmap} from '../page-bitmap.ts';
import type {SourceDomain} from '../source-domain.ts';
import type {TargetDomain} from '../target-domain.ts';

/** Longest run copied or compared at once. */
const BATCH_PAGES = 1024;

/** The engines in small: moves pages of one mapping into another of the same guest, populating as the receiver does. */
export async function copyPages(pages: PageBitmap, from: Pick<GuestMemory, 'address'>, to: GuestMemory): Promise<void> {
	for (let run = pages.nextRun(0, BATCH_PAGES); run; run = pages.nextRun(run.pfn + run.pageCount, BATCH_PAGES)) {
		const offset = run.pfn * PAGE_SIZE_BYTES;
		await to.populate(run.pfn, run.pageCount);
		copyMemory(Number(to.address) + offset, Number(from.address) + offset, run.pageCount * PAGE_SIZE_BYTES);
	}
}

/** Moves a guest as a migration does, from its first page to the loaded device state: paused at the source and ready at the target. */
export async function transfer(
	source: SourceDomain,
	target: TargetDomain,
	{rounds}: {readonly rounds: number},
): Promise<{readonly lastStepNs: bigint}> {
	const {guestType, streamVersion, xenVersion, xlConfig, staticRecords} = source;
	target.acceptHeaders({guestType, streamVersion, xenVersion, xlConfig});
	for (const record of [...staticRecords.beforeEnd, ...staticRecords.afterEnd]) target.acceptStaticRecord(copyOf(record));
	await using log: DirtyLog = await source.startDirtyLog();
	const pages = new PageBitmap(source.memory.pageLimit);
	source.addAllPages(pages);
	for (let round = 0; round < rounds; round++) {
		await copyPages(pages, source.memory, target.memory);
		pages.clear();
		await log.take(pages);
	}

	const {lastStepNs} = await source.pause();
	await log.take(pages);
	await copyPages(pages, source.memory, target.memory);
	if (source.pageTypes) target.pageTypes?.set(source.pageTypes);
	const {libxc, libxl} = await source.saveDeviceState();
	await target.warm();
	await target.loadDeviceState({libxc: libxc.map(copyOf), libxl: libxl.map(copyOf)});
	return {lastStepNs};
}

/**
 * The first page in which two memories of one guest differ; undefined when none does. Reads the files and not the mappings:
 * reading a hole through a mapping would allocate it, and a test must not change what it looks at.
 */
export function firstDifference(a: GuestMemory, b: GuestMemory): number | undefined {
	const [ofA, ofB] = [Buffer.alloc(BATCH_PAGES * PAGE_SIZE_BYTES), Buffer.alloc(BATCH_PAGES * PAGE_SIZE_BYTES)];
	// What neither has is zero in both.
	const pages = new PageBitmap(a.pageLimit);
	for (const memory of [a, b]) for (const {pfn, pageCount} of memory.populatedRuns()) pages.addRun(pfn, pageCount);
	for (let run = pages.nextRun(0, BATCH_PAGES); run; run = pages.nextRun(run.pfn + run.pageCount, BATCH_PAGES)) {
		const bytes = run.pageCount * PAGE_SIZE_BYTES;
		readWhole(a, run.pfn, ofA, bytes);
		readWhole(b, run.pfn, ofB, bytes);
		if (ofA.compare(ofB, 0, bytes, 0, bytes) === 0) continue;
		for (let offset = 0; offset < bytes; offset += PAGE_SIZE_BYTES) {
			if (ofA.compare(ofB, offset, offset + PAGE_SIZE_BYTES, offset, offset + PAGE_SIZE_BYTES) !== 0)
				return run.pfn + offset / PAGE_SIZE_BYTES;
		}
	}

	return undefined;
}

function readWhole({fd}: GuestMemory, pfn: number, into: Buffer, bytes: number): void {
	if (readSync(fd, into, 0, bytes, pfn * PAGE_SIZE_BYTES) !== bytes) throw new RangeError(`the memory file ends behind pfn ${pfn}`);
}

/** As over a wire: the other end has bytes of its own. */
export function copyOf({layer, type, body}: RawRecord): RawRecord {
	return {layer, type, body: body.slice()};
}
