import type {GuestEvent} from '../source-domain.ts';
import type {ContractPart} from './declare.ts';
import type {ContractSubject} from './subject.ts';
import {transfer} from './transfer.ts';

/** Guests that run: pause, resume, going on elsewhere, and what happens to them. */
export function testRunning({tracker, declare}: ContractPart, running: NonNullable<ContractSubject['running']>): void {
	declare('pause and resume may be repeated, and no line is lost or said twice', async (t, workshop) => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		for (let round = 0; round < 5; round++) {
			const {lastStepNs} = await source.pause();
			t.deepEqual(await source.pause(), {lastStepNs}, 'it is still that step');
			const lines = running.lines([place]).length;
			t.true(lastStepNs <= process.hrtime.bigint());
			t.is(running.lines([place]).length, lines);
			await source.resume();
			await source.resume();
			await running.goOn(guest, place);
		}

		const lines = running.lines([place]); // Once: the guest goes on.
		t.deepEqual(lines, upTo(lines.length));
		t.true((await running.check(guest, place)) > 0);
	});

	declare('on the target the guest goes on with the very next line, its memory right', async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		await running.goOn(guest, here);
		const target = await workshop.target(guest, there);
		const {lastStepNs} = await transfer(source, target, {rounds: 3});
		const {firstStepNs} = await target.resume();
		t.true(firstStepNs === undefined || firstStepNs > lastStepNs);
		await source.destroy();
		const moved = {definition: guest.definition, handle: target.handle};
		await running.goOn(moved, there);
		t.true((await running.check(moved, there)) > 0);
		const [before, after] = [running.lines([here]), running.lines([there])];
		t.true(before.length > 0 && after.length > 0);
		// Once: the guest goes on.
		const lines = running.lines([here, there]);
		t.deepEqual(lines, upTo(lines.length));
	});

	declare('a guest that is given back runs on where it was', async (t, workshop) => {
		const [here, there] = [workshop.place(), workshop.place()];
		const guest = await workshop.guest(here);
		const source = await workshop.source(guest, here, tracker);
		const target = await workshop.target(guest, there);
		await transfer(source, target, {rounds: 1});
		await target.destroy();
		await source.resume();
		await running.goOn(guest, here);
		t.true((await running.check(guest, here)) > 0);
		const lines = running.lines([here]); // Once: the guest goes on.
		t.deepEqual(lines, upTo(lines.length));
		t.deepEqual(running.lines([there]), []);
	});

	for (const kind of running.events) {
		declare(`a guest that has ${kind} says so once`, async (t, workshop) => {
			const place = workshop.place();
			const guest = await workshop.guest(place);
			const source = await workshop.source(guest, place, tracker);
			await using log = await source.startDirtyLog();
			const told: Array<GuestEvent['kind']> = [];
			const first = new Promise<void>(resolve => {
				source.onGuestEvent = event => {
					told.push(event.kind);
					resolve();
				};
			});
			await running.happen(guest, kind);
			await first;
			if (kind !== 'exited') await running.happen(guest, kind);
			t.deepEqual(told, [kind]);
			t.is(log.kind, tracker);
		});
	}
}

function upTo(last: number): number[] {
	return Array.from({length: last}, (_, index) => index + 1);
}
