import test, {type ExecutionContext} from 'ava';
import type {CrashPoint} from '@sterna/host';
import type {DaemonName} from '../src/lab/host-files.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import type {FaultProxy} from '../src/fault-proxy.ts';
import type {LinuxGuest} from '../src/qemu/linux-guest.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';
import {assertFault} from './helpers/fault.ts';
import {assertLinuxIntact, createLinuxGuest, moveGuest, type QemuScene, withListener} from './helpers/qemu-scene.ts';
import {listDomains, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, mustMigrate, statusOf} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** Slow enough that something can be done in the middle of a precopy. */
const SLOW_BYTES_PER_SECOND = 8 * MIB;
/** So that bytes on the wire are pages. */
const PLAIN = ['--compression', 'none'];

async function startFaultScene(t: ExecutionContext): Promise<QemuScene & {readonly proxy: FaultProxy; readonly guest: LinuxGuest}> {
	const scene = await withListener(t, await startSceneThroughProxy(t, {qemu: true}));
	return {...scene, guest: await createLinuxGuest(t, scene)};
}

/** Waits until one host alone has the guest, running, and no other QEMU is left; there it is, intact. */
async function assertSettles(t: ExecutionContext, scene: QemuScene, guest: LinuxGuest): Promise<LabHost> {
	let at: LabHost | undefined;
	await waitUntil('one copy that runs, and nothing of another', async () => {
		const having: LabHost[] = [];
		for (const host of scene.lab.hosts) if ((await listDomains(host)).includes(guest.name)) having.push(host);
		[at] = having;
		const isRunning = at !== undefined && (await at.showDomain(guest.name)).state === 'running';
		return having.length === 1 && isRunning && qemuProcesses(scene.lab).length === 1;
	});
	if (at === undefined) throw new TypeError('settled nowhere');
	guest.movedTo(at);
	await assertLinuxIntact(t, scene, guest);
	return at;
}

test.serial('a migration of a QEMU guest goes on behind lost connections', async t => {
	const scene = await startFaultScene(t);
	const {hostA, hostB, proxy, guest} = scene;
	const cuts = [10, 5].map(async mib => proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: mib * MIB, how: 'reset'}));
	const {interruptions} = await moveGuest(t, guest, hostB, PLAIN);
	await Promise.all(cuts);
	t.is(interruptions, 2);
	await assertLinuxIntact(t, scene, guest);
	await moveGuest(t, guest, hostA);
	await assertLinuxIntact(t, scene, guest);
});

test.serial(
	'a sender, and then a receiver, that is killed in precopy goes on when it is back, and the guest never stops for it',
	async t => {
		const scene = await startFaultScene(t);
		const {hostA, hostB, proxy, guest} = scene;
		proxy.throttle(SLOW_BYTES_PER_SECOND);
		const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
		const {id} = await run.reached('some of the memory there', ({phase, bytesSent}) => phase === 'precopy' && bytesSent > 8 * MIB);
		await hostA.kill('sender');
		await run.ended;
		await guest.runs();
		await hostA.daemon('sender').start();
		await waitUntil('the migration under way again', async () => {
			const {phase, bytesSent} = await statusOf(hostA, id);
			return phase === 'precopy' && bytesSent > 0;
		});
		await hostB.kill('receiver');
		await guest.runs();
		proxy.throttle(undefined);
		await hostB.daemon('receiver').start();
		await waitUntil('the end of the migration', async () => (await statusOf(hostA, id)).result !== null);
		const {result} = await statusOf(hostA, id);
		t.is(result?.outcome, 'completed', JSON.stringify(result));
		t.is((await assertSettles(t, scene, guest)).name, 'host-b');
	},
);

/** Where a daemon dies in a handover, and where the guest then is when all is settled; undefined where either is right. */
const DEATHS: ReadonlyArray<readonly [point: CrashPoint, end: string | undefined]> = [
	['source.journal-go.after', undefined],
	['target.journal-ready.before', undefined],
	['target.outcome-running.before', undefined],
	['target.outcome-running.after', 'host-b'],
];

test.serial('daemons that die in the middle of a handover leave one copy of a QEMU guest, intact', async t => {
	const scene = await startFaultScene(t);
	const {hostA, hostB, guest} = scene;
	for (const [point, end] of DEATHS) {
		const [host, name]: readonly [LabHost, DaemonName] = point.startsWith('source.') ? [hostA, 'sender'] : [hostB, 'receiver'];
		await host.restart(name, {environment: {STERNA_CRASH_POINT: point}});
		const run = beginMigration(hostA, hostB, {domain: guest.name});
		await waitUntil(`the death at ${point}`, () => host.daemon(name).id === undefined);
		await host.daemon(name).start();
		await run.ended;
		const at = await assertSettles(t, scene, guest);
		t.log(`${point}: ${at.name}`);
		if (end !== undefined) t.is(at.name, end, point);
		await hostB.restart('receiver');
		if (at === hostB) await moveGuest(t, guest, hostA);
	}
});

test.serial('a QEMU that is killed in precopy ends the migration, and of its counterpart nothing is left', async t => {
	const scene = await startFaultScene(t);
	const {lab, hostA, hostB, proxy, guest} = scene;
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
	await run.reached('precopy', inPrecopy);
	process.kill(await hostA.guestPid(guest.name), 'SIGKILL');
	assertFault(t, await run.ended, {
		code: 'ERR_GUEST_EXITED',
		phase: 'precopy',
		side: 'sender',
		runsOn: null,
		next: `migrate-ctl domain show ${guest.name}`,
		status: 8,
	});
	await waitUntil('no QEMU left', () => qemuProcesses(lab).length === 0);
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
});

test.serial('a destination whose QEMU is killed in precopy gives the guest back, and it moves on the next attempt', async t => {
	const scene = await startFaultScene(t);
	const {lab, hostA, hostB, proxy, guest} = scene;
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
	await run.reached('precopy', inPrecopy);
	const source = await hostA.guestPid(guest.name);
	for (const pid of qemuProcesses(lab)) if (pid !== source) process.kill(pid, 'SIGKILL');
	const {status, error, text} = await run.ended;
	t.not(status, 0, text);
	t.like(error, {runsOn: 'host-a'});
	proxy.throttle(undefined);
	await assertSettles(t, scene, guest);
	await moveGuest(t, guest, hostB);
	await assertLinuxIntact(t, scene, guest);
});

test.serial('a QEMU guest that is reset or gets a device in precopy stays at the source', async t => {
	const scene = await startFaultScene(t);
	const {hostA, hostB, proxy, guest} = scene;
	const inMidst: ReadonlyArray<readonly [code: string, happens: () => Promise<unknown>]> = [
		['ERR_GUEST_DEVICE_ADDED', async () => guest.ask('device_add', {driver: 'virtio-rng-pci', id: 'late'})],
		['ERR_GUEST_REBOOTED', async () => guest.ask('system_reset')],
	];
	for (const [code, happens] of inMidst) {
		proxy.throttle(SLOW_BYTES_PER_SECOND);
		const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
		await run.reached('precopy', inPrecopy);
		await happens();
		const {error, text} = await run.ended;
		t.like(error, {code, phase: 'precopy', runsOn: 'host-a'}, text);
		proxy.throttle(undefined);
	}

	await guest.rebooted(1);
	t.deepEqual(guest.boot?.faults, []);
	// What it has now is not what it was made of: no other host would make it like that.
	t.is((await migrate(hostA, hostB, {domain: guest.name})).error?.code, 'ERR_NOT_SUPPORTED');
	await guest.ask('device_del', {id: 'late'});
	await waitUntil('the device gone', async () => (await migrate(hostA, hostB, {domain: guest.name})).status === 0);
	guest.movedTo(hostB);
	await guest.runs();
	t.deepEqual(guest.boot?.faults, []);
});

test.serial('an operator aborts the migration of a QEMU guest, and it goes on as if nothing had been', async t => {
	const scene = await startFaultScene(t);
	const {hostA, hostB, proxy, guest} = scene;
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
	await run.reached('precopy', inPrecopy);
	await hostA.mustCtl(['abort', guest.name]);
	t.is((await run.ended).status, 3);
	proxy.throttle(undefined);
	t.is((await assertSettles(t, scene, guest)).name, 'host-a');
	await mustMigrate(t, hostA, hostB, {domain: guest.name});
	guest.movedTo(hostB);
	await assertLinuxIntact(t, scene, guest);
});
