import test from 'ava';
import {driverFor} from '@sterna/domain';
import {transfer} from '../../../src/contract/transfer.ts';
import {smallWorkload, withClient} from '../../helpers/workload-subject.ts';
import {newPlace, outputOf, removeAfter, startGuest, until} from '../../helpers/workshop.ts';

const driver = driverFor('workload');

type Line = {readonly number: number; readonly step: number; readonly tick: number; readonly random: number; readonly ns: bigint};

const linesIn = (output: string): Line[] =>
	[...output.matchAll(/^LINE (\d+) step=(\d+) tick=(\d+) random=([0-9a-f]{8}) ns=(\d+)$/gm)].map(([, number, step, tick, random, ns]) => ({
		number: Number(number),
		step: Number(step),
		tick: Number(tick),
		random: Number.parseInt(random ?? '', 16),
		ns: BigInt(ns ?? 0),
	}));

/** The next state of the guest's random numbers: xorshift of 32 bits. */
const nextRandom = (state: number): number => {
	let x = state;
	x ^= x << 13;
	x ^= x >>> 17;
	x ^= x << 5;
	return x >>> 0;
};

test.serial('steps, lines, random numbers and time go on over two moves as if there had been none', async t => {
	const first = await startGuest(t, smallWorkload({pattern: 'random', content: 'text'}));
	const {definition} = first;
	const outputs = [first.place];
	let {handle, place} = first;
	for (let move = 0; move < 2; move++) {
		const before = linesIn(outputOf(place)).length;
		await until(() => linesIn(outputOf(place)).length > before + 5);
		const source = await driver.openSource(definition, handle, place, {tracker: 'auto'});
		const there = newPlace(t);
		const target = await driver.createTarget(definition, there);
		removeAfter(t, target.handle, there);
		const {lastStepNs} = await transfer(source, target, {rounds: 2});
		const {steps, ticks} = await withClient({definition, handle}, async client => client.request('show'));
		t.like(await withClient({definition, handle: target.handle}, async client => client.request('show')), {steps, ticks, state: 'paused'});
		const {firstStepNs = 0n} = await target.resume();
		t.true(firstStepNs > lastStepNs);
		await source.destroy();
		await target[Symbol.asyncDispose]();
		[handle, place] = [target.handle as typeof handle, there];
		outputs.push(there);
		// The sweep that follows each arrival, with the program going on beside it.
		await until(async () => (await withClient({definition, handle}, async client => client.request('show'))).sweepsDone > 0);
	}

	await until(() => linesIn(outputOf(place)).length > 5);
	t.like(await withClient({definition, handle}, async client => client.request('show')), {state: 'running', badPages: 0});
	const lines = outputs.flatMap(({outputFile}) => linesIn(outputOf({outputFile} as typeof place)));
	for (const [index, line] of lines.entries()) {
		const previous = lines[index - 1];
		t.is(line.number, index + 1);
		if (!previous) continue;
		t.is(line.random, nextRandom(previous.random), `line ${line.number}`);
		t.true(line.step >= previous.step && line.tick > previous.tick && line.ns > previous.ns);
	}
});

test.serial('a page whose last write was missed crashes the guest on the target', async t => {
	const guest = await startGuest(t, smallWorkload());
	const source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	const there = newPlace(t);
	const target = await driver.createTarget(guest.definition, there);
	removeAfter(t, target.handle, there);
	const stepsOf = async (): Promise<number> => (await withClient(guest, async client => client.request('show'))).steps;
	const startDirtyLog = source.startDirtyLog.bind(source);
	source.startDirtyLog = async () => {
		const log = await startDirtyLog();
		return {
			kind: log.kind,
			async take(into) {
				// Two rounds of the hot set: page 100 is no longer what the first pass has sent.
				const before = await stepsOf();
				if (!paused) await until(async () => (await stepsOf()) >= before + 4096);
				const found = await log.take(into);
				into.removeRun(100, 1);
				return found;
			},
			[Symbol.asyncDispose]: async () => log[Symbol.asyncDispose](),
		};
	};

	let paused = false;
	const pause = source.pause.bind(source);
	source.pause = async () => {
		paused = true;
		return pause();
	};

	await transfer(source, target, {rounds: 1});
	await target.resume();
	await source.destroy();
	await target[Symbol.asyncDispose]();
	const moved = {definition: guest.definition, handle: target.handle};
	await until(async () => (await withClient(moved, async client => client.request('show'))).state === 'crashed');
	t.regex(outputOf(there), /^CORRUPT pfn=100 expected generation \d+ found generation \d+ of pfn 100$/m);
	await using managed = await driver.manage(guest.definition, target.handle, there);
	t.like(await managed.show(), {state: 'crashed', detail: {badPages: 1}});
});
