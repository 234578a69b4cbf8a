import {JOURNAL_WRITES, type JournalWrite, PROTECTION_WRITES} from './steps.ts';

/** What a disk can answer to a durable write, by the step at which it does: the new file cannot be written or not be flushed, or its name cannot. */
const ERRORS = {
	'disk-full': {code: 'ENOSPC', message: 'no space left on device'},
	fsync: {code: 'EIO', message: 'i/o error, fsync'},
	'fsync-directory': {code: 'EIO', message: 'i/o error, fsync of the directory'},
} as const;
export type JournalFault = keyof typeof ERRORS;
export const JOURNAL_FAULTS = Object.keys(ERRORS) as readonly JournalFault[];

type Armed = {readonly write: JournalWrite; readonly fault: JournalFault; readonly always: boolean; countdown: number};

/** Of the process, like the disk: armed by `runDaemon` alone, before anything else happens. */
let armed: Armed | undefined;

/**
 * `NAME:disk-full`, `NAME:fsync` or `NAME:fsync-directory`; with `:3` behind it for the third such write, with `:*` for each.
 * Undefined disarms. Throws a RangeError for anything else.
 */
export function armJournalFault(text: string | undefined): void {
	armed = undefined;
	if (text === undefined || text === '') return;
	const [name = '', kind = '', count = '1', ...rest] = text.split(':');
	const all = [...JOURNAL_WRITES, ...PROTECTION_WRITES];
	const write = all.find(known => known === name);
	const fault = JOURNAL_FAULTS.find(known => known === kind);
	if (write === undefined) throw new RangeError(`there is no write ${name} of the journal; there are ${all.join(', ')}`);
	if (fault === undefined || !/^(?:[1-9]\d{0,5}|\*)$/.test(count) || rest.length > 0)
		throw new RangeError(
			`${text}: behind the name of a write goes :FAULT or :FAULT:N or :FAULT:*, a fault being ${JOURNAL_FAULTS.join(', ')}`,
		);
	armed = {write, fault, always: count === '*', countdown: count === '*' ? 1 : Number(count)};
}

/** Throws what the disk would, when this fault of this write was armed; two comparisons otherwise. Called once for each fault of a write. */
export function failAsArmed(write: JournalWrite | undefined, fault: JournalFault): void {
	if (armed === undefined || armed.write !== write || armed.fault !== fault) return;
	armed.countdown -= 1;
	if (armed.countdown > 0 || (armed.countdown < 0 && !armed.always)) return;
	const {code, message} = ERRORS[fault];
	throw Object.assign(new Error(`${code}: ${message} (armed at ${write})`), {code});
}
