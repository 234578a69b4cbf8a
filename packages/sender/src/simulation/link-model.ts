import {PAGE_SIZE_BYTES} from '@sterna/protocol';

/** What a page costs on the wire beside its bytes: its entry in the record. */
export const PAGE_ENTRY_BYTES = 8;

/** The way to the receiver, over all data connections together where nothing else is said. Rates are bytes a second on the wire. */
export type LinkModel = {
	readonly bytesPerSecond: number;
	/** Of one connection; undefined: it may have all. */
	readonly connectionBytesPerSecond?: number | undefined;
	/** The operator's limit, which does not hold while the last pass may ignore it; undefined: there is none. */
	readonly limitBytesPerSecond?: number | undefined;
	readonly roundTripMs: number;
	/** Most bytes on their way and not acknowledged; undefined: the link is full whatever the round trip. */
	readonly windowBytes?: number | undefined;
	/** Data connections. */
	readonly channels: number;
	/** Threads that serve them. */
	readonly workers: number;
	/** What a thread spends on a page (finding zeros, hashing, compressing, copying into the kernel), and on a batch beside. It does not write meanwhile, but the kernel does. */
	readonly pageCpuMs: number;
	readonly batchCpuMs: number;
};

/** Pages below a pfn, and not below that of the segment before, with what each takes on the wire. */
export type ContentSegment = {readonly untilPfn: number; readonly bytesPerPage: number};

/** What pages take on the wire: entry, and content as far as it is no zeros, compressed. */
export type WireContent = {
	/** Of pages that are sent for the first time, by their place. */
	readonly first: readonly ContentSegment[];
	/** Of pages that were written since. */
	readonly againBytesPerPage: number;
};

/** Every page in full. */
export const FULL_PAGES: WireContent = {first: [], againBytesPerPage: PAGE_SIZE_BYTES + PAGE_ENTRY_BYTES};

/** Estimates of loopback between two daemons, for what nobody measured: nothing is compressed, memory is hashed. */
export const LOOPBACK: LinkModel = {
	bytesPerSecond: 2.2e9,
	roundTripMs: 0.1,
	windowBytes: 64 * 1024 * 1024,
	channels: 1,
	workers: 2,
	pageCpuMs: 0.0005,
	batchCpuMs: 0.05,
};
