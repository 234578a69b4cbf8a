/** First type of the range that Sterna reserves for records of its own, in either layer: optional bit, then "t4" for tern. */
export const STERNA_RECORD_FIRST = 0xd374_0000;

/** Last type of that range. */
export const STERNA_RECORD_LAST = 0xd374_ffff;

/** The types of that range that have a meaning, all of the libxc layer but DIGEST, which both have. docs/spec/stream.md section 10. */
export const SternaRecordType = {
	ZERO_PAGES: 0xd374_0001,
	COMPRESSED_PAGES: 0xd374_0002,
	BARRIER: 0xd374_0003,
	DIGEST: 0xd374_0004,
	HEARTBEAT: 0xd374_0005,
	DISK_WRITE: 0xd374_0006,
} as const;
/** Those that reach a decoder's handler under a name of their own: they are about what a guest consists of. */
export type SternaRecordName = 'ZERO_PAGES' | 'COMPRESSED_PAGES' | 'DIGEST' | 'DISK_WRITE';

const NAMES: ReadonlyMap<number, SternaRecordName> = new Map<number, SternaRecordName>([
	[SternaRecordType.ZERO_PAGES, 'ZERO_PAGES'],
	[SternaRecordType.COMPRESSED_PAGES, 'COMPRESSED_PAGES'],
	[SternaRecordType.DIGEST, 'DIGEST'],
	[SternaRecordType.DISK_WRITE, 'DISK_WRITE'],
]);

/**
 * Whether a record type is one of Sterna's own. They are written only between two Sternas that agreed to them in the control
 * hello: Xen's libxl reader and its verifier reject even optional records.
 */
export function isSternaRecord(type: number): boolean {
	return type >= STERNA_RECORD_FIRST && type <= STERNA_RECORD_LAST;
}

/** The name under which one of Sterna's own types reaches a handler; undefined for those that are about nothing of the guest. It has one in both layers, so that one of the other layer is refused and not passed over. */
export function sternaRecordNameOf(type: number): SternaRecordName | undefined {
	return NAMES.get(type);
}

/** The name that the specification has for one of Sterna's own types; undefined for those without a meaning. */
export function describeSternaRecordType(type: number): string | undefined {
	return Object.entries(SternaRecordType).find(([, known]) => known === type)?.[0];
}

/** How the pages of a COMPRESSED_PAGES record are compressed. docs/spec/stream.md section 10.4. */
export const PageCodec = {
	/** One LZ4 block. */
	lz4: 1,
	/** Zstandard frames. */
	zstd: 2,
	/** A Zstandard frame that refers to what the target has of the same pages. */
	delta: 3,
} as const;
export type PageCodec = (typeof PageCodec)[keyof typeof PageCodec];

/** Most pages of one COMPRESSED_PAGES record: 1 MiB, so that neither end keeps others waiting for long while it works on one. */
export const MAX_COMPRESSED_PAGES = 256;

export function isPageCodec(value: number): value is PageCodec {
	return value === PageCodec.lz4 || value === PageCodec.zstd || value === PageCodec.delta;
}
