import * as v from 'valibot';
import {common, DomainName, pages} from './common-definition.ts';
import {QemuDefinition} from './drivers/qemu/definition.ts';

export {DomainName, QemuDefinition};

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

export const WorkloadDefinition = v.strictObject({
	kind: v.literal('workload'),
	...common,
	program: WorkloadProgram,
	/** UDP port, the same on every host, at which the guest answers requests while it runs; undefined = none. */
	udpPort: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_535))),
});
export type WorkloadDefinition = v.InferOutput<typeof WorkloadDefinition>;
export const ImageDefinition = v.strictObject({kind: v.literal('image'), ...common, guestType: v.picklist(['pv', 'hvm'])});
export type ImageDefinition = v.InferOutput<typeof ImageDefinition>;

/** What a host needs to make a guest: sent in `prepare` as JSON and checked there against this schema. */
export const DomainDefinition = v.variant('kind', [WorkloadDefinition, ImageDefinition, QemuDefinition]);
export type DomainDefinition = v.InferOutput<typeof DomainDefinition>;
