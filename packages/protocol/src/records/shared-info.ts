import {PAGE_SIZE_BYTES} from '../model.ts';
import type {RecordBody} from './record-body.ts';

/** SHARED_INFO: a PV guest's shared-info page as it is. docs/spec/stream.md section 4.6. */
export type SharedInfo = {
	readonly name: 'SHARED_INFO';
	/** 4096 bytes, a view of the body. */
	readonly page: Uint8Array;
};

export function parseSharedInfo(body: RecordBody): SharedInfo {
	if (body.length !== PAGE_SIZE_BYTES) throw body.wrongLength(`${PAGE_SIZE_BYTES}`);
	return {name: 'SHARED_INFO', page: body.bytes};
}

export function encodeSharedInfo({page}: SharedInfo): Uint8Array {
	if (page.length !== PAGE_SIZE_BYTES) throw new TypeError(`a shared-info page of ${page.length} bytes`);
	return page.slice();
}
