/** First bytes of the parts of a state. QEMU, migration/savevm.h. */
export const SectionType = {
	EOF: 0,
	START: 1,
	PART: 2,
	END: 3,
	FULL: 4,
	SUBSECTION: 5,
	DESCRIPTION: 6,
	CONFIGURATION: 7,
	COMMAND: 8,
} as const;

/** First byte of the footer behind a section; the section's id follows. */
const FOOTER_TYPE = 0x7e;
const FOOTER_BYTES = 5;
/** Type and id, which every section's header begins with. */
const HEAD_BYTES = 5;
/** Instance and version, behind the name. */
const TAIL_BYTES = 8;

/** Instances and versions of devices are small numbers: what is larger is no section's header. */
const MAX_PLAUSIBLE_INSTANCE = 0xffff;
const MAX_PLAUSIBLE_VERSION = 0xff;

/** Ids of this section and of those before it. */
export type KnownIds = {
	/** Of sections that came whole, or were started. */
	readonly seen: {has(id: number): boolean};
	/** Of sections that were started, and can have more parts. */
	readonly started: {has(id: number): boolean};
};

/** `next`: where what follows the section begins. Both are offsets into the state. */
export type SectionEnd = {readonly end: number; readonly next: number};

/**
 * Finds where sections end, as none says how long it is. State that a device holds for its guest could imitate an end: what is found is for people
 * to look at, and nothing may depend on it. Each search takes a time that grows with the bytes it steps over, whatever they hold.
 */
export class SectionEnds {
	readonly #bytes: Uint8Array;
	readonly #view: DataView;
	readonly #known: KnownIds;

	constructor(bytes: Uint8Array, known: KnownIds) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#known = known;
	}

	/** At the first footer of section `id` from `start` on behind which something stands that may. */
	footer(start: number, id: number): SectionEnd | undefined {
		const bytes = this.#bytes;
		for (let end = bytes.indexOf(FOOTER_TYPE, start); end !== -1; end = bytes.indexOf(FOOTER_TYPE, end + 1)) {
			const next = end + FOOTER_BYTES;
			if (next > bytes.length) return undefined;
			if (this.#view.getUint32(end + 1) === id && this.#canFollow(next)) return {end, next};
		}

		return undefined;
	}

	/** Of a section without a footer, as in states of a QEMU that serves Xen: before the first bytes that can be the header of another one. */
	nextHeader(start: number): SectionEnd | undefined {
		const bytes = this.#bytes;
		for (let end = bytes.indexOf(SectionType.FULL, start); end !== -1; end = bytes.indexOf(SectionType.FULL, end + 1)) {
			if (this.#isFullHeader(end)) return {end, next: end};
		}

		return undefined;
	}

	/** Of the last section, without a footer: before the mark of the end, if that is what the last byte is. */
	last(start: number): SectionEnd | undefined {
		const end = this.#bytes.length - 1;
		return end >= start && this.#bytes[end] === SectionType.EOF ? {end, next: end} : undefined;
	}

	/** Whether what is there may stand behind a section. What is cut off is given the benefit of the doubt. */
	#canFollow(at: number): boolean {
		const left = this.#bytes.length - at;
		if (left === 0) return true;
		switch (this.#bytes[at]) {
			case SectionType.EOF:
				return left === 1 || this.#bytes[at + 1] === SectionType.DESCRIPTION;
			case SectionType.START:
			case SectionType.FULL:
				return left < HEAD_BYTES || (!this.#known.seen.has(this.#view.getUint32(at + 1)) && this.#canBeName(at + HEAD_BYTES));
			case SectionType.PART:
			case SectionType.END:
				return left < HEAD_BYTES || this.#known.started.has(this.#view.getUint32(at + 1));
			case SectionType.COMMAND: // u16 number, u16 length.
				return left < HEAD_BYTES || this.#view.getUint16(at + 3) <= left - HEAD_BYTES;
			default:
				return false;
		}
	}

	#isFullHeader(at: number): boolean {
		const nameAt = at + HEAD_BYTES;
		const tailAt = nameAt + 1 + (this.#bytes[nameAt] ?? 0);
		if (tailAt + TAIL_BYTES > this.#bytes.length) return false;
		if (this.#view.getUint32(tailAt) > MAX_PLAUSIBLE_INSTANCE || this.#view.getUint32(tailAt + 4) > MAX_PLAUSIBLE_VERSION) return false;
		return !this.#known.seen.has(this.#view.getUint32(at + 1)) && this.#canBeName(nameAt);
	}

	/** A length and so many printable characters, as far as they are there. */
	#canBeName(at: number): boolean {
		const length = this.#bytes[at];
		if (length === undefined) return true;
		const end = Math.min(at + 1 + length, this.#bytes.length);
		for (let index = at + 1; index < end; index++) {
			const character = this.#bytes[index] ?? 0;
			if (character < 0x20 || character > 0x7e) return false;
		}

		return length > 0;
	}
}
