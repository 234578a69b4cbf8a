import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

const RUN_BYTES = 16;

/** Most pages that one record may name: 256 MiB, which a receiver clears in some 30 ms. */
export const MAX_ZERO_PAGES = 65_536;

/** ZERO_PAGES: ordinary pages that hold zeros only. docs/spec/stream.md section 10.3. */
export type ZeroPages = {
	readonly name: 'ZERO_PAGES';
	/** Pairs of first pfn and page count, in the order of the record. */
	readonly runs: Float64Array;
	/** Pages in all runs together. */
	readonly pageCount: number;
};

/** Body: u64 first pfn and u64 page count for each run, nothing else. */
export function parseZeroPages(body: RecordBody): ZeroPages {
	if (body.length === 0 || body.length % RUN_BYTES !== 0) throw body.wrongLength(`a multiple of ${RUN_BYTES}, at least ${RUN_BYTES}`);
	const runs = new Float64Array(body.length / 8);
	let pageCount = 0;
	for (let at = 0; at < body.length; at += RUN_BYTES) {
		const pfn = body.pfn(at);
		const wide = body.u64(at + 8);
		if (wide === 0n || wide > MAX_ZERO_PAGES) throw body.wrongField(at + 8, 'the page count of a run', wide, `1 to ${MAX_ZERO_PAGES}`);
		const count = Number(wide);
		if (pfn + count > body.context.pfnLimit) throw body.pfnRange(at, pfn + count - 1, body.context.pfnLimit);
		pageCount += count;
		if (pageCount > MAX_ZERO_PAGES) throw body.wrongField(at + 8, 'the page count of all runs', pageCount, `at most ${MAX_ZERO_PAGES}`);
		runs[at / 8] = pfn;
		runs[at / 8 + 1] = count;
	}

	return {name: 'ZERO_PAGES', runs, pageCount};
}

export function encodeZeroPages({runs}: Pick<ZeroPages, 'runs'>, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(8 * runs.length);
	for (const [index, value] of runs.entries()) view.setBigUint64(8 * index, BigInt(value), byteOrder === 'little');
	return bytes;
}
