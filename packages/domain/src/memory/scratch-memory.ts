import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {closeDescriptor, createMemoryFile, resizeFile, sealFileSize} from '@sterna/system';
import type {GuestMemory} from '../guest-memory.ts';
import {mapGuestMemory} from './map-guest-memory.ts';

/** Memory as a guest's that no guest has: holes, until something is written. The caller disposes of it, and nothing is left. Throws `SystemError` where there is none to be had. */
export function createScratchMemory(pageLimit: number): GuestMemory {
	const fd = createMemoryFile('sterna-scratch');
	try {
		resizeFile(fd, pageLimit * PAGE_SIZE_BYTES);
		sealFileSize(fd);
	} catch (error) {
		closeDescriptor(fd);
		throw error;
	}

	return mapGuestMemory({fd, pageLimit, memoryBytes: pageLimit * PAGE_SIZE_BYTES, writable: true});
}
