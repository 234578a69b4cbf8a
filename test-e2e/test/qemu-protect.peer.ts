/** Linux guests in QEMU that have a standby: memory, network and disk under load, killed in whatever way, and taken over. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {buildTestGuest} from '@sterna/test-guest';
import {type GuestSettings, guestToml} from '../src/qemu/guest-settings.ts';
import {makeDisk} from '../src/qemu/linux-guest.ts';
import {OwnImages} from '../src/qemu/own-images.ts';
import {ProtectedLinux, type TakenOver} from '../src/qemu/protected-linux.ts';
import {qemuProcesses} from '../src/qemu/qemu-processes.ts';
import {seededRandom} from '../src/seeded-random.ts';
import {startQemuScene} from './helpers/qemu-scene.ts';
import {waitUntil} from './helpers/scene.ts';

const EVERY_50_MS = ['--interval', '50ms'] as const;
/** A guest is killed within so many milliseconds: several epochs, and whatever falls into them. */
const PROTECTED_MS = 500;
const SMALL_DISK_BYTES = 1024 * 1024;
/** More than the store of a standby holds back of a disk that is copied anew. Most of it is a hole. */
const LARGE_DISK_BYTES = 128 * 1024 * 1024;

test.serial(
	'a Linux guest under load is taken over as of its last checkpoint, whatever of it is killed, and is protected the other way at once; then it is handed over without loss',
	async t => {
		const {lab, listener, hostA, hostB} = await startQemuScene(t);
		const images = await OwnImages.give(lab, hostB);
		const linux = await ProtectedLinux.create({lab, listener, images}, hostA);
		const random = seededRandom(6);
		for (const [index, kill] of (['killQemu', 'killDaemons', 'killDaemons', 'killQemu'] as const).entries()) {
			const from = linux.guest.host;
			const {committedEpoch} = await linux.protect(EVERY_50_MS, 5);
			await sleep(random(PROTECTED_MS));
			const taken = await linux[kill]();
			t.true(taken.epoch >= (committedEpoch ?? Infinity), `${kill}: checkpoint ${taken.epoch}, ${committedEpoch} was committed`);
			t.is(taken.because, kill === 'killQemu' ? 'planned' : 'source-is-dead');
			t.is(linux.guest.host, index % 2 === 0 ? hostB : hostA);
			t.is((await linux.guest.host.showDomain(linux.guest.name)).state, 'running');
			logTakeover(t, kill, from.name, taken);
		}

		await linux.protect(EVERY_50_MS, 5);
		t.log(`planned: it ran ${(await linux.handOver()).toFixed(1)} ms after that was decided`);
		await waitUntil('one QEMU alone', () => qemuProcesses(lab).length === 1);
	},
);

function logTakeover(t: ExecutionContext, kill: string, host: string, {epoch, decidedToRunningMs, heard, disk}: TakenOver): void {
	t.log(
		`${kill} on ${host}: checkpoint ${epoch}, ran ${decidedToRunningMs.toFixed(1)} ms after that was decided; ${heard.last} packets so far, ${heard.unheard} that nobody heard; record ${disk.newest}`,
	);
}

for (const [what, diskBytes, goesOn] of [
	['is held back until it is whole', SMALL_DISK_BYTES, true],
	['is too large to be held back: its checkpoints begin anew', LARGE_DISK_BYTES, false],
] as const) {
	test.serial(`a standby whose daemon was restarted is in step again, with a disk that ${what}`, async t => {
		const {lab, listener, hostA, hostB} = await startQemuScene(t);
		const images = await OwnImages.give(lab, hostB);
		const linux = await ProtectedLinux.create({lab, listener, images}, hostA, {diskBytes});
		const before = await linux.protect(EVERY_50_MS, 100);
		await linux.restartReceiver();
		const {committedEpoch} = await linux.reached('another link', ({phase, sinceMs}) => phase === 'protected' && sinceMs > before.sinceMs);
		t.is((committedEpoch ?? 0) > (before.committedEpoch ?? 0), goesOn, `${committedEpoch} behind ${before.committedEpoch}`);
		logTakeover(t, 'killDaemons', hostA.name, await linux.killDaemons());
	});
}

const PLAIN: Omit<GuestSettings, 'name'> = {
	machine: 'pc-i440fx-7.2',
	memoryMiB: 128,
	backend: 'memfd',
	cpu: 'qemu64',
	cpus: 1,
	mac: undefined,
	disk: undefined,
	rng: true,
	vga: 'none',
	load: {},
};

test.serial('a guest that cannot be kept in step is not protected, and it is said why, and what to do', async t => {
	const {lab, qemu, hostA} = await startQemuScene(t);
	const shared = {file: path.join(qemu.images, 'shared.img'), sharing: 'shared'} as const;
	const mirrored = {file: path.join(qemu.images, 'mirrored.img'), sharing: 'mirror'} as const;
	for (const {file} of [shared, mirrored]) makeDisk(file);
	const refused: ReadonlyArray<readonly [name: string, settings: Partial<GuestSettings>, says: RegExp]> = [
		['shared', {disk: shared}, /its disk \S+ is shared: .* \(cure: make it with sharing = "replicated"\)/],
		['mirrored', {disk: mirrored}, /its disk \S+ is mirrored write by write .* \(cure: make it with sharing = "replicated"\)/],
		['display', {vga: 'std'}, /it writes memory beside its main one \(.*vga\.vram.*\).*vga = "none"/],
	];
	const kernel = await buildTestGuest();
	for (const [name, settings, says] of refused) {
		const definition = path.join(lab.directory, `${name}.toml`);
		writeFileSync(definition, guestToml({...PLAIN, ...settings, name}, kernel));
		await hostA.mustCtl(['domain', 'create', '--qemu', definition]);
		const {status, stderr} = await hostA.ctl(['protect', name, 'host-b', '--detach']);
		t.is(status, 4, stderr);
		t.regex(stderr, says);
		t.is((await hostA.showDomain(name)).state, 'running', name);
	}
});
