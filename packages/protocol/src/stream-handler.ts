import type {StreamError} from './errors.ts';
import type {StreamHeader} from './headers/index.ts';
import type {StreamLimits} from './limits.ts';
import type {GuestType, StreamLayer} from './model.ts';
import type {PageBatch} from './page-list-reader.ts';
import type {StreamMode} from './record-order.ts';
import type {RecordName} from './record-types.ts';
import type {StreamRecord} from './records/index.ts';

/**
 * Outermost layer that a stream begins with; `auto` looks at the first bytes. Without headers are `colo-back`, a COLO back channel, and
 * `pages`, a further data connection of a migration.
 */
export type StreamStart = 'auto' | 'xl' | 'libxl' | 'libxc' | 'pages' | 'colo-back';

export type StreamDecoderOptions = {
	readonly begins: StreamStart;
	/** Whether CHECKPOINT is wanted; `any` learns from the stream. */
	readonly mode: StreamMode;
	/** A verifier: whatever the format calls reserved, optional or odd is an error. Otherwise a receiver: it ignores and skips what it safely can. */
	readonly strict: boolean;
	/** Whether bytes behind the end are an error, a capture's go message excepted, rather than left alone. Default: as `strict`. */
	readonly refuseTrailingData?: boolean | undefined;
	/** Whether Sterna's own optional records are known: they then reach the handler. */
	readonly sternaRecords: boolean;
	/** Whether reading stops behind a BARRIER until `passBarrier`. Otherwise barriers mean nothing: there is nobody to wait for. */
	readonly stopsAtBarriers?: boolean | undefined;
	/** Exclusive upper bound of pfns; 2^32 (16 TiB) where none was agreed. */
	readonly pfnLimit?: number | undefined;
	/** The kind of guest that is wanted; undefined = either, and `hvm` for a stream of `pages`. */
	readonly guestType?: GuestType | undefined;
	readonly limits?: Partial<StreamLimits> | undefined;
};

/** A whole record other than those with pages, checked for form and order. */
export type DecodedRecord = {
	readonly layer: StreamLayer;
	/** With its optional bit. */
	readonly type: number;
	readonly name: RecordName | 'STERNA';
	/** Stream offset of its header. */
	readonly offset: number;
	/** Bytes of its body without padding. */
	readonly length: number;
	/** The body; the handler may keep it. */
	readonly body: Uint8Array;
	/** What the body says; views in it share `body`. */
	readonly fields: StreamRecord;
};

/** An optional record of unknown type that a tolerant reader stepped over. */
export type SkippedRecord = Pick<DecodedRecord, 'layer' | 'type' | 'offset' | 'length'>;

/** Takes what the decoder finds, in stream order. What a method throws comes out of `push`, and the decoder is of no use from there on. */
export interface StreamHandler {
	onHeader(header: StreamHeader): void;
	onRecord(record: DecodedRecord): void;
	/** The header of a record of any kind was read, and its type may come here; `StreamDecoder.offset` is that of its body. */
	onRecordHeader?(record: Pick<DecodedRecord, 'layer' | 'type' | 'offset' | 'length'>): void;
	/** The list of a PAGE_DATA or COMPRESSED_PAGES record; its page bytes, or what they were compressed to, come next, and the caller of `push` moves them. */
	onPageData(batch: PageBatch): void;
	/** An unknown optional record was skipped. Tolerant readers only. */
	onSkippedRecord?(record: SkippedRecord): void;
	/** Something that a strict reader would have stopped at. Tolerant readers only; at most once for the entries of one page list. */
	onDeviation?(deviation: StreamError): void;
	/** The message that follows the stream in a capture of `xl migrate`. Only where trailing data is refused, and for streams with an xl header. */
	onGoMessage?(offset: number): void;
}
