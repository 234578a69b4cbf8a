import {setImmediate as nextTurn} from 'node:timers/promises';
import {parseRecordLine, type RecordLine} from './record-line.ts';

/** So many lines are checked in one go, some milliseconds: others have something to do meanwhile. */
const LINES_AT_ONCE = 200;

/** The lines of a recording, whoever wrote it: what is none of ours is left out. */
export async function parseRecording(text: string): Promise<RecordLine[]> {
	const lines: RecordLine[] = [];
	let read = 0;
	for (const line of text.split('\n')) {
		const parsed = line === '' ? undefined : parseRecordLine(line);
		if (parsed !== undefined) lines.push(parsed);
		read += 1;
		if (read % LINES_AT_ONCE === 0) await nextTurn();
	}

	return lines;
}
