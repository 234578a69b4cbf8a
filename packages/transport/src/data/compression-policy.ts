import type {Codec} from '@sterna/system';
import type {CompressionMode} from '../data-link.ts';

/** A way to compress. */
export type CompressionChoice = {readonly codec: Codec; readonly level: number};

/** What is to be done with the next pages: at most `maxPages` of them, compressed in one piece. */
export type CompressionOrder = CompressionChoice & {readonly maxPages: number};

/** Pages of a piece: the most that one record may have, 1 MiB. */
const PIECE_PAGES = 256;
/** Pages that a way is tried out on: some 0.1 ms of work on content that does not compress. */
const SAMPLE_PAGES = 64;
/** A way is tried again after so many bytes: what comes may be other than what came. */
const FIRST_INTERVAL_BYTES = 64 * 1024 * 1024;
/** While trying changes nothing, the interval doubles up to this. */
const MAX_INTERVAL_BYTES = 1024 * 1024 * 1024;
/** How much of a measurement the newest one is. */
const NEWEST_SHARE = 0.25;
/** Compression costs the receiver too, and measurements are what they are: it must be better by this. */
const ADVANTAGE = 1.15;
/** A slower way is worth trying when the faster one leaves the processor idle for a third of the time. */
const IDLE_SHARE = 0.67;

/** Contents that the faster level does not make smaller than this are not tried with a slower one. */
const SHRINKS_SHARE = 0.95;

/** The ways that are weighed, from fast to small. */
const WAYS: readonly CompressionChoice[] = [
	{codec: 'lz4', level: 1},
	{codec: 'zstd', level: 1},
	{codec: 'zstd', level: 3},
	{codec: 'zstd', level: 6},
];

type Way = CompressionChoice & {
	/** Of raw bytes; undefined = never tried. */
	nsPerByte: number | undefined;
	/** Compressed by raw bytes. */
	share: number;
	/** It is to be tried out in this round. */
	due: boolean;
};

/**
 * Whether and how pages are compressed: the way by which the most guest memory gets over this link in a second, given what each way was
 * seen to do with these contents, and how fast the link is. In mode `auto` not at all where the link is faster than the processor.
 * Pure: same calls, same answers.
 */
export class CompressionPolicy {
	readonly #ways: readonly Way[];
	readonly #mayPass: boolean;
	#linkBytesPerSecond: number | undefined;
	#rawBytes = 0;
	#current: Way | undefined;
	#intervalBytes = FIRST_INTERVAL_BYTES / 2;
	/** When the next round of trying begins. */
	#nextRoundAt = Infinity;

	/** `codecs`: those that both ends have. */
	constructor(mode: CompressionMode, codecs: readonly Codec[]) {
		this.#mayPass = mode === 'auto';
		this.#ways = WAYS.filter(({codec}) => codecs.includes(codec) && (mode === 'auto' || mode === codec)).map(({codec, level}) => ({
			codec,
			level,
			nsPerByte: undefined,
			share: 1,
			due: true,
		}));
	}

	/** The link takes so many bytes in a second; undefined while that is not known. */
	set linkBytesPerSecond(value: number | undefined) {
		this.#linkBytesPerSecond = value;
	}

	/** Asked before each piece. Undefined: the pages go as they are. */
	next(): CompressionOrder | undefined {
		if (this.#linkBytesPerSecond === undefined) return this.#mayPass ? undefined : order(this.#ways[0], PIECE_PAGES);
		if (this.#rawBytes >= this.#nextRoundAt) this.#beginRound();
		const due = this.#nextDue();
		if (due !== undefined) return order(due, SAMPLE_PAGES);
		const best = this.#best();
		if (this.#nextRoundAt === Infinity) this.#endRound(best);
		this.#current = best;
		return order(best, PIECE_PAGES);
	}

	/** Pages went as they are. */
	passed(rawBytes: number): void {
		this.#rawBytes += rawBytes;
	}

	/** A piece was compressed, to `wireBytes`: as many as raw where it does not become smaller. */
	compressed({codec, level}: CompressionChoice, rawBytes: number, wireBytes: number, durationNs: number): void {
		this.#rawBytes += rawBytes;
		const way = this.#ways.find(known => known.codec === codec && known.level === level);
		if (way === undefined) throw new TypeError(`${codec} ${level} was never chosen`);
		// What a trial says is of these contents; what was known may be of others.
		const weight = way.due || way.nsPerByte === undefined ? 1 : NEWEST_SHARE;
		way.due = false;
		way.nsPerByte = mix(way.nsPerByte ?? 0, durationNs / rawBytes, weight);
		way.share = mix(way.share, wireBytes / rawBytes, weight);
	}

	#beginRound(): void {
		this.#nextRoundAt = Infinity;
		for (const way of this.#ways) way.due = way !== this.#current;
	}

	/** The more often trying changes nothing, the more rarely it is done. */
	#endRound(best: Way | undefined): void {
		this.#intervalBytes = best === this.#current ? Math.min(MAX_INTERVAL_BYTES, this.#intervalBytes * 2) : FIRST_INTERVAL_BYTES;
		this.#nextRoundAt = this.#rawBytes + this.#intervalBytes;
	}

	/** A slower level is not worth a trial where the faster one takes all of the processor already, or does nothing. */
	#nextDue(): Way | undefined {
		for (const [index, way] of this.#ways.entries()) {
			if (!way.due) continue;
			if (this.#isWorthTrying(way, this.#ways[index - 1])) return way;
			way.due = false;
		}

		return undefined;
	}

	#isWorthTrying(way: Way, faster: Way | undefined): boolean {
		if (faster === undefined || faster.codec !== way.codec) return true;
		return faster.share < SHRINKS_SHARE && this.#rawRate(faster) < IDLE_SHARE * processorRate(faster);
	}

	#best(): Way | undefined {
		let best: Way | undefined;
		let bestRate = this.#mayPass ? (this.#linkBytesPerSecond ?? Infinity) * ADVANTAGE : 0;
		for (const way of this.#ways) {
			const rate = way.nsPerByte === undefined ? 0 : this.#rawRate(way);
			if (rate <= bestRate) continue;
			best = way;
			bestRate = rate;
		}

		return best;
	}

	/** Bytes of guest memory in a second: as fast as the processor compresses, or the link takes what comes of it. */
	#rawRate(way: Way): number {
		return Math.min(processorRate(way), (this.#linkBytesPerSecond ?? Infinity) / way.share);
	}
}

function order(way: Way | undefined, maxPages: number): CompressionOrder | undefined {
	return way === undefined ? undefined : {codec: way.codec, level: way.level, maxPages};
}

function processorRate({nsPerByte}: Way): number {
	return nsPerByte === undefined || nsPerByte === 0 ? Infinity : 1e9 / nsPerByte;
}

function mix(before: number, newest: number, weight: number): number {
	return before + (newest - before) * weight;
}
