/** Where a PV guest's basic vCPU context and start-info page keep what names pages. Offsets in bytes. docs/spec/stream.md section 4.5. */
export type PvLayout = {
	readonly guestWidth: 4 | 8;
	/** edx of vCPU 0: pfn of the start-info page. */
	readonly edx: number;
	readonly gdtFrames: number;
	readonly gdtEntryCount: number;
	readonly cr1: number;
	readonly cr3: number;
	/** Page type of the guest's top-level page table, without the pin bit. */
	readonly topLevelType: number;
	/** In the start-info page. */
	readonly storeFrame: number;
	readonly consoleFrame: number;
};

const LAYOUTS: Readonly<Record<4 | 8, PvLayout>> = {
	4: {
		guestWidth: 4,
		edx: 524,
		gdtFrames: 2640,
		gdtEntryCount: 2704,
		cr1: 2720,
		cr3: 2728,
		topLevelType: 3,
		storeFrame: 44,
		consoleFrame: 52,
	},
	8: {
		guestWidth: 8,
		edx: 616,
		gdtFrames: 4832,
		gdtEntryCount: 4960,
		cr1: 4992,
		cr3: 5008,
		topLevelType: 4,
		storeFrame: 56,
		consoleFrame: 72,
	},
};

/** Entries that one frame of a GDT holds, and the most that a guest may have. */
const GDT_ENTRIES_PER_FRAME = 512;
const MAX_GDT_ENTRIES = 7168;

export function pvLayout(guestWidth: 4 | 8): PvLayout {
	return LAYOUTS[guestWidth];
}

/** Reads the words of a context or page of a guest of this width; always little-endian, as x86 guests are. */
export class PvWords {
	readonly #view: DataView;
	readonly #width: 4 | 8;

	constructor(bytes: Uint8Array, width: 4 | 8) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		this.#width = width;
	}

	at(offset: number): bigint {
		return this.#width === 8 ? this.#view.getBigUint64(offset, true) : BigInt(this.#view.getUint32(offset, true));
	}

	/** The pfn in a control register as the stream has it: plain in 64-bit guests, folded in 32-bit ones. */
	tablePfn(offset: number): bigint {
		const value = this.at(offset);
		if (this.#width === 8) return value >> 12n;
		return (value >> 12n) | ((value & 0xfffn) << 20n);
	}
}

/** A frame that a vCPU names, and where in its context. */
export type NamedFrame = {
	readonly what: string;
	readonly pfn: bigint;
	readonly at: number;
	readonly mustBe: 'ordinary' | 'top-level table';
};

/** Every frame that the basic context of a vCPU names. `problem`: the context cannot be read that far. */
export function framesOfVcpu(
	context: Uint8Array,
	vcpuId: number,
	layout: PvLayout,
): {readonly frames: NamedFrame[]; readonly problem: {readonly what: string; readonly value: bigint; readonly at: number} | undefined} {
	const words = new PvWords(context, layout.guestWidth);
	const frames: NamedFrame[] = [];
	const of = `of vCPU ${vcpuId}`;
	if (vcpuId === 0) {
		// The register's low half: a pfn of a start-info page in any guest.
		frames.push({what: 'the start-info page', pfn: words.at(layout.edx), at: layout.edx, mustBe: 'ordinary'});
	}

	frames.push({what: `CR3 ${of}`, pfn: words.tablePfn(layout.cr3), at: layout.cr3, mustBe: 'top-level table'});
	// CR1 holds the table of a 64-bit guest's user mode, if bit 0 says so.
	if (layout.guestWidth === 8 && (words.at(layout.cr1) & 1n) === 1n) {
		frames.push({what: `CR1 ${of}`, pfn: words.tablePfn(layout.cr1), at: layout.cr1, mustBe: 'top-level table'});
	}

	const gdtEntries = words.at(layout.gdtEntryCount);
	if (gdtEntries > BigInt(MAX_GDT_ENTRIES))
		return {frames, problem: {what: `the number of GDT entries ${of}`, value: gdtEntries, at: layout.gdtEntryCount}};
	for (let index = 0; index * GDT_ENTRIES_PER_FRAME < Number(gdtEntries); index++) {
		const at = layout.gdtFrames + index * layout.guestWidth;
		frames.push({what: `GDT frame ${index} ${of}`, pfn: words.at(at), at, mustBe: 'ordinary'});
	}

	return {frames, problem: undefined};
}
