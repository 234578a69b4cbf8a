import * as v from 'valibot';

/** Names that are safe as file names, in logs and on command lines. */
export const DomainName = v.pipe(
	v.string(),
	v.regex(
		/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/,
		'must be 1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
	),
);

const pages = (what: string): v.GenericSchema<number, number> =>
	v.pipe(
		v.number(),
		v.safeInteger(),
		v.minValue(4096),
		v.check(bytes => bytes % 4096 === 0, `${what} must be a multiple of 4096`),
	);

/** The seeded program of a workload guest. Rates are bytes a second of whole pages rewritten; 0 = idle, undefined = unthrottled. */
export const WorkloadProgram = v.strictObject({
	seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	pattern: v.picklist(['sequential', 'random', 'hot-set']),
	rateBytesPerSecond: v.optional(v.pipe(v.number(), v.minValue(0))),
	/** The pages that are written: the first `hotBytes` of memory with `hot-set`, all of `touchedBytes` otherwise. */
	hotBytes: v.optional(pages('hotBytes')),
	/** How much of memory holds content from the start; the rest is never touched. Undefined = all. */
	touchedBytes: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
	/** `random`: does not compress. `text`: compresses like text. `zero`: touched and zero until written. */
	content: v.picklist(['random', 'text', 'zero']),
	/** Milliseconds between two numbered lines of output. */
	lineIntervalMs: v.pipe(v.number(), v.minValue(1), v.maxValue(60_000)),
});
export type WorkloadProgram = v.InferOutput<typeof WorkloadProgram>;

const common = {
	name: DomainName,
	/** Identity that survives migrations and renames; made by `crypto.randomUUID`. */
	uuid: v.pipe(v.string(), v.uuid()),
	/** Upper bound of populated memory in bytes. */
	memoryBytes: pages('memoryBytes'),
	/** Exclusive upper bound of pfns; beyond memoryBytes / 4096 where the pfn space has holes. */
	pfnLimit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 32)),
};

export const WorkloadDefinition = v.strictObject({kind: v.literal('workload'), ...common, program: WorkloadProgram});
export type WorkloadDefinition = v.InferOutput<typeof WorkloadDefinition>;
export const ImageDefinition = v.strictObject({kind: v.literal('image'), ...common, guestType: v.picklist(['pv', 'hvm'])});
export type ImageDefinition = v.InferOutput<typeof ImageDefinition>;

/** What a host needs to make a guest: sent in `prepare` as JSON and checked there against this schema. */
export const DomainDefinition = v.variant('kind', [WorkloadDefinition, ImageDefinition]);
export type DomainDefinition = v.InferOutput<typeof DomainDefinition>;
