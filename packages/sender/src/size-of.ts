import {estimateContent, type GuestMemory, type SourceDomain} from '@sterna/domain';
import type {PrepareRequest, StartRequest} from '@sterna/protocol/control';

/** How much memory the target will need: where zeros go without content, about so much less. An image lies on a disk, where looking takes time. */
export function sizeOf(
	{memory, pageTypes}: SourceDomain,
	stream: StartRequest['stream'],
): Pick<PrepareRequest, 'populatedPages' | 'contentPages'> {
	const {populatedPages, contentPages} = pageTypes === undefined ? estimateContent(memory) : countPages(memory);
	return {populatedPages, contentPages: stream === 'sterna' ? contentPages : undefined};
}

function countPages(memory: GuestMemory): {readonly populatedPages: number; readonly contentPages: undefined} {
	let pages = 0;
	for (const {pageCount} of memory.populatedRuns()) pages += pageCount;
	return {populatedPages: pages, contentPages: undefined};
}
