import {assertNever} from './assert-never.ts';
import {DOMAIN_HEADER_BYTES} from './headers/domain-header.ts';
import {IMAGE_HEADER_BYTES} from './headers/image-header.ts';
import {LIBXL_HEADER_BYTES} from './headers/libxl-header.ts';
import {XL_HEADER_BYTES} from './headers/xl-header.ts';
import {describeRecordType} from './record-types.ts';
import {START_BYTES} from './stream-start.ts';
import {XL_GO} from './xl-handshake.ts';
import type {StreamLayer} from './model.ts';
import type {StreamStart} from './stream-handler.ts';

const RECORD_HEADER_BYTES = 8;

/** Pieces of fixed size, collected in one small buffer before they are read. */
export const PIECE_BYTES = {
	start: START_BYTES,
	'xl header': XL_HEADER_BYTES,
	'libxl header': LIBXL_HEADER_BYTES,
	'image header': IMAGE_HEADER_BYTES,
	'domain header': DOMAIN_HEADER_BYTES,
	'record header': RECORD_HEADER_BYTES,
	'go message': XL_GO.length,
} as const;
/** A piece by its name. */
export type Piece = keyof typeof PIECE_BYTES;

/** What a decoder is reading. */
export type Stage = Piece | 'xl optional data' | 'page list' | 'pages' | 'body' | 'skipped body' | 'padding' | 'barrier' | 'ended';

/** What a decoder reads first. */
export function firstStage(begins: StreamStart): Stage {
	switch (begins) {
		case 'auto':
			return 'start';
		case 'xl':
			return 'xl header';
		case 'libxl':
			return 'libxl header';
		case 'libxc':
			return 'image header';
		case 'pages':
		case 'colo-back':
			return 'record header';
		default:
			return assertNever(begins);
	}
}

/** The stage as a fault names it: "the stream ends inside …". `filled`: bytes of a piece that are here. */
export function describeStage(
	stage: Stage,
	filled: number,
	record: {readonly layer: StreamLayer; readonly type: number} | undefined,
): string {
	switch (stage) {
		case 'start':
			return 'the first 8 bytes';
		case 'record header':
			return filled === 0 ? 'the header of the record that must come next' : 'a record header';
		case 'page list':
			return `the page list of ${record === undefined ? 'PAGE_DATA' : describeRecordType(record.layer, record.type)}`;
		case 'pages':
			return `the pages of ${record === undefined ? 'PAGE_DATA' : describeRecordType(record.layer, record.type)}`;
		case 'padding':
			return 'the padding of COMPRESSED_PAGES';
		case 'body':
		case 'skipped body':
			return record === undefined ? 'a record' : describeRecordType(record.layer, record.type);
		case 'ended':
			return 'nothing';
		default:
			return `the ${stage}`;
	}
}
