import {MAX_LISTED_QEMU_SECTIONS} from '../limits.ts';
import {readConfiguration} from './read-configuration.ts';
import type {QemuConfiguration, QemuSection, QemuState} from './qemu-state.ts';
import {type SectionEnd, SectionEnds, SectionType} from './section-end.ts';
import {StateReader, StateStop} from './state-reader.ts';

/** `QEVM`, big-endian. */
const MAGIC = 0x5145_564d;
const MAGIC_BYTES = 4;
const VERSION = 3;

/**
 * What is in a state that a QEMU wrote; undefined for bytes that do not begin as one does. Takes any bytes, and never throws: says where it stopped
 * understanding them, with what it found up to there. Its time grows with the number of bytes alone, and it lists at most 16,384 sections.
 */
export function parseQemuState(bytes: Uint8Array): QemuState | undefined {
	const reader = new StateReader(bytes);
	if (bytes.length < MAGIC_BYTES || reader.u32() !== MAGIC) return undefined;
	return new StateParser(reader).parse();
}

type SectionHead = Omit<QemuSection, 'length'>;

class StateParser {
	readonly #reader: StateReader;
	readonly #sections: QemuSection[] = [];
	/** What each started section said of itself, for its later parts. */
	readonly #started = new Map<number, SectionHead>();
	readonly #seen = new Set<number>();
	readonly #ends: SectionEnds;
	#version = 0;
	#configuration: QemuConfiguration | undefined;
	#hasFooters: boolean | undefined;
	#isWhole = false;
	#descriptionBytes: number | undefined;

	constructor(reader: StateReader) {
		this.#reader = reader;
		this.#ends = new SectionEnds(reader.bytes, {seen: this.#seen, started: this.#started});
	}

	parse(): QemuState {
		let stopped: QemuState['stopped'];
		try {
			this.#readAll();
		} catch (error) {
			if (!(error instanceof StateStop)) throw error;
			stopped = {offset: error.offset, because: error.message};
		}

		return {
			version: this.#version,
			configuration: this.#configuration,
			sections: this.#sections,
			hasFooters: this.#hasFooters,
			isWhole: this.#isWhole,
			descriptionBytes: this.#descriptionBytes,
			stopped,
		};
	}

	#readAll(): void {
		const reader = this.#reader;
		this.#version = reader.u32();
		if (this.#version !== VERSION) throw new StateStop(MAGIC_BYTES, `version ${this.#version} is not ${VERSION}, the only one known`);
		while (!this.#isWhole) {
			const offset = reader.at;
			if (reader.isAtEnd) throw new StateStop(offset, 'the state ends without its mark of the end');
			this.#readPart(reader.u8(), offset);
		}

		if (reader.isAtEnd) return;
		const offset = reader.at;
		if (reader.u8() !== SectionType.DESCRIPTION) throw new StateStop(offset, `${reader.bytes.length - offset} bytes stand behind the end`);
		const length = reader.u32();
		reader.skip(length);
		this.#descriptionBytes = length;
		if (!reader.isAtEnd) throw new StateStop(reader.at, `${reader.bytes.length - reader.at} bytes stand behind the description`);
	}

	#readPart(type: number, offset: number): void {
		const reader = this.#reader;
		switch (type) {
			case SectionType.EOF:
				this.#isWhole = true;
				return;
			case SectionType.CONFIGURATION:
				if (this.#configuration !== undefined || this.#sections.length > 0)
					throw new StateStop(offset, 'the configuration is not the first section');
				this.#configuration = readConfiguration(reader);
				return;
			case SectionType.START:
			case SectionType.FULL: {
				const id = reader.u32();
				if (this.#seen.has(id)) throw new StateStop(offset, `section ${id} is there twice`);
				const kind = type === SectionType.FULL ? 'full' : 'start';
				const head = {kind, offset, id, name: reader.name(), instance: reader.u32(), version: reader.u32()} as const;
				this.#seen.add(id);
				if (kind === 'start') this.#started.set(id, head);
				this.#readContent(head);
				return;
			}

			case SectionType.PART:
			case SectionType.END: {
				const id = reader.u32();
				const start = this.#started.get(id);
				if (start === undefined) throw new StateStop(offset, `section ${id} goes on, but was not started`);
				this.#readContent({...start, kind: type === SectionType.PART ? 'part' : 'end', offset});
				return;
			}

			case SectionType.COMMAND:
				reader.skip(2); // Its number.
				reader.skip(reader.u16());
				return;
			default:
				throw new StateStop(offset, `${type} is no type of section`);
		}
	}

	/** The section is listed once its end is known. */
	#readContent(head: SectionHead): void {
		const {at} = this.#reader;
		if (this.#sections.length === MAX_LISTED_QEMU_SECTIONS)
			throw new StateStop(head.offset, `there are more than ${MAX_LISTED_QEMU_SECTIONS} sections`);
		const found = this.#findEnd(head.id);
		if (found === undefined) throw new StateStop(head.offset, `section ${head.id}, ${head.name}, has no end`);
		this.#sections.push({...head, length: found.end - at});
		this.#reader.at = found.next;
	}

	/** Either every section has a footer or none has: the first one tells, by having one, or by having another section right behind it. */
	#findEnd(id: number): SectionEnd | undefined {
		const {at} = this.#reader;
		if (this.#hasFooters === true) return this.#ends.footer(at, id);
		if (this.#hasFooters === false) return this.#ends.nextHeader(at) ?? this.#ends.last(at);
		const footer = this.#ends.footer(at, id);
		const found = footer ?? this.#ends.nextHeader(at);
		if (found !== undefined) this.#hasFooters = footer !== undefined;
		return found;
	}
}
