/** The page size of every x86 guest, in bytes. Spec section 1 (page_shift 12). */
export const PAGE_SIZE_BYTES = 4096;
export const PAGE_SHIFT = 12;

/** Most pages in one batch, and so in one PAGE_DATA record that Xen writes. Spec section 5.3. */
export const MAX_BATCH_PAGES = 1024;

/** Guest page frame number: 0 … 2^52 − 1, a safe integer. Spec section 2.5. */
export type Pfn = number;

/** The type nibble of a page entry, bits 60–63 on the wire. Spec section 2.5, "Page types". */
export const PageType = {
	notab: 0x0,
	l1tab: 0x1,
	l2tab: 0x2,
	l3tab: 0x3,
	l4tab: 0x4,
	l1tabPinned: 0x9,
	l2tabPinned: 0xa,
	l3tabPinned: 0xb,
	l4tabPinned: 0xc,
	broken: 0xd,
	xalloc: 0xe,
	xtab: 0xf,
} as const;
export type PageType = (typeof PageType)[keyof typeof PageType];

/** Whether an entry of this type is followed by its page in the record. */
export function pageTypeHasData(type: number): boolean {
	return type <= 0x4 || (type >= 0x9 && type <= 0xc);
}

/** Whether the receiver allocates a frame for an entry of this type. */
export function pageTypeIsPopulated(type: number): boolean {
	return pageTypeHasData(type) || type === PageType.xalloc;
}

/** Whether the nibble is one that the format defines. */
export function isPageType(type: number): type is PageType {
	return type >= 0 && type <= 0xf && !(type >= 0x5 && type <= 0x8);
}

/** What a stream's domain header calls the guest: PVH guests are written as `hvm`. Spec section 2.2. */
export type GuestType = 'pv' | 'hvm';

/** Which layer of a stream a record belongs to. */
export type StreamLayer = 'libxc' | 'libxl';

/**
 * One record as bytes: type with its optional bit, and body without padding.
 * Integers in the body are in the byte order of the stream that it came from; Sterna writes little-endian only.
 */
export type RawRecord = {
	readonly layer: StreamLayer;
	readonly type: number;
	readonly body: Uint8Array;
};
