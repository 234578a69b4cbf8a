import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import {DomainError} from '../domain-error.ts';
import type {ContractPart} from './declare.ts';
import {firstDifference, transfer} from './transfer.ts';
import {leftovers} from './workshop.ts';

/** How guests and what holds them come to an end. */
export function testEnds({subject, tracker, declare}: ContractPart): void {
	declare('a source that lets go leaves its guest as it is', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		await (await source.startDirtyLog())[Symbol.asyncDispose]();
		await source[Symbol.asyncDispose]();
		await source[Symbol.asyncDispose]();
		t.true(subject.driver.isAlive(guest.handle));
		const again = await workshop.source(guest, place, tracker);
		t.deepEqual(again.definition, guest.definition);
		await using log = await again.startDirtyLog();
		t.is(log.kind, tracker);
	});

	declare('a destroyed source leaves nothing but its output', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		await source.pause();
		await source.saveDeviceState();
		await source.destroy();
		t.false(subject.driver.isAlive(guest.handle));
		t.deepEqual(leftovers(place), []);
		const error = await t.throwsAsync(subject.driver.openSource(guest.definition, guest.handle, place, {tracker}));
		t.true(error instanceof DomainError && error.code === 'ERR_GUEST_EXITED');
	});

	declare('a destroyed target leaves nothing, and may be destroyed again', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(workshop.place());
		const target = await workshop.target(guest, place);
		await target.memory.populate(0, 100);
		await target.destroy();
		await target.destroy();
		t.false(subject.driver.isAlive(target.handle));
		t.deepEqual(leftovers(place), []);
	});

	if (subject.running) {
		declare('a target whose process is killed tells of it, one that is destroyed does not', async (t, workshop) => {
			const [here, there] = [workshop.place(), workshop.place()];
			const guest = await workshop.guest(workshop.place());
			const killed = await workshop.target(guest, here);
			if (killed.handle.kind !== 'process') throw new TypeError('a guest that runs has a process');
			process.kill(killed.handle.pid, 'SIGKILL');
			const error = await killed.gone;
			t.true(error instanceof DomainError && error.code === 'ERR_GUEST_EXITED');
			await killed.destroy();
			t.deepEqual(leftovers(here), []);

			const destroyed = await workshop.target(guest, there);
			void destroyed.gone.then(() => t.fail());
			await destroyed.destroy();
		});
	}

	declare('half a target is taken up by another process, or cannot be', async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		const target = await workshop.target(guest, there);
		const {definition} = guest;
		await source.pause();
		await target.memory.populate(0, 100);
		copyMemory(Number(target.memory.address), Number(source.memory.address), 100 * PAGE_SIZE_BYTES);
		await target[Symbol.asyncDispose]();
		if (!subject.reopensTargets) {
			const error = await t.throwsAsync(subject.driver.openTarget(definition, target.handle, there));
			t.true(error instanceof DomainError && error.code === 'ERR_NOT_SUPPORTED');
			return;
		}

		const again = await subject.driver.openTarget(definition, target.handle, there);
		await transfer(source, again, {rounds: 1});
		await again[Symbol.asyncDispose]();
		const loaded = await t.throwsAsync(subject.driver.openTarget(definition, target.handle, there));
		t.true(loaded instanceof DomainError && loaded.code === 'ERR_DOMAIN_STATE');
		using before = await subject.mapMemory(guest);
		using after = await subject.mapMemory({definition, handle: target.handle});
		t.is(firstDifference(before, after), undefined);
		await again.destroy();
		const gone = await t.throwsAsync(subject.driver.openTarget(definition, target.handle, there));
		t.true(gone instanceof DomainError && gone.code === 'ERR_GUEST_EXITED');
	});

	declare('a guest is removed alive or gone', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		await subject.driver.remove(guest.handle, place);
		t.false(subject.driver.isAlive(guest.handle));
		t.deepEqual(leftovers(place), []);
		await t.notThrowsAsync(subject.driver.remove(guest.handle, place));
	});

	declare('an operator can look at a guest, and destroy it', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		await using managed = await subject.driver.manage(guest.definition, guest.handle, place);
		t.is((await managed.show()).state, subject.running ? 'running' : 'image');
		await managed.pause();
		await managed.pause();
		t.is((await managed.show()).state, subject.running ? 'paused' : 'image');
		await managed.resume();
		t.is((await managed.show()).state, subject.running ? 'running' : 'image');
		await managed.destroy();
		t.false(subject.driver.isAlive(guest.handle));
		t.deepEqual(leftovers(place), []);
	});
}
