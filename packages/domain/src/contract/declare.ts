import type {ExecutionContext} from 'ava';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {createMemoryFile, resizeFile} from '@sterna/system';
import type {TrackerKind} from '../dirty-log.ts';
import type {GuestMemory} from '../guest-memory.ts';
import {mapGuestMemory} from '../memory/map-guest-memory.ts';
import type {ContractSubject} from './subject.ts';
import type {Workshop} from './workshop.ts';

/** What each part of the suite gets. */
export type ContractPart = {
	readonly subject: ContractSubject;
	readonly tracker: TrackerKind;
	/** Declares one test; whatever its workshop made is undone after it. */
	readonly declare: (title: string, run: (t: ExecutionContext, workshop: Workshop) => Promise<void>) => void;
};

/** Memory of this process with the bounds of a guest's, to copy it into. */
export function emptyCopyOf({pageLimit, memoryBytes}: GuestMemory): GuestMemory {
	const fd = createMemoryFile('sterna-contract');
	resizeFile(fd, pageLimit * PAGE_SIZE_BYTES);
	return mapGuestMemory({fd, pageLimit, memoryBytes, writable: true});
}
