import test, {type ExecutionContext} from 'ava';
import {viewMemory} from '@sterna/system';
import {driverFor, type GuestEvent, type GuestMemory, type WorkloadDefinition} from '@sterna/domain';
import {mapMemoryOf} from '../../../src/drivers/workload/guest-connection.ts';
import type {ProcessHandle} from '../../../src/drivers/process-handle.ts';
import {smallWorkload, withClient} from '../../helpers/workload-subject.ts';
import {outputOf, startGuest, until} from '../../helpers/workshop.ts';

const PAGE = 4096;
const driver = driverFor('workload');

type Guest = {definition: WorkloadDefinition; handle: ProcessHandle};

/** The guest's memory, writable: what a faulty migration would have done to it. */
const tamper = async (guest: Guest, change: (bytes: Uint8Array) => void): Promise<void> => {
	const show = await withClient(guest, async client => client.request('show'));
	using memory: GuestMemory = mapMemoryOf(guest.definition, show, {writable: true});
	change(viewMemory(memory.address, memory.pageLimit * PAGE));
};

const startPaused = async (t: ExecutionContext, definition = smallWorkload()): Promise<Guest & Awaited<ReturnType<typeof startGuest>>> =>
	startGuest(t, definition, {mode: 'paused'});

/** What a full check says, once memory was tampered with. */
const findingAfter = async (t: ExecutionContext, change: (bytes: Uint8Array) => void): Promise<string | undefined> => {
	const guest = await startPaused(t);
	await tamper(guest, change);
	await using managed = await driver.manage(guest.definition, guest.handle, guest.place);
	const {badPages, firstBad, pagesChecked} = await managed.check();
	t.is(pagesChecked, guest.definition.memoryBytes / PAGE);
	t.is(badPages, firstBad === undefined ? 0 : 1);
	t.is((await managed.show()).state, firstBad === undefined ? 'paused' : 'crashed');
	if (firstBad !== undefined) t.true(outputOf(guest.place).includes(`${firstBad}\n`), 'it is said in the output as well');
	return firstBad;
};

test.serial('a full check finds nothing in a memory that is right', async t => {
	t.is(await findingAfter(t, () => undefined), undefined);
});

test.serial('a full check finds one wrong byte in a page that is never written', async t => {
	t.is(
		await findingAfter(t, bytes => {
			bytes[3000 * PAGE + 4000] = (bytes[3000 * PAGE + 4000] ?? 0) + 1;
		}),
		'CORRUPT pfn=3000 expected generation 0 found generation 0 of pfn 3000, torn or damaged',
	);
});

test.serial('a full check finds a page in the place of another', async t => {
	t.is(
		await findingAfter(t, bytes => bytes.copyWithin(7 * PAGE, 8 * PAGE, 9 * PAGE)),
		'CORRUPT pfn=7 expected generation 0 found generation 0 of pfn 8',
	);
});

test.serial('a full check finds a lost page', async t => {
	t.is(await findingAfter(t, bytes => bytes.fill(0, 7 * PAGE, 8 * PAGE)), 'CORRUPT pfn=7 expected generation 0 found a page of zeros');
});

test.serial('a full check finds a page where memory was never touched', async t => {
	t.is(
		await findingAfter(t, bytes => {
			bytes[4000 * PAGE] = 1;
		}),
		'CORRUPT pfn=4000 expected a page of zeros, never touched found bytes that are no page of a guest',
	);
});

test.serial('a page of an older generation crashes a running guest before it is overwritten', async t => {
	const guest = await startPaused(t, smallWorkload({pattern: 'sequential', rateBytesPerSecond: 40_000_000, content: 'text'}));
	let old = new Uint8Array(0);
	await tamper(guest, bytes => {
		old = bytes.slice(5 * PAGE, 6 * PAGE);
	});
	await withClient(guest, async client => client.request('resume'));
	// Page 5 is written by step 5 of the first round: its generation is 1 then.
	await until(async () => (await withClient(guest, async client => client.request('show'))).steps > 100);
	await withClient(guest, async client => client.request('pause'));
	await tamper(guest, bytes => bytes.set(old, 5 * PAGE));
	const source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	await using owned = source;
	const told = new Promise<GuestEvent>(resolve => {
		owned.onGuestEvent = resolve;
	});
	await owned.resume();
	const line = 'CORRUPT pfn=5 expected generation 1 found generation 0 of pfn 5';
	t.deepEqual(await told, {kind: 'exited', detail: `the guest crashed: ${line}`});
	t.true(outputOf(guest.place).includes(`${line}\n`));
	await t.throwsAsync(owned.saveDeviceState(), {name: 'DomainError', code: 'ERR_GUEST_CORRUPT'});
	await t.throwsAsync(owned.resume(), {name: 'DomainError', code: 'ERR_GUEST_CORRUPT'});
	await t.notThrowsAsync(owned.pause());
	await using managed = await driver.manage(guest.definition, guest.handle, guest.place);
	t.like(await managed.show(), {state: 'crashed', detail: {selfCheck: line}});
});

test.serial('the continuous check comes by every page, cold ones too', async t => {
	const guest = await startPaused(t, smallWorkload({rateBytesPerSecond: 0}, 2 ** 20));
	await tamper(guest, bytes => {
		bytes[200 * PAGE + 100] = 99;
	});
	await withClient(guest, async client => client.request('resume'));
	await until(async () => (await withClient(guest, async client => client.request('show'))).state === 'crashed');
	t.regex(outputOf(guest.place), /^CORRUPT pfn=200 /m);
});

for (const content of ['text', 'zero'] as const) {
	test.serial(`a guest of ${content} pages finds its memory right while it runs`, async t => {
		const guest = await startGuest(t, smallWorkload({content, pattern: 'random'}));
		await using managed = await driver.manage(guest.definition, guest.handle, guest.place);
		await until(async () => Number((await managed.show()).detail['steps']) > 5000);
		t.like(await managed.check(), {badPages: 0});
		t.is((await managed.show()).state, 'running');
	});
}
