import {PageBitmap} from '../../../../page-bitmap.ts';
import {BlockLog, type BlockRun, ChunkPool} from './block-log.ts';
import {BLOCK_BYTES} from './blocks.ts';

export type WriteLogOptions = {
	readonly sizeBytes: number;
	/** Bytes of an epoch from which on further writes wait for the next cut. */
	readonly limitBytes: number;
	/** Fills in what the disk has now, zeros behind its end. */
	readonly readBlock: (block: number, into: Uint8Array) => void;
};

type Phase =
	| {readonly name: 'off'}
	/** The disk is being copied, and what is written is only marked: it is copied later. `isBounded`: all of the disk was copied once. */
	| {readonly name: 'copying'; readonly marked: PageBitmap; written: number; isBounded: boolean}
	/** From the first cut on: what is written is kept. */
	| {readonly name: 'epochs'; log: BlockLog; failure: unknown};

/** Which of a disk's content a standby does not have yet. */
export class WriteLog {
	/** Told whenever `bytes` has changed. */
	onChange: (() => void) | undefined;
	readonly limitBytes: number;
	readonly #options: WriteLogOptions;
	readonly #pool: ChunkPool;
	#phase: Phase = {name: 'off'};
	/** Nobody waits until the next cut: the guest is about to stand still, and waits for its writes itself. */
	#isPassing = false;
	#room: PromiseWithResolvers<void> | undefined;

	constructor(options: WriteLogOptions) {
		this.#options = options;
		this.limitBytes = options.limitBytes;
		this.#pool = new ChunkPool(options.limitBytes);
	}

	/** Written since the last cut; before the first one, written and not copied again yet. An upper bound. */
	get bytes(): number {
		const phase = this.#phase;
		switch (phase.name) {
			case 'off':
				return 0;
			case 'copying':
				return Math.min(phase.written, phase.marked.count) * BLOCK_BYTES;
			case 'epochs':
				return phase.log.bytes;
		}
	}

	/** Whether the guest is told to stop, for the next cut. */
	get isAboutToCut(): boolean {
		return this.#isPassing && this.#phase.name === 'epochs';
	}

	/** Undefined where a write may be made now; else it is asked again when this resolves. */
	whenRoom(): Promise<void> | undefined {
		if (this.#isPassing || this.bytes < this.limitBytes || (this.#phase.name === 'copying' && !this.#phase.isBounded)) return undefined;
		this.#room ??= Promise.withResolvers();
		return this.#room.promise;
	}

	/** Has writes wait no longer than for the log to have room (false), or not at all until the next cut (true). */
	letPass(isPassing: boolean): void {
		this.#isPassing = isPassing;
		this.#wake();
	}

	/** A write that was made, which the disk has by now. */
	add(offset: number, bytes: Uint8Array): void {
		const phase = this.#phase;
		if (phase.name === 'copying') this.#mark(phase, runOf(offset, bytes.byteLength));
		else if (phase.name === 'epochs') this.#attempt(phase, () => phase.log.add(offset, bytes));
	}

	/** A write that failed, which the disk may have a part of. */
	addUnsure(offset: number, length: number): void {
		const phase = this.#phase;
		if (phase.name === 'copying') this.#mark(phase, runOf(offset, length));
		else if (phase.name === 'epochs') this.#attempt(phase, () => phase.log.addFromDisk(runOf(offset, length)));
	}

	/** Begins anew, unless it is copied already: these are to be copied, and whatever is written from now on. */
	start(runs: () => Iterable<BlockRun>): void {
		if (this.#phase.name === 'copying') return;
		this.stop();
		const marked = new PageBitmap(Math.ceil(this.#options.sizeBytes / BLOCK_BYTES));
		for (const {block, blocks} of runs()) marked.addRun(block, blocks);
		this.#phase = {name: 'copying', marked, written: 0, isBounded: false};
	}

	/**
	 * What is to be copied, in the disk's order, each in the moment at which it is to be read; ends early where the log is stopped. What is written
	 * behind it is left for another time; then not more is written than the limit allows.
	 */
	*takeMarked(maxBlocks: number): Generator<BlockRun> {
		const phase = this.#phase;
		if (phase.name !== 'copying') return;
		phase.written = 0;
		let from = 0;
		while (this.#phase === phase) {
			const run = phase.marked.nextRun(from, maxBlocks);
			if (run === undefined) break;
			from = run.pfn + run.pageCount;
			phase.marked.removeRun(run.pfn, run.pageCount);
			this.#changed();
			yield {block: run.pfn, blocks: run.pageCount};
		}

		phase.isBounded = true;
	}

	/**
	 * Ends an epoch: the caller's is what was written in it. What the copy has left is in the first one. Throws where a write could not be logged:
	 * the standby's disk is not in step any more then. Throws TypeError where nothing is logged.
	 */
	cut(): BlockLog {
		const phase = this.#phase;
		if (phase.name === 'off') throw new TypeError('nothing is logged');
		if (phase.name === 'epochs' && phase.failure !== undefined) throw new Error('a write could not be logged', {cause: phase.failure});
		const {log, next} =
			phase.name === 'copying' ? {log: this.#readMarked(phase.marked), next: this.#newLog()} : {log: phase.log, next: this.#newLog()};
		this.#phase = {name: 'epochs', log: next, failure: undefined};
		this.#isPassing = false;
		this.#changed();
		return log;
	}

	/** Forgets everything. Idempotent. */
	stop(): void {
		if (this.#phase.name === 'epochs') this.#phase.log[Symbol.dispose]();
		this.#phase = {name: 'off'};
		this.#isPassing = false;
		this.#changed();
	}

	#newLog(): BlockLog {
		return new BlockLog(this.#pool, this.#options.readBlock);
	}

	#readMarked(marked: PageBitmap): BlockLog {
		const log = this.#newLog();
		for (let run = marked.nextRun(0, Infinity); run !== undefined; run = marked.nextRun(run.pfn + run.pageCount, Infinity)) {
			log.addFromDisk({block: run.pfn, blocks: run.pageCount});
		}

		return log;
	}

	#mark(phase: Extract<Phase, {name: 'copying'}>, {block, blocks}: BlockRun): void {
		const before = phase.marked.count;
		phase.marked.addRun(block, blocks);
		phase.written += phase.marked.count - before;
		this.#changed();
	}

	/** The write itself succeeded: that it cannot be logged is told with the next cut. */
	#attempt(phase: Extract<Phase, {name: 'epochs'}>, log: () => void): void {
		try {
			log();
		} catch (error) {
			phase.failure ??= error;
		}

		this.#changed();
	}

	#changed(): void {
		if (this.bytes < this.limitBytes) this.#wake();
		this.onChange?.();
	}

	#wake(): void {
		this.#room?.resolve();
		this.#room = undefined;
	}
}

/** The blocks that some bytes are in. */
function runOf(offset: number, length: number): BlockRun {
	const block = Math.floor(offset / BLOCK_BYTES);
	return {block, blocks: Math.ceil((offset + length) / BLOCK_BYTES) - block};
}
