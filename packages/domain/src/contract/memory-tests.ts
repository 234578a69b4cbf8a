import {DomainError} from '../domain-error.ts';
import {PageBitmap} from '../page-bitmap.ts';
import {type ContractPart, emptyCopyOf} from './declare.ts';
import {copyPages, firstDifference} from './transfer.ts';

/** Memory and dirty log: nothing that the guest wrote is missed. */
export function testMemory({subject, tracker, declare}: ContractPart): void {
	declare('the first pass and the dirty log together give the whole memory', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		const {pageLimit, memoryBytes} = source.memory;
		t.is(memoryBytes, guest.definition.memoryBytes);
		t.is(pageLimit, guest.definition.pfnLimit);

		using copy = emptyCopyOf(source.memory);
		await using log = await source.startDirtyLog();
		t.is(log.kind, tracker);
		const pages = new PageBitmap(pageLimit);
		source.addAllPages(pages);
		for (let round = 0; round < 10; round++) {
			await copyPages(pages, source.memory, copy);
			pages.clear();
			// A page that is written again while it is scanned may be found twice; none may be found and not counted.
			t.true((await log.take(pages)) >= pages.count, 'every page of the set was counted');
		}

		await source.pause();
		await log.take(pages);
		await copyPages(pages, source.memory, copy);
		using memory = await subject.mapMemory(guest);
		t.is(firstDifference(memory, copy), undefined);
		t.is(firstDifference(memory, source.memory), undefined, 'and the source hands out that memory');
		pages.clear();
		t.is(await log.take(pages), 0, 'a paused guest writes nothing');
	});

	declare('a second dirty log begins anew', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		await (await source.startDirtyLog())[Symbol.asyncDispose]();
		await source.pause();
		await using log = await source.startDirtyLog();
		t.is(await log.take(new PageBitmap(source.memory.pageLimit)), 0);
	});

	declare('without a dirty log the memory is right once the guest is paused', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		await source.pause();
		using memory = await subject.mapMemory(guest);
		t.is(firstDifference(memory, source.memory), undefined);
	});

	const {driver} = subject;
	if (driver.openMemory !== undefined) {
		const openMemory = driver.openMemory.bind(driver);
		declare('the memory of a guest can be read whose process was stopped for good', async (t, workshop) => {
			const place = workshop.place();
			const guest = await workshop.guest(place);
			const source = await workshop.source(guest, place, tracker);
			await source.pause();
			if (guest.handle.kind !== 'process') throw new TypeError('a guest that runs has a process');
			process.kill(guest.handle.pid, 'SIGSTOP');
			using memory = await openMemory(guest.definition, guest.handle);
			t.is(memory.memoryBytes, guest.definition.memoryBytes);
			t.is(firstDifference(memory, source.memory), undefined);
			process.kill(guest.handle.pid, 'SIGKILL');
			while (driver.isAlive(guest.handle)) await new Promise(setImmediate);
			const error = await t.throwsAsync(openMemory(guest.definition, guest.handle));
			t.true(error instanceof DomainError && error.code === 'ERR_GUEST_EXITED');
		});
	}

	declare('the populated runs ascend, do not touch, and hold every page that is not zero', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		await source.pause();
		const pages = new PageBitmap(source.memory.pageLimit);
		let end = -1;
		for (const {pfn, pageCount} of source.memory.populatedRuns()) {
			t.true(pfn > end && pageCount > 0);
			end = pfn + pageCount;
			pages.addRun(pfn, pageCount);
		}

		t.true(end <= source.memory.pageLimit);
		using copy = emptyCopyOf(source.memory);
		await copyPages(pages, source.memory, copy);
		t.is(firstDifference(source.memory, copy), undefined);
	});
}
