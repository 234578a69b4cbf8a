import {checkStream, exitStatusOfStream} from '@sterna/migrate-ctl/stream';
import {listParts, type Part} from './parts.ts';
import {type Range, SplicedSource} from './spliced-source.ts';

/** What `stream verify` says of a stream; `place` is where in the whole stream its fault is. */
export type Answer = {
	readonly status: 0 | 1 | 3;
	readonly code: string | undefined;
	readonly place: number | undefined;
	readonly wholeCheckpoints: number;
};

/** A good stream in memory that is spoilt again and again, and given to the code behind `migrate-ctl stream verify`. */
export class Trial {
	readonly bytes: Uint8Array;
	readonly parts: readonly Part[];
	/** By index of a part: the pieces of the stream in front of it that a reader's state there depends on. */
	readonly #needed: readonly (readonly Range[])[];

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
		this.parts = listParts(bytes);
		this.#needed = neededRanges(this.parts);
	}

	/** What is said of the whole stream, as it is now. */
	async whole(length = this.bytes.length): Promise<Answer> {
		return this.#check([{from: 0, to: length}]);
	}

	/**
	 * The same, given that nothing in front of the part with this index is spoilt. An HVM guest's reader keeps nothing of a PAGE_DATA record
	 * but that there was one; so all but the first of them are left out in front of the part, and what follows it is as it is.
	 */
	async from(index: number, length = this.bytes.length): Promise<Answer> {
		const from = this.parts[index]?.offset ?? 0;
		// The last piece may be empty: then the stream is cut right in front of the part.
		return this.#check([...(this.#needed[index] ?? []), {from: Math.min(from, length), to: length}]);
	}

	async #check(ranges: readonly Range[]): Promise<Answer> {
		const source = new SplicedSource(this.bytes, ranges);
		const {outcome} = await checkStream(source, {allowSterna: false});
		const {wholeCheckpoints} = outcome;
		const status = exitStatusOfStream(outcome);
		if (outcome.kind === 'whole') return {status, code: undefined, place: undefined, wholeCheckpoints};
		return {status, code: outcome.fault.code, place: source.placeOf(outcome.fault.offset), wholeCheckpoints};
	}
}

function neededRanges(parts: readonly Part[]): Range[][] {
	// A reader of a PV guest remembers the type of every page.
	const isPv = parts.some(({name}) => name.startsWith('libxc X86_PV_'));
	const needed: Range[][] = [];
	let ranges: Range[] = [];
	let hasPages = false;
	for (const {name, offset, end} of parts) {
		needed.push(ranges);
		const isPages = name === 'libxc PAGE_DATA';
		if (isPages && hasPages && !isPv) continue;
		// The next segment of a checkpointed stream must have pages of its own.
		hasPages = isPages || (hasPages && name !== 'libxl CHECKPOINT_END');
		const last = ranges.at(-1);
		ranges = last?.to === offset ? [...ranges.slice(0, -1), {from: last.from, to: end}] : [...ranges, {from: offset, to: end}];
	}

	return needed;
}
