import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {bootTimeNs} from '@sterna/system';
import {
	buildTestGuest,
	GUEST_CACHE_DIRECTORY,
	type GuestLoad,
	kernelArguments,
	randomSegment,
	readSequence,
	SEGMENT_INTERFACE,
	SegmentListener,
} from '@sterna/test-guest';
import type {GuestEvent} from '../../../src/index.ts';
import {processHandle} from '../../../src/drivers/process-handle.ts';
import {HeldQueue} from '../../../src/drivers/qemu/output-gate/held-queue.ts';
import {CheckpointPair} from '../../helpers/checkpoint-pair.ts';
import {ask, type QemuGuest, QemuHosts} from '../../helpers/qemu-guest.ts';
import {outputOf, reportsOf} from '../../helpers/qemu-subject.ts';
import {until, within} from '../../helpers/workshop.ts';

const MIB = 2 ** 20;
const MAC = '52:54:00:00:00:02';

type Network = {readonly hosts: QemuHosts; readonly guest: QemuGuest; readonly listener: SegmentListener};

/** A Linux guest that rewrites and checks memory and sends a numbered packet every 5 ms to a network that somebody listens to. It has checked its memory once. */
async function startOnNetwork(t: ExecutionContext, load: GuestLoad = {}): Promise<Network> {
	const segment = randomSegment();
	const listener = await SegmentListener.join(segment);
	t.teardown(() => listener[Symbol.asyncDispose]());
	const hosts = new QemuHosts(t, [GUEST_CACHE_DIRECTORY], {
		segment: {kind: 'multicast', ...segment, localAddress: SEGMENT_INTERFACE},
	});
	const {vmlinuz, initrd} = await buildTestGuest();
	const guest = await hosts.start({
		memoryBytes: 192 * MIB,
		kernel: {image: vmlinuz, initrd, append: kernelArguments({arenaMiB: 32, tickMs: 5, sendsPackets: true, ...load})},
		networks: [{netdev: 'net0', network: 'segment'}],
		devices: [{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: MAC, romfile: ''}}],
	});
	await until(() => reportsOf(guest.place).length > 1);
	await until(() => heard(listener) > 0);
	listener.clear();
	return {hosts, guest, listener};
}

/** Number of the last packet that came by. */
function heard(listener: SegmentListener): number {
	return readSequence(listener.arrivals, {mac: MAC}).last ?? 0;
}

async function protect(t: ExecutionContext, {hosts, guest: {definition, handle, place}}: Network): Promise<CheckpointPair> {
	const source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
	t.deepEqual(source.checkpoints?.obstacles, []);
	return CheckpointPair.start(source, await hosts.target(definition, hosts.place()));
}

test.serial('what a guest sends in an epoch goes out when it is released, all of it, in order, and nothing of the next', async t => {
	const network = await startOnNetwork(t);
	const {listener, guest} = network;
	await using pair = await protect(t, network);
	let heardOf = 0;
	for (let epoch = 0; epoch < 30; epoch++) {
		const taken = await pair.take();
		await delay(10); // What was released before has come by.
		const before = listener.arrivals.length;
		await delay(25);
		t.is(listener.arrivals.length, before, 'the guest sent some five packets meanwhile');
		await pair.commit(taken);
		// A guest that was not let run on a busy host has sent nothing in its epoch, and what it sends now is of the next.
		if (await within(200, () => listener.arrivals.length > before)) heardOf += 1;
	}

	t.true(heardOf >= 10, `of ${heardOf} epochs of 30 something was heard`);

	t.deepEqual(await pair.gate.held(), {bytes: undefined, items: undefined});
	const atOpening = heard(listener);
	await pair.gate.open();
	t.deepEqual(await pair.gate.held(), {bytes: 0, items: 0});
	await until(() => heard(listener) > atOpening + 20);
	const {missing, repeated, late, isInStep} = readSequence(listener.arrivals, {mac: MAC});
	t.deepEqual({missing, repeated, late, isInStep}, {missing: [], repeated: [], late: [], isInStep: true});
	t.deepEqual(await ask(guest.place, async monitor => filtersOf(await monitor.execute('qom-list', {path: '/objects'}))), []);
});

test.serial('several epochs that were cut are released up to the one that is asked for', async t => {
	const network = await startOnNetwork(t);
	const {listener} = network;
	await using pair = await protect(t, network);
	const {gate, source} = pair;
	const heardBehind: number[] = [];
	const cut = async (epoch: number): Promise<void> => {
		await delay(40);
		await Promise.all([source.pause(), gate.cut(epoch), source.resume()]);
	};
	for (let epoch = 2; epoch < 2 + gate.maxEpochs; epoch++) await cut(epoch);
	await t.throwsAsync(cut(100), {instanceOf: TypeError, message: /epochs are held/});
	for (const epoch of [3, 4, 9]) {
		await gate.release(epoch, undefined);
		await delay(30);
		heardBehind.push(heard(listener));
	}

	await cut(10);
	await gate.release(10, bootTimeNs() + 10n ** 9n);
	await delay(30);
	const last = heard(listener);
	t.deepEqual(
		[...heardBehind, last],
		[...new Set([...heardBehind, last])].toSorted((a, b) => a - b),
		'each release lets something out',
	);
	await cut(11);
	await t.throwsAsync(gate.release(11, bootTimeNs()), {name: 'DomainError', code: 'ERR_LEASE_LOST'});
	await delay(30);
	t.is(heard(listener), last, 'the lease is over');
	const {missing, repeated, late} = readSequence(listener.arrivals, {mac: MAC});
	t.deepEqual({missing, repeated, late}, {missing: [], repeated: [], late: []});
});

test.serial('filters that hold for long are replaced without a frame that gets past them', async t => {
	const {guest, listener} = await startOnNetwork(t);
	await ask(guest.place, async monitor => {
		const queue = new HeldQueue(monitor, 'net0', 0, []);
		await queue.add();
		await delay(30);
		const before = listener.arrivals.length;
		for (let round = 0; round < 20; round++) {
			await delay(10);
			if (round % 5 === 0) await queue.cut(round + 1);
			await queue.renew(Infinity);
		}

		t.is(listener.arrivals.length, before);
		await queue.release(6);
		await until(() => listener.arrivals.length > before);
		await queue.open();
	});
	const opened = heard(listener);
	await until(() => heard(listener) > opened + 20);
	const {missing, repeated, late} = readSequence(listener.arrivals, {mac: MAC});
	t.deepEqual({missing, repeated, late}, {missing: [], repeated: [], late: []});
});

test.serial('a daemon that takes a guest up again finds its output held, and goes on or lets it out', async t => {
	const network = await startOnNetwork(t);
	const {hosts, guest, listener} = network;
	const first = await protect(t, network);
	await first.take();
	await first.take();
	await first[Symbol.asyncDispose]();
	await delay(30);
	const before = listener.arrivals.length;
	const second = await protect(t, network);
	await until(() => listener.arrivals.length > before);
	const {missing, repeated, late} = readSequence(listener.arrivals, {mac: MAC});
	t.deepEqual({missing, repeated, late}, {missing: [], repeated: [], late: []});
	await second.take();
	await second[Symbol.asyncDispose]();
	await using third = await hosts.driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	t.deepEqual(await third.checkpoints?.gate?.held(), {bytes: undefined, items: undefined});
	await third.checkpoints?.gate?.open();
	await third.checkpoints?.gate?.open();
	const opened = heard(listener);
	await until(() => heard(listener) > opened + 20);
	t.deepEqual(readSequence(listener.arrivals, {mac: MAC}).missing, []);
});

test.serial(
	'a standby goes on from the last checkpoint that it has, its memory right, and the world has heard each packet once',
	async t => {
		const network = await startOnNetwork(t, {pagesPerTick: 200});
		const {hosts, guest, listener} = network;
		const there = hosts.place();
		const source = await hosts.driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
		const target = await hosts.target(guest.definition, there);
		const pair = await CheckpointPair.start(source, target);
		for (let epoch = 0; epoch < 40; epoch++) {
			await pair.commit(await pair.take());
			await delay(20);
		}

		// One checkpoint that never gets there, and what is said behind it.
		await pair.take();
		await delay(30);
		process.kill(processHandle(guest.handle).pid, 'SIGKILL');
		const released = heard(listener);
		await pair.promote();
		await until(() => heard(listener) > released + 100);
		await until(() => reportsOf(there).length > 3);
		const {missing, repeated, late, isInStep} = readSequence(listener.arrivals, {mac: MAC});
		t.deepEqual({missing, repeated, late, isInStep}, {missing: [], repeated: [], late: [], isInStep: true});
		t.is(reportsOf(there).at(-1)?.bad, 0);
		t.notRegex(outputOf([there]), /CORRUPT/);
		await pair[Symbol.asyncDispose]();
		await target[Symbol.asyncDispose]();
	},
);

test.serial(
	'behind the last checkpoint of a guest that is to go on elsewhere its output is out, and the standby has the next packet',
	async t => {
		const network = await startOnNetwork(t);
		const {hosts, guest, listener} = network;
		const there = hosts.place();
		const source = await hosts.driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
		const target = await hosts.target(guest.definition, there);
		const pair = await CheckpointPair.start(source, target);
		for (let round = 0; round < 3; round++) {
			await delay(50);
			await pair.commit(await pair.take());
		}

		await delay(50);
		await pair.commit(await pair.take({staysPaused: true}));
		await delay(50);
		const released = heard(listener);
		await pair[Symbol.asyncDispose]();
		await hosts.driver.remove(guest.handle, guest.place);
		await pair.promote();
		await until(() => heard(listener) > released + 50);
		const {missing, repeated, late, isInStep} = readSequence(listener.arrivals, {mac: MAC});
		t.deepEqual({missing, repeated, late, isInStep}, {missing: [], repeated: [], late: [], isInStep: true});
		await until(() => reportsOf(there).length > 2);
		t.is(reportsOf(there).at(-1)?.bad, 0);
		await target[Symbol.asyncDispose]();
	},
);

test.serial('a guest that an operator pauses stays so over checkpoints, and one that reboots does so on its standby', async t => {
	const network = await startOnNetwork(t);
	const {hosts, guest, listener} = network;
	const there = hosts.place();
	const source = await hosts.driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	const target = await hosts.target(guest.definition, there);
	const pair = await CheckpointPair.start(source, target);
	const told: Array<GuestEvent['kind']> = [];
	source.onGuestEvent = ({kind}) => void told.push(kind);
	await ask(guest.place, async monitor => monitor.execute('stop'));
	await until(() => told.length > 0);
	await pair.commit(await pair.take());
	t.is((await ask(guest.place, async monitor => monitor.execute('query-status'))).status, 'paused');
	await ask(guest.place, async monitor => monitor.execute('cont'));
	const before = heard(listener);
	// In an epoch in which a busy host did not let it run it has sent nothing.
	await until(async () => {
		await pair.commit(await pair.take());
		return heard(listener) > before;
	});
	t.deepEqual(told, ['paused']);

	for (let boot = 1; boot <= 2; boot++) {
		await ask(guest.place, async monitor => monitor.execute('system_reset'));
		await until(() => told.length > boot);
		await delay(300);
		await pair.commit(await pair.take());
	}

	t.deepEqual(told, ['paused', 'rebooted', 'rebooted']);
	process.kill(processHandle(guest.handle).pid, 'SIGKILL');
	await pair.promote();
	await until(() => reportsOf(there).length > 2);
	t.is(reportsOf(there).at(-1)?.bad, 0);
	await pair[Symbol.asyncDispose]();
	await target[Symbol.asyncDispose]();
});

function filtersOf(objects: ReadonlyArray<{readonly name: string; readonly type: string}>): string[] {
	return objects.filter(({type}) => type.includes('filter')).map(({name}) => name);
}
