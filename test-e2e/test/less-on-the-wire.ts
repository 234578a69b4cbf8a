import test from 'ava';
import {statSync} from 'node:fs';
import path from 'node:path';
import {MEMORY_HOOK_SETTINGS, readComparison} from '../src/memory-hook/comparison.ts';
import {mustMigrate} from './helpers/start.ts';
import {assertRunsIntact, createGuest, startScene} from './helpers/scene.ts';

const MIB = 1024 * 1024;
const GUEST_BYTES = 64 * MIB;
const GUEST_PAGES = GUEST_BYTES / 4096;
const BOTH_HOOKED = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};
/** Memory that is touched and all zeros, but for a small part that changes. */
const MOSTLY_ZEROS = {memory: '64MiB', content: 'zero', rate: '2MB/s', hot: '1MiB'} as const;

test.serial('a guest of zeros moves without them, there and back, and over several connections', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
	await createGuest(hostA, MOSTLY_ZEROS);
	for (const [from, to, args] of [[hostA, hostB, []] as const, [hostB, hostA, ['--channels', '3']] as const]) {
		const result = await mustMigrate(t, from, to, {args});
		const {source, target} = readComparison(from.directory, result.id ?? '');
		t.is(source.bytes, GUEST_BYTES);
		t.deepEqual(source, target);
		// Zeros that came as holes are holes of the next migration, which names none of them.
		if (from === hostA) t.true((result.zeroPages ?? 0) > GUEST_PAGES / 2, `${result.zeroPages} pages of zeros`);
		t.true(result.bytesSent < GUEST_BYTES / 4, `${result.bytesSent} bytes`);
		await assertRunsIntact(t, lab, to);
	}
});

test.serial("exactly Xen's stream has zeros in full", async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA, MOSTLY_ZEROS);
	const result = await mustMigrate(t, hostA, hostB, {args: ['--stream=xen']});
	t.is(result.zeroPages, 0);
	t.true(result.bytesSent > result.pagesSent * 4096);
	await assertRunsIntact(t, lab, hostB);
});

test.serial("the tee of a stream with Sterna's own records is verified as one, and makes the same guest", async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA, MOSTLY_ZEROS);
	const file = path.join(hostA.directory, 'tee.xl');
	const {bytesSent} = await mustMigrate(t, hostA, hostB, {args: ['--tee', file]});
	t.is(statSync(file).size, bytesSent);
	const verified = await hostA.ctl(['stream', 'verify', '--allow-sterna', file]);
	t.is(verified.status, 0, verified.stdout + verified.stderr);
	await assertRunsIntact(t, lab, hostB);
	await hostA.mustCtl(['restore', file, '--name', 'copy', '--paused']);
	const check = await hostA.ctl(['domain', 'check', 'copy']);
	t.is(check.status, 0, check.stdout + check.stderr);
});
