import type {CheckpointStoreOptions} from '../../data-link.ts';
import {LinkError} from '../link-error.ts';
import {MappedStore} from './mapped-store.ts';
import {CheckpointStoreFile} from './store-file.ts';

/**
 * Opens a store for the checkpoints of a stream into a memory of so many pages. Throws LinkError ERR_INTERNAL where it is another memory's, where something is
 * committed that must be recovered first or that a stream without a base would take the place of; as `CheckpointStoreFile` does.
 */
export function openStoreForStream({file, disks, hasBase}: CheckpointStoreOptions, pageLimit: number): CheckpointStoreFile {
	const store = new CheckpointStoreFile(file, disks);
	const problem = problemOf(new MappedStore(store.shared), hasBase, pageLimit);
	if (problem === undefined) return store;
	store[Symbol.dispose]();
	throw new LinkError({code: 'ERR_INTERNAL', message: `the checkpoint store ${file} cannot take a stream: ${problem}`});
}

function problemOf({committedEpoch, appliedEpoch, layout}: MappedStore, hasBase: boolean, pageLimit: number): string | undefined {
	if (layout.size.pageLimit !== pageLimit) return `it is of a memory of ${layout.size.pageLimit} pages, not ${pageLimit}`;
	if (committedEpoch !== appliedEpoch) return `checkpoint ${committedEpoch} is committed and was not recovered`;
	return committedEpoch > 0 && !hasBase ? `checkpoint ${committedEpoch} would be lost` : undefined;
}
