/** First type of the range that Sterna reserves for records of its own, in either layer: optional bit, then "t4" for tern. */
export const STERNA_RECORD_FIRST = 0xd374_0000;

/** Last type of that range. */
export const STERNA_RECORD_LAST = 0xd374_ffff;

/** The types of that range that have a meaning, all of the libxc layer. docs/spec/stream.md section 10. */
export const SternaRecordType = {
	ZERO_PAGES: 0xd374_0001,
	COMPRESSED_PAGES: 0xd374_0002,
	BARRIER: 0xd374_0003,
} as const;
/** Those that reach a decoder's handler under a name of their own: they are about pages. */
export type SternaRecordName = 'ZERO_PAGES';

const PAGE_RECORDS: ReadonlyMap<number, SternaRecordName> = new Map([[SternaRecordType.ZERO_PAGES, 'ZERO_PAGES']]);

/**
 * Whether a record type is one of Sterna's own. They are written only between two Sternas that agreed to them in the control
 * hello: Xen's libxl reader and its verifier reject even optional records.
 */
export function isSternaRecord(type: number): boolean {
	return type >= STERNA_RECORD_FIRST && type <= STERNA_RECORD_LAST;
}

/** The name under which one of Sterna's own types of the libxc layer reaches a handler; undefined for those that are about no pages. */
export function sternaRecordNameOf(type: number): SternaRecordName | undefined {
	return PAGE_RECORDS.get(type);
}
