import {
	LibxlRecordType,
	PAGE_SIZE_BYTES,
	PageType,
	SternaRecordType,
	StreamDecoder,
	type DecodedRecord,
	type PageBatch,
	type StreamHandler,
	type StreamHeader,
	type StreamLayer,
	type ZeroPages,
} from '@sterna/protocol';
import {kindOfRecord} from './checkpoint-store/kept-records.ts';
import {StoredCheckpoints} from './checkpoint-store/stored-checkpoints.ts';
import {LinkError} from './link-error.ts';
import type {MappedMemory, OpenReceive, WorkerEvent} from './messages.ts';
import {PageAdmission} from './page-admission.ts';
import {PageDecompressor} from './page-decompressor.ts';
import {PageScatter} from './page-scatter.ts';
import {MemoryCheckpoints} from './memory-checkpoints.ts';
import {PageStore} from './page-store.ts';
import {ReceivedProof} from './received-proof.ts';
import type {Staging} from './staged-pages.ts';
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

export type StreamApplierOptions = Pick<
	OpenReceive,
	| 'begins'
	| 'dataChannel'
	| 'mode'
	| 'pageTypes'
	| 'populatedPagesLimit'
	| 'targetPages'
	| 'keepsHoles'
	| 'pageHashes'
	| 'digestRecords'
	| 'checkpoints'
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
	/** Where checkpoints are held without a store. */
	readonly #checkpoints: MemoryCheckpoints;
	readonly #stored: StoredCheckpoints | undefined;
	#batch: PageBatch | undefined;
	#batchPages = 0;
	#xlConfig: string | undefined;
	#version: 2 | 3 = 3;
	#recordsEnd = 0;
	#appliedBytes = 0;
	#pagesReceived = 0;
	#wholeCheckpoints = 0;
	/** Up to the end of the last whole checkpoint. */
	#checkpointPages = 0;
	#checkpointBytes = 0;

	constructor(options: StreamApplierOptions) {
		this.#options = options;
		const {memory, populatedPagesLimit, targetPages, pageTypes, begins, dataChannel, mode, pageHashes, checkpoints} = options;
		this.#store = new PageStore(memory, targetPages.backed);
		this.#checkpoints = new MemoryCheckpoints(this.#store, pageTypes);
		this.#stored = checkpoints === undefined ? undefined : new StoredCheckpoints(checkpoints, this.#store);
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

	/** Whether memory is that of a whole checkpoint, whatever becomes of the stream. */
	get holdsCheckpoint(): boolean {
		return this.#wholeCheckpoints > 0 || (this.#stored?.epoch ?? 0) > 0;
	}

	/** Makes up for what a checkpoint's commit left for later: to be called behind it, when nobody waits any more. */
	tidy(): void {
		this.#stored?.tidy();
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

		this.#scatter.fill(window, this.#staging?.store ?? this.#store);
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
		else if (fields.name === 'DISK_WRITE') this.#needStored(offset).takeDiskWrite(fields, offset);
		else if (!SAYS_NOTHING_TO_THE_MAIN_THREAD.has(type)) this.#takeRecord(layer, type, body, offset);
		this.#advance(offset + RECORD_HEADER_BYTES + Math.ceil(length / ALIGNMENT) * ALIGNMENT);
		if (layer === 'libxl' && type === LibxlRecordType.CHECKPOINT_END) this.#endCheckpoint(offset);
	}

	onRecordHeader({layer, type, length}: Pick<DecodedRecord, 'layer' | 'type' | 'length'>): void {
		// Before the body is collected.
		if (this.#stored !== undefined && kindOfRecord(layer, type) === 'state') this.#stored.admitRecord(length);
		if (type === SternaRecordType.DIGEST) this.#proof?.onDigestHeader(this.decoder.offset);
	}

	onPageData(batch: PageBatch): void {
		const pages = this.#admission.admit(batch);
		// Between two Sternas a page without content is one of zeros.
		this.#batchPages = this.#options.keepsHoles ? pages : batch.dataPages;
		// A page without content leaves what was there before as it is, so that it never waits in staging.
		if (!this.#options.keepsHoles && batch.dataPages < batch.count) this.#backAllocated(batch);
		this.#nameTypes(batch);
		this.#batch = batch;
		this.#proof?.beginBatch(batch, this.#staging?.store);
		if (batch.dataPages === 0) this.#endBatch();
		else if (batch.codec !== undefined) this.#needDecompressor().begin();
		else this.#scatter.begin(batch);
	}

	/** Frees the staging, and what hashing needs. What the memory has of a record that did not come whole is in the table. Idempotent. */
	close(): void {
		if (this.#staging !== undefined) this.#dropHeld(this.#staging);
		else if (this.#batch?.codec === undefined) this.#proof?.broughtNoMore();
		this.#batch = undefined;
		this.#proof?.[Symbol.dispose]();
		this.#checkpoints[Symbol.dispose]();
		this.#decompressor?.[Symbol.dispose]();
		this.#decompressor = undefined;
	}

	get #staging(): Staging | undefined {
		return this.#stored === undefined ? this.#checkpoints.staging : this.#stored.staging;
	}

	/** What comes back of a page: what is held of it, or what the guest has. */
	readonly #versionOf = (pfn: number): PageStore => {
		const staging = this.#staging;
		return staging?.isHeld(pfn) === true ? staging.store : this.#store;
	};

	#needStored(offset: number): StoredCheckpoints {
		if (this.#stored !== undefined) return this.#stored;
		throw new LinkError({code: 'ERR_STREAM', message: `the record at byte ${offset} of the stream writes to a disk, and there are none`});
	}

	/** Device state behind a store is kept there; all else goes to the main thread. */
	#takeRecord(layer: StreamLayer, type: number, body: Uint8Array, offset: number): void {
		const stored = this.#stored;
		const kind = stored === undefined ? 'static' : kindOfRecord(layer, type);
		if (kind === 'state') stored?.holdRecord({layer, type, body});
		else if (kind === 'static') this.#options.onEvent({kind: 'record', layer, type, body, offset});
	}

	/** What is held of a checkpoint that did not become whole, the record at hand included, is not what the memory has. */
	#dropHeld(staging: Staging): void {
		const proof = this.#proof;
		if (proof === undefined) return;
		staging.eachHeld((pfn, pageCount) => proof.dropped(pfn, pageCount, this.#store));
		const {pfns, count} = this.#batch ?? {pfns: [], count: 0};
		for (let index = 0; index < count; index++) proof.dropped(pfns[index] ?? 0, 1, this.#store);
	}

	/** Holds a digest against what came; before anything is made of the record. */
	#prove({fields, layer, type, offset}: DecodedRecord): void {
		const proof = this.#proof;
		if (proof === undefined) return;
		if (fields.name === 'DIGEST') proof.onDigest(fields, offset);
		else if (layer === (this.#options.begins === 'pages' ? 'libxc' : 'libxl') && type === LibxlRecordType.END)
			this.#proveEnd(proof, offset);
		else if (fields.name !== 'STERNA' && fields.name !== 'CHECKPOINT_END') proof.onOther();
		if (fields.name === 'CHECKPOINT' || (layer === 'libxl' && fields.name !== 'CHECKPOINT_END'))
			proof.onCheckpointRecord(this.decoder.offset);
	}

	/** An END behind a whole checkpoint drops what came since. */
	#proveEnd(proof: ReceivedProof, offset: number): void {
		if (this.#wholeCheckpoints === 0) proof.onEnd(offset);
	}

	#clearPages(zeroPages: ZeroPages, offset: number): void {
		this.#admission.admitZeroPages(zeroPages, offset);
		const {runs, pageCount} = zeroPages;
		const staging = this.#staging;
		staging?.holdZeroPages(zeroPages);
		const named = this.#namedTypes;
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const count = runs[index + 1] ?? 0;
			if (staging === undefined) this.#store.clear(pfn, count);
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
		return this.#checkpoints.namedTypes;
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
			this.#decompress(batch);
			this.#proof?.pagesMade(batch);
			this.#workBytes += batch.count * PAGE_SIZE_BYTES;
		}

		// Not before its contents are here: differences refer to what was held of its pages before.
		this.#staging?.hold(batch);
		this.#batch = undefined;
		this.#pagesReceived += this.#batchPages;
		this.#advance(batch.offset + RECORD_HEADER_BYTES + Math.ceil(batch.length / ALIGNMENT) * ALIGNMENT);
	}

	/** A link that is lost by this may be followed by another, whose proof must not take the pages for what they were. */
	#decompress(batch: PageBatch): void {
		const staging = this.#staging;
		try {
			this.#needDecompressor().apply(batch, staging?.store ?? this.#store, this.#versionOf);
		} catch (error) {
			// What is held back is dropped, whatever it is.
			if (staging === undefined) this.#proof?.pagesSpoiled(batch, pfn => this.#store.isBacked(pfn));
			throw error;
		}
	}

	#advance(recordsEnd: number): void {
		this.#recordsEnd = recordsEnd;
		if (this.#staging === undefined) this.#appliedBytes = recordsEnd;
	}

	/** Everything so far belongs to a whole checkpoint: it becomes the guest, and what follows is held. */
	#endCheckpoint(offset: number): void {
		const digest = this.#proof?.onCheckpointEnd(offset, this.#options.digestRecords) ?? 0n;
		const pages = this.#pagesReceived - this.#checkpointPages;
		const bytes = this.#recordsEnd - this.#checkpointBytes;
		const committed = this.#stored?.commit({pages, bytes, digest});
		if (committed === undefined) this.#checkpoints.commit();
		this.#appliedBytes = this.#recordsEnd;
		this.#checkpointPages = this.#pagesReceived;
		this.#checkpointBytes = this.#recordsEnd;
		this.#wholeCheckpoints += 1;
		this.#options.onEvent({
			kind: 'checkpoint',
			wholeCheckpoints: this.#wholeCheckpoints,
			offset,
			committed: committed === undefined ? undefined : {...committed, pages, bytes},
		});
	}
}

/** No x86 guest is big-endian: its records could be listed, but nothing here could run or write them. Spec section 12, H5 and L3. */
function assertLittleEndian(byteOrder: 'little' | 'big'): void {
	if (byteOrder === 'big')
		throw new LinkError({code: 'ERR_NOT_SUPPORTED', message: 'the stream is big-endian: it can be inspected, not received'});
}
