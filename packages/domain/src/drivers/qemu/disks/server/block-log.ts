import {BLOCK_BYTES, MAX_PIECE_BLOCKS} from './blocks.ts';

/** Memory of a log is taken in pieces of 1 MiB. */
const CHUNK_BLOCKS = 256;

/** Chunks that a log gave back, for the next one: two epochs take turns. */
export class ChunkPool {
	readonly #free: Uint8Array<ArrayBuffer>[] = [];
	readonly #limit: number;

	/** Keeps what a log of this many bytes has; what is more is freed. */
	constructor(keptBytes: number) {
		this.#limit = Math.ceil(keptBytes / (CHUNK_BLOCKS * BLOCK_BYTES));
	}

	take(): Uint8Array<ArrayBuffer> {
		return this.#free.pop() ?? new Uint8Array(CHUNK_BLOCKS * BLOCK_BYTES);
	}

	giveBack(chunks: Uint8Array<ArrayBuffer>[]): void {
		this.#free.push(...chunks.splice(0, Math.max(0, this.#limit - this.#free.length)));
	}
}

/** Content of consecutive blocks. */
export type BlockRun = {readonly block: number; readonly blocks: number};

/**
 * What was written to a disk in an epoch: the blocks with the content that they have at its end, however often each was written. A block that is
 * written in part is completed from the disk.
 */
export class BlockLog implements Disposable {
	readonly #pool: ChunkPool;
	readonly #readBlock: (block: number, into: Uint8Array) => void;
	/** By block: which place of the chunks it has. */
	readonly #places = new Map<number, number>();
	readonly #chunks: Uint8Array<ArrayBuffer>[] = [];

	/** `readBlock` fills in what the disk has now, zeros behind its end. Throws where it cannot. */
	constructor(pool: ChunkPool, readBlock: (block: number, into: Uint8Array) => void) {
		this.#pool = pool;
		this.#readBlock = readBlock;
	}

	get bytes(): number {
		return this.#places.size * BLOCK_BYTES;
	}

	/** Takes what has just been written to the disk; the bytes are copied. Throws as `readBlock`. */
	add(offset: number, bytes: Uint8Array): void {
		let at = 0;
		while (at < bytes.byteLength) {
			const block = Math.floor((offset + at) / BLOCK_BYTES);
			const within = (offset + at) % BLOCK_BYTES;
			const length = Math.min(BLOCK_BYTES - within, bytes.byteLength - at);
			const isNew = !this.#places.has(block);
			const content = this.#contentOf(block);
			if (isNew && length < BLOCK_BYTES) this.#readBlock(block, content);
			else content.set(bytes.subarray(at, at + length), within);
			at += length;
		}
	}

	/** Takes the content that blocks have on the disk now. Throws as `readBlock`. */
	addFromDisk({block, blocks}: BlockRun): void {
		for (let at = block; at < block + blocks; at++) this.#readBlock(at, this.#contentOf(at));
	}

	/** Its blocks in the disk's order, in runs of a piece at most. */
	*runs(): Generator<BlockRun> {
		const blocks = Float64Array.from(this.#places.keys()).toSorted();
		let first = 0;
		for (let at = 1; at <= blocks.length; at++) {
			const [start = 0, next] = [blocks[first], blocks[at]];
			if (next === start + at - first && at - first < MAX_PIECE_BLOCKS) continue;
			yield {block: start, blocks: at - first};
			first = at;
		}
	}

	/** Copies the content of blocks that it has, one behind the other. */
	copyInto({block, blocks}: BlockRun, into: Uint8Array): void {
		for (let at = 0; at < blocks; at++) into.set(this.#contentOf(block + at), at * BLOCK_BYTES);
	}

	/** Gives its memory back: it is empty. */
	[Symbol.dispose](): void {
		this.#places.clear();
		this.#pool.giveBack(this.#chunks);
		this.#chunks.length = 0;
	}

	/** Where the content of a block is kept, from now on. */
	#contentOf(block: number): Uint8Array {
		let place = this.#places.get(block);
		if (place === undefined) {
			place = this.#places.size;
			this.#places.set(block, place);
			if (place % CHUNK_BLOCKS === 0) this.#chunks.push(this.#pool.take());
		}

		const within = (place % CHUNK_BLOCKS) * BLOCK_BYTES;
		const chunk = this.#chunks[Math.floor(place / CHUNK_BLOCKS)];
		if (chunk === undefined) throw new TypeError('a place without its chunk');
		return chunk.subarray(within, within + BLOCK_BYTES);
	}
}
