import {
	LibxlRecordType,
	PAGE_SIZE_BYTES,
	PageCodec,
	PageType,
	SternaRecordType,
	StreamDecoder,
	type DecodedRecord,
	type PageBatch,
	type StreamHandler,
	type StreamHeader,
	type ZeroPages,
} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import type {MappedMemory, OpenReceive, WorkerEvent} from './messages.ts';
import {PageAdmission} from './page-admission.ts';
import {PageDecompressor} from './page-decompressor.ts';
import {PageScatter} from './page-scatter.ts';
import {PageStore, StagedPages} from './page-store.ts';
import {ReceivedProof} from './received-proof.ts';
import type {VectorWindow} from './vector-window.ts';

const RECORD_HEADER_BYTES = 8;
const ALIGNMENT = 8;
/**
 * Of Sterna's own: a barrier is between the links of a migration, and where reading stops at it, the reader says so; a digest is between the two
 * ends of one; a heartbeat has said all by coming.
 */
const SAYS_NOTHING_TO_THE_MAIN_THREAD: ReadonlySet<number> = new Set([
	SternaRecordType.BARRIER,
	SternaRecordType.DIGEST,
	SternaRecordType.HEARTBEAT,
]);
/** In `stagedTypes`: not named by the checkpoint under way. Not a nibble. */
const NOT_NAMED = 0xff;

export type StreamApplierOptions = Pick<
	OpenReceive,
	'begins' | 'dataChannel' | 'mode' | 'pageTypes' | 'populatedPagesLimit' | 'targetPages' | 'keepsHoles' | 'pageHashes'
> & {
	readonly memory: MappedMemory;
	readonly onEvent: (event: WorkerEvent) => void;
};

/**
 * What a received stream does to the guest: pages go into its memory, records to the main thread. From the first whole checkpoint
 * on, pages wait in staging until their checkpoint is whole (CHECKPOINT_END); what is held when the stream ends is dropped.
 */
export class StreamApplier implements StreamHandler {
	readonly decoder: StreamDecoder;
	readonly #options: StreamApplierOptions;
	readonly #store: PageStore;
	readonly #admission: PageAdmission;
	readonly #scatter = new PageScatter();
	readonly #proof: ReceivedProof | undefined;
	#decompressor: PageDecompressor | undefined;
	#workBytes = 0;
	#staged: StagedPages | undefined;
	#stagedTypes: Uint8Array | undefined;
	#batch: PageBatch | undefined;
	#batchPages = 0;
	#xlConfig: string | undefined;
	#version: 2 | 3 = 3;
	#recordsEnd = 0;
	#appliedBytes = 0;
	#pagesReceived = 0;
	#wholeCheckpoints = 0;

	constructor(options: StreamApplierOptions) {
		this.#options = options;
		const {memory, populatedPagesLimit, targetPages, pageTypes, begins, dataChannel, mode, pageHashes} = options;
		this.#store = new PageStore(memory, targetPages.backed);
		this.#proof = pageHashes === undefined ? undefined : new ReceivedProof(memory, pageHashes, dataChannel);
		this.#admission = new PageAdmission({
			pages: targetPages,
			channel: dataChannel,
			populatedLimit: populatedPagesLimit,
			ordinaryOnly: pageTypes === undefined,
		});
		this.decoder = new StreamDecoder(
			{begins, mode, strict: false, sternaRecords: true, stopsAtBarriers: dataChannel.count > 1, pfnLimit: memory.pageLimit},
			this,
		);
	}

	/** Everything before this stream offset has reached the guest's memory or the main thread; what is held has not. */
	get appliedBytes(): number {
		// Padding behind the pages of a record has no part in them, and may still be on its way.
		return Math.min(this.#appliedBytes, this.decoder.offset);
	}

	/** Bytes of memory that were written without being read from the channel: work that its reader cannot see. */
	get workBytes(): number {
		return this.#workBytes;
	}

	/** Pages with content, or of zeros, so far. */
	get pagesReceived(): number {
		return this.#pagesReceived;
	}

	/** Gives bytes at `address` to the decoder, as `StreamDecoder.push` has it; returns how many it took. */
	push(bytes: Uint8Array, address: number): number {
		this.#proof?.begin(address, this.decoder.offset);
		const taken = this.decoder.push(bytes);
		this.#proof?.decodedTo(this.decoder.offset);
		return taken;
	}

	/** Fills an empty window with the next page bytes of the record at hand, leaving room for one entry. True when these are its last. */
	fillPages(window: VectorWindow): boolean {
		const batch = this.#batch;
		if (batch?.codec !== undefined) {
			this.#needDecompressor().fill(window, batch);
			return true;
		}

		this.#scatter.fill(window, this.#staged?.store ?? this.#store);
		return this.#scatter.done;
	}

	/** Reports that page bytes were moved into the last window. */
	pageBytesMoved(byteCount: number): void {
		if (this.#batch?.codec !== undefined) this.#needDecompressor().moved(byteCount);
		else this.#proof?.pageBytesMoved(byteCount);
		this.decoder.pageBytesTaken(byteCount);
		if (this.decoder.pageBytesWanted === 0) this.#endBatch();
	}

	onHeader(header: StreamHeader): void {
		switch (header.kind) {
			case 'xl':
				this.#xlConfig = header.config;
				break;
			case 'image':
				assertLittleEndian(header.byteOrder);
				this.#version = header.version;
				break;
			case 'domain':
				this.#options.onEvent({
					kind: 'headers',
					guestType: header.guestType,
					version: this.#version,
					xenVersion: [header.xenMajor, header.xenMinor],
					xlConfig: this.#xlConfig,
				});
				break;
			case 'libxl':
				assertLittleEndian(header.byteOrder);
				break;
			default:
				return header satisfies never;
		}

		this.#advance(header.offset + header.length);
	}

	onRecord(record: DecodedRecord): void {
		const {layer, type, body, offset, length, fields} = record;
		this.#prove(record);
		if (fields.name === 'ZERO_PAGES') this.#clearPages(fields, offset);
		else if (!SAYS_NOTHING_TO_THE_MAIN_THREAD.has(type)) this.#options.onEvent({kind: 'record', layer, type, body, offset});
		this.#advance(offset + RECORD_HEADER_BYTES + Math.ceil(length / ALIGNMENT) * ALIGNMENT);
		if (layer === 'libxl' && type === LibxlRecordType.CHECKPOINT_END) this.#endCheckpoint(offset);
	}

	onRecordHeader({type}: Pick<DecodedRecord, 'type'>): void {
		if (type === SternaRecordType.DIGEST) this.#proof?.onDigestHeader(this.decoder.offset);
	}

	onPageData(batch: PageBatch): void {
		// What is held back is not in the guest's memory, which a difference refers to.
		if (batch.codec === PageCodec.delta && this.#staged !== undefined) {
			const message = `the record at byte ${batch.offset} of the stream has differences, behind a checkpoint`;
			throw new LinkError({code: 'ERR_STREAM', message});
		}

		const pages = this.#admission.admit(batch);
		// Between two Sternas a page without content is one of zeros.
		this.#batchPages = this.#options.keepsHoles ? pages : batch.dataPages;
		// A page without content leaves what was there before as it is, so that it never waits in staging.
		if (!this.#options.keepsHoles && batch.dataPages < batch.count) this.#backAllocated(batch);
		this.#staged?.hold(batch);
		this.#nameTypes(batch);
		this.#batch = batch;
		this.#proof?.beginBatch(batch);
		if (batch.dataPages === 0) this.#endBatch();
		else if (batch.codec !== undefined) this.#needDecompressor().begin();
		else this.#scatter.begin(batch);
	}

	/** Frees the staging, and what hashing needs. What the memory has of a record that did not come whole is in the table. Idempotent. */
	close(): void {
		if (this.#batch?.codec === undefined) this.#proof?.broughtNoMore();
		this.#batch = undefined;
		this.#proof?.[Symbol.dispose]();
		this.#staged?.[Symbol.dispose]();
		this.#staged = undefined;
		this.#decompressor?.[Symbol.dispose]();
		this.#decompressor = undefined;
	}

	/** Holds a digest against what came; before anything is made of the record. */
	#prove({fields, layer, type, offset}: DecodedRecord): void {
		const proof = this.#proof;
		if (proof === undefined) return;
		if (fields.name === 'DIGEST') proof.onDigest(fields, offset);
		else if (layer === (this.#options.begins === 'pages' ? 'libxc' : 'libxl') && type === LibxlRecordType.END) proof.onEnd(offset);
		else if (fields.name !== 'STERNA') proof.onOther();
	}

	#clearPages(zeroPages: ZeroPages, offset: number): void {
		this.#admission.admitZeroPages(zeroPages, offset);
		const {runs, pageCount} = zeroPages;
		this.#staged?.holdZeroPages(zeroPages);
		const named = this.#namedTypes;
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const count = runs[index + 1] ?? 0;
			if (this.#staged === undefined) this.#store.clear(pfn, count);
			named?.fill(PageType.notab, pfn, pfn + count);
		}

		this.#proof?.zerosNamed(runs);

		this.#pagesReceived += pageCount;
		this.#workBytes += pageCount * PAGE_SIZE_BYTES;
	}

	#needDecompressor(): PageDecompressor {
		this.#decompressor ??= new PageDecompressor();
		return this.#decompressor;
	}

	/** Gives memory to the pages that come without content, a run of them at a time. */
	#backAllocated({pfns, types, count}: PageBatch): void {
		let index = 0;
		while (index < count) {
			if (types[index] !== PageType.xalloc) {
				index += 1;
				continue;
			}

			const pfn = pfns[index] ?? 0;
			let pageCount = 1;
			while (index + pageCount < count && types[index + pageCount] === PageType.xalloc && pfns[index + pageCount] === pfn + pageCount)
				pageCount += 1;
			this.#store.back(pfn, pageCount);
			index += pageCount;
		}
	}

	get #namedTypes(): Uint8Array | undefined {
		return this.#staged === undefined ? this.#options.pageTypes : this.#stagedTypes;
	}

	#nameTypes({pfns, types, count}: PageBatch): void {
		const named = this.#namedTypes;
		if (named === undefined) return;
		for (let index = 0; index < count; index++) named[pfns[index] ?? 0] = types[index] ?? 0;
	}

	#endBatch(): void {
		const batch = this.#batch;
		if (batch === undefined) throw new TypeError('pages of no batch');
		if (batch.codec !== undefined) {
			this.#decompress(batch, this.#staged?.store ?? this.#store);
			this.#proof?.pagesMade(batch);
			this.#workBytes += batch.count * PAGE_SIZE_BYTES;
		}

		this.#batch = undefined;
		this.#pagesReceived += this.#batchPages;
		this.#advance(batch.offset + RECORD_HEADER_BYTES + Math.ceil(batch.length / ALIGNMENT) * ALIGNMENT);
	}

	/** A link that is lost by this may be followed by another, whose proof must not take the pages for what they were. */
	#decompress(batch: PageBatch, store: PageStore): void {
		try {
			this.#needDecompressor().apply(batch, store);
		} catch (error) {
			this.#proof?.pagesSpoiled(batch, pfn => store.isBacked(pfn));
			throw error;
		}
	}

	#advance(recordsEnd: number): void {
		this.#recordsEnd = recordsEnd;
		if (this.#staged === undefined) this.#appliedBytes = recordsEnd;
	}

	/** Everything so far belongs to a whole checkpoint: it becomes the guest, and what follows is held. */
	#endCheckpoint(offset: number): void {
		const {pageTypes, memory} = this.#options;
		if (this.#staged === undefined) {
			this.#staged = new StagedPages(memory.pageLimit);
			if (pageTypes !== undefined) this.#stagedTypes = new Uint8Array(memory.pageLimit).fill(NOT_NAMED);
		} else {
			this.#staged.applyTo(this.#store);
			if (pageTypes !== undefined && this.#stagedTypes !== undefined) applyTypes(this.#stagedTypes, pageTypes);
		}

		this.#appliedBytes = this.#recordsEnd;
		this.#wholeCheckpoints += 1;
		this.#options.onEvent({kind: 'checkpoint', wholeCheckpoints: this.#wholeCheckpoints, offset});
	}
}

function applyTypes(staged: Uint8Array, pageTypes: Uint8Array): void {
	for (let pfn = 0; pfn < staged.length; pfn++) {
		const type = staged[pfn] ?? NOT_NAMED;
		if (type !== NOT_NAMED) pageTypes[pfn] = type;
	}

	staged.fill(NOT_NAMED);
}

/** No x86 guest is big-endian: its records could be listed, but nothing here could run or write them. Spec section 12, H5 and L3. */
function assertLittleEndian(byteOrder: 'little' | 'big'): void {
	if (byteOrder === 'big')
		throw new LinkError({code: 'ERR_NOT_SUPPORTED', message: 'the stream is big-endian: it can be inspected, not received'});
}
