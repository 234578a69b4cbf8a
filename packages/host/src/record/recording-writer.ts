import {LineFile} from './line-file.ts';
import {encodeRecordLine, type RecordFacts, type RecordLine} from './record-line.ts';
import {isThinned, Thinning} from './thinning.ts';

/** 4 MiB: of one side's file, whatever happens. */
export const MAX_RECORDING_BYTES = 4 * 1024 * 1024;

/** From here on a line that may be left out is. */
const THINNED_UNTIL_BYTES = 3 * 1024 * 1024;

/** Of `MAX_RECORDING_BYTES`: for how it ended. */
const END_BYTES = 64 * 1024;

/** So many lines of each kind that thinning leaves out are remembered for the end. */
const LAST_LINES = 64;

type Waiting = {readonly facts: RecordFacts; readonly atMs: number};

export type RecordingWriterOptions = {
	readonly file: string;
	readonly side: RecordLine['side'];
	/** Milliseconds since the Unix epoch, with fractions. */
	readonly nowMs: () => number;
};

/** Writes the lines of one migration's recording on one side. Takes no time that anybody waits for, and throws nothing. docs/spec/recording.md. */
export class RecordingWriter {
	readonly #file: LineFile;
	readonly #side: RecordLine['side'];
	readonly #nowMs: () => number;
	readonly #thinning: Thinning;
	/** Lines that not even became text yet, while it is held. */
	#held: Waiting[] | undefined;
	/** The latest that thinning left out, of each kind: how a migration ended is looked at closest. */
	readonly #leftOut = new Map<RecordFacts['kind'], Waiting[]>();

	constructor({file, side, nowMs}: RecordingWriterOptions) {
		this.#file = new LineFile({file});
		this.#side = side;
		this.#nowMs = nowMs;
		this.#thinning = new Thinning(nowMs());
	}

	/** Whether a line of this kind would be written now; one that is asked for counts as written. For those that take something to make. */
	admits(kind: RecordFacts['kind']): boolean {
		return this.#thinning.admits(kind, this.#nowMs());
	}

	/** A line that may be left out, unless it is one of the last: those are written ahead of the end. */
	writeThinned(facts: RecordFacts, atMs = this.#nowMs()): void {
		if (this.#thinning.admits(facts.kind, atMs)) {
			this.write(facts, atMs);
			return;
		}

		const left = this.#leftOut.get(facts.kind) ?? [];
		this.#leftOut.set(facts.kind, left);
		left.push({facts, atMs});
		if (left.length > LAST_LINES) left.shift();
	}

	/** `atMs`: of what is said; now, where it is not given. */
	write(facts: RecordFacts, atMs = this.#nowMs()): void {
		if (facts.kind === 'end') this.#writeLeftOut();
		if (this.#held === undefined) this.#append(facts, atMs);
		else this.#held.push({facts, atMs});
	}

	/** The guest is about to stand still: nothing is done until `release` but to remember lines. */
	hold(): void {
		this.#held ??= [];
		this.#file.hold();
	}

	release(): void {
		const held = this.#held ?? [];
		this.#held = undefined;
		for (const {facts, atMs} of held) this.#append(facts, atMs);
		this.#file.release();
	}

	/** Resolves when what was written so far can be read, or is lost; what is held stays so. Never rejects. */
	async flush(): Promise<void> {
		return this.#file.flush();
	}

	#writeLeftOut(): void {
		const left = [...this.#leftOut.values()].flat().toSorted((one, other) => one.atMs - other.atMs);
		this.#leftOut.clear();
		for (const {facts, atMs} of left) this.write(facts, atMs);
	}

	#append(facts: RecordFacts, atMs: number): void {
		const text = encodeRecordLine({atMs, side: this.#side, ...facts});
		if (this.#file.bytes + text.length > this.#limitFor(facts)) return;
		const lost = this.#file.takeLostLines();
		if (lost > 0)
			this.#append(
				{
					kind: 'note',
					text: lost === 1 ? '1 line was lost: the disk did not take it' : `${lost} lines were lost: the disk did not take them`,
				},
				atMs,
			);
		this.#file.append(text);
	}

	#limitFor({kind}: RecordFacts): number {
		if (isThinned(kind)) return THINNED_UNTIL_BYTES;
		return kind === 'end' || kind === 'downtime' ? MAX_RECORDING_BYTES : MAX_RECORDING_BYTES - END_BYTES;
	}
}
