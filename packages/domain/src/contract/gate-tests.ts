import type {ExecutionContext} from 'ava';
import {bootTimeNs} from '@sterna/system';
import {DomainError} from '../domain-error.ts';
import type {GuestPlace} from '../driver.ts';
import type {DeviceState, OutputGate, SourceDomain} from '../source-domain.ts';
import type {ContractPart} from './declare.ts';
import type {ContractGuest, ContractSubject} from './subject.ts';
import type {Workshop} from './workshop.ts';

const MINUTE_NS = 60_000_000_000n;

type Gated = NonNullable<ContractSubject['gated']>;

/** A guest whose output is held from here on. */
type Held = {
	readonly guest: ContractGuest;
	readonly place: GuestPlace;
	readonly source: SourceDomain;
	readonly gate: OutputGate;
	/** Numbers of what it says. */
	readonly say: () => Promise<number>;
	/** Numbers of what came out since it was held. */
	readonly out: () => Promise<readonly number[]>;
	/** As many numbers, in order, from the first that is held. */
	readonly inOrder: (count: number) => number[];
	/** Ends an epoch as a checkpoint does, in one breath. */
	readonly cut: (epoch: number) => Promise<DeviceState>;
};

/** The output gate: what is out is what was released, in order, and nothing else. */
export function testGate({tracker, declare}: ContractPart, gated: Gated): void {
	const held = async (t: ExecutionContext, workshop: Workshop): Promise<Held> => {
		const place = workshop.place();
		const guest = await workshop.guest(place);
		const source = await workshop.source(guest, place, tracker);
		t.deepEqual(source.checkpoints?.obstacles, []);
		await gated.out(guest, place);
		await gated.say(guest, place);
		const gate = gateOf(source);
		await gate.hold();
		await gate.hold();
		const before = await gated.out(guest, place);
		const last = before.at(-1) ?? Number.NaN;
		t.true(before.length > 0, 'a guest whose gate is open is heard');
		return {
			guest,
			place,
			source,
			gate,
			say: async () => gated.say(guest, place),
			out: async () => (await gated.out(guest, place)).slice(before.length),
			inOrder: count => Array.from({length: count}, (_, index) => last + 1 + index),
			cut: async epoch => endEpoch(source, epoch),
		};
	};

	declare('nothing comes out of a guest whose output is held, and all of it, in order, when the gate opens', async (t, workshop) => {
		const {gate, source, say, out, inOrder, cut} = await held(t, workshop);
		const first = await say();
		await cut(1);
		await source.resume();
		await say();
		t.deepEqual(await out(), []);
		t.true(((await gate.held()).items ?? 2) >= 2, 'or it does not say');
		await source.pause();
		await gate.open();
		await gate.open();
		const all = await out();
		t.true(all.includes(first));
		t.deepEqual(all, inOrder(all.length));
		t.deepEqual(await gate.held(), {bytes: 0, items: 0});
		await source.resume();
		const next = await say();
		t.true((await out()).includes(next), 'and an open gate holds nothing back');
	});

	declare('a released epoch is out to its end and no further', async (t, workshop) => {
		const {gate, source, say, out, inOrder, cut} = await held(t, workshop);
		const inFirst = await say();
		await cut(1);
		await source.resume();
		const inSecond = await say();
		t.deepEqual(await out(), []);
		await gate.release(1, undefined);
		const first = await out();
		t.deepEqual(first, inOrder(first.length));
		t.true(first.includes(inFirst) && !first.includes(inSecond));
		await gate.release(1, undefined);
		t.deepEqual(await out(), first, 'once');
		await cut(2);
		await gate.release(2, bootTimeNs() + MINUTE_NS);
		const both = await out();
		t.deepEqual(both, inOrder(both.length));
		t.true(both.includes(inSecond));
		t.is((await gate.held()).items ?? 0, 0, 'the guest stands still since the cut');
	});

	declare('epochs are released together with all before them, up to as many as the gate has', async (t, workshop) => {
		const {gate, source, say, out, inOrder, cut} = await held(t, workshop);
		let last = 0;
		for (let epoch = 1; epoch <= gate.maxEpochs; epoch++) {
			last = await say();
			await cut(epoch);
			if (epoch < gate.maxEpochs) await source.resume();
		}

		t.deepEqual(await out(), []);
		await t.throwsAsync(gate.cut(gate.maxEpochs + 1));
		await gate.release(gate.maxEpochs, undefined);
		const all = await out();
		t.true(all.includes(last));
		t.deepEqual(all, inOrder(all.length));
	});

	declare('an epoch whose time is over is not released, and not lost', async (t, workshop) => {
		const {gate, say, out, cut} = await held(t, workshop);
		const said = await say();
		await cut(1);
		const error = await t.throwsAsync(gate.release(1, bootTimeNs()));
		t.true(error instanceof DomainError && error.code === 'ERR_LEASE_LOST');
		t.deepEqual(await out(), []);
		await gate.release(1, bootTimeNs() + MINUTE_NS);
		t.true((await out()).includes(said));
	});

	declare('what was not cut is neither released nor cut twice', async (t, workshop) => {
		const {gate, source, say, out, cut} = await held(t, workshop);
		await say();
		// An error, or nothing: what counts is what comes out.
		await gate.release(1, undefined).catch(() => undefined);
		await cut(2);
		await t.throwsAsync(gate.cut(2));
		await gate.release(1, undefined).catch(() => undefined);
		t.deepEqual(await out(), []);
		await gate.open();
		await t.throwsAsync(gate.cut(3), undefined, 'nothing is held any more');
		await source.resume();
	});

	declare('output stays held when its daemon is gone, and is the next one’s to release', async (t, workshop) => {
		const {guest, place, source, say, out, inOrder, cut} = await held(t, workshop);
		const [inFirst, inSecond] = [
			await say(),
			await cut(4)
				.then(async () => source.resume())
				.then(say),
		];
		await source[Symbol.asyncDispose]();
		t.deepEqual(await out(), []);
		const again = await workshop.source(guest, place, tracker);
		const gate = gateOf(again);
		t.true(((await gate.held()).items ?? 2) >= 2, 'or it does not say');
		await endEpoch(again, 1);
		await gate.release(1, undefined);
		const all = await out();
		t.deepEqual(all, inOrder(all.length));
		t.true(all.includes(inFirst) && all.includes(inSecond));
	});

	declare('what is held goes with the guest', async (t, workshop) => {
		const {source, say, out, cut} = await held(t, workshop);
		await say();
		await cut(1);
		await source.resume();
		await say();
		await source.destroy();
		t.deepEqual(await out(), []);
	});
}

async function endEpoch(source: SourceDomain, epoch: number): Promise<DeviceState> {
	const [, , state] = await Promise.all([source.pause(), gateOf(source).cut(epoch), source.saveDeviceState('checkpoint')]);
	return state;
}

function gateOf({checkpoints}: SourceDomain): OutputGate {
	if (checkpoints?.gate === undefined) throw new TypeError('this guest has no gate');
	return checkpoints.gate;
}
