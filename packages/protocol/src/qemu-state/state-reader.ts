import {decodeLatin1} from '../text.ts';

const NAME = /^[\x20-\x7e]+$/;

/** The state ends, or stops making sense, at a place. Never leaves the parser. */
export class StateStop extends Error {
	override readonly name = 'StateStop';
	readonly offset: number;

	constructor(offset: number, because: string) {
		super(because);
		this.offset = offset;
	}
}

/** Reads big-endian values one behind the other. Every method throws StateStop where the bytes end. */
export class StateReader {
	at: number;
	readonly bytes: Uint8Array;
	readonly #view: DataView;

	constructor(bytes: Uint8Array, at = 0) {
		this.bytes = bytes;
		this.at = at;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	get isAtEnd(): boolean {
		return this.at === this.bytes.length;
	}

	/** Whether this byte comes next. */
	isNext(byte: number): boolean {
		return this.bytes[this.at] === byte;
	}

	u8(): number {
		return this.#view.getUint8(this.#take(1));
	}

	u16(): number {
		return this.#view.getUint16(this.#take(2));
	}

	u32(): number {
		return this.#view.getUint32(this.#take(4));
	}

	/** A name with its length in one byte before it. */
	name(): string {
		return this.text(this.u8());
	}

	/** A name of so many bytes: printable ASCII, not empty. */
	text(length: number): string {
		const start = this.#take(length);
		const text = decodeLatin1(this.bytes, start, start + length);
		if (!NAME.test(text)) throw new StateStop(start, 'a name is not printable text');
		return text;
	}

	skip(length: number): void {
		this.#take(length);
	}

	#take(length: number): number {
		const start = this.at;
		if (length > this.bytes.length - start) throw new StateStop(this.bytes.length, 'the state ends in the middle of a value');
		this.at += length;
		return start;
	}
}
