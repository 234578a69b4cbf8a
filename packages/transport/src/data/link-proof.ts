import type {DataChannel, Digest} from '@sterna/protocol';
import {Xxh3Stream} from '@sterna/system';
import type {MappedMemory} from './messages.ts';
import {PageHasher} from './page-hasher.ts';
import {foldOf, type SharedPageHashes} from './page-hashes.ts';

/**
 * What one end of a data connection holds against the other end's: the hash of every byte on it that is not content of a page, and the
 * hashes of its pages. docs/spec/stream.md sections 10.5 and 10.8. Owns native memory until it is disposed of.
 */
export class LinkProof implements Disposable {
	readonly pages: PageHasher;
	/** Of the connection's pages, when the link began. */
	readonly #foldBefore: bigint;
	readonly #bytes: Xxh3Stream;
	#disposed = false;

	constructor(memory: MappedMemory, hashes: SharedPageHashes, channel: DataChannel) {
		this.pages = new PageHasher(memory, hashes);
		this.#foldBefore = foldOf(hashes, channel);
		this.#bytes = new Xxh3Stream(hashes.key);
	}

	/** The next bytes of the connection that are not content of a page. */
	addBytes(address: number, byteLength: number): void {
		this.#bytes.update(address, byteLength);
	}

	/** Of all bytes so far. */
	get bytesHash(): bigint {
		return this.#bytes.digest();
	}

	/** Of all pages of the connection: it costs nothing in the pause, however large the guest is. */
	get pagesFold(): bigint {
		return this.#foldBefore ^ this.pages.foldChange;
	}

	/** What a DIGEST record says whose header was the last that was added. */
	get digest(): Omit<Digest, 'name'> {
		return {bytesHash: this.bytesHash, pagesFold: this.pagesFold};
	}

	/** Of a checkpoint that ends here. */
	get checkpointDigest(): bigint {
		return this.bytesHash ^ this.pagesFold;
	}

	/** Idempotent. */
	[Symbol.dispose](): void {
		if (!this.#disposed) this.#bytes[Symbol.dispose]();
		this.#disposed = true;
	}
}
