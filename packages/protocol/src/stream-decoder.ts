import {assertNever} from './assert-never.ts';
import {BodyBuffer} from './body-buffer.ts';
import {StreamError} from './errors.ts';
import {parseXlHeader, parseXlPreamble, XL_HEADER_BYTES, type XlPreamble} from './headers/xl-header.ts';
import {PageListReader} from './page-list-reader.ts';
import {isBarrier, isPageList, paddedLength, StreamInterpreter, type RecordHeader} from './stream-interpreter.ts';
import {describeStage, firstStage, PIECE_BYTES, type Piece, type Stage} from './stream-stage.ts';
import {detectStart} from './stream-start.ts';
import {XL_GO} from './xl-handshake.ts';
import type {StreamDecoderOptions, StreamHandler} from './stream-handler.ts';

/**
 * Reads a migration stream, push by push; the same bytes give the same calls however they are cut. Pure: no I/O, no clock.
 * Form and order are checked before the handler sees anything. Page contents never pass through it: the caller moves
 * `pageBytesWanted` bytes itself, says so by `pageBytesTaken`, and pushes on. docs/spec/stream.md.
 */
export class StreamDecoder {
	readonly #handler: StreamHandler;
	readonly #refusesTrailingData: boolean;
	readonly #stopsAtBarriers: boolean;
	readonly #interpreter: StreamInterpreter;
	readonly #piece = new Uint8Array(XL_HEADER_BYTES);
	readonly #pieceView = new DataView(this.#piece.buffer);
	readonly #body = new BodyBuffer();
	readonly #pageList = new PageListReader();
	#stage: Stage;
	#pieceFilled = 0;
	#offset = 0;
	#failure: Error | undefined;
	#pageBytesWanted = 0;
	/** Of a record of compressed pages: bytes of zeros behind them. */
	#paddingLeft = 0;
	#skipBytes = 0;
	#record: RecordHeader | undefined;
	#xlPreamble: XlPreamble | undefined;
	#barrier: number | undefined;
	/** Whether a capture's go message may still come. */
	#goMayCome = false;

	constructor(options: StreamDecoderOptions, handler: StreamHandler) {
		this.#handler = handler;
		this.#refusesTrailingData = options.refuseTrailingData ?? options.strict;
		this.#stopsAtBarriers = options.stopsAtBarriers ?? false;
		this.#interpreter = new StreamInterpreter(options, handler);
		this.#stage = firstStage(options.begins);
	}

	/** Stream bytes consumed so far, page bytes reported as taken included. */
	get offset(): number {
		return this.#offset;
	}

	/** Whether the outermost layer has ended. Unless trailing data is refused, nothing is consumed from there on: `push` returns 0. */
	get ended(): boolean {
		return this.#stage === 'ended' || this.#stage === 'go message';
	}

	/** The sequence number of the BARRIER that reading stands behind; undefined where it stands behind none. */
	get barrier(): number | undefined {
		return this.#barrier;
	}

	/** Checkpoints that came whole: CHECKPOINT and, in a libxl stream, CHECKPOINT_END. */
	get wholeCheckpoints(): number {
		return this.#interpreter.wholeCheckpoints;
	}

	/** Page bytes of the record at hand that the caller must move before it pushes on. */
	get pageBytesWanted(): number {
		return this.#pageBytesWanted;
	}

	/** How many bytes surely belong to what is being read, pages excluded: whoever reads no more than this never reads ahead. 0 behind the end. */
	get bytesWanted(): number {
		switch (this.#stage) {
			case 'xl optional data':
			case 'body':
				return this.#body.missing;
			case 'page list':
				return this.#pageList.missing;
			case 'skipped body':
				return this.#skipBytes;
			case 'padding':
				return this.#paddingLeft;
			case 'pages':
			case 'barrier':
			case 'ended':
			case 'go message':
				return 0;
			default:
				return PIECE_BYTES[this.#stage] - this.#pieceFilled;
		}
	}

	/**
	 * Consumes `chunk` up to its end, up to the first page byte of a PAGE_DATA record, up to a barrier, or up to the end of the stream, and returns
	 * how many bytes that were: none while `pageBytesWanted` is not 0 or `barrier` not undefined. The chunk is not kept. Throws StreamError, and the same one ever after.
	 */
	push(chunk: Uint8Array): number {
		if (this.#failure !== undefined) throw this.#failure;
		try {
			const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
			let at = 0;
			while (at < chunk.length && this.#stage !== 'pages') {
				const taken = this.#step(chunk, view, at);
				if (taken === 0) break;
				at += taken;
			}

			return at;
		} catch (error) {
			this.#failure = error instanceof Error ? error : new TypeError('a handler threw what is no error', {cause: error});
			throw this.#failure;
		}
	}

	/** Reports that `count` of the wanted page bytes were moved. */
	pageBytesTaken(count: number): void {
		if (count < 0 || count > this.#pageBytesWanted) throw new RangeError(`${count} page bytes taken, ${this.#pageBytesWanted} wanted`);
		this.#pageBytesWanted -= count;
		this.#offset += count;
		if (this.#pageBytesWanted === 0 && this.#stage === 'pages') this.#stage = this.#paddingLeft > 0 ? 'padding' : 'record header';
	}

	/** Goes on behind the barrier: every other connection has come so far. */
	passBarrier(): void {
		if (this.#stage !== 'barrier') throw new TypeError('passed a barrier that reading does not stand behind');
		this.#barrier = undefined;
		this.#stage = 'record header';
	}

	/** To be called when no more bytes come. Throws ERR_STREAM_TRUNCATED or ERR_STREAM_BROKEN_OFF unless the stream ended as its format says. */
	end(): void {
		if (this.#failure !== undefined) throw this.#failure;
		if (this.#stage === 'ended') return;
		const {phase, wholeCheckpoints} = this.#interpreter;
		const betweenRecords = this.#stage === 'record header' && this.#pieceFilled === 0;
		if (betweenRecords && phase.name === 'back channel' && phase.expects !== 'CHECKPOINT_DIRTY_PFN_LIST') return;
		const place = {
			offset: this.#offset,
			wantedBytes: this.#missingBytes(),
			inside: describeStage(this.#stage, this.#pieceFilled, this.#record),
		};
		const brokenOff = wholeCheckpoints > 0 && this.#stage !== 'go message';
		this.#failure = new StreamError(
			brokenOff ? {code: 'ERR_STREAM_BROKEN_OFF', ...place, wholeCheckpoints} : {code: 'ERR_STREAM_TRUNCATED', ...place},
		);
		throw this.#failure;
	}

	/** Reads one piece of the stream, or as much of it as is here. Returns the bytes consumed. */
	#step(chunk: Uint8Array, view: DataView, at: number): number {
		switch (this.#stage) {
			case 'xl optional data':
			case 'body':
				return this.#stepBody(chunk, at);
			case 'page list': {
				const taken = this.#pageList.push(chunk, view, at);
				this.#offset += taken;
				if (this.#pageList.missing === 0) this.#onPageList();
				return taken;
			}

			case 'skipped body': {
				const taken = Math.min(this.#skipBytes, chunk.length - at);
				this.#offset += taken;
				this.#skipBytes -= taken;
				if (this.#skipBytes === 0) this.#onSkipped();
				return taken;
			}

			case 'padding':
				return this.#stepPadding(chunk, at);
			case 'pages':
			case 'barrier':
				return 0;
			case 'ended':
				if (!this.#refusesTrailingData) return 0;
				if (!this.#goMayCome) throw new StreamError({code: 'ERR_TRAILING_DATA', offset: this.#offset});
				this.#stage = 'go message';
				return this.#stepPiece('go message', chunk, at);
			default:
				return this.#stepPiece(this.#stage, chunk, at);
		}
	}

	#stepPiece(piece: Piece, chunk: Uint8Array, at: number): number {
		const taken = Math.min(PIECE_BYTES[piece] - this.#pieceFilled, chunk.length - at);
		// Byte by byte: at most 48 of them, and no view is allocated.
		for (let index = 0; index < taken; index++) this.#piece[this.#pieceFilled + index] = chunk[at + index] ?? 0;
		this.#pieceFilled += taken;
		this.#offset += taken;
		if (piece === 'go message') this.#checkGoMessage();
		if (this.#pieceFilled === PIECE_BYTES[piece]) this.#onPiece(piece, this.#offset - this.#pieceFilled);
		return taken;
	}

	#onPiece(piece: Piece, offset: number): void {
		const view = this.#pieceView;
		if (piece === 'start') {
			// The bytes stay where they are: they are the first ones of the header.
			this.#stage = detectStart(this.#piece);
			return;
		}

		this.#pieceFilled = 0;
		switch (piece) {
			case 'xl header':
				this.#xlPreamble = parseXlPreamble(view, offset, this.#interpreter.maxXlOptionalBytes);
				this.#body.begin(this.#xlPreamble.optionalLength);
				this.#stage = 'xl optional data';
				return;
			case 'libxl header':
				this.#interpreter.libxlHeader(view, offset);
				this.#stage = 'record header';
				return;
			case 'image header':
				this.#interpreter.imageHeader(view, offset);
				this.#stage = 'domain header';
				return;
			case 'domain header':
				this.#interpreter.domainHeader(view, offset);
				this.#stage = 'record header';
				return;
			case 'record header':
				this.#onRecordHeader(this.#interpreter.recordHeader(view, offset));
				return;
			case 'go message':
				this.#goMayCome = false;
				this.#stage = 'ended';
				this.#handler.onGoMessage?.(offset);
				return;
			default:
				assertNever(piece);
		}
	}

	#onRecordHeader(record: RecordHeader): void {
		this.#record = record;
		this.#handler.onRecordHeader?.(record);
		const padded = paddedLength(record.length);
		if (isPageList(record.name)) {
			this.#pageList.begin(record.name, record.offset, record.length, this.#interpreter.pageListContext);
			this.#stage = 'page list';
		} else if (record.name === undefined) {
			this.#skipBytes = padded;
			this.#stage = 'skipped body';
			if (padded === 0) this.#onSkipped();
		} else if (padded === 0) {
			this.#onRecord(record, new Uint8Array(0));
		} else {
			this.#body.begin(padded);
			this.#stage = 'body';
		}
	}

	#stepBody(chunk: Uint8Array, at: number): number {
		const taken = this.#body.push(chunk, at);
		this.#offset += taken;
		if (this.#body.missing > 0) return taken;
		const bytes = this.#body.take();
		if (this.#stage === 'body' && this.#record !== undefined) {
			this.#onRecord(this.#record, bytes);
		} else if (this.#xlPreamble !== undefined) {
			this.#interpreter.xlHeader(parseXlHeader(this.#xlPreamble, bytes, this.#offset - bytes.length - XL_HEADER_BYTES));
			this.#goMayCome = true;
			this.#stage = 'libxl header';
		}

		return taken;
	}

	#onRecord(record: RecordHeader, padded: Uint8Array): void {
		this.#interpreter.record(record, padded);
		const {phase, wholeCheckpoints} = this.#interpreter;
		if (wholeCheckpoints > 0) this.#goMayCome = false;
		if (this.#stopsAtBarriers && isBarrier(record)) {
			this.#barrier = this.#interpreter.barrier;
			this.#stage = 'barrier';
			return;
		}

		this.#stage = phase.name === 'ended' ? 'ended' : phase.name === 'image headers' ? 'image header' : 'record header';
	}

	#stepPadding(chunk: Uint8Array, at: number): number {
		const taken = Math.min(this.#paddingLeft, chunk.length - at);
		for (let index = 0; index < taken; index++)
			if (chunk[at + index] !== 0) this.#interpreter.wrongPadding(this.#record, this.#offset + index);
		this.#offset += taken;
		this.#paddingLeft -= taken;
		if (this.#paddingLeft === 0) this.#stage = 'record header';
		return taken;
	}

	#onPageList(): void {
		const batch = this.#pageList.take();
		this.#pageBytesWanted = batch.dataBytes;
		this.#paddingLeft = paddedLength(batch.length) - batch.length;
		this.#stage = this.#pageBytesWanted > 0 ? 'pages' : 'record header';
		this.#handler.onPageData(batch);
	}

	#onSkipped(): void {
		this.#stage = 'record header';
		if (this.#record !== undefined) this.#handler.onSkippedRecord?.(this.#record);
	}

	/** Whatever is not the go message is trailing data, and is said to be as soon as it differs. */
	#checkGoMessage(): void {
		for (let index = 0; index < this.#pieceFilled; index++) {
			if (this.#piece[index] !== XL_GO[index]) throw new StreamError({code: 'ERR_TRAILING_DATA', offset: this.#offset - this.#pieceFilled});
		}
	}

	#missingBytes(): number {
		if (this.#stage === 'pages') return this.#pageBytesWanted;
		return this.#stage === 'go message' ? XL_GO.length - this.#pieceFilled : this.bytesWanted;
	}
}
