import test, {type ExecutionContext} from 'ava';
import {setTimeout as delay} from 'node:timers/promises';
import {
	type Arrival,
	buildTestGuest,
	GUEST_CACHE_DIRECTORY,
	kernelArguments,
	randomSegment,
	readSequence,
	SEGMENT_INTERFACE,
	SegmentListener,
} from '@sterna/test-guest';
import {driverFor, type GuestPlace} from '@sterna/domain';
import {testGate} from '../../../src/contract/gate-tests.ts';
import type {ContractSubject} from '../../../src/contract/subject.ts';
import {Workshop} from '../../../src/contract/workshop.ts';
import {qemuDefinition, qemuHostSettings} from '../../helpers/qemu-definition.ts';
import {reportsOf} from '../../helpers/qemu-subject.ts';
import {until} from '../../helpers/workshop.ts';

const MIB = 2 ** 20;
/** Until what QEMU has sent has come by a listener: milliseconds on a busy machine. */
const WIRE_MS = 50;

const segment = randomSegment();
const listener = await SegmentListener.join(segment);
test.after.always(() => listener[Symbol.asyncDispose]());

const {vmlinuz, initrd} = await buildTestGuest();
const driver = driverFor('qemu');

/** A Linux guest that numbers packets, some two hundred a second. */
const subject: ContractSubject = {
	title: 'pc-q35-7.2 with Linux',
	driver,
	trackers: ['pagemap-scan'],
	withoutClock: undefined,
	host: {
		qemu: qemuHostSettings({
			paths: [GUEST_CACHE_DIRECTORY],
			networks: new Map([['segment', {kind: 'multicast', ...segment, localAddress: SEGMENT_INTERFACE}]]),
		}),
	},
	async makeGuest(place) {
		const asked = qemuDefinition({
			memoryBytes: 128 * MIB,
			kernel: {image: vmlinuz, initrd, append: kernelArguments({arenaMiB: 8, tickMs: 5, sendsPackets: true})},
			networks: [{netdev: 'net0', network: 'segment'}],
			devices: [{driver: 'virtio-net-pci', properties: {netdev: 'net0', romfile: ''}}],
		});
		const handle = await driver.create(asked, place, {paused: false});
		try {
			await until(() => reportsOf(place).length > 0);
			return {definition: await driver.describe(asked, handle, place), handle};
		} catch (error) {
			await driver.remove(handle, place);
			throw error;
		}
	},
	mapMemory: () => Promise.reject(new TypeError('the suite’s other parts run with a smaller guest')),
	reopensTargets: true,
	running: undefined,
};

/** Number of the last packet that the guest says it has sent, in a report that it had not written when this was called. */
async function say(place: GuestPlace): Promise<number> {
	const before = reportsOf(place).length;
	// The one after the next: the next one may have been under way.
	await until(() => reportsOf(place).length > before + 1);
	return reportsOf(place).at(-1)?.packet ?? Number.NaN;
}

/** Numbers of the packets that came by, in the order in which they did. */
function numbersOf(arrivals: readonly Arrival[]): number[] {
	return arrivals.map(arrival => readSequence([arrival]).last).filter(number => number !== undefined);
}

const declare = (title: string, run: (t: ExecutionContext, workshop: Workshop) => Promise<void>): void => {
	test.serial(title, async t => {
		listener.clear();
		await using workshop = new Workshop(subject);
		await run(t, workshop);
	});
};

testGate(
	{subject, tracker: 'pagemap-scan', declare},
	{
		say: async (_guest, place) => say(place),
		out: async () => {
			await delay(WIRE_MS);
			return numbersOf(listener.arrivals);
		},
	},
);
