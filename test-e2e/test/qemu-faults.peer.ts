import test, {type ExecutionContext} from 'ava';
import type {CrashPoint} from '@sterna/host';
import type {DaemonName} from '../src/lab/host-files.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import type {FaultProxy} from '@sterna/test-network';
import type {LinuxGuest} from '../src/qemu/linux-guest.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';
import {assertFault, assertNotPausedFor} from './helpers/fault.ts';
import {assertLinuxIntact, createLinuxGuest, moveGuest, type QemuScene, withListener} from './helpers/qemu-scene.ts';
import {listDomains, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, type Running, statusOf} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** Slow enough that something can be done in the middle of a precopy. */
const SLOW_BYTES_PER_SECOND = 8 * MIB;
/** So that bytes on the wire are pages. */
const PLAIN = ['--compression', 'none'];

type FaultScene = QemuScene & {readonly proxy: FaultProxy; readonly guest: LinuxGuest};

async function startFaultScene(t: ExecutionContext): Promise<FaultScene> {
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

/** Begins a slow migration and returns when it is in the middle of its precopy. */
async function beginSlowly({hostA, hostB, proxy, guest}: FaultScene): Promise<Running> {
	proxy.throttle(SLOW_BYTES_PER_SECOND);
	const run = beginMigration(hostA, hostB, {domain: guest.name, args: PLAIN});
	await run.reached('precopy', inPrecopy);
	return run;
}

test.serial(
	'a migration that its operator aborts, or whose destination loses its QEMU in precopy, leaves the guest as if nothing had been',
	async t => {
		const scene = await startFaultScene(t);
		const {lab, hostA, hostB, proxy, guest} = scene;
		const aborted = await beginSlowly(scene);
		await hostA.mustCtl(['abort', guest.name]);
		t.is((await aborted.ended).status, 3);
		t.is((await assertSettles(t, scene, guest)).name, 'host-a');

		const orphaned = await beginSlowly(scene);
		const source = await hostA.guestPid(guest.name);
		for (const pid of qemuProcesses(lab)) if (pid !== source) process.kill(pid, 'SIGKILL');
		const ended = await orphaned.ended;
		assertFault(t, ended, {
			code: 'ERR_GUEST_EXITED',
			phase: 'precopy',
			side: 'receiver',
			runsOn: 'host-a',
			next: `migrate-ctl domain show ${guest.name}`,
			status: 8,
		});
		assertNotPausedFor(t, ended);
		proxy.throttle(undefined);
		t.is((await assertSettles(t, scene, guest)).name, 'host-a');

		await moveGuest(t, guest, hostB);
		await assertLinuxIntact(t, scene, guest);
	},
);

test.serial('a QEMU guest that is reset or gets a device in precopy stays at the source', async t => {
	const scene = await startFaultScene(t);
	const {hostA, hostB, guest} = scene;
	const reset = await beginSlowly(scene);
	await guest.ask('system_reset');
	const afterReset = await reset.ended;
	t.like(afterReset.error, {code: 'ERR_GUEST_REBOOTED', phase: 'precopy', runsOn: 'host-a'}, afterReset.text);
	await guest.rebooted(1);

	const plugged = await beginSlowly(scene);
	await guest.ask('device_add', {driver: 'virtio-rng-pci', id: 'late'});
	const afterPlug = await plugged.ended;
	t.like(afterPlug.error, {code: 'ERR_GUEST_DEVICE_ADDED', phase: 'precopy', runsOn: 'host-a'}, afterPlug.text);
	// It is not any more what any other host would make of its definition.
	const again = await migrate(hostA, hostB, {domain: guest.name});
	t.like(again.error, {code: 'ERR_DOMAIN_STATE', phase: 'prepare', runsOn: 'host-a'}, again.text);
	t.regex(again.error?.message ?? '', /virtio-rng-pci/);
	await guest.runs();
	t.deepEqual(guest.boot?.faults, []);
});

test.serial('a QEMU that is killed in precopy ends the migration, and of its counterpart nothing is left', async t => {
	const scene = await startFaultScene(t);
	const {lab, hostA, hostB, guest} = scene;
	const run = await beginSlowly(scene);
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
