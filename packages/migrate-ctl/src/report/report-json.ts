import type {RecordedFault} from '@sterna/host/record';
import type {Ending, Evidence, Explanation} from './explain/explanation.ts';
import {errorsOf, type ErrorOfSide} from './particulars.ts';
import type {MigrationRecord} from './record.ts';

/** A report as `--json` prints it. Nothing is left out: what is not known is null. Scripts rely on these keys and on no others. */
export type ReportJson = {
	readonly id: string;
	readonly domain: string;
	readonly direction: MigrationRecord['direction'];
	readonly source: string | null;
	readonly target: string | null;
	readonly startedAtMs: number;
	readonly endedAtMs: number;
	readonly ending: Ending;
	/** A host's name; null = nowhere; `?` = not known. */
	readonly runsOn: string | null;
	readonly headline: string;
	readonly whatHappened: readonly string[];
	readonly why: readonly string[];
	readonly whereTheGuestIs: string;
	readonly whatToDo: readonly {readonly text: string; readonly command: string | null}[];
	readonly error: RecordedFault | null;
	readonly errors: readonly ErrorOfSide[];
	readonly timeline: readonly Evidence[];
	readonly downtimeParts: Readonly<Record<string, number>> | null;
	readonly unreadLines: number;
};

export function reportJson(record: MigrationRecord, explanation: Explanation): ReportJson {
	const {ending, headline, whatHappened, why, whereTheGuestIs, whatToDo, error, evidence} = explanation;
	const end = record.sender?.end ?? record.main.end;
	return {
		id: record.id,
		domain: record.domain,
		direction: record.direction,
		source: record.source === '' ? null : record.source,
		target: record.target === '' ? null : record.target,
		startedAtMs: record.startedAtMs,
		endedAtMs: record.endedAtMs,
		ending,
		runsOn: end === undefined ? '?' : end.runsOn,
		headline,
		whatHappened,
		why,
		whereTheGuestIs,
		whatToDo: whatToDo.map(({text, command}) => ({text, command: command ?? null})),
		error: error ?? null,
		errors: errorsOf(record),
		timeline: evidence,
		downtimeParts: record.main.downtime?.parts ?? null,
		unreadLines: record.unreadLines,
	};
}
