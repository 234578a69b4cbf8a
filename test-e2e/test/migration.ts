import test from 'ava';
import path from 'node:path';
import {MEMORY_HOOK_SETTINGS, readComparison} from '../src/memory-hook/comparison.ts';
import {assertFault} from './helpers/fault.ts';
import {migrate, mustMigrate} from './helpers/start.ts';
import {assertRunsIntact, createGuest, DOMAIN, startScene} from './helpers/scene.ts';

const BOTH_HOOKED = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};

test.serial('a guest under write load moves there and back: memories equal at the handover, each line once', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
	await createGuest(hostA, {memory: '64MiB', rate: '100MB/s'});
	for (const [from, to] of [[hostA, hostB] as const, [hostB, hostA] as const]) {
		const result = await mustMigrate(t, from, to);
		const {source, target} = readComparison(from.directory, result.id ?? '');
		t.is(source.bytes, 64 * 1024 * 1024);
		t.deepEqual(source, target);
		t.true(result.downtimeMs !== null && result.downtimeMs > 0 && result.downtimeMs <= result.totalMs);
		t.true(result.iterations >= 1 && result.pagesSent >= 16_384 && result.bytesSent > result.pagesSent * 4096);
		await assertRunsIntact(t, lab, to);
	}
});

test.serial('a single byte that differs at the handover is found, and the guest stays where it was', async t => {
	const spoil = {hooks: {'before-go': [process.execPath, path.join(import.meta.dirname, 'helpers/spoil-memory.ts')], timeout: '60s'}};
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-a': spoil}});
	await createGuest(hostA);
	const ended = await migrate(hostA, hostB);
	assertFault(t, ended, {
		code: 'ERR_HOOK',
		phase: 'handover',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 7,
	});
	t.regex(ended.error?.message ?? '', /memory differs/);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('the compare tracker moves a guest as well, and the log names it', async t => {
	const compare = {...MEMORY_HOOK_SETTINGS, sender: {tracker: 'compare'}};
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-a': compare, 'host-b': compare}});
	await createGuest(hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
	t.regex(hostA.daemon('sender').log, /compare/);
});

test.serial('a guest moves many times, and never loses a line or a write', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
	await createGuest(hostA, {memory: '64MiB', hot: '16MiB', rate: '200MB/s'});
	for (let round = 0; round < 5; round++) {
		await mustMigrate(t, hostA, hostB);
		await mustMigrate(t, hostB, hostA);
	}

	await assertRunsIntact(t, lab, hostA);
});

test.serial('several guests move at once, some of them the other way', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	const there = ['one', 'two', 'three'];
	const back = ['four', 'five'];
	for (const name of there) await createGuest(hostA, {name});
	for (const name of back) await createGuest(hostB, {name});
	await Promise.all([
		...there.map(async domain => mustMigrate(t, hostA, hostB, {domain})),
		...back.map(async domain => mustMigrate(t, hostB, hostA, {domain})),
	]);
	for (const name of there) await assertRunsIntact(t, lab, hostB, name);
	for (const name of back) await assertRunsIntact(t, lab, hostA, name);
});

test.serial('a guest that is mostly never-touched memory keeps its holes', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
	await hostA.mustCtl([
		'domain',
		'create',
		DOMAIN,
		'--memory',
		'256MiB',
		'--touched',
		'4MiB',
		'--pattern',
		'sequential',
		'--rate',
		'1MB/s',
		'--line-interval',
		'5ms',
	]);
	const {pagesSent} = await mustMigrate(t, hostA, hostB);
	t.true(pagesSent < 16_384, `${pagesSent} pages sent`);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a paused guest arrives paused, and runs on when it is told to', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await hostA.mustCtl(['domain', 'pause', DOMAIN]);
	await mustMigrate(t, hostA, hostB);
	t.is((await hostB.showDomain(DOMAIN)).state, 'paused');
	await hostB.mustCtl(['domain', 'resume', DOMAIN]);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('--paused leaves a running guest paused on the target', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await mustMigrate(t, hostA, hostB, {args: ['--paused']});
	t.is((await hostB.showDomain(DOMAIN)).state, 'paused');
	await hostB.mustCtl(['domain', 'resume', DOMAIN]);
	await assertRunsIntact(t, lab, hostB);
});
