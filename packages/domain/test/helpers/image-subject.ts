import {openSync} from 'node:fs';
import {LibxcRecordType, LibxlRecordType, PageType, type RawRecord} from '@sterna/protocol';
import {viewMemory} from '@sterna/system';
import type {ContractSubject} from '@sterna/domain/contract';
import {driverFor, type GuestPlace, type ImageDefinition, type TargetDomain} from '@sterna/domain';
import {imageFilesIn, imageHandle} from '../../src/drivers/image/image-files.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';

const PAGE = 4096;

/** An image as a Xen guest's: 1 MiB of pages at both ends of a sparse pfn space of 4 GiB. */
export function smallImage(guestType: 'pv' | 'hvm'): ImageDefinition {
	return {kind: 'image', name: 'xen1', uuid: crypto.randomUUID(), memoryBytes: 2 * 2 ** 20, pfnLimit: 2 ** 20, guestType};
}

const record = (layer: RawRecord['layer'], type: number, length: number): RawRecord => ({
	layer,
	type,
	body: Uint8Array.from({length}, (_, index) => (index * 7 + type) % 256),
});

/** Fills a target as a stream does: headers, static records, pages of all types, and at last the tail. */
export async function fillImage(target: TargetDomain, guestType: 'pv' | 'hvm'): Promise<void> {
	target.acceptHeaders({
		guestType,
		streamVersion: guestType === 'pv' ? 2 : 3,
		xenVersion: [4, 17],
		xlConfig: '{"c_info": {"name": "xen1"}}',
	});
	target.acceptStaticRecord(record('libxc', LibxcRecordType.X86_CPUID_POLICY, 48));
	target.acceptStaticRecord(record('libxc', LibxcRecordType.X86_MSR_POLICY, 32));
	if (guestType === 'pv') target.acceptStaticRecord(record('libxc', LibxcRecordType.X86_PV_P2M_FRAMES, 392));
	const {pageTypes, memory} = target;
	if (!pageTypes) throw new TypeError('an image has page types');
	const bytes = viewMemory(memory.address, memory.pageLimit * PAGE);
	for (const first of [0, 0xf_ef00]) {
		await memory.populate(first, 256);
		for (let pfn = first; pfn < first + 256; pfn++) {
			pageTypes[pfn] = guestType === 'pv' && pfn % 5 === 0 ? PageType.l1tab : PageType.notab;
			bytes.fill(pfn % 251, pfn * PAGE, (pfn + 1) * PAGE);
		}
	}

	pageTypes.fill(PageType.xtab, 256, 0x1000);
	pageTypes[0x1000] = PageType.broken;
	pageTypes[0x1001] = PageType.xalloc;
	await target.loadDeviceState({
		libxc: [
			record('libxc', LibxcRecordType.X86_TSC_INFO, 24),
			record('libxc', guestType === 'pv' ? LibxcRecordType.SHARED_INFO : LibxcRecordType.HVM_CONTEXT, 4096),
		],
		libxl:
			guestType === 'pv'
				? []
				: [record('libxl', LibxlRecordType.EMULATOR_XENSTORE_DATA, 60), record('libxl', LibxlRecordType.EMULATOR_CONTEXT, 6167)],
	});
}

/** The image driver as the contract suite needs it. */
export function imageSubject(guestType: 'pv' | 'hvm'): ContractSubject {
	const driver = driverFor('image');
	return {
		title: `${guestType} image`,
		driver,
		trackers: ['none'],
		reopensTargets: false,
		host: {},
		withoutClock: undefined,
		async makeGuest(place: GuestPlace) {
			const definition = smallImage(guestType);
			await using target = await driver.createTarget(definition, place);
			await fillImage(target, guestType);
			return {definition, handle: target.handle};
		},
		async mapMemory({definition: {pfnLimit, memoryBytes}, handle}) {
			const fd = openSync(imageFilesIn(imageHandle(handle).directory).memory, 'r');
			return Promise.resolve(mapGuestMemory({fd, pageLimit: pfnLimit, memoryBytes, writable: false}));
		},
		running: undefined,
	};
}
