import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {buildTestGuest, kernelArguments} from '@sterna/test-guest';
import {stringify} from 'smol-toml';
import {DAEMON_NAMES, type HostSettings} from '../src/lab/host-files.ts';
import {Lab} from '../src/lab/lab.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {LAB_NETWORK} from '../src/lab/qemu-lab.ts';
import {DatagramListener} from '../src/qemu/datagram-listener.ts';
import {GuestBridge, tapOf} from '../src/qemu/guest-bridge.ts';
import {SerialTranscript} from '../src/qemu/serial-transcript.ts';
import {DOMAIN, waitUntil} from './helpers/scene.ts';
import {migrate, mustMigrate} from './helpers/start.ts';

/** Where the guest broadcasts to. */
const PORT = 7000;
const MAC = '52:54:00:5e:00:0b';

type BridgeScene = {
	readonly bridge: GuestBridge;
	readonly lab: Lab;
	readonly hostA: LabHost;
	readonly hostB: LabHost;
	/** Has host-b connected otherwise, from now on; undefined: as the lab has it, to a multicast segment. */
	readonly reconnect: (network: GuestBridge['network'] | undefined) => Promise<void>;
};

/** Two hosts on one bridge, which is gone after the test, as are they. */
async function startOnBridge(t: ExecutionContext): Promise<BridgeScene> {
	const bridge = await GuestBridge.make();
	t.teardown(async () => bridge[Symbol.asyncDispose]());
	const on = (network: GuestBridge['network']): HostSettings => ({qemu: {networks: {[LAB_NETWORK]: network}}});
	const settings = on(bridge.network);
	const lab = await Lab.start({
		hosts: ['host-a', 'host-b'],
		qemu: true,
		startDaemons: false,
		settings: {'host-a': settings, 'host-b': settings},
	});
	t.teardown(async () => {
		if (!t.passed) for (const host of lab.hosts) for (const name of DAEMON_NAMES) t.log(`${host.name} ${name}\n${host.daemon(name).log}`);
		await lab[Symbol.asyncDispose]();
	});
	for (const host of lab.hosts) for (const name of DAEMON_NAMES) await host.daemon(name).start({wrapper: bridge.enter});
	const hostB = lab.host('host-b');
	const reconnect: BridgeScene['reconnect'] = async network => {
		lab.configure('host-b', network === undefined ? {} : {settings: on(network)});
		await hostB.restart('receiver', {wrapper: bridge.enter});
	};
	return {bridge, lab, hostA: lab.host('host-a'), hostB, reconnect};
}

/** Has host-a make a guest with one virtio card, on the bridge. */
async function createOnBridge({lab, hostA}: BridgeScene, definition: Readonly<Record<string, unknown>>): Promise<void> {
	const file = path.join(lab.directory, 'guest.toml');
	writeFileSync(file, stringify({name: DOMAIN, ...definition, network: [{network: LAB_NETWORK, mac: MAC}]}));
	await hostA.mustCtl(['domain', 'create', '--qemu', file]);
}

/** The bridge knows the guest behind the tap that it has on this host, and has no other. */
async function assertBehindItsTap(t: ExecutionContext, bridge: GuestBridge, host: LabHost): Promise<void> {
	const tap = tapOf(await host.guestPid(DOMAIN));
	if (tap === undefined) throw new Error(`${DOMAIN} has no tap on ${host.name}`);
	await waitUntil(`the bridge to know ${DOMAIN} behind ${tap}`, async () => (await bridge.portOf(MAC)) === tap);
	t.deepEqual(await bridge.ports(), [tap]);
}

/** Numbers of the packets that an ordinary socket got. */
function numbersOf({datagrams}: DatagramListener): number[] {
	return datagrams.map(({text}) => Number(/^SEQ (\d+) gen \d+$/.exec(text)?.[1]));
}

function longestGapMs({datagrams}: DatagramListener): number {
	return Math.max(...datagrams.slice(1).map(({ns}, index) => Number(ns - (datagrams[index]?.ns ?? ns)) / 1e6));
}

test.serial('a guest on a bridge goes there and back, and a socket on the bridge gets each of its packets once', async t => {
	const scene = await startOnBridge(t);
	const {bridge, hostA, hostB} = scene;
	await using listener = await DatagramListener.open(PORT, bridge.enter);
	const {vmlinuz, initrd} = await buildTestGuest();
	const append = kernelArguments({arenaMiB: 16, sendsPackets: true});
	await createOnBridge(scene, {memory: '160MiB', kernel: {image: vmlinuz, initrd, append}});
	const transcript = new SerialTranscript(DOMAIN, hostA);
	const goesOn = async (): Promise<void> => {
		const before = listener.datagrams.length;
		await waitUntil('30 packets more', () => listener.datagrams.length > before + 30);
	};

	await goesOn();
	await assertBehindItsTap(t, bridge, hostA);
	for (const [from, to] of [
		[hostA, hostB],
		[hostB, hostA],
	] as const) {
		await mustMigrate(t, from, to);
		transcript.movedTo(to);
		await assertBehindItsTap(t, bridge, to);
		await goesOn();
	}

	await hostA.mustCtl(['domain', 'destroy', DOMAIN]);
	t.deepEqual(await bridge.ports(), []);
	const numbers = numbersOf(listener);
	t.deepEqual(
		numbers,
		Array.from(numbers, (_, index) => index + 1),
	);
	t.log(`${numbers.length} packets, longest gap ${longestGapMs(listener).toFixed(1)} ms`);
	t.is(transcript.read().boots.length, 1);
	t.deepEqual(transcript.boot?.faults, []);
	t.is(transcript.boot?.report?.bad, 0);
});

test.serial('a guest that says nothing is announced: the bridge knows where it is after each move', async t => {
	const scene = await startOnBridge(t);
	const {bridge, hostA, hostB} = scene;
	// Firmware alone, without a boot ROM for its card.
	await createOnBridge(scene, {memory: '32MiB'});
	t.is(await bridge.portOf(MAC), undefined);
	for (const [from, to] of [
		[hostA, hostB],
		[hostB, hostA],
	] as const) {
		await mustMigrate(t, from, to);
		await assertBehindItsTap(t, bridge, to);
	}
});

test.serial('a host whose network is of another kind, or is not to be had, is refused before anything moves', async t => {
	const scene = await startOnBridge(t);
	const {bridge, hostA, hostB, reconnect} = scene;
	await createOnBridge(scene, {memory: '32MiB'});

	await reconnect(undefined);
	const withoutOffloads = await migrate(hostA, hostB);
	t.is(withoutOffloads.error?.code, 'ERR_TARGET_REFUSED', withoutOffloads.text);
	t.regex(
		withoutOffloads.text,
		/offloads of the network card 52:54:00:5e:00:0b \(a bridge has them, .*\): CSUM GUEST_CSUM .* at the source, none here/,
	);

	await reconnect({...bridge.network, bridge: 'brother'});
	const notAllowed = await migrate(hostA, hostB);
	t.not(notAllowed.status, 0);
	t.regex(notAllowed.text, /access denied by acl file/);

	for (const {events} of [withoutOffloads, notAllowed]) t.true(events.every(({pagesSent}) => pagesSent === 0));
	t.is((await hostA.showDomain(DOMAIN)).state, 'running');
	const tap = tapOf(await hostA.guestPid(DOMAIN));
	t.deepEqual(await bridge.ports(), [tap]);

	await reconnect(bridge.network);
	await mustMigrate(t, hostA, hostB);
	await assertBehindItsTap(t, bridge, hostB);
});
