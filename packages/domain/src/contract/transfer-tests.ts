import {LibxlRecordType} from '@sterna/protocol';
import {DomainError} from '../domain-error.ts';
import type {ContractPart} from './declare.ts';
import {copyOf, firstDifference, transfer} from './transfer.ts';

/** From a source to a target and on. */
export function testTransfer({subject, tracker, declare}: ContractPart): void {
	declare('memory and device state arrive whole', async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		const target = await workshop.target(guest, there);
		t.is(target.name, guest.definition.name);
		await transfer(source, target, {rounds: 3});
		using before = await subject.mapMemory(guest);
		using after = await subject.mapMemory({definition: guest.definition, handle: target.handle});
		t.is(firstDifference(before, after), undefined);
		t.true(subject.driver.isAlive(target.handle));
	});

	declare('what arrived is sent on as it came', async (t, workshop) => {
		const [here, there, further] = [workshop.place(), workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		const target = await workshop.target(guest, there);
		await transfer(source, target, {rounds: 1});
		const saved = await source.saveDeviceState();
		await target[Symbol.asyncDispose](); // Who has hold of a guest lets go of it before another takes it.
		const moved = {definition: guest.definition, handle: target.handle};
		const second = await workshop.source(moved, there, tracker);
		for (const key of ['guestType', 'streamVersion', 'xenVersion', 'xlConfig', 'staticRecords', 'definition', 'pageTypes'] as const) {
			t.deepEqual(second[key], source[key], key);
		}

		const {withoutClock = state => state} = subject;
		t.deepEqual(withoutClock(await second.saveDeviceState()), withoutClock(saved));
		const last = await workshop.target(guest, further);
		await transfer(second, last, {rounds: 1});
		using before = await subject.mapMemory(guest);
		using after = await subject.mapMemory({definition: guest.definition, handle: last.handle});
		t.is(firstDifference(before, after), undefined);
	});

	declare('of several streams for one target the headers and static records of the last one count', async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		const target = await workshop.target(guest, there);
		const {guestType, streamVersion, xlConfig, staticRecords} = source;
		target.acceptHeaders({guestType, streamVersion, xenVersion: [4, 1], xlConfig});
		for (const record of staticRecords.beforeEnd) target.acceptStaticRecord(copyOf(record));
		await transfer(source, target, {rounds: 1});
		await target[Symbol.asyncDispose]();
		const second = await workshop.source({definition: guest.definition, handle: target.handle}, there, tracker);
		t.deepEqual(second.staticRecords, source.staticRecords);
		t.deepEqual(second.xenVersion, source.xenVersion);
	});

	if (!subject.running) return;
	declare("a device state that is not this guest's is refused, and the target can be destroyed", async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const target = await workshop.target(guest, there);
		const body = new TextEncoder().encode('\0\0\0\0\0\0\0\0no device state at all');
		const error = await t.throwsAsync(
			target.loadDeviceState({libxc: [], libxl: [{layer: 'libxl', type: LibxlRecordType.EMULATOR_CONTEXT, body}]}),
		);
		t.true(error instanceof DomainError && error.code === 'ERR_DEVICE_STATE');
		await target.destroy();
		t.false(subject.driver.isAlive(target.handle));
	});
}
