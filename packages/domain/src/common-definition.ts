import * as v from 'valibot';

/** Names that are safe as file names, in logs and on command lines. */
export const DomainName = v.pipe(
	v.string(),
	v.regex(
		/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/,
		'must be 1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
	),
);

/** An amount of bytes in whole pages. */
export const pages = (what: string): v.GenericSchema<number, number> =>
	v.pipe(
		v.number(),
		v.safeInteger(),
		v.minValue(4096),
		v.check(bytes => bytes % 4096 === 0, `${what} must be a multiple of 4096`),
	);

/** What every kind of guest has. */
export const common = {
	name: DomainName,
	/** Identity that survives migrations and renames; made by `crypto.randomUUID`. */
	uuid: v.pipe(v.string(), v.uuid()),
	/** Upper bound of populated memory in bytes. */
	memoryBytes: pages('memoryBytes'),
	/** Exclusive upper bound of pfns; beyond memoryBytes / 4096 where the pfn space has holes. */
	pfnLimit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 32)),
};
