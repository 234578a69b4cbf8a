import {
	PAGE_SIZE_BYTES,
	PageType,
	StreamError,
	type DecodedRecord,
	type PageBatch,
	type StreamFault,
	type ZeroPages,
} from '@sterna/protocol';
import {framesOfVcpu, pvLayout, PvWords, type PvLayout} from './pv-layout.ts';
import type {PageVisitor} from './walk-stream.ts';

/** Most pfns whose types are remembered: 2^27 (512 GiB of guest) at half a byte each. */
const MAX_REMEMBERED_PFNS = 2 ** 27;
const PIN_BIT = 0x8;
/** Turns type nibbles so that 0 stands for the invalid type 8: never named. */
const TYPE_FLIP = 0x8;
const NEVER_NAMED = 0x8;
const TABLE_ENTRIES = 512;
const RECORD_HEADER_BYTES = 8;
const VCPU_HEAD_BYTES = 8;

/** Where the start-info page of a segment that closed is to be found, for who can look at page contents once more. */
export type StartInfo = {readonly pfn: number; readonly closedAt: number; readonly layout: PvLayout; readonly maxPfn: number};

/**
 * Checks what a PV guest could not start from, beyond the form of its records: the frames that its vCPUs and its P2M table name, and the
 * entries of its page tables. Throws StreamError ERR_PV_FRAME or ERR_PAGE_TABLE_ENTRY. Keeps half a byte a page, at most 64 MiB.
 */
export class PvChecker implements PageVisitor {
	#layout: PvLayout | undefined;
	#maxPfn = -1;
	#types: Uint8Array | undefined;
	#p2m: {readonly frames: Float64Array; readonly offset: number}[] = [];
	#vcpus: DecodedRecord[] = [];
	#startInfo: StartInfo | undefined;

	/** Whether this is the stream of a PV guest. */
	get isPv(): boolean {
		return this.#layout !== undefined;
	}

	/** Whether page types are remembered, and so frames can be checked. */
	get remembersTypes(): boolean {
		return this.#maxPfn < MAX_REMEMBERED_PFNS;
	}

	/** Of the last segment that closed. */
	get startInfo(): StartInfo | undefined {
		return this.#startInfo;
	}

	onRecord(record: DecodedRecord): void {
		const {fields, offset} = record;
		switch (fields.name) {
			case 'X86_PV_INFO':
				this.#layout = pvLayout(fields.guestWidth);
				return;
			case 'X86_PV_P2M_FRAMES':
				this.#p2m.push({frames: fields.frames, offset});
				this.#growTo(fields.endPfn);
				return;
			case 'X86_PV_VCPU_BASIC':
				if (fields.context.length > 0) this.#vcpus.push(record);
				return;
			case 'ZERO_PAGES':
				this.#onZeroPages(fields);
				return;
			case 'CHECKPOINT':
			case 'END':
				// END behind a checkpoint drops what came since; then there may be no vCPU at all.
				if (record.layer === 'libxc' && this.#vcpus.length > 0) this.#closeSegment(offset);
				return;
			default:
		}
	}

	onBatch({count, pfns, types}: PageBatch): void {
		const remembered = this.#types;
		if (remembered === undefined) return;
		for (let index = 0; index < count; index++) {
			remember(remembered, pfns[index] ?? 0, types[index] ?? 0);
		}
	}

	wantsPage(_pfn: number, type: number): boolean {
		return this.#layout !== undefined && type !== PageType.notab;
	}

	/** Every present entry of a page table names a page of the guest: bits 12 to 51 of the entry, where bit 0 is set. */
	onPage(page: Uint8Array, pfn: number, _type: number, offset: number): void {
		const view = new DataView(page.buffer, page.byteOffset, PAGE_SIZE_BYTES);
		for (let slot = 0; slot < TABLE_ENTRIES; slot++) {
			const low = view.getUint32(slot * 8, true);
			if ((low & 1) === 0) continue;
			const target = (view.getUint32(slot * 8 + 4, true) & 0x000f_ffff) * 2 ** 20 + (low >>> 12);
			if (target <= this.#maxPfn) continue;
			throw new StreamError({
				code: 'ERR_PAGE_TABLE_ENTRY',
				offset: offset + slot * 8,
				pfn,
				slot,
				target: hex(target),
				maxPfn: this.#maxPfn,
			});
		}
	}

	/** Looks at the start-info page, which the guest filled in before it was suspended. `offset`: of the page in the stream. */
	static checkStartInfo({layout, maxPfn}: StartInfo, page: Uint8Array, offset: number): StreamError | undefined {
		const words = new PvWords(page, layout.guestWidth);
		for (const [what, at] of [
			['the xenstore frame in the start-info page', layout.storeFrame],
			['the console frame in the start-info page', layout.consoleFrame],
		] as const) {
			const pfn = words.at(at);
			if (pfn > BigInt(maxPfn))
				return new StreamError({code: 'ERR_PV_FRAME', offset: offset + at, what, pfn: hex(pfn), problem: beyond(maxPfn)});
		}

		return undefined;
	}

	#onZeroPages({runs}: ZeroPages): void {
		if (this.#types === undefined) return;
		for (let index = 0; index < runs.length; index += 2) {
			const first = runs[index] ?? 0;
			const end = first + (runs[index + 1] ?? 0);
			for (let pfn = first; pfn < end; pfn++) remember(this.#types, pfn, PageType.notab);
		}
	}

	#closeSegment(closedAt: number): void {
		const layout = this.#layout;
		if (layout === undefined) return;
		for (const {fields, offset} of this.#vcpus) {
			if (fields.name !== 'X86_PV_VCPU_BASIC') continue;
			const contextOffset = offset + RECORD_HEADER_BYTES + VCPU_HEAD_BYTES;
			const {frames, problem} = framesOfVcpu(fields.context, fields.vcpuId, layout);
			for (const {what, pfn, at, mustBe} of frames) {
				const expected = mustBe === 'ordinary' ? [PageType.notab] : [layout.topLevelType, layout.topLevelType | PIN_BIT];
				this.#checkFrame(what, pfn, expected, contextOffset + at);
			}

			if (problem !== undefined) {
				throw new StreamError({
					code: 'ERR_PV_FRAME',
					offset: contextOffset + problem.at,
					what: problem.what,
					pfn: hex(problem.value),
					problem: 'is more than a GDT has',
				});
			}

			const [startInfo] = frames;
			if (fields.vcpuId === 0 && startInfo !== undefined)
				this.#startInfo = {pfn: Number(startInfo.pfn), closedAt, layout, maxPfn: this.#maxPfn};
		}

		for (const {frames, offset} of this.#p2m) {
			for (const [index, pfn] of frames.entries()) {
				this.#checkFrame(`frame ${index} of the P2M table`, BigInt(pfn), [PageType.notab], offset + RECORD_HEADER_BYTES + 8 + 8 * index);
			}
		}

		this.#vcpus = [];
	}

	#checkFrame(what: string, pfn: bigint, expected: readonly number[], offset: number): void {
		const problem = this.#frameProblem(pfn, expected);
		if (problem === undefined) return;
		const fault: StreamFault = {code: 'ERR_PV_FRAME', offset, what, pfn: hex(pfn), problem};
		throw new StreamError(fault);
	}

	#frameProblem(pfn: bigint, expected: readonly number[]): string | undefined {
		if (pfn > BigInt(this.#maxPfn)) return beyond(this.#maxPfn);
		if (this.#types === undefined) return undefined;
		const number = Number(pfn);
		const type = (((this.#types[number >>> 1] ?? 0) >>> ((number & 1) << 2)) & 0xf) ^ TYPE_FLIP;
		if (type === NEVER_NAMED) return 'the stream never sends';
		if (expected.includes(type)) return undefined;
		return `has page type ${hex(type)}, expected ${expected.map(value => hex(value)).join(' or ')}`;
	}

	#growTo(endPfn: number): void {
		if (endPfn <= this.#maxPfn) return;
		this.#maxPfn = endPfn;
		const grown = this.remembersTypes ? new Uint8Array(Math.floor(endPfn / 2) + 1) : undefined;
		if (grown !== undefined && this.#types !== undefined) grown.set(this.#types);
		this.#types = grown;
	}
}

/** Half a byte a page. */
function remember(types: Uint8Array, pfn: number, type: number): void {
	const at = pfn >>> 1;
	const shift = (pfn & 1) << 2;
	types[at] = ((types[at] ?? 0) & ~(0xf << shift)) | ((type ^ TYPE_FLIP) << shift);
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
const beyond = (maxPfn: number): string => `lies beyond the guest, whose last page is ${hex(maxPfn)}`;
