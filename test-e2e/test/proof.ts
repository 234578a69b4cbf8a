import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import test from 'ava';
import {guestMemoryPath} from '../src/hash-memory.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, startSceneThroughProxy} from './helpers/scene.ts';
import {beginMigration, mustMigrate, statusOf} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** A byte far from where the guest writes, and how much was sent when its page was. */
const UNTRACKED_OFFSET = 20 * MIB + 77;
const SENT_BEYOND_IT = 24 * MIB;

/** Changes a byte of a guest's memory through the file behind it: no tracker of the guest's own writes sees that. The guest is paused, or it would see it itself. */
async function writeUntracked(host: LabHost): Promise<void> {
	const fd = openSync(guestMemoryPath(await host.guestPid(DOMAIN)), 'r+');
	const byte = Buffer.alloc(1);
	readSync(fd, byte, 0, 1, UNTRACKED_OFFSET);
	byte.writeUInt8(byte.readUInt8() ^ 1);
	writeSync(fd, byte, 0, 1, UNTRACKED_OFFSET);
	closeSync(fd);
}

for (const proof of ['wire', 'audit', 'full'] as const) {
	test.serial(`a migration with --proof ${proof} names the digest of the memory on both hosts`, async t => {
		const {lab, hostA, hostB} = await startSceneThroughProxy(t);
		await createGuest(hostA);
		const result = await mustMigrate(t, hostA, hostB, {args: ['--proof', proof]});
		t.like(result, {proof, repairedPages: 0, interruptions: 0});
		t.regex(result.digest ?? '', /^[0-9a-f]{16}$/);
		t.is((await statusOf(hostB, result.id ?? '')).result?.digest, result.digest);
		t.true((await hostA.mustCtl(['status', result.id ?? ''])).includes(result.digest ?? 'none'));
		await assertRunsIntact(t, lab, hostB);
	});
}

test.serial('with --proof off nothing is hashed, and the guest arrives', async t => {
	const {lab, hostA, hostB} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	t.like(await mustMigrate(t, hostA, hostB, {args: ['--proof', 'off']}), {proof: 'off', digest: null});
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a write behind the back of the tracker ends an audited migration, and the guest stays at its source', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	await hostA.mustCtl(['domain', 'pause', DOMAIN]);
	proxy.throttle(8 * MIB);
	const run = beginMigration(hostA, hostB, {args: ['--proof', 'audit', '--compression', 'none']});
	await run.reached('a page that was sent', ({bytesSent}) => bytesSent > SENT_BEYOND_IT);
	await writeUntracked(hostA);
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_TRACKER',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b # behind a restart of the sender with --tracker compare',
		status: 7,
	});
	await writeUntracked(hostA); // As it was, for the guest's own check.
	await hostA.mustCtl(['domain', 'resume', DOMAIN]);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a write behind the back of the tracker is found with --proof full in the last pass, and sent', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	await hostA.mustCtl(['domain', 'pause', DOMAIN]);
	proxy.throttle(8 * MIB);
	const run = beginMigration(hostA, hostB, {args: ['--proof', 'full', '--compression', 'none']});
	await run.reached('a page that was sent', ({bytesSent}) => bytesSent > SENT_BEYOND_IT);
	await writeUntracked(hostA);
	const {status, result, text} = await run.ended;
	t.is(status, 0, text);
	t.like(result, {outcome: 'completed', repairedPages: 1});
	await writeUntracked(hostB);
	await hostB.mustCtl(['domain', 'resume', DOMAIN]);
	await assertRunsIntact(t, lab, hostB);
});
