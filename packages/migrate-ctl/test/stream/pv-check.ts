import test from 'ava';
import {jsonLines} from '../helpers/cli.ts';
import {
	libxc,
	page,
	pageData,
	pvStream,
	streamCommand,
	tablePage,
	TemporaryDirectory,
	type Entry,
	type PvGuest,
} from '../helpers/streams.ts';

/** Offsets in the basic context of a 64-bit guest, and of a 32-bit one. */
const RDX = 616;
const GDT_FRAMES = 4832;
const GDT_ENTRIES = 4960;
const CR1 = 4992;
const CR3 = 5008;
const NARROW = {edx: 524, gdtFrames: 2640, gdtEntries: 2704, cr3: 2728};

const PAGES: readonly Entry[] = [
	[0, 0, page(0)],
	[1, 0xc, tablePage(2)],
	[2, 0x3, tablePage()],
	[3, 0, page(0)],
	[4, 0x4, tablePage(1)],
	[5, 0xf],
];
const GUEST: PvGuest = {width: 8, endPfn: 7, p2mFrames: [3], pages: PAGES, vcpu: {[CR3]: 1n << 12n}};

async function fault(
	bytes: Uint8Array,
): Promise<{status: number; code: string | undefined; message: string | undefined; notChecked: string[]}> {
	using directory = new TemporaryDirectory();
	const {status, stdout} = await streamCommand('verify', directory.file('pv', bytes), '--json');
	const result = jsonLines(stdout).at(-1)?.['result'] as {fault: {code: string; message: string} | null; notChecked: string[]} | undefined;
	return {status, code: result?.fault?.code, message: result?.fault?.message, notChecked: result?.notChecked ?? []};
}

test('a PV guest whose frames are all there is right', async t => {
	const vcpu = {[CR3]: 1n << 12n, [CR1]: (4n << 12n) | 1n, [RDX]: 3n, [GDT_ENTRIES]: 513n, [GDT_FRAMES]: 0n, [GDT_FRAMES + 8]: 3n};
	t.deepEqual(await fault(pvStream({...GUEST, vcpu})), {status: 0, code: undefined, message: undefined, notChecked: []});
});

const WRONG: readonly (readonly [title: string, guest: Partial<PvGuest>, says: RegExp])[] = [
	[
		'the start-info page lies beyond the guest',
		{vcpu: {...GUEST.vcpu, [RDX]: 8n}},
		/start-info page is pfn 0x8, which lies beyond the guest, whose last page is 0x7/,
	],
	[
		'the start-info page is a page table',
		{vcpu: {...GUEST.vcpu, [RDX]: 2n}},
		/start-info page is pfn 0x2, which has page type 0x3, expected 0x0/,
	],
	['the start-info page was never sent', {vcpu: {...GUEST.vcpu, [RDX]: 6n}}, /start-info page is pfn 0x6, which the stream never sends/],
	['CR3 is an ordinary page', {vcpu: {[CR3]: 3n << 12n}}, /CR3 of vCPU 0 is pfn 0x3, which has page type 0x0, expected 0x4 or 0xc/],
	['CR3 is a table of another level', {vcpu: {[CR3]: 2n << 12n}}, /CR3 of vCPU 0 is pfn 0x2/],
	['CR3 is not present', {vcpu: {[CR3]: 5n << 12n}}, /CR3 of vCPU 0 is pfn 0x5, which has page type 0xf/],
	['CR1 is used and wrong', {vcpu: {...GUEST.vcpu, [CR1]: (3n << 12n) | 1n}}, /CR1 of vCPU 0 is pfn 0x3/],
	['a used GDT frame is wrong', {vcpu: {...GUEST.vcpu, [GDT_ENTRIES]: 513n, [GDT_FRAMES + 8]: 1n}}, /GDT frame 1 of vCPU 0 is pfn 0x1/],
	['the GDT is too large', {vcpu: {...GUEST.vcpu, [GDT_ENTRIES]: 7169n}}, /number of GDT entries of vCPU 0/],
	['a P2M frame is a page table', {p2mFrames: [1]}, /frame 0 of the P2M table is pfn 0x1/],
	['a P2M frame lies beyond the guest', {p2mFrames: [0x1000]}, /frame 0 of the P2M table is pfn 0x1000/],
	['a page table was superseded', {pages: [...PAGES, [1, 0, page(0)]]}, /CR3 of vCPU 0 is pfn 0x1, which has page type 0x0/],
];
for (const [title, guest, says] of WRONG) {
	test(`a PV guest is wrong where ${title}`, async t => {
		const {status, code, message} = await fault(pvStream({...GUEST, ...guest}));
		t.is(status, 1);
		t.is(code, 'ERR_PV_FRAME');
		t.regex(message ?? '', says);
	});
}

test('CR1 without its bit, and GDT frames beyond the used ones, are not looked at', async t => {
	const vcpu = {...GUEST.vcpu, [CR1]: 3n << 12n, [GDT_ENTRIES]: 512n, [GDT_FRAMES + 8]: 0xffffn};
	t.is((await fault(pvStream({...GUEST, vcpu}))).status, 0);
});

test('a present page-table entry beyond the guest is wrong, one that is not present may say anything', async t => {
	const table = tablePage(2, 0x1234, 2);
	const {code, message} = await fault(pvStream({...GUEST, pages: PAGES.with(1, [1, 0xc, table])}));
	t.is(code, 'ERR_PAGE_TABLE_ENTRY');
	t.regex(message ?? '', /entry 1 of page table 0x1 names pfn 0x1234, the guest ends at 0x7/);
	new DataView(table.buffer, table.byteOffset).setBigUint64(8, 0x1234_0066n, true);
	t.is((await fault(pvStream({...GUEST, pages: PAGES.with(1, [1, 0xc, table])}))).status, 0);
});

test('a store or console frame beyond the guest in the start-info page last sent is wrong', async t => {
	const startInfo = page(0);
	new DataView(startInfo.buffer).setBigUint64(56, 9n, true);
	const {code, message} = await fault(pvStream({...GUEST, pages: PAGES.with(0, [0, 0, startInfo])}));
	t.is(code, 'ERR_PV_FRAME');
	t.regex(message ?? '', /xenstore frame in the start-info page is pfn 0x9/);
	// Superseded by a right one.
	t.is((await fault(pvStream({...GUEST, pages: [...PAGES.with(0, [0, 0, startInfo]), [0, 0, page(0)]]}))).status, 0);
});

test('a 32-bit guest has its own layout and folds its CR3', async t => {
	// (pfn << 12) | (pfn >> 20), in 32 bits.
	const guest: PvGuest = {
		width: 4,
		endPfn: 7,
		p2mFrames: [3],
		pages: PAGES,
		vcpu: {[NARROW.cr3]: 2n << 12n, [NARROW.edx]: 3n, [NARROW.gdtEntries]: 1n, [NARROW.gdtFrames]: 3n},
	};
	t.is((await fault(pvStream(guest))).status, 0);
	t.regex(
		(await fault(pvStream({...guest, vcpu: {...guest.vcpu, [NARROW.cr3]: (2n << 12n) | 1n}}))).message ?? '',
		/CR3 of vCPU 0 is pfn 0x100002/,
	);
	t.regex((await fault(pvStream({...guest, vcpu: {...guest.vcpu, [NARROW.gdtFrames]: 1n}}))).message ?? '', /GDT frame 0/);
});

test('a checkpointed PV guest is checked at each checkpoint', async t => {
	const checkpoint = libxc('CHECKPOINT');
	const right = pvStream(GUEST, checkpoint);
	const broken = Buffer.concat([right, pageData([1, 0xf])]);
	t.is((await fault(broken)).status, 3);
	t.is((await fault(pvStream({...GUEST, vcpu: {[CR3]: 3n << 12n}}, checkpoint))).code, 'ERR_PV_FRAME');
});
