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

for (const compression of ['zstd', 'lz4', 'auto'] as const) {
	for (const content of ['text', 'random'] as const) {
		test.serial(`--compression ${compression} moves a guest of ${content} whole`, async t => {
			const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
			await createGuest(hostA, {memory: '64MiB', content, rate: '20MB/s'});
			const args = ['--compression', compression, '--channels', compression === 'zstd' ? '2' : '1'];
			const result = await mustMigrate(t, hostA, hostB, {args});
			const {source, target} = readComparison(hostA.directory, result.id ?? '');
			t.deepEqual(source, target);
			const {bytesSent, savedBytes, pagesSent} = result;
			if (compression !== 'auto' && content === 'text')
				t.true(bytesSent < (pagesSent * 4096) / 1.2 && (savedBytes ?? 0) > 0, `${bytesSent} of ${pagesSent} pages`);
			if (content === 'random') t.true(bytesSent > pagesSent * 4096);
			await assertRunsIntact(t, lab, hostB);
		});
	}
}

test.serial('a compressed tee verifies, and makes the same guest', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA, {content: 'text'});
	const file = path.join(hostA.directory, 'tee.xl');
	const {bytesSent, savedBytes} = await mustMigrate(t, hostA, hostB, {args: ['--compression', 'zstd', '--tee', file]});
	t.true((savedBytes ?? 0) > 0);
	t.is(statSync(file).size, bytesSent);
	const verified = await hostA.ctl(['stream', 'verify', '--allow-sterna', file]);
	t.is(verified.status, 0, verified.stdout + verified.stderr);
	// Xen would not read it.
	t.is((await hostA.ctl(['stream', 'verify', file])).status, 1);
	await hostA.mustCtl(['restore', file, '--name', 'copy', '--paused']);
	const check = await hostA.ctl(['domain', 'check', 'copy']);
	t.is(check.status, 0, check.stdout + check.stderr);
	await assertRunsIntact(t, lab, hostB);
});

for (const content of ['zero', 'text', 'random'] as const) {
	test.serial(`a hot guest of ${content} moves whole with differences`, async t => {
		const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
		await createGuest(hostA, {memory: '64MiB', content, rate: '200MB/s', hot: '16MiB'});
		const args = [
			'--delta-cache',
			'32MiB',
			'--compression',
			content === 'text' ? 'zstd' : 'none',
			'--channels',
			content === 'zero' ? '2' : '1',
		];
		const result = await mustMigrate(t, hostA, hostB, {args: [...args, '--max-iterations', '10', '--dirty-threshold', '1']});
		const {source, target} = readComparison(hostA.directory, result.id ?? '');
		t.deepEqual(source, target);
		t.log(`${content}: ${result.pagesSent} pages, ${result.bytesSent} bytes, ${result.savedBytes} saved, ${result.zeroPages} zeros`);
		// A page of this guest that is written again has another header and the same zeros.
		if (content === 'zero') t.true((result.savedBytes ?? 0) > 0);
		await assertRunsIntact(t, lab, hostB);
	});
}
