import {MAX_BATCH_PAGES, type Pfn} from './model.ts';

/** One of the data connections of a migration. `index`: 0 … count − 1; the stream itself is on 0. */
export type DataChannel = {readonly index: number; readonly count: number};

/** The only data connection of a migration. */
export const SINGLE_CHANNEL: DataChannel = {index: 0, count: 1};

/** Pages of one block, 4 MiB: consecutive blocks go over consecutive connections. docs/spec/stream.md section 10.2. */
export const CHANNEL_BLOCK_PAGES = MAX_BATCH_PAGES;

/** Whether a page goes over this connection. */
export function isOfChannel(pfn: Pfn, {index, count}: DataChannel): boolean {
	return Math.floor(pfn / CHANNEL_BLOCK_PAGES) % count === index;
}

/** The first pfn at or after `from` that goes over this connection. */
export function nextOfChannel(from: Pfn, channel: DataChannel): Pfn {
	if (isOfChannel(from, channel)) return from;
	const block = Math.floor(from / CHANNEL_BLOCK_PAGES);
	const ahead = (channel.index - (block % channel.count) + channel.count) % channel.count;
	return (block + ahead) * CHANNEL_BLOCK_PAGES;
}
