import type {RecordLine} from './record-line.ts';

/** The offset of the other side's clock that is known best, by the `peer` lines of a source; 0 where there is none. */
export function bestOffsetMs(lines: readonly RecordLine[]): number {
	let offsetMs = 0;
	let uncertaintyMs = Infinity;
	for (const line of lines) {
		if (line.kind !== 'peer' || line.offsetMs === undefined || line.uncertaintyMs === undefined || line.uncertaintyMs >= uncertaintyMs)
			continue;
		({offsetMs, uncertaintyMs} = line);
	}

	return offsetMs;
}

/**
 * One recording of both sides', in the order of its times by the source's clock: the receiver's are set back by what its clock is ahead. Lines of one time stay in the
 * order that they have, the source's first. `offsetMs`: as of `clockOffset`.
 */
export function mergeRecordings(source: readonly RecordLine[], target: readonly RecordLine[], offsetMs: number): RecordLine[] {
	const all = [...source];
	for (const line of target) all.push({...line, atMs: line.atMs - offsetMs});
	return all.toSorted((one, other) => one.atMs - other.atMs);
}
