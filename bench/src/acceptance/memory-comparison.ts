import {type LabHost, readComparison, type ResultJson} from '@sterna/test-e2e';

/** The whole memory of both guests, hashed while both stood still at the handover, was the same; rejects otherwise. Resolves with the hash. */
export function mustHaveEqualMemories(from: LabHost, {id}: Pick<ResultJson, 'id'>): string {
	const {source, target} = readComparison(from.directory, id ?? '');
	if (source.bytes === 0 || source.bytes !== target.bytes || source.sha256 !== target.sha256)
		throw new Error(`${source.bytes} bytes with ${source.sha256} became ${target.bytes} bytes with ${target.sha256}`);
	return source.sha256;
}
